/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles by a name: their own, or one of their sections with random uids,
 * which no other profile has unless it is a copy.  So that profiles of two
 * states can be held against each other without trying all with all.
 */
#ifndef RECOVERY_PROFILEINDEX_H
#define RECOVERY_PROFILEINDEX_H

#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"

struct profileindex_row {
	struct text name; /* borrowed */
	uint64_t head;	  /* of the name: what mostly decides which comes first */
	size_t profile;	  /* the caller's number */
};

struct profileindex {
	struct profileindex_row *rows; /* by name without case, then number */
	size_t n, cap;
};

/* Names of one index: a key has at least 80 bytes, and a hive at most 2 GB. */
#define PROFILEINDEX_MAX ((size_t)1 << 25)

/*
 * Profiles of one name that are told: of a uid there are but few, and a hive
 * made to hold thousands must not cost their product.
 */
#define PROFILEINDEX_MAX_SAME 64

/*
 * Adds a name, or all sections with random uids below a profile's key; names are
 * borrowed.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past PROFILEINDEX_MAX.
 */
MUST_CHECK enum status profileindex_add(struct profileindex *index, struct text name,
					size_t profile);
MUST_CHECK enum status profileindex_add_sections(struct profileindex *index,
						 const struct key *key, size_t profile);

/* To be called once, after the last name was added and before the first is asked for. */
void profileindex_sort(struct profileindex *index);

/*
 * The first row of that name without case, lent until the index changes; *n: how
 * many there are, PROFILEINDEX_MAX_SAME at most.  NULL if that is 0.
 */
const struct profileindex_row *profileindex_find(const struct profileindex *index,
						 struct text name, size_t *n);

/* The next row of that name, however many there are; begins with NULL, ends with it. */
const struct profileindex_row *profileindex_next(const struct profileindex *index,
						 struct text name,
						 const struct profileindex_row *row);

/* Frees the rows; an index may be cleared twice. */
void profileindex_clear(struct profileindex *index);

#endif
