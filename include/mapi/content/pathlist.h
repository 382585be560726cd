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

struct pathlist_item {
	struct text path; /* borrowed */
	bool is_doubtful; /* whether it belongs to the list is not known */
};

/* Begins as all zeros. */
struct pathlist {
	struct pathlist_item *items;
	size_t n, cap;
	bool has_vague; /* some path may stand for any */
};

/*
 * True if the path of a property may be another spelling of any: it has a short name
 * ("~"), or 8-bit letters, whose code page is not known.
 */
bool pathlist_is_vague(struct text path);

/* A path of a property.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT: it is not added. */
MUST_CHECK enum status pathlist_add(struct pathlist *list, struct text path);

/*
 * The stores that a profile has attached; those of which that is not known are doubtful.
 * Return: STATUS_OK, also where some had no room and may be any path; STATUS_NOMEM.
 */
MUST_CHECK enum status pathlist_add_stores(struct pathlist *list,
					   const struct content *content);

/* To be called behind the last one. */
void pathlist_sort(struct pathlist *list);
void pathlist_clear(struct pathlist *list);

/*
 * Whether the path is in the list, without case.  Unknown if it is doubtful, or may be there in
 * another spelling: as a path that ends with the same file name (a share and
 * its drive), where it has a short name, or where one of the list is vague.
 */
enum profile_known pathlist_has(const struct pathlist *list, struct text path);

#endif
