/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The evidence that is missing: what would decide the conditions that are unknown. */
#ifndef CAUSE_MISSING_H
#define CAUSE_MISSING_H

#include <stddef.h>

#include "cause/cause.h"
#include "cause/condition/condition.h"

struct missing_item {
	const char *option; /* that gives it, "--mapi32"; NULL: it is about the hives */
	const char *text;   /* what it is, where there is no option; else NULL */
	bool given; /* that option was given, and did not tell: another is meant */
};

/* Each once: first what is about the hives, by condition, then options by enum wanted. */
struct missing {
	struct missing_item items[CAUSE_MAX_CONDITIONS + WANTED_N_OPTIONS];
	size_t n;
};

/*
 * What would decide those of n conditions (CAUSE_MAX_CONDITIONS at most) that are
 * unknown and no hints.  Of the options that would decide one, those that were given
 * are left out; but if all were, and did not tell, they are named again.  companions
 * may be NULL: nothing was given.  Texts are those of the table.
 */
void missing_find(const struct condition *conditions, size_t n,
		  const struct companions *companions, struct missing *out);

/*
 * The one piece of evidence that would tell most: the option that most of those
 * conditions wait for, necessary and peculiar ones counting threefold, and what is to be
 * given there; where no option that was not given tells any, what tells the most important
 * one.  Both are NULL if nothing is unknown.
 */
struct missing_item missing_decisive(const struct condition *conditions, size_t n,
				     const struct companions *companions);

#endif
