/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an export covers.  regedit writes a branch depth first: its first key, then every
 * key below it.  So a key that is not below the branch before it begins a branch of its
 * own, and all that a branch names is whole.  What is only on the way to it is not known.
 *
 * A file that restores a profile names the keys above it too, so that they exist: from
 * the one below the root three or more in a row, each without values and with a single
 * key below.  No user's Software is so empty.  Such a way is no list of what is there, and
 * what goes on from it with single keys, now with values, is none either.
 */
#include "regtext/regforest.h"

#include "base/array.h"

#include <stdlib.h>

/* Fewer keys that only lead down may be a branch as it was. */
#define LEAST_WAY 3

static enum status add_node(struct regforest *forest, uint32_t parent, struct text name,
			    bool doubtful, uint32_t *out)
{
	RETURN_IF_FAILED(
		ARRAY_RESERVE(&forest->nodes, REGTEXT_MAX_KEYS + REGFOREST_N_BASES));
	uint32_t number = (uint32_t)forest->nodes.n++;
	forest->nodes.items[number] = (struct regnode){
		.name = name.bytes.ptr,
		.name_len = (uint16_t)name.bytes.len,
		.utf16 = name.encoding == TEXT_UTF16LE,
		.doubtful = doubtful,
		.first_child = REGFOREST_NONE,
		.last_child = REGFOREST_NONE,
		.next = REGFOREST_NONE,
		.first_value = REGFOREST_NONE,
		.last_value = REGFOREST_NONE,
	};
	if (parent != REGFOREST_NONE) {
		struct regnode *above = &forest->nodes.items[parent];
		if (above->last_child == REGFOREST_NONE)
			above->first_child = number;
		else
			forest->nodes.items[above->last_child].next = number;
		above->last_child = number;
	}
	*out = number;
	return STATUS_OK;
}

enum status regforest_init(struct regforest *forest, struct arena *arena)
{
	uint32_t number;

	*forest = (struct regforest){ .arena = arena };
	for (uint32_t i = 0; i < REGFOREST_N_BASES; i++)
		RETURN_IF_FAILED(
			add_node(forest, REGFOREST_NONE, text_of(""), false, &number));
	return STATUS_OK;
}

void regforest_clear(struct regforest *forest)
{
	free(forest->nodes.items);
	free(forest->values.items);
	forest->nodes.items = NULL;
	forest->values.items = NULL;
}

uint32_t regforest_shared(const struct regforest *forest, uint32_t base,
			  const struct text *raw, uint32_t n_raw)
{
	uint32_t n = 0;

	if (forest->depth == 0 || forest->levels[0].node != base)
		return 0;
	while (n < n_raw && n + 1 < forest->depth) {
		struct text a = forest->levels[n + 1].raw, b = raw[n];
		if (a.encoding != b.encoding || !span_equal(a.bytes, b.bytes))
			break;
		n++;
	}
	return n;
}

/* ---- branches ---- */

void regforest_end_branch(struct regforest *forest)
{
	uint32_t base = forest->levels[0].node;
	uint32_t root = base == REGFOREST_USERS || base == REGFOREST_MACHINE;
	bool way = forest->in_branch && forest->branch == root + 1 &&
		   forest->way_end >= forest->branch + LEAST_WAY;

	for (uint32_t i = forest->branch; way && i < forest->single_end; i++)
		forest->nodes.items[forest->levels[i].node].n_ways++;
	forest->in_branch = false;
}

/* `kept` levels, the base among them, are those of the key before. */
static void enter(struct regforest *forest, uint32_t kept, uint32_t depth)
{
	if (forest->in_branch && kept <= forest->branch)
		regforest_end_branch(forest);
	if (!forest->in_branch) {
		forest->in_branch = true;
		forest->branch = forest->way_end = forest->single_end = depth - 1;
		forest->way_open = forest->single_open = true;
		return;
	}
	/* One level deeper, straight below the key before: the way goes on. */
	if (kept == forest->depth && depth == kept + 1) {
		forest->way_end = forest->way_open ? depth - 1 : forest->way_end;
		forest->single_end = forest->single_open ? depth - 1 : forest->single_end;
		return;
	}
	/* A second key below one of them. */
	forest->way_open = forest->single_open = false;
	if (forest->way_end > kept - 1)
		forest->way_end = kept - 1;
	if (forest->single_end > kept - 1)
		forest->single_end = kept - 1;
}

void regforest_no_key(struct regforest *forest)
{
	forest->way_open = forest->single_open = false;
	forest->depth = 0;
}

enum status regforest_key(struct regforest *forest, const struct regforest_path *path)
{
	bool same_base = forest->depth > 0 && forest->levels[0].node == path->base;
	uint32_t depth = path->n + 1;

	if (forest->depth == 0)
		regforest_end_branch(forest);
	enter(forest, same_base ? path->shared + 1 : 0, depth);
	forest->levels[0] = (struct reglevel){ .node = path->base };
	for (uint32_t i = path->shared; i < path->n; i++) {
		uint32_t node;
		/* What is left of the path before is none of this one. */
		forest->depth = i + 1;
		RETURN_IF_FAILED(add_node(forest, forest->levels[i].node, path->names[i],
					  path->doubtful[i], &node));
		forest->levels[i + 1] = (struct reglevel){ path->raw[i], node };
	}
	forest->depth = depth;
	forest->nodes.items[forest->levels[depth - 1].node].n_named++;
	return STATUS_OK;
}

uint32_t regforest_current(const struct regforest *forest)
{
	return forest->depth > 0 ? forest->levels[forest->depth - 1].node
				 : REGFOREST_NONE;
}

enum status regforest_value(struct regforest *forest, const struct regvalue *value)
{
	struct regnode *key = &forest->nodes.items[regforest_current(forest)];

	RETURN_IF_FAILED(ARRAY_RESERVE(&forest->values, REGTEXT_MAX_VALUES));
	uint32_t number = (uint32_t)forest->values.n++;
	forest->values.items[number] = *value;
	forest->values.items[number].next = REGFOREST_NONE;
	if (key->last_value == REGFOREST_NONE)
		key->first_value = number;
	else
		forest->values.items[key->last_value].next = number;
	key->last_value = number;
	forest->way_open = false;
	return STATUS_OK;
}
