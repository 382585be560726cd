/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The causes that are known, and the conditions that each is weighed by.  The order of
 * causes is the order of the report; of two with the same grade the first is told first.
 */
#ifndef CAUSE_CAUSE_H
#define CAUSE_CAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "cause/condition/condition.h"

enum cause {
	CAUSE_KB_817375, /* the fault of Mapi32.dll on Exchange 2000 */
	CAUSE_KB_818861, /* its sibling of Exchange 5.5 on a terminal server */
	CAUSE_KB_303221, /* the same class with Outlook or Exchange 2000 there */
	CAUSE_USER_DELETION,
	CAUSE_REMOVE_ALL,     /* a script or set-up that removes all profiles */
	CAUSE_OFFICE_UPGRADE, /* profiles copied to the place of a newer Outlook */
	CAUSE_FIRST_RUN,      /* a roaming profile replaced: "BACKUP OF ..." */
	CAUSE_OFFICE_REMOVED, /* Office's keys removed with all settings */
	CAUSE_LIST_IMPORTED,  /* an older copy of the list imported */
	CAUSE_SESSION_END,    /* a service's session ended: expected */
	CAUSE_NEW_HIVE,	      /* another hive, begun since, in place of the earlier one */
	CAUSE_HIVE_RESET,     /* an older copy of it, or one used beside it */
	CAUSE_ROLLED_BACK,    /* the later hive is an older state */
	CAUSE_WRONG_PAIR,     /* the hives are not one subject's */
	CAUSE_N_CAUSES
};

/* Conditions of one cause. */
#define CAUSE_MAX_CONDITIONS 16

struct cause_condition {
	enum condition_id id;
	enum condition_weight weight;
	bool peculiar; /* only this cause leaves it */
};

const char *cause_word(enum cause cause);
/* What it is, in some words; and the same with how it works, if that is to be said. */
const char *cause_name(enum cause cause);
const char *cause_sentence(enum cause cause);
/* True if it cannot be weighed for a single hive. */
bool cause_needs_pair(enum cause cause);
/* What it is weighed by, in the order of the report; *n of them. */
const struct cause_condition *cause_conditions(enum cause cause, size_t *n);

#endif
