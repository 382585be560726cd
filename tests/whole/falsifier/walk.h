/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole tree of a sound hive at one moment, read from the recipe builder's bytes.
 * Shares no code with the program. Only for hives that nothing has damaged: what is
 * unsound stops the process.
 */
#ifndef FALSIFIER_WALK_H
#define FALSIFIER_WALK_H

#include "whole/falsifier/arena.h"

#include <stdint.h>

/* A value; its strings and bytes are lent by the arena. */
struct walk_value {
	const char *name;
	const uint8_t *data;
	uint32_t len;
	uint32_t type;
	uint32_t cell;	    /* offset from the first bin */
	uint32_t data_cell; /* 0: the data stand in the record */
	uint32_t key;	    /* index into keys */
};

struct walk_key {
	const char *path; /* from the root, without the root's own name */
	const char *name; /* the end of the path */
	uint64_t filetime;
	uint32_t cell;
	uint32_t list_cell;   /* of its subkeys; 0: none */
	uint32_t values_cell; /* of its list of values; 0: none */
	uint32_t parent;      /* index into keys; the root has its own */
	uint32_t first_value; /* its values stand together */
	uint32_t n_values;
	uint32_t n_subkeys;
};

/* Keys stand with their parents before them, and a key's descendants behind it. */
struct walk {
	struct walk_key *keys;
	size_t n_keys;
	struct walk_value *values;
	size_t n_values;
};

/* Reads the tree of a hive file in memory. Version 1.2 and later, ASCII names. */
void walk_read(struct walk *walk, struct arena *arena, const uint8_t *file, size_t len);

/* Return: the key of that path, whatever the case, or NULL. */
const struct walk_key *walk_find(const struct walk *walk, const char *path);

/* Return: whether the second path is the first or lies below it. */
int walk_is_below(const char *above, const char *path);

/* Return: the key's value of that name, whatever the case, or NULL. */
const struct walk_value *walk_value_find(const struct walk *walk,
					 const struct walk_key *key, const char *name);

#endif
