/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the keys that two hives have in common tell of the hives: whether the later one
 * was saved anew or reorganised in between, and whether both are one hive at two times.
 */
#ifndef CAUSE_INCIDENT_HIVEMATCH_H
#define CAUSE_INCIDENT_HIVEMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "snapshot/samebytes.h"
#include "snapshot/snapshot.h"

/* Of the keys that stand under one path in both with the same last write, and their values. */
struct hivematch {
	size_t n_in_place;  /* in the same cell */
	size_t n_elsewhere; /* in another one */
	bool begun_anew;    /* the later hive has fewer bytes, or its numbers fall */
	uint64_t newest_ft; /* the newest last write of keys in place; 0: none */
	uint64_t
		profile_ft; /* when the earlier hive's oldest profile was there; 0: none */
};

/*
 * Compares the two trees; same: of both images.  A snapshot without keys has nothing in
 * common.
 */
void hivematch_find(const struct snapshot *before, const struct snapshot *after,
		    const struct samebytes *same, struct hivematch *out);

/*
 * True if keys stand where they stood, so that one which does not was made anew.  Where
 * other keys stand elsewhere too, the hive was saved anew, and places tell nothing.
 */
bool hivematch_is_in_place(const struct hivematch *match);

/*
 * True if the bytes show one hive: a key that was written when a profile of the earlier
 * hive was there already stands in both, in one cell and with one time.  Two hives that
 * Windows copied from one template have only older keys in common.
 */
bool hivematch_is_one_hive(const struct hivematch *match);

#endif
