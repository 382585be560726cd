/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tree of recovered keys. */
#ifndef REGF_RECOVER_BUILDTREE_H
#define REGF_RECOVER_BUILDTREE_H

#include "regf/recover/search.h"

/*
 * Makes the tree and all that is known of its keys from what was found; *out has
 * its empty tree already, and all is made in that tree's arena.
 * Return: STATUS_OK and *out filled; STATUS_NOMEM.
 */
MUST_CHECK enum status buildtree_make(struct search *search, struct recovered_keys *out);

#endif
