// SPDX-License-Identifier: GPL-2.0-or-later
/* Two passes: how many keys and values there are, then their records. */
#include "whole/falsifier/walk.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	BASE = 4096,
	BASE_ROOT = 36,
	NK_TIME = 4,
	NK_SUBKEYS = 20,
	NK_LIST = 28,
	NK_VALUES = 36,
	NK_VALUE_LIST = 40,
	NK_NAME_LEN = 72,
	NK_NAME = 76,
	VK_NAME_LEN = 2,
	VK_LEN = 4,
	VK_DATA = 8,
	VK_TYPE = 12,
	VK_NAME = 20,
	MAX_KEYS = 8192,
	MAX_VALUES = 32768,
};

#define INLINE_DATA 0x80000000u

struct reader {
	struct walk *walk;
	struct arena *arena;
	const uint8_t *file;
	size_t len;
};

static const uint8_t *at(const struct reader *r, uint32_t cell, size_t field, size_t n)
{
	size_t offset = BASE + (size_t)cell + 4 + field;

	if (offset > r->len || r->len - offset < n) {
		fputs("falsifier: a sound hive cannot be walked\n", stderr);
		abort();
	}
	return r->file + offset;
}

static uint32_t get16(const struct reader *r, uint32_t cell, size_t field)
{
	const uint8_t *p = at(r, cell, field, 2);

	return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const struct reader *r, uint32_t cell, size_t field)
{
	return get16(r, cell, field) | get16(r, cell, field + 2) << 16;
}

static void read_value(struct reader *r, uint32_t cell, uint32_t key)
{
	struct walk_value *value = &r->walk->values[r->walk->n_values++];
	uint32_t len = get32(r, cell, VK_LEN);
	size_t name_len = get16(r, cell, VK_NAME_LEN);

	if (r->walk->n_values >= MAX_VALUES)
		abort();
	*value = (struct walk_value){ .cell = cell, .key = key };
	value->name = arena_copy(r->arena, at(r, cell, VK_NAME, name_len), name_len);
	value->len = len & ~INLINE_DATA;
	value->type = get32(r, cell, VK_TYPE);
	if (len & INLINE_DATA) {
		value->data = arena_copy(r->arena, at(r, cell, VK_DATA, 4), 4);
		return;
	}
	if (len == 0) {
		value->data = arena_copy(r->arena, "", 0);
		return;
	}
	value->data_cell = get32(r, cell, VK_DATA);
	value->data = arena_copy(r->arena, at(r, value->data_cell, 0, len), len);
}

static void read_key(struct reader *r, uint32_t cell, uint32_t parent);

/* Lists of all kinds: li has offsets, lf and lh a hint behind each, ri other lists. */
static void read_list(struct reader *r, uint32_t list, uint32_t parent)
{
	char kind = (char)*at(r, list, 1, 1);
	char first = (char)*at(r, list, 0, 1);
	uint32_t n = get16(r, list, 2);
	size_t step = first == 'l' && kind != 'i' ? 8 : 4;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t to = get32(r, list, 4 + i * step);

		if (first == 'r')
			read_list(r, to, parent);
		else
			read_key(r, to, parent);
	}
}

static void read_key(struct reader *r, uint32_t cell, uint32_t parent)
{
	struct walk *walk = r->walk;
	uint32_t index = (uint32_t)walk->n_keys++;
	struct walk_key *key = &walk->keys[index];
	size_t name_len = get16(r, cell, NK_NAME_LEN);
	const char *name = (const char *)at(r, cell, NK_NAME, name_len);
	bool is_root = index == 0;
	const char *above = is_root ? "" : walk->keys[parent].path;
	size_t above_len = strlen(above);

	if (walk->n_keys >= MAX_KEYS)
		abort();
	char *path = arena_take(r->arena, above_len + name_len + 2, 1);
	if (!is_root) {
		memcpy(path, above, above_len);
		if (above_len != 0)
			path[above_len++] = '\\';
		memcpy(path + above_len, name, name_len);
	}
	key->path = path;
	key->name = path + above_len;
	key->cell = cell;
	key->parent = is_root ? 0 : parent;
	key->filetime = get32(r, cell, NK_TIME) | (uint64_t)get32(r, cell, NK_TIME + 4)
							  << 32;
	key->n_subkeys = get32(r, cell, NK_SUBKEYS);
	key->n_values = get32(r, cell, NK_VALUES);
	key->first_value = (uint32_t)walk->n_values;
	key->values_cell = key->n_values != 0 ? get32(r, cell, NK_VALUE_LIST) : 0;
	for (uint32_t i = 0; i < key->n_values; i++)
		read_value(r, get32(r, key->values_cell, 4 * (size_t)i), index);
	key->list_cell = key->n_subkeys != 0 ? get32(r, cell, NK_LIST) : 0;
	if (key->n_subkeys != 0)
		read_list(r, key->list_cell, index);
}

void walk_read(struct walk *walk, struct arena *arena, const uint8_t *file, size_t len)
{
	static struct walk_key keys[MAX_KEYS];
	static struct walk_value values[MAX_VALUES];
	struct reader r = { walk, arena, file, len };
	const uint8_t *root = file + BASE_ROOT;

	memset(walk, 0, sizeof(*walk));
	walk->keys = keys;
	walk->values = values;
	memset(keys, 0, sizeof(keys[0]));
	read_key(&r,
		 (uint32_t)root[0] | (uint32_t)root[1] << 8 | (uint32_t)root[2] << 16 |
			 (uint32_t)root[3] << 24,
		 0);
	walk->keys = arena_copy(arena, keys, walk->n_keys * sizeof(keys[0]));
	walk->values = arena_copy(arena, values, walk->n_values * sizeof(values[0]));
}

const struct walk_key *walk_find(const struct walk *walk, const char *path)
{
	for (size_t i = 0; i < walk->n_keys; i++)
		if (strcasecmp(walk->keys[i].path, path) == 0)
			return &walk->keys[i];
	return NULL;
}

int walk_is_below(const char *above, const char *path)
{
	size_t len = strlen(above);

	return strncasecmp(above, path, len) == 0 &&
	       (path[len] == '\0' || path[len] == '\\');
}

const struct walk_value *walk_value_find(const struct walk *walk,
					 const struct walk_key *key, const char *name)
{
	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct walk_value *value = &walk->values[key->first_value + i];

		if (strcasecmp(value->name, name) == 0)
			return value;
	}
	return NULL;
}
