/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profile of one snapshot is which of another: first by place (list
 * and name), then by what they are (instance key, content, section uids), so
 * that a renamed or moved profile is found and a recreated one is not taken
 * for the old.  Every profile is matched once at most, and matching B with A
 * gives the same pairs as matching A with B.
 */
#ifndef COMPARE_MATCH_H
#define COMPARE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "snapshot/snapshot.h"

/* What makes both the same profile (or, at the same place, two). */
enum match_basis {
	MATCH_NONE,	/* no partner */
	MATCH_NAME,	/* same list and name, nothing known against it */
	MATCH_INSTANCE, /* equal instance keys */
	MATCH_CONTENT,	/* equal content digests */
	MATCH_SECTIONS, /* at least one section uid made for this profile is shared */
	MATCH_DISPUTED, /* one key record, but two instance keys or no section shared */
	MATCH_OTHER_INSTANCE, /* same list and name, but different instance keys */
	MATCH_OTHER_SECTIONS, /* same list and name, but no section uid is shared */
};

/* Borrowed from the two snapshots. */
struct match {
	const struct snapshot_profile *before, *after; /* one may be NULL */
	enum match_basis basis;
	/*
	 * Another profile may as well be it, by its instance key or a section: a copy
	 * keeps both.  Never of a pair that is one profile in one place and cell.  Or
	 * its list has the name twice.
	 */
	bool contested;
};

struct matches {
	struct match *items; /* by place of before, then the added ones by theirs */
	size_t n, cap;
};

/*
 * Matches all profiles of both snapshots.  Pairs with basis MATCH_OTHER_* are
 * two profiles at one place: the earlier is gone, the later is new.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status match_profiles(const struct snapshot *before,
				      const struct snapshot *after, struct matches *out);
/* Frees the list; it may be cleared twice. */
void matches_clear(struct matches *matches);

#endif
