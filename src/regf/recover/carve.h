/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the stages of recovery share, in the order in which they run:
 *
 *   region.c    the bytes that no live key refers to
 *   carve.c     key and value records in them, strictly validated
 *   headless.c  records of Windows 2000, whose first four bytes are overwritten
 *   reattach.c  values to keys
 *   refill.c    data to values; no byte is used twice
 *   lineage.c   keys to parents, and how sure each step is
 *   standin.c   what stands above them
 *   regrow.c    the tree that all later stages read
 *
 * A record is named by its cell: "rel" counts from the first bin, also behind
 * the last one.  Format: regf specification, "Key node", "Key value".
 */
#ifndef REGF_RECOVER_CARVE_H
#define REGF_RECOVER_CARVE_H

#include "regf/reader.h"
#include "regf/recover/recovered.h"

/* Bytes that no live key refers to.  Begins where a cell could begin. */
struct carve_region {
	uint32_t rel, len;
	enum recovered_origin origin;
};

/* How the parent of a key was found. */
enum carve_step {
	CARVE_STEP_LOST,
	CARVE_STEP_LIVE,      /* a live key stands in the cell */
	CARVE_STEP_RECOVERED, /* a recovered one does */
	CARVE_STEP_WITNESS,   /* another state of the hive has the key, and so its path */
};

struct carve_key {
	uint32_t rel, parent;
	uint64_t mtime_ft;
	const uint8_t *name;
	uint16_t name_len;
	bool utf16;
	uint8_t origin;	   /* enum recovered_origin */
	uint8_t inferred;  /* RECOVERED_INFERRED_* */
	uint8_t since;	   /* enum recovered_since */
	uint8_t step;	   /* enum carve_step */
	uint8_t certainty; /* enum recovered_certainty: of the step, then of the path */
	bool had_subkeys;
	bool first_waits; /* it is likely not, but others may have a better claim */
	uint32_t n_values, values; /* as the record says */
	uint32_t largest_name,
		largest_data; /* of its values, as the record says; bytes */
	uint32_t n_attached;
	uint16_t depth;
	uint32_t above;		      /* CARVE_STEP_RECOVERED: number of the parent */
	const struct key *parent_key; /* CARVE_STEP_LIVE and _WITNESS: the parent */
	const struct key *witness;    /* itself in another state of the hive, or NULL */
};

#define CARVE_NOBODY UINT32_MAX

struct carve_value {
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
	uint32_t owner; /* number of its key, or CARVE_NOBODY */
	const struct key *owner_live; /* or the live key behind whose list it was found */
	uint32_t known;		      /* bytes of data that are there */
	const uint8_t *bytes;	      /* them; the head included if it is lost */
	bool segmented;
	struct recovered_run
		*runs; /* where they stand, in the arena; NULL for inline data */
	uint32_t n_runs;
};

struct carve {
	const struct recovered_source *source;
	const struct image *image;
	struct span space;    /* all bytes from the first bin to the end of the file */
	uint32_t cell_header; /* bytes */
	uint64_t oldest_ft, newest_ft; /* what a last write can be */
	bool zero_times;	       /* live keys have none */
	bool windows_2000;
	bool trust_largest; /* live keys keep the sizes of their largest values */
	struct arena *arena;
	struct {
		struct carve_region *items;
		size_t n, cap;
	} regions; /* by rel */
	struct {
		struct carve_key *items;
		size_t n, cap;
	} keys; /* by rel */
	struct {
		struct carve_value *items;
		size_t n, cap;
	} values; /* by rel */
	uint64_t
		work; /* elements and bytes that lists and data may still be searched for */
	struct cellmap taken; /* every 8 bytes that a record, list or data was found in */
	uint64_t n_searched;
};

/*
 * Records of one kind in one hive: a key takes 80 bytes and more, so that a
 * hive of 256 MB full of them stays below.
 */
#define CARVE_MAX_RECORDS ((size_t)1 << 22)

/* The longest names that Windows allows, bytes. */
#define CARVE_MAX_KEY_NAME 510
#define CARVE_MAX_VALUE_NAME 32766

#define CARVE_DATA_INLINE 0x80000000u

/* Fixed part of a value record (vk); the name follows. */
struct carve_value_wire {
	uint8_t signature[2];
	uint8_t name_len[2];
	uint8_t size[4];
	uint8_t data[4];
	uint8_t type[4];
	uint8_t flags[2];
	uint8_t spare[2];
};

/*
 * region.c: the run that a byte of the space stands in: in the hive, or in the
 * overlay's log.
 */
struct recovered_run region_run(const struct carve *carve, uint32_t rel, uint32_t len);
/* Fills carve->regions.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status region_find_all(struct carve *carve);
/*
 * The region that holds the len bytes at rel whole.  Return: NULL if some of
 * them are in use, or not there.
 */
const struct carve_region *region_of(const struct carve *carve, uint32_t rel,
				     uint64_t len);
/* True if none of the 8-byte units of [rel, rel + len) is taken. */
bool region_is_untaken(const struct carve *carve, uint32_t rel, uint64_t len);
void region_take(struct carve *carve, uint32_t rel, uint64_t len);

/* carve.c: fills carve->keys and carve->values.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status carve_records(struct carve *carve);
MUST_CHECK enum status carve_add_key(struct carve *carve, const struct carve_key *key);
MUST_CHECK enum status carve_add_value(struct carve *carve,
				       const struct carve_value *value);
/* The size that the cell at rel tells, sign apart; 0 for one that no cell has. */
uint32_t carve_cell_size(const struct carve *carve, uint32_t rel);
/* True if the record's fields are what a key's or value's can be. */
bool carve_key_is_sound(const struct carve *carve, const struct reader_key_wire *wire);
bool carve_value_is_sound(const struct carve *carve, const struct carve_value_wire *wire);
/* True for types of values that have a name, and those of device properties. */
bool carve_type_is_usual(uint32_t type);
/* True if the bytes can be a name. */
bool carve_name_is_sound(struct text name, bool of_key);
/* What both readers of key records take over from the fields. */
void carve_fill_key(const struct reader_key_wire *wire, const struct carve_region *region,
		    uint32_t rel, struct carve_key *key);
/* The cell of the record of a live key, or one of another state; nil if it has none. */
uint32_t carve_rel(const struct carve *carve, const struct key *key);
/* The record at rel, or NULL. */
struct carve_key *carve_key_at(const struct carve *carve, uint32_t rel);
struct carve_value *carve_value_at(const struct carve *carve, uint32_t rel);

/* headless.c: true if a free-list link stands in the first four bytes of the cell's data. */
bool overwritten_is_link(const struct carve *carve, uint32_t rel);
/* The key or value whose cell begins at rel, without its head; false if there is none. */
bool overwritten_key(const struct carve *carve, const struct carve_region *region,
		     uint32_t rel, struct carve_key *key);
bool overwritten_value(const struct carve *carve, const struct carve_region *region,
		       uint32_t rel, struct carve_value *value);

/*
 * refill.c: gives values their data; the last part of assignvalues_values().
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status assigndata_data(struct carve *carve);

/* reattach.c: gives values their keys and data.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status assignvalues_values(struct carve *carve);
/*
 * True if so much more may be searched: thousands of deleted keys can name one
 * list or one piece of data, each as long as the hive.
 */
bool assignvalues_may_search(struct carve *carve, uint64_t work);
/* True if a cell with len bytes of data can have told the size that stands at rel. */
bool assignvalues_is_old_cell(const struct carve *carve,
			      const struct carve_region *region, uint32_t rel,
			      uint64_t len);

/* lineage.c: gives keys their parents and certainty.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status assignparents_trace(struct carve *carve);

/* regrow.c: makes the tree.  Return: STATUS_OK and out filled; STATUS_NOMEM. */
MUST_CHECK enum status buildtree_tree(struct carve *carve, struct recovered_keys *out);

#endif
