/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which profiles of two snapshots may be claimed by more than one of the other. */
#ifndef COMPARE_CONTEST_H
#define COMPARE_CONTEST_H

#include <stdbool.h>

#include "base/status.h"
#include "snapshot/snapshot.h"

/* What was matched, by the numbers of the snapshot's profiles. */
struct contest_side {
	const struct snapshot *snapshot;
	const struct snapshot_profile *const *partner; /* what is the same; NULL: none */
	bool *contested;			       /* filled */
};

/*
 * Marks the profiles that share instance key, section or content with others, so that
 * nobody can tell which of them is which.  What stayed where it was is not marked.
 * Marks also all of a name that a list has twice.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status contest_find(struct contest_side *before,
				    struct contest_side *after);

#endif
