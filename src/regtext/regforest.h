/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keys and values of an export while it is read, in order of the file: each line of a
 * key finds its place by what it shares with the line before.  A name that comes again
 * elsewhere is only known as the same when the trees are made.
 */
#ifndef REGTEXT_REGFOREST_H
#define REGTEXT_REGFOREST_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "regf/key.h"
#include "regtext/regformat.h"

/* Numbers of nodes and values are indexes; this one is none. */
#define REGFOREST_NONE UINT32_MAX

/* What all paths begin with. */
enum {
	REGFOREST_CURRENT_USER,
	REGFOREST_USERS,
	REGFOREST_MACHINE,
	REGFOREST_UNNAMED,
	REGFOREST_N_BASES
};

struct regnode {
	const uint8_t *name;
	uint32_t first_child, last_child, next;
	uint32_t first_value, last_value;
	uint32_t n_named; /* lines that name it */
	uint32_t n_ways;  /* of these, how many only lead somewhere, see regforest.c */
	uint16_t name_len;
	bool utf16;
	bool doubtful;	   /* its name is in a code page that is not known */
	bool values_short; /* something of its values could not be read */
};

struct regvalue {
	const uint8_t *name, *data;
	size_t offset; /* of its line */
	uint32_t data_len, type, next;
	uint16_t name_len;
	bool utf16;
	bool doubtful; /* its name or data are in a code page that is not known */
	bool ansi;     /* version 5 in 8 bits, and its string looks as if it were, too */
};

/* A key on the way to the current one. */
struct reglevel {
	struct text raw; /* as the file has it */
	uint32_t node;
};

struct regforest {
	struct arena *arena; /* borrowed */
	struct {
		struct regnode *items;
		size_t n, cap;
	} nodes;
	struct {
		struct regvalue *items;
		size_t n, cap;
	} values;
	struct reglevel levels[REGTEXT_MAX_DEPTH + 1];
	uint32_t depth;	 /* levels of the current key; 0: none */
	uint32_t branch; /* level of the key that the current branch begins with */
	bool in_branch;
	/* Levels at which the branch's first keys no more lead only down, or only to one. */
	uint32_t way_end, single_end;
	bool way_open, single_open; /* all of them did so far */
};

/* Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status regforest_init(struct regforest *forest, struct arena *arena);
/* Frees what it holds, not the arena. */
void regforest_clear(struct regforest *forest);

/* How many keys on the way are those that the raw names spell. */
uint32_t regforest_shared(const struct regforest *forest, uint32_t base,
			  const struct text *raw, uint32_t n_raw);

/*
 * The key at `depth` names below a base is the current one from here on.  The first
 * `shared` of its names are those of the key before; the others are given as names, in
 * the encoding of a hive.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past REGTEXT_MAX_KEYS.
 */
struct regforest_path {
	uint32_t base, n, shared;
	const struct text *raw, *names; /* n of each */
	const bool *doubtful;
};
MUST_CHECK enum status regforest_key(struct regforest *forest,
				     const struct regforest_path *path);

/* No key is current: its line could not be read, or is of no user. */
void regforest_no_key(struct regforest *forest);

/* Another export begins: what it names is a branch of its own. */
void regforest_end_branch(struct regforest *forest);

/* The current key; REGFOREST_NONE. */
uint32_t regforest_current(const struct regforest *forest);

/*
 * Adds a value to the current key; its `next` is set.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past REGTEXT_MAX_VALUES.
 */
MUST_CHECK enum status regforest_value(struct regforest *forest,
				       const struct regvalue *value);

#endif
