/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files of a collection serve beside the hives: SYSTEM and SOFTWARE, Mapi32.dll,
 * listings, event logs.
 */
#ifndef COLLECTION_SUBJECTS_FOUNDBESIDE_H
#define COLLECTION_SUBJECTS_FOUNDBESIDE_H

#include <stddef.h>

#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/whose.h"
#include "machine/companions.h"

/* What is not taken. */
struct foundbeside_left {
	size_t listings, events, mapi32; /* more than one run takes */
	size_t stored;			 /* copies of Mapi32.dll that no program loads */
	size_t elsewhere; /* of another disk or time than the users' hives beside them */
	const char *first_elsewhere; /* the first of these, borrowed */
};

/*
 * Adds to *source, which has what was named by options, what is found: each kind that no
 * option names.  All are borrowed from the finds.  What lies in the tree of another disk
 * than the users' hives of its operand, or where Windows keeps what was, is not taken.  Of
 * what one run takes once, the last operand's counts, and in it what lies where Windows has
 * it; the same bytes twice are taken once.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status foundbeside_add(const struct finds *finds,
				       const struct whose *whose,
				       const struct evidence_opener *opener,
				       struct companions_source *source,
				       struct foundbeside_left *left);

#endif
