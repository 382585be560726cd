/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two halves of hivex's door share: tree.c opens and reads,
 * treecheck.c holds what hivex reads against the own reader.
 */
#ifndef REGF_TREE_PRIVATE_H
#define REGF_TREE_PRIVATE_H

#include "regf/tree.h"

#include <hivex.h>

/* A hive handle is the file offset of a cell, so this far before its record. */
#define HANDLE_TO_RECORD 4

struct tree {
	hive_h *hive;
	struct memfile copy; /* only where the base block had to be corrected */
	uint32_t limit;	     /* bytes of bins: no handle is past them */
};

/* For AUTO: what hivex gives is malloc'ed. */
void tree_freep(char **p);

/* The number of handles in a list that ends with 0. */
size_t tree_count(const size_t *handles);

/* Says that hivex does not read something, with errno as its only reason. */
void tree_refuses(struct diag_list *diags, uint64_t offset, const char *what);

#endif
