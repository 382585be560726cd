/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose folder is whose: the ProfileList of the SOFTWARE hives of a collection, which
 * names the folder of each account that ever logged on.
 */
#ifndef COLLECTION_SUBJECTS_PROFILELIST_H
#define COLLECTION_SUBJECTS_PROFILELIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/text.h"
#include "collection/found.h"
#include "regf/evidence.h"

struct profilelist_row {
	size_t operand;
	bool old; /* of what an upgrade put aside in Windows.old */
	char sid[PLACE_SID_SIZE];
	struct text folder; /* the last name of its path; owned */
};

struct profilelist {
	struct profilelist_row *items;
	size_t n, cap;
};

/* Rows of all hives: more than accounts of any number of machines. */
#define PROFILELIST_MAX 1000000

/*
 * Adds what a SOFTWARE hive tells; one that cannot be read tells nothing.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past PROFILELIST_MAX; *failure is set.
 */
MUST_CHECK enum status profilelist_add(struct profilelist *list,
				       const struct found *found,
				       const struct evidence_opener *opener,
				       struct failure *failure);
void profilelist_clear(struct profilelist *list);
/* Puts the rows in the order in which they are searched: when the last one was added. */
void profilelist_sort(struct profilelist *list);

/*
 * *sid: the security id of the user in whose folder a file lies, borrowed, by a SOFTWARE
 * hive of the same operand; NULL if none tells, or several ids have a folder of that name.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status profilelist_sid(const struct profilelist *list,
				       const struct found *found, const char **sid);

#endif
