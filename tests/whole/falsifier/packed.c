// SPDX-License-Identifier: GPL-2.0-or-later
/* What hivex does when it deletes a node: list and count of the parent, cells freed. */
#include "whole/falsifier/packed.h"

#include <stdlib.h>
#include <string.h>

enum {
	BASE = 4096,
	CELL_SIZE = 4,
	NK_SUBKEYS = 20,
	NK_LIST = 28,
	LIST_COUNT = 2,
	ITEMS = 4
};

struct builder *packed_copy(const struct walk *walk,
			    const struct builder_options *options)
{
	struct builder *b = builder_new(options);
	builder_key *keys = calloc(walk->n_keys, sizeof(*keys));

	if (keys == NULL)
		abort();
	keys[0] = builder_root(b);
	for (size_t i = 1; i < walk->n_keys; i++)
		keys[i] = builder_key_add(b, keys[walk->keys[i].parent],
					  walk->keys[i].name, walk->keys[i].filetime);
	for (size_t i = 0; i < walk->n_values; i++) {
		const struct walk_value *v = &walk->values[i];

		builder_value_set(b, keys[v->key], v->name, v->type, v->data, v->len);
	}
	for (size_t i = 0; i < walk->n_keys; i++)
		builder_key_touch(b, keys[i], walk->keys[i].filetime);
	free(keys);
	return b;
}

static uint32_t get(const uint8_t *p, size_t n)
{
	uint32_t number = 0;

	while (n-- > 0)
		number = number << 8 | p[n];
	return number;
}

static void free_cell(struct builder *b, uint32_t cell)
{
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);

	if (cell == 0)
		return;
	builder_poke32(b, BASE + (size_t)cell, 0 - get(bytes + BASE + cell, 4));
}

static void free_subtree(struct builder *b, const struct walk *walk, size_t first)
{
	const char *path = walk->keys[first].path;

	for (size_t i = first; i < walk->n_keys; i++) {
		const struct walk_key *key = &walk->keys[i];

		if (!walk_is_below(path, key->path))
			break;
		free_cell(b, key->cell);
		free_cell(b, key->list_cell);
		free_cell(b, key->values_cell);
		for (uint32_t k = 0; k < key->n_values; k++) {
			free_cell(b, walk->values[key->first_value + k].cell);
			free_cell(b, walk->values[key->first_value + k].data_cell);
		}
	}
}

static void unlink_key(struct builder *b, const struct walk_key *parent, builder_key key)
{
	size_t len;
	uint8_t *bytes = builder_bytes(b, &len);
	size_t list = BASE + CELL_SIZE + (size_t)parent->list_cell;
	size_t step = bytes[list + 1] == 'i' ? 4 : 8;
	uint32_t n = get(bytes + list + LIST_COUNT, 2);
	uint32_t i = 0;

	if (bytes[list] != 'l')
		abort();
	while (i < n && get(bytes + list + ITEMS + i * step, 4) != key)
		i++;
	if (i == n)
		abort();
	memmove(bytes + list + ITEMS + i * step, bytes + list + ITEMS + (i + 1) * step,
		(n - i - 1) * step);
	builder_poke16(b, list + LIST_COUNT, (uint16_t)(n - 1));
	size_t nk = BASE + CELL_SIZE + (size_t)parent->cell;
	builder_poke32(b, nk + NK_SUBKEYS, n - 1);
	if (n == 1) {
		builder_poke32(b, nk + NK_LIST, UINT32_MAX);
		free_cell(b, parent->list_cell);
	}
}

void packed_cut(struct builder *b, const struct walk *walk, builder_key key, bool freed)
{
	size_t i = 0;

	while (i < walk->n_keys && walk->keys[i].cell != key)
		i++;
	if (i == walk->n_keys)
		abort();
	unlink_key(b, &walk->keys[walk->keys[i].parent], key);
	if (freed)
		free_subtree(b, walk, i);
}
