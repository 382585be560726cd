/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes two hives doubtful as an earlier and a later state of one subject:
 * whose they are, and which of them is older by its times and numbers.
 */
#include "compare/snapshotpair.h"

#include "snapshot/samesubject.h"

#include <string.h>

static void check_order(struct snapshot_pair *pair)
{
	const struct image_base *b = &pair->before->image->base;
	const struct image_base *a = &pair->after->image->base;
	const char *what = NULL;

	if (b->last_written_ft && a->last_written_ft &&
	    a->last_written_ft < b->last_written_ft)
		what = "its header was written earlier";
	else if (pair->after->newest_ft < pair->before->newest_ft)
		what = "its newest key was written earlier";
	else if (a->last_written_ft == b->last_written_ft &&
		 pair->after->newest_ft == pair->before->newest_ft &&
		 (int32_t)(a->primary_sequence - b->primary_sequence) < 0)
		what = "its sequence number is lower";
	if (!what)
		return;
	pair->doubtful = true;
	diag_at(pair->diags, DIAG_AFTER_OLDER, DIAG_NOWHERE,
		"the hive given as the later one seems older than the other: %s", what);
}

void snapshotpair_check(struct snapshot_pair *pair)
{
	const char *difference = samesubject_difference(pair->before, pair->after);

	/* A hive as found, against what its logs make of it, is one file by nature. */
	if (!pair->before->borrowed &&
	    memcmp(pair->before->evidence->sha256.bytes,
		   pair->after->evidence->sha256.bytes, DIGEST_SIZE) == 0)
		diag_at(pair->diags, DIAG_SAME_FILE, DIAG_NOWHERE,
			"both snapshots have the same content, byte for byte");
	if (difference) {
		/* Who knows that a user was given a new id knows more than the hives. */
		bool stated = pair->before->subject.stated_same;
		pair->doubtful = !stated;
		diag_at(pair->diags, DIAG_SUBJECTS_DIFFER, DIAG_NOWHERE,
			stated ? "the two hives seem to belong to different subjects (%s), "
				 "but it was stated that they belong to one"
			       : "the two hives belong to different subjects: %s",
			difference);
	}
	check_order(pair);
}
