/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kinds of evidence that would decide a condition which is unknown: about the hives
 * themselves, or what an option gives beside them.
 */
#ifndef CAUSE_CONDITION_WANTED_H
#define CAUSE_CONDITION_WANTED_H

#include "machine/companions.h"

/* A set of them is their sum. */
enum wanted {
	WANTED_EARLIER_HIVE = 1 << 0,
	WANTED_LATER_HIVE = 1 << 1,
	WANTED_ORIGINAL_PATH = 1 << 2, /* whose hive it is */
	WANTED_MAPI32 = 1 << 3,
	WANTED_MODULES = 1 << 4,
	WANTED_SYSTEM = 1 << 5,
	WANTED_SOFTWARE = 1 << 6,
	WANTED_EVENTS = 1 << 7,
};

/* Those that an option gives, from the first to the last in the order they are named. */
#define WANTED_FIRST_OPTION WANTED_MAPI32
#define WANTED_LAST_OPTION WANTED_EVENTS
#define WANTED_N_OPTIONS 5

/* The option that gives it, "--mapi32" and so on; NULL for what is about the hives. */
const char *wanted_option(enum wanted wanted);

/* Those of the set that an option gives. */
unsigned wanted_by_option(unsigned set);

/*
 * What was given already, so that there is no use in asking for it.  Listings of
 * processes never are: there are several kinds.  companions may be NULL: nothing.
 */
unsigned wanted_given(const struct companions *companions);

#endif
