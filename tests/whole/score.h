/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How well deleted keys and values are recovered, measured on random hives.
 *
 *   score_hive    makes a hive from a seed: keys come and go, cells are used again
 *   score_truth   keeps what was deleted, as it was then
 *   score_oracle  tells what of it the finished bytes still hold
 *   score_find    has the program recover what it can, and holds keys against both
 *   score_values  does so with values
 *   score_tally   counts, prints and remembers what was wrong
 *
 * Truth and oracle read the bytes with code of their own: what is measured must
 * not measure itself.
 */
#ifndef TESTS_WHOLE_SCORE_H
#define TESTS_WHOLE_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/text.h"
#include "regf/recover/recovered.h"

#include "samples/builder.h"

#define SCORE_NONE SIZE_MAX

/* ---- chance: splitmix64 ---- */

uint64_t score_random(uint64_t *state);
/* A number below n; true in so many of a hundred cases. */
uint32_t score_below(uint64_t *state, uint32_t n);
bool score_chance(uint64_t *state, uint32_t percent);

/* ---- truth ---- */

/* A number of a file; where a cell's data stand, and back from there to the cell. */
static inline uint64_t score_get(const uint8_t *bytes, size_t offset, size_t size)
{
	uint64_t number = 0;

	for (size_t i = 0; i < size; i++)
		number |= (uint64_t)bytes[offset + i] << (8 * i);
	return number;
}

static inline uint32_t score_data_at(uint32_t rel)
{
	return 4096 + rel + 4;
}

static inline uint32_t score_rel_at(size_t offset)
{
	return (uint32_t)(offset - 4096 - 4);
}

/* Fields of a key record beside those of hives.h. */
enum { NK_TIME = 4, NK_MAX_VALUE_NAME = 60, NK_MAX_VALUE_DATA = 64 };

struct score_text {
	const uint16_t *units;
	size_t n;
};

/* The data of a cell, or the used part of them: where, and what stood there. */
struct score_part {
	uint32_t offset, len; /* in the file */
	const uint8_t *was;
};

/* A key as it was when it was deleted. */
struct score_key {
	uint32_t rel, parent_rel;
	uint64_t time;
	size_t when;		      /* number of its deletion */
	struct score_text name, path; /* path from below the root on */
	struct score_part record, list;
	size_t first_value, n_values; /* its values, in the order of its list */
	size_t profile;		      /* number of the profile it was part of */
	uint32_t max_name, max_data;  /* bounds of its values as the record tells them */
	bool intact, sound;	      /* oracle: the record; with the size of its cell */
	unsigned found;		      /* how often it was recovered */
	bool path_right;	      /* with its whole path */
};

struct score_value {
	uint32_t rel, owner_rel;
	size_t key, slot;	/* the key it went with; SCORE_NONE: it went alone */
	struct score_text path; /* of its key */
	struct score_text name;
	uint32_t type, len;
	const uint8_t *data;
	bool in_record; /* the data */
	struct score_part record;
	struct score_part *parts; /* cells of its data, those of segments last */
	size_t n_parts;
	/* Oracle; slot: its place in the list, spared: a free list has taken that. */
	bool intact, sound, slot_intact, slot_spared, data_intact;
	bool headless;		 /* oracle: a free list has taken its first bytes */
	uint32_t bytes_intact;	 /* oracle: of the data */
	unsigned attached, lone; /* how often recovered at its key, and without */
	bool undecided;		 /* recovered at a live key that nothing contradicts */
	uint32_t bytes_known;	 /* of its data, right ones */
};

struct score_profile {
	size_t root; /* its key */
};

#define SCORE_LIST(type)                                                                 \
	struct {                                                                         \
		type *items;                                                             \
		size_t n, cap;                                                           \
	}

struct score_rels {
	uint32_t *items;
	size_t n, cap;
};

struct score_truth {
	struct arena *arena;
	SCORE_LIST(struct score_key) keys;
	SCORE_LIST(struct score_value) values;
	SCORE_LIST(struct score_profile) profiles;
	size_t n_deletions;
	size_t *keys_by_rel, *values_by_rel; /* score_truth_sort() */
};

/* Adds a zeroed item to a list.  Return: the item. */
#define SCORE_ADD(list)                                                                  \
	__extension__({                                                                  \
		(list)->items = score_grow((list)->items, (list)->n, &(list)->cap,       \
					   sizeof(*(list)->items));                      \
		&(list)->items[(list)->n++];                                             \
	})
void *score_grow(void *items, size_t n, size_t *cap, size_t size);

void score_truth_init(struct score_truth *truth);
void score_truth_clear(struct score_truth *truth);

/* Adds a key's subkeys, or it and all keys below it, parents first. */
void score_children(struct builder *b, uint32_t key, struct score_rels *out);
void score_subtree(struct builder *b, uint32_t top, struct score_rels *out);

/* Notes the key with its values; and it with all below it, as one deletion. */
void score_truth_note_key(struct score_truth *truth, struct builder *b, uint32_t key);
void score_truth_note(struct score_truth *truth, struct builder *b, uint32_t top);

/* Deletes them, or one value of a key by its place in the list, and notes them. */
void score_truth_delete(struct score_truth *truth, struct builder *b, uint32_t key,
			uint64_t filetime);
void score_truth_delete_value(struct score_truth *truth, struct builder *b, uint32_t key,
			      uint32_t slot);

/* A name as UTF-8, for the builder; room for three bytes a unit and a NUL. */
void score_utf8(struct score_text text, char *out);

/* To be called when all is noted: score_truth_key() and so on look up by cell. */
void score_truth_sort(struct score_truth *truth);
/*
 * The i-th of those that stood in a cell.  Return: NULL past the last; their order is
 * that of their deletion.
 */
struct score_key *score_truth_key(const struct score_truth *truth, uint32_t rel,
				  size_t i);
struct score_value *score_truth_value(const struct score_truth *truth, uint32_t rel,
				      size_t i);

bool score_same(struct score_text name, struct text text);
/* True if the name has the form of a property (8 hex digits) or section (32). */
bool score_is_mapi(struct score_text name);

/* ---- oracle ---- */

struct score_oracle {
	const uint8_t *bytes;
	size_t len, bins_len;
	bool windows_2000;
	uint8_t *live; /* a byte for every 8 of the file: not 0 if in use */
	uint32_t *end; /* likewise: where the free run around it ends, in the file */
};

/* Looks at the finished bytes, which it borrows, and judges all that was noted. */
void score_oracle_init(struct score_oracle *oracle, const uint8_t *bytes, size_t len,
		       bool windows_2000);
void score_oracle_judge(const struct score_oracle *oracle, struct score_truth *truth);
void score_oracle_clear(struct score_oracle *oracle);

/* All of a profile is there, but for what a free list may have taken. */
bool score_oracle_profile(const struct score_truth *truth, size_t profile);

/*
 * What in the bytes contradicts that `len` bytes of data in the cell at rel are what
 * they were when the cell was freed.  Return: NULL if nothing does.
 */
const char *score_oracle_denial(const struct score_oracle *oracle,
				const struct score_truth *truth, uint32_t rel,
				size_t len);

/* ---- hives ---- */

/* The groups of hives: the two low bits of a seed. */
enum { SCORE_WINDOWS_2000 = 1, SCORE_REUSE = 2, SCORE_GROUPS = 4 };

/* In a seed of Windows 2000: a later system goes on with the hive amid the deletions. */
#define SCORE_UPGRADED (UINT64_C(1) << 62)

struct score_hive {
	struct builder *b, *earlier; /* finished; as it was before the last deletions */
	struct score_truth truth;
	size_t n_keys_earlier; /* of the truth: deleted before that */
	uint64_t seed, random, clock;
	unsigned minor;
	bool windows_2000, reuse, upgraded;
};

void score_hive_make(struct score_hive *hive, uint64_t seed);
void score_hive_clear(struct score_hive *hive);

/* ---- the tally ---- */

struct score_row {
	uint64_t truth, intact; /* were; can be recovered */
	uint64_t found, more;	/* were recovered: of these; beyond them */
	uint64_t wrong;		/* never existed so, and the bytes show it */
	uint64_t undecided;	/* never existed so, but no byte tells */
};

/* What is counted: the lines of the table. */
enum score_line {
	SCORE_KEYS,
	SCORE_VALUES,
	SCORE_LONE,
	SCORE_BYTES,
	SCORE_PROFILES,
	SCORE_LINES
};

/* Names whose length was inferred, first values of keys. */
struct score_inferred {
	uint64_t n, wrong;
};

/* Values too little of which is left to be asked for. */
struct score_weak {
	uint64_t n, found;
};

struct score_tally {
	const char *label;
	bool strict;	 /* nothing was written after the deletions: all must be right */
	bool heads_lost; /* in Windows 2000 */
	uint64_t hives, bytes, told; /* told: the style of their free cells was seen */
	struct score_row rows[SCORE_LINES];
	uint64_t paths[4], wrong_paths[4]; /* by enum recovered_certainty */
	struct score_inferred mapi_names, other_names, first_values;
	struct score_weak weak;
	uint64_t faults, most; /* most: so many are printed one by one */
	/* Of the hive that is looked at; mistaken: the style of its cells is not seen. */
	bool mistaken;
	uint64_t seed;
	size_t size; /* bytes */
};

/* Counts a fault and prints it with the seed, unless there were many. */
void score_fault(struct score_tally *tally, const char *format, ...) PRINTF_LIKE(2, 3);
/* Counts what was found of the hive. */
void score_count(struct score_tally *tally, const struct score_truth *truth);
void score_print(const struct score_tally *tally);

/* ---- recovery ---- */

/* One recovery. */
struct score_run {
	struct score_tally *tally;
	struct score_hive *hive;
	struct score_truth *truth;
	struct score_oracle oracle;
	struct recovered_keys *recovered;
	bool witness;
	uint64_t n_keys, n_values; /* recovered ones in the trees */
};

/* Recovers from the finished hive, with or without its earlier state, and counts. */
void score_find(struct score_hive *hive, bool witness, struct score_tally *tally);

/*
 * The values of a key of the recovered tree; `key`: what it was, or NULL for a placeholder
 * and for one that never was.
 */
void score_find_values(struct score_run *run, const struct key *found,
		       const struct score_key *key);
void score_find_lone(struct score_run *run);
/* True if the path from below `top` on is this, or the end of this. */
bool score_has_path(const struct key *key, const struct key *top, struct score_text path,
		    bool suffix);

#endif
