/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One operand holds one machine, but not everything in it need be that machine's: somebody
 * put aside what was saved of another one, or its archive lies there.  Where the users'
 * hives lie in a disk's tree, what lies in another tree is told apart by that alone.  What
 * lies loose in a folder was put there for the purpose.
 */
#include "collection/subjects/belongs.h"

#include "collection/origin.h"

#include <stdlib.h>
#include <string.h>

static int by_tree(const void *left, const void *right)
{
	const struct belongs_tree *a = left, *b = right;

	if (a->operand != b->operand)
		return a->operand < b->operand ? -1 : 1;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->path, b->path, a->len);
}

static bool is_old(const struct found *found)
{
	return found->place.layout == PLACE_WINDOWS_OLD;
}

static bool is_earlier(const struct found *found)
{
	return is_old(found) || found->place.shadow_copy > 0 ||
	       found->place.layout == PLACE_RESTORE_POINT;
}

static void add(struct belongs *belongs, const struct found *found)
{
	struct belongs_operand *operand = &belongs->operands[found->operand];
	struct belongs_tree tree = { found->operand, found->path,
				     origin_tree(found->path) };

	operand->in_use |= !is_old(found);
	operand->now |= !is_earlier(found);
	if (tree.len == ORIGIN_NO_TREE)
		return;
	operand->in_tree = true;
	/* Most lie where the one before lies. */
	if (belongs->n_trees == 0 ||
	    by_tree(&belongs->trees[belongs->n_trees - 1], &tree) != 0)
		belongs->trees[belongs->n_trees++] = tree;
}

enum status belongs_read(const struct finds *finds, const struct whose *whose,
			 struct belongs *out)
{
	*out = (struct belongs){
		.trees = calloc(whose->n + 1, sizeof(*out->trees)),
		.operands = calloc(finds->n_operands + 1, sizeof(*out->operands)),
	};
	if (!out->trees || !out->operands)
		return STATUS_NOMEM;
	for (size_t i = 0; i < whose->n; i++)
		if (whose->items[i].kind == WHOSE_USERS)
			add(out, &finds->items[whose->items[i].found]);
	if (out->n_trees > 1)
		qsort(out->trees, out->n_trees, sizeof(*out->trees), by_tree);
	return STATUS_OK;
}

void belongs_clear(struct belongs *belongs)
{
	free(belongs->trees);
	free(belongs->operands);
	*belongs = (struct belongs){ 0 };
}

bool belongs_to_users(const struct belongs *belongs, const struct found *found,
		      bool dated)
{
	const struct belongs_operand *operand = &belongs->operands[found->operand];
	struct belongs_tree tree = { found->operand, found->path,
				     origin_tree(found->path) };

	if ((operand->in_use && is_old(found)) ||
	    (operand->now && !dated && is_earlier(found)))
		return false;
	return tree.len == ORIGIN_NO_TREE || !operand->in_tree ||
	       bsearch(&tree, belongs->trees, belongs->n_trees, sizeof(tree), by_tree);
}
