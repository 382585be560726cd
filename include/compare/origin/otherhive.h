/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the later hive is the earlier one grown older, or another that stands in its
 * place.  When Windows cannot load a user's hive, or the folder is gone, it makes a new
 * one from the template for new users; a profile disk, a container or a roaming copy may
 * bring one with a past of its own, or an older state that is used on.
 *
 * It is concluded from the times of keys, and so is inferred: Windows leaves the time of a
 * key alone until it writes that key.  So one hive grown older still has many keys with
 * the times that they had.  Hives made from one template have only the template's keys in
 * common, which are older than the first profile.
 */
#ifndef COMPARE_ORIGIN_OTHERHIVE_H
#define COMPARE_ORIGIN_OTHERHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "recovery/recovery.h"
#include "snapshot/samebytes.h"
#include "snapshot/snapshot.h"

enum otherhive_kind {
	OTHERHIVE_UNKNOWN, /* too few keys tell, or not all of them could be read */
	OTHERHIVE_SAME,	   /* one hive, or a copy of it: keys stand as they stood */
	/* Another, with nothing of the time in which the earlier one was used: begun since. */
	OTHERHIVE_NEW,
	/* Another, with keys of that time: it was used beside the earlier one. */
	OTHERHIVE_BESIDE,
	OTHERHIVE_ANOTHER, /* another, of which neither can be told */
	/* What was written from some moment on is undone, and others were written since. */
	OTHERHIVE_OLDER_COPY,
};

/* Keys are those outside the lists of profiles; times are FILETIME, 0 if there is none. */
struct otherhive {
	enum otherhive_kind kind;
	uint64_t used_ft; /* the earlier hive had its first profile by then */
	/* Keys of the earlier hive that were written from then on; of them: */
	size_t n_own;
	size_t n_kept;			 /* stand in the later one with the same time */
	size_t n_absent;		 /* are not there */
	unsigned own_days, between_days; /* on how many days these were; a few at most */
	/* Keys of the later hive, written in the time in which the earlier one was used. */
	size_t n_between;
	/* Its keys from before that; and those of them that the earlier one lacks, or has older. */
	size_t n_older, n_past;
	size_t n_since; /* after the earlier hive's newest key */
	/*
	 * The oldest and the newest of these; NULL: none.  The oldest may be the template's,
	 * from before the hive was made.
	 */
	const struct key *begun, *newest;
	/* Of a copy: the newest time that both have, and keys with times from before it. */
	uint64_t branch_ft;
	size_t n_undone;
};

/*
 * Holds the keys of both against each other; same: of both images; recovery: what the
 * later one still holds of deleted profiles, or NULL.  Borrows all of them.  Of two
 * subjects, exports, and hives that could not be read whole nothing is told.
 */
void otherhive_find(const struct snapshot *before, const struct snapshot *after,
		    const struct samebytes *same, const struct recovery *recovery,
		    struct otherhive *out);

/* True if another hive stands in place of the earlier one, whatever its past is. */
static inline bool otherhive_is_another(const struct otherhive *other)
{
	return other->kind == OTHERHIVE_NEW || other->kind == OTHERHIVE_BESIDE ||
	       other->kind == OTHERHIVE_ANOTHER;
}

/* True if that, or an older copy: the later hive does not continue the earlier one. */
static inline bool otherhive_is_no_later_state(const struct otherhive *other)
{
	return otherhive_is_another(other) || other->kind == OTHERHIVE_OLDER_COPY;
}

/*
 * True if a profile of the earlier hive, whose topmost key is given, is not in the later
 * one because that is another: of an older copy, if all of it was written after the copy
 * was made.
 */
bool otherhive_explains(const struct otherhive *other, const struct key *profile);

/* "unknown", "same", "new", "beside", "another", "older_copy": words of the report. */
const char *otherhive_word(enum otherhive_kind kind);

#endif
