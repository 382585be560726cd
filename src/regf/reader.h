/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the own reader share while they read one hive: record.c
 * walks the keys, subkeys.c reads subkey lists, salvage.c finds keys that no
 * list names, valuedata.c reads values, bigdata.c those in segments.  The
 * records as they stand on disk are described here for the recovery too.
 */
#ifndef REGF_READER_H
#define REGF_READER_H

#include "regf/image.h"
#include "regf/key.h"
#include "regf/usage.h"

/* What a list of subkeys keeps of each name beside the key's cell. */
enum reader_hint {
	READER_HINT_NONE, /* li */
	READER_HINT_HEAD, /* lf: the first four characters */
	READER_HINT_HASH, /* lh: a hash of the whole name */
};

/* The elements of a key's lists of subkeys, in list order. */
struct reader_element {
	uint32_t rel; /* cell of the key record */
	uint32_t hint;
	enum reader_hint kind;
};

struct reader_elements {
	struct reader_element *items;
	size_t n, cap;
};

/* A key record found by looking through all cells, see salvage.c. */
struct reader_orphan {
	uint32_t parent, rel;
	bool marked; /* as the root */
};

struct reader_orphans {
	struct reader_orphan *items; /* sorted by parent, then cell */
	size_t n, cap;
	uint32_t root_rel; /* the record that was taken for the root; nil if none */
	bool searched;
};

struct reader {
	const struct image *image;
	struct diag_list *diags;
	struct key_tree *tree;
	/*
	 * What something refers to.  Every cell but a security descriptor or
	 * class name has one owner; a second reference is refused, which is
	 * also what bounds the walk of lists that share or contain each other.
	 */
	struct usage *usage;
	/* Cells that several may refer to; no claim, so that damage there costs no key. */
	struct cellmap shared;
	struct reader_elements elements; /* scratch */
	struct reader_orphans orphans;
	unsigned n_claims; /* keys of two lists that were looked into */
	size_t n_named;	   /* elements that lists named, sound or not */
	bool salvaged; /* elements holds keys that no list named, so they have no order */
	bool partial;  /* the list, or a key that it names, could not be read whole */
	bool refused;  /* a list that is another's, too, or is nested too deep */
};

/* Fixed part of a key record (nk); the name follows.  Offsets are rel. */
struct reader_key_wire {
	uint8_t signature[2];
	uint8_t flags[2];
	uint8_t time[8];
	uint8_t access[1];
	uint8_t layered[1];
	uint8_t spare[2];
	uint8_t parent[4];
	uint8_t n_subkeys[4];
	uint8_t n_volatile[4];
	uint8_t subkeys[4];
	uint8_t volatile_subkeys[4];
	uint8_t n_values[4];
	uint8_t values[4];
	uint8_t security[4];
	uint8_t class_name[4];
	uint8_t largest[20];
	uint8_t name_len[2];
	uint8_t class_len[2];
};

/* Fixed part of a value record (vk); the name follows. */
struct reader_value_wire {
	uint8_t signature[2];
	uint8_t name_len[2];
	uint8_t data_size[4];
	uint8_t data[4];
	uint8_t type[4];
	uint8_t flags[2];
	uint8_t spare[2];
};

/* Layered keys (differencing hives) came with version 1.6. */
#define READER_MINOR_LAYERED 6

#define READER_KEY_SIZE 76
#define READER_VALUE_SIZE 20

/* Key flags. */
#define READER_KEY_HIVE_ENTRY 4 /* the root's own; offreg does not set it */
#define READER_KEY_COMPRESSED_NAME 0x20
#define READER_KEY_PREDEFINED_HANDLE 0x40 /* the value count is something else then */

/* Value flags. */
#define READER_VALUE_COMPRESSED_NAME 1
#define READER_VALUE_TOMBSTONE 2

/* In a value's size: its data stand in the record, where else their cell is named. */
#define READER_DATA_INLINE 0x80000000u
#define READER_DATA_INLINE_MAX 4 /* bytes */

/*
 * The longest name and the largest data that any value of the key has had, in
 * bytes; the two words before them are about subkeys.
 */
static inline uint32_t reader_largest_name(const struct reader_key_wire *wire)
{
	return le32(wire->largest + 8);
}

static inline uint32_t reader_largest_data(const struct reader_key_wire *wire)
{
	return le32(wire->largest + 12);
}

/*
 * Reads the key record in the allocated cell at rel.  cell is its data.
 * Return: false if there is none.
 */
MUST_CHECK bool reader_key(const struct image *image, uint32_t rel, struct span *cell,
			   struct reader_key_wire *wire);

/* Makes the cell at rel one that something refers to.  Return: false if it was, or is none. */
static inline bool reader_claim(struct reader *reader, uint32_t rel)
{
	return cellmap_add(&reader->usage->referenced, rel);
}

/* Notes that of the data of a claimed cell only the first `used` bytes are. */
MUST_CHECK static inline enum status reader_used(struct reader *reader, struct span cell,
						 size_t used)
{
	return usage_add_slack(reader->usage,
			       (uint32_t)(cell.ptr - reader->image->bins.ptr), cell.len,
			       used);
}

/* File offset of the record in the cell at rel: where diagnostics point. */
static inline uint64_t reader_offset(const struct reader *reader, uint32_t rel)
{
	return (uint64_t)rel + IMAGE_BASE_SIZE + reader->image->cell_header;
}

/*
 * Takes the key record that an element names: claims its cell and adds the
 * element to reader->elements.  One that is no key record, or is taken already,
 * is a diagnostic (at the owner's record) and left out; so there can be no
 * more elements than cells.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status reader_take(struct reader *reader, uint32_t owner_rel,
				   struct reader_element element);

#endif
