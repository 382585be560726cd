/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths of files, to be asked whether one of them is another spelling of a path. */
#ifndef MAPI_CONTENT_PATHLIST_H
#define MAPI_CONTENT_PATHLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/status.h"
#include "base/text.h"
#include "mapi/content/contentparts.h"

/* Begins as all zeros. */
struct pathlist {
	struct text *items; /* borrowed */
	size_t n, cap;
	bool has_short; /* some path has a short name, which may stand for any */
};

/* Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT, and it is not added. */
MUST_CHECK enum status pathlist_add(struct pathlist *list, struct text path);
/* To be called behind the last one. */
void pathlist_sort(struct pathlist *list);
void pathlist_clear(struct pathlist *list);

/*
 * Whether the path is in the list, without case.  Unknown if it may be there in
 * another spelling: as a path that ends with the same file name (a share and
 * its drive), or where either has a short name ("~").
 */
enum profile_known pathlist_has(const struct pathlist *list, struct text path);

#endif
