/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs of hives of which the later one is asked for deleted profiles. */
#ifndef TESTS_HELP_RECOVEREDHIVE_H
#define TESTS_HELP_RECOVEREDHIVE_H

#include "help/unit.h"

#include "help/pair.h"
#include "help/recoveredkeys.h"

#include "recovery/recovery.h"

/* What the profiles of both lists are called here. */
#define WORK PAIR_PROFILES "\\Work"
#define HOME PAIR_PROFILES "\\Home"

/* Reads both hives of a pair as files and recovers what is deleted in the later one. */
const struct recovery *recovered(struct pair *pair, bool with_earlier);

/* The recovered profile of that name.  Fails the test unless there is just one. */
const struct recovered_profile *recoveredhive_named(const struct recovery *recovery,
						    const char *name);
/* The only one there must be. */
const struct recovered_profile *recoveredhive_only(const struct recovery *recovery);

/* Fails the test unless it is in that list, and all of it that the earlier hive has. */
void recoveredhive_assert_whole(const struct pair *pair,
				const struct recovered_profile *profile,
				enum store_kind kind, enum store_list list);

/* As recovered(): "Work" is all there is, and whole. */
const struct recovered_profile *recoveredhive_only_work(struct pair *pair,
							bool with_earlier);

/* Before the fork: "Work" to be deleted, "Home" to stay. */
void recoveredhive_add_two(struct pair *pair);
/* Deletes a profile of the later hive, or what else is at the path, at pair_changed(). */
void recoveredhive_delete(struct pair *pair, const char *path);

/*
 * Overwrites the fixed part of the record at an offset of the later hive, which is
 * finished before: nothing may be built in it afterwards.
 */
void recoveredhive_wipe(struct pair *pair, size_t record);
/* The same for the records of a key, and of all keys below it, as the earlier hive has them. */
void recoveredhive_wipe_tree(struct pair *pair, const char *path);

/* A hive in memory, however damaged, and what is recovered from it. */
struct recoveredhive_hive {
	struct hive hive;
	struct usage usage;
	struct key_tree *keys;
	struct snapshot snapshot;  /* borrows all of it: not to be freed */
	struct recovery *recovery; /* NULL if there is no hive at all */
	uint64_t steps;		   /* that the recovery took, see help/steps.h */
};

/*
 * Takes the hive, which need not be readable.  What must hold for every recovery
 * is checked.
 */
struct recoveredhive_hive recoveredhive_hive_of(struct hive hive);
void recoveredhive_hive_close(struct recoveredhive_hive *h);

#endif
