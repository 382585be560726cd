// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sorted list of a key's subkeys: one leaf (lf, lh or li), or an index root (ri) of
 * leaves once a leaf has more than 500 elements; one li of any length in versions 1.0 and
 * 1.1 (regf specification, "Subkeys list").
 */
#include "builder_private.h"

#include <string.h>

enum {
	LEAF_MAX =
		500, /* Windows splits a list that outgrows a page: 506 and more seen */
	ROOT_ITEM = 4,
};

/* Where a subkey stands or belongs. */
struct place {
	uint32_t root;	     /* the ri, or NIL */
	uint32_t leaf;	     /* or NIL: there is no list */
	uint16_t leaf_index; /* the leaf's place in the root */
	uint16_t index;	     /* the subkey's place in the leaf */
};

static bool is_li(const struct builder *b)
{
	return b->options.li_lists || b->options.minor < 3;
}

static size_t item_size(const struct builder *b)
{
	return is_li(b) ? 4 : 8; /* lf and lh add 4 bytes to the offset */
}

static uint16_t list_count(const struct builder *b, uint32_t list)
{
	return builder_get16(b, list, LIST_COUNT);
}

static builder_key leaf_key(const struct builder *b, uint32_t leaf, size_t index)
{
	return builder_get32(b, leaf, LIST_ITEMS + index * item_size(b));
}

static uint32_t root_leaf(const struct builder *b, uint32_t root, size_t index)
{
	return builder_get32(b, root, LIST_ITEMS + index * ROOT_ITEM);
}

static bool is_root(const struct builder *b, uint32_t list)
{
	return memcmp(builder_cell_data(b, list), "ri", 2) == 0;
}

static int compare(const struct builder *b, const struct builder_name *name,
		   builder_key key)
{
	return builder_name_compare(name, builder_cell_data(b, key) + NK_NAME,
				    builder_get16(b, key, NK_NAME_LEN),
				    builder_get16(b, key, NK_FLAGS) & 0x20);
}

/* Return: the first element of the leaf that is not before the name. */
static uint16_t search_leaf(const struct builder *b, uint32_t leaf,
			    const struct builder_name *name)
{
	size_t low = 0;
	size_t high = list_count(b, leaf);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (compare(b, name, leaf_key(b, leaf, middle)) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint16_t)low;
}

/* Return: the first leaf whose end is not before the name, else the last leaf. */
static uint16_t search_root(const struct builder *b, uint32_t root,
			    const struct builder_name *name)
{
	size_t low = 0;
	size_t high = list_count(b, root) - 1u;

	while (low < high) {
		size_t middle = (low + high) / 2;
		uint32_t leaf = root_leaf(b, root, middle);

		if (compare(b, name, leaf_key(b, leaf, list_count(b, leaf) - 1u)) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint16_t)low;
}

static struct place search(const struct builder *b, builder_key parent,
			   const struct builder_name *name)
{
	uint32_t list = builder_get32(b, parent, NK_LIST);
	struct place place = { .root = NIL, .leaf = list };

	if (list == NIL)
		return place;
	if (is_root(b, list)) {
		place.root = list;
		place.leaf_index = search_root(b, list, name);
		place.leaf = root_leaf(b, list, place.leaf_index);
	}
	place.index = search_leaf(b, place.leaf, name);
	return place;
}

builder_key builder_list_find(const struct builder *b, builder_key parent,
			      const struct builder_name *name)
{
	struct place place = search(b, parent, name);

	if (place.leaf == NIL || place.index == list_count(b, place.leaf))
		return BUILDER_NO_KEY;
	builder_key key = leaf_key(b, place.leaf, place.index);
	return compare(b, name, key) == 0 ? key : BUILDER_NO_KEY;
}

builder_key builder_list_at(const struct builder *b, builder_key parent, uint32_t index)
{
	uint32_t list = builder_get32(b, parent, NK_LIST);

	if (!is_root(b, list))
		return leaf_key(b, list, index);
	for (size_t i = 0; i < list_count(b, list); i++) {
		uint32_t leaf = root_leaf(b, list, i);

		if (index < list_count(b, leaf))
			return leaf_key(b, leaf, index);
		index -= list_count(b, leaf);
	}
	builder_die("no such subkey");
}

/* Opens or closes a gap of one element: moves what stands from `from` on to `to`. */
static void move_items(struct builder *b, uint32_t list, size_t size, size_t to,
		       size_t from)
{
	uint8_t *items = builder_cell_data(b, list) + LIST_ITEMS;

	memmove(items + to * size, items + from * size,
		(list_count(b, list) - from) * size);
}

static uint32_t new_list(struct builder *b, const char *signature, size_t room)
{
	uint32_t list = builder_cell_alloc(b, LIST_ITEMS + room);

	memcpy(builder_cell_data(b, list), signature, 2);
	builder_put16(b, list, LIST_COUNT, 0);
	return list;
}

static uint32_t new_leaf(struct builder *b, size_t n)
{
	const char *signature = is_li(b) ? "li" : b->options.minor < 5 ? "lf" : "lh";

	return new_list(b, signature, n * item_size(b));
}

static void put_item(struct builder *b, uint32_t leaf, size_t index, builder_key key,
		     const struct builder_name *name)
{
	size_t field = LIST_ITEMS + index * item_size(b);

	builder_put32(b, leaf, field, key);
	if (is_li(b))
		return;
	builder_put32(b, leaf, field + 4,
		      b->options.minor < 5 ? builder_name_hint(name)
					   : builder_name_hash(name));
}

/* Makes room for one more element. Return: the list, which may have moved. */
static uint32_t grow(struct builder *b, uint32_t list, size_t size)
{
	return builder_cell_resize(b, list,
				   LIST_ITEMS + (list_count(b, list) + 1u) * size);
}

/* Writes where a leaf is now into whatever names it. */
static void refer(struct builder *b, builder_key parent, const struct place *place)
{
	if (place->root == NIL)
		builder_put32(b, parent, NK_LIST, place->leaf);
	else
		builder_put32(b, place->root,
			      LIST_ITEMS + (size_t)place->leaf_index * ROOT_ITEM,
			      place->leaf);
}

/* Moves the upper half of an overfull leaf to a new leaf behind it. */
static void split(struct builder *b, builder_key parent, struct place *place)
{
	uint16_t count = list_count(b, place->leaf);
	uint16_t half = count / 2;
	uint32_t upper = new_leaf(b, count - half);

	memcpy(builder_cell_data(b, upper) + LIST_ITEMS,
	       builder_cell_data(b, place->leaf) + LIST_ITEMS + half * item_size(b),
	       (size_t)(count - half) * item_size(b));
	builder_put16(b, upper, LIST_COUNT, count - half);
	builder_put16(b, place->leaf, LIST_COUNT, half);
	if (place->root == NIL) {
		place->root = new_list(b, "ri", 2 * ROOT_ITEM);
		builder_put16(b, place->root, LIST_COUNT, 1);
		refer(b, parent, place);
	}
	place->root = grow(b, place->root, ROOT_ITEM);
	move_items(b, place->root, ROOT_ITEM, place->leaf_index + 2u,
		   place->leaf_index + 1u);
	builder_put32(b, place->root, LIST_ITEMS + (place->leaf_index + 1u) * ROOT_ITEM,
		      upper);
	builder_put16(b, place->root, LIST_COUNT,
		      (uint16_t)(list_count(b, place->root) + 1));
	builder_put32(b, parent, NK_LIST, place->root);
}

void builder_list_insert(struct builder *b, builder_key parent,
			 const struct builder_name *name, builder_key key)
{
	struct place place = search(b, parent, name);
	size_t size = item_size(b);

	place.leaf = place.leaf == NIL ? new_leaf(b, 1) : grow(b, place.leaf, size);
	refer(b, parent, &place);
	move_items(b, place.leaf, size, place.index + 1u, place.index);
	put_item(b, place.leaf, place.index, key, name);
	uint16_t count = (uint16_t)(list_count(b, place.leaf) + 1);
	builder_put16(b, place.leaf, LIST_COUNT, count);
	if (count == 0)
		builder_die("list of subkeys too long");
	if (count > LEAF_MAX && !builder_is_old(b))
		split(b, parent, &place);
}

/* Takes out one element. Return: whether it was the last: the list is freed then. */
static bool remove_item(struct builder *b, uint32_t list, size_t size, size_t index)
{
	uint16_t rest = (uint16_t)(list_count(b, list) - 1);

	move_items(b, list, size, index, index + 1);
	builder_put16(b, list, LIST_COUNT, rest);
	if (rest == 0)
		builder_cell_free(b, list);
	return rest == 0;
}

void builder_list_remove(struct builder *b, builder_key parent, builder_key key)
{
	struct builder_name name;

	builder_key_name(b, key, &name);
	struct place place = search(b, parent, &name);
	if (!remove_item(b, place.leaf, item_size(b), place.index))
		return;
	if (place.root != NIL && !remove_item(b, place.root, ROOT_ITEM, place.leaf_index))
		return;
	builder_put32(b, parent, NK_LIST, NIL);
}
