/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The live profiles of a snapshot, found by what was made for one alone, so that none of
 * many recovered profiles has to be held against all of them.
 */
#ifndef RECOVERY_LIVING_H
#define RECOVERY_LIVING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "recovery/profileindex.h"
#include "snapshot/snapshot.h"

/* All but the snapshot is owned; profiles are told by their numbers in it. */
struct living {
	const struct snapshot *snapshot;
	struct profileindex sections; /* those with random uids */
	size_t *by_instance; /* those with an instance key, by it, then by number */
	size_t n_instances;
	size_t *partial; /* those that were not read whole, as far as that matters here */
	size_t n_partial;
};

/* Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM; STATUS_LIMIT. */
MUST_CHECK enum status living_read(const struct snapshot *snapshot, struct living *out);
/* Frees what it owns; it may be cleared twice. */
void living_clear(struct living *living);

/* The first live profile with the instance key that the other has; NULL: none. */
const struct profile *living_instance(const struct living *living,
				      const struct profile *profile);

/*
 * True if some live profile may be the other: it has keys or values that were not read,
 * and its instance key is not known to be another.
 */
bool living_may_be_unread(const struct living *living, const struct profile *profile);

/*
 * True if some live profile is the other: by the instance key where both have one, else
 * by a section with a random uid.
 */
bool living_has(const struct living *living, const struct profile *profile);

#endif
