/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The search for deleted keys and values in one hive: where it looks, and what
 * the stages have found so far.  They run in this order, each in its own file:
 *
 *   region.c        the bytes that no live key refers to
 *   carve.c         key and value records in them, strictly validated
 *   overwritten.c   records whose first four bytes Windows 2000 overwrote
 *   assignvalues.c  values to keys
 *   assigndata.c    data to values; no byte is used twice
 *   witness.c       what other states of the hive say of the keys
 *   assignparents.c keys to parents, and how certain each is
 *   doubtvalues.c   values that may be another key's
 *   placeholder.c   whole paths, and what stands above them in the tree
 *   buildtree.c     the tree that all later stages read
 *
 * A record is named by its cell: "rel" counts from the first bin, also behind
 * the last one.  Format: regf specification, "Key node", "Key value".
 */
#ifndef REGF_RECOVER_SEARCH_H
#define REGF_RECOVER_SEARCH_H

#include "regf/reader.h"
#include "regf/recover/recovered.h"
#include "regf/recover/source.h"

/* Bytes that no live key refers to.  Begins where a cell could begin. */
struct region {
	uint32_t rel, len;
	enum recovered_origin origin;
};

/* What the parent of a deleted key is. */
enum parent_kind {
	PARENT_LOST,
	PARENT_LIVE,	  /* a live key stands in the cell */
	PARENT_RECOVERED, /* a recovered one does */
	PARENT_WITNESS,	  /* another state of the hive has the key, and so its path */
};

/*
 * A deleted key, from its record and from what the stages found.  It and a value are kept
 * small, with 80 and 72 bytes on a 64-bit machine: a hive may hold millions.
 */
struct deleted_key {
	uint32_t rel, parent;
	uint64_t mtime_ft;
	const uint8_t *name;
	uint16_t name_len;
	bool utf16;
	uint8_t origin;	   /* enum recovered_origin */
	uint8_t inferred;  /* RECOVERED_INFERRED_* */
	uint8_t since;	   /* enum recovered_since */
	uint8_t parent_is; /* enum parent_kind */
	uint8_t certainty; /* enum recovered_certainty: of the parent, then of the path */
	bool had_subkeys;
	bool is_empty; /* its record names no subkeys */
	/* The first element of its list may be a link: it is looked at after all others. */
	bool first_waits;
	bool first_lost;      /* it is one, or may be: the first value is not named */
	bool witness_damaged; /* names in the witness's state may be damaged ones */
	uint16_t depth;
	uint32_t n_values, values; /* as the record says */
	uint32_t largest_name,
		largest_data;	      /* of its values, as the record says; bytes */
	uint32_t above;		      /* PARENT_RECOVERED: number of the parent */
	const struct key *parent_key; /* PARENT_LIVE and _WITNESS: the parent */
	const struct key *witness;    /* itself in another state of the hive, or NULL */
};

/* In place of the number of a key. */
#define DELETED_NONE UINT32_MAX

/* A deleted value, likewise. */
struct deleted_value {
	uint32_t rel;
	uint32_t size; /* of the data, as the record has it: the high bit means inline */
	uint32_t data; /* rel of its cell, unless inline */
	uint32_t type;
	const uint8_t *name;
	uint16_t name_len;
	bool utf16;
	bool strict; /* believable without a list that names it */
	uint8_t origin;
	uint8_t inferred;
	bool data_lost;
	bool head_lost; /* the first four bytes of the data are overwritten */
	bool segmented;
	uint8_t certainty; /* enum recovered_certainty: that it is its owner's */
	uint32_t owner;	   /* number of its key, or DELETED_NONE */
	const struct key *owner_live; /* or the live key behind whose list it was found */
	const uint8_t *bytes;	      /* of the data, the head included if it is lost */
	struct recovered_run
		*runs;	/* where they stand, in the arena; NULL for inline data */
	uint32_t known; /* bytes of data that are there */
	uint32_t n_runs;
};

struct search {
	const struct recovered_source *source;
	const struct image *image;
	struct span space;    /* all bytes from the first bin to the end of the file */
	uint32_t cell_header; /* bytes */
	uint64_t oldest_ft, newest_ft; /* what a last write can be */
	uint64_t newest_live_ft;       /* the newest last write of a live key */
	/* Up to then keys may have been written while the clock was set back; 0: none. */
	uint64_t doubt_until_ft;
	bool zero_times;    /* live keys have none */
	bool all_linked;    /* each free cell surely begins with a link */
	bool trust_largest; /* live keys keep the sizes of their largest values */
	struct arena *arena;
	struct {
		struct region *items;
		size_t n, cap;
	} regions; /* by rel */
	struct {
		struct deleted_key *items;
		size_t n, cap;
	} keys; /* by rel */
	struct {
		struct deleted_value *items;
		size_t n, cap;
	} values; /* by rel */
	uint64_t
		work; /* bytes and elements that may still be read, see search_may_read() */
	struct cellmap taken; /* every 8 bytes that a record, list or data was found in */
	uint64_t n_searched;  /* bytes of all regions */
};

/*
 * Records of one kind in one hive: a value takes 32 bytes and more, so that a hive of
 * 512 MB full of them stays below, and one of 1 GB from which 40,000 profiles were deleted.
 */
#define SEARCH_MAX_RECORDS ((size_t)1 << 24)

/*
 * Makes an empty search of the source's hive, or of the other state that its
 * overlay holds.  The source and the arena are borrowed.
 * Return: STATUS_OK; STATUS_NOMEM.  To be cleared either way.
 */
MUST_CHECK enum status search_init(struct search *search,
				   const struct recovered_source *source,
				   struct arena *arena);
void search_clear(struct search *search);

/*
 * Appends a record that was found; they come by rel, which the look-ups rely on.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past SEARCH_MAX_RECORDS.
 */
MUST_CHECK enum status search_add_key(struct search *search,
				      const struct deleted_key *key);
MUST_CHECK enum status search_add_value(struct search *search,
					const struct deleted_value *value);

/* The deleted record whose cell begins at rel, lent, or NULL. */
struct deleted_key *search_key_at(const struct search *search, uint32_t rel);
struct deleted_value *search_value_at(const struct search *search, uint32_t rel);

/*
 * The numbers of all keys, the newest last write first, those of one time by place; one
 * more than there are, to be freed.  Return: NULL when out of memory.
 */
uint32_t *search_newest_first(const struct search *search);

/* The size in bytes that stands in the cell at rel, sign apart; 0 for one that no cell has. */
uint32_t search_cell_size(const struct search *search, uint32_t rel);

/* The cell of the record of a live key, or one of another state; nil if it has none. */
uint32_t search_rel(const struct search *search, const struct key *key);

/* The name of a deleted key, borrowed. */
struct text search_key_name(const struct deleted_key *key);

/* The name of a deleted value, borrowed. */
struct text search_value_name(const struct deleted_value *value);

/*
 * True if keys of that name are made everywhere alike: another tree that was made the
 * same way may have had one in the same cell.
 */
bool search_is_common(const struct search *search, const struct deleted_key *key);

/* Fills key from the fields of its record; its name is for the caller to set. */
void search_fill_key(const struct reader_key_wire *wire, const struct region *region,
		     uint32_t rel, struct deleted_key *key);

/*
 * True if so many elements or bytes more may be read: thousands of deleted keys
 * can name one list or one piece of data, each as long as the hive.  The first
 * time there are too many is a diagnostic.
 */
bool search_may_read(struct search *search, uint64_t work);

#endif
