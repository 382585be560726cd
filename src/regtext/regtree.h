/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trees of plain keys, made of all that was read. */
#ifndef REGTEXT_REGTREE_H
#define REGTEXT_REGTREE_H

#include "regtext/regforest.h"

/*
 * The tree below a node, which is its root.  Keys of one name become one key; of values of
 * one name in one key the last one counts, as regedit would leave it.  The forest loses
 * what goes into the tree.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status regtree_make(struct regforest *forest, uint32_t node,
				    struct diag_list *diags, struct key_tree *out,
				    size_t *n_branches);

/*
 * The children of a node, sorted by name and each once; *out is given, to be freed.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status regtree_children(struct regforest *forest, uint32_t node,
					uint32_t **out, size_t *n);

/* The name of a node. */
struct text regtree_name(const struct regnode *node);

/* True if a line names it that is more than a way to something. */
bool regtree_is_whole(const struct regnode *node);

#endif
