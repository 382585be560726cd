/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles that stand below an Office key now and did not before, with the
 * earlier profile elsewhere that they are made of: it was moved there, or they
 * have sections that were made for it.
 */
#ifndef CAUSE_INCIDENT_COPIES_H
#define CAUSE_INCIDENT_COPIES_H

#include <stddef.h>

#include "base/status.h"
#include "compare/compare.h"

struct copy {
	const struct snapshot_profile *copy, *original;
};

struct copies {
	struct copy *items; /* in the order of the findings */
	size_t n;
};

/*
 * The copies among the findings of a comparison of these two snapshots.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status copies_find(const struct comparison *comparison,
				   const struct snapshot *before,
				   const struct snapshot *after, struct copies *out);
void copies_clear(struct copies *copies);

#endif
