/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is gone between two states of the hive, by the truth, and how it went. */
#ifndef FALSIFIER_LOSSES_H
#define FALSIFIER_LOSSES_H

#include "whole/falsifier/disk.h"
#include "whole/falsifier/evidence.h"

#define LOSSES_NEAR UINT64_C(20000000) /* 2 s: at one instant */

/* What is gone between two states, and how it went. */
struct losses {
	const struct truth *t;
	uint32_t a;
	uint32_t b;
	uint32_t first[TRUTH_MAX_ALIVE]; /* the tenure in the earlier state */
	uint32_t last[TRUTH_MAX_ALIVE];	 /* that in which it went for good */
	size_t n;
	size_t moved;	/* from one list to another */
	size_t unknown; /* there, but nothing could tell that they are the same */
	const struct disk_snapshot *file_a; /* of the states */
	const struct disk_snapshot *file_b;
	const struct evidence *evidence; /* what was given beside the hives */
};

/* A question to the truth. */
typedef bool losses_test(const struct losses *l);

/* Finds them for the states a and b. */
void losses_find(struct losses *l);

/* How many were in Deleted Profiles; `in_the_end`: or were put there before they went. */
size_t losses_from_deleted(const struct losses *l, bool in_the_end);

/* Whether one of them, or all, ended so. */
bool losses_ended_by(const struct losses *l, enum truth_end end, bool all);

/* Whether some profile that was in a list came to another, and is there. */
bool losses_came_to(const struct losses *l, enum truth_list from, enum truth_list to);

/* --- for the table of conditions: in beside.c those that evidence decides --- */

losses_test losses_from_profiles, losses_perhaps_deleted, losses_only_deleted,
	losses_is_older, losses_looks_older;

/* The later state is of another hive than the earlier one. */
bool losses_is_other_hive(const struct losses *l);

#endif
