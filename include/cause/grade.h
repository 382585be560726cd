/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grade of a cause, which follows from its conditions by one rule. */
#ifndef CAUSE_GRADE_H
#define CAUSE_GRADE_H

#include <stdbool.h>
#include <stddef.h>

#include "cause/condition/condition.h"

enum grade {
	GRADE_SUPPORTED, /* all that counts is met, something peculiar to it among that */
	GRADE_POSSIBLE,	 /* more telling conditions are met than not met */
	GRADE_UNDETERMINED, /* none of the telling ones is known */
	GRADE_UNLIKELY,	    /* as many are not met as are met, or more */
	GRADE_RULED_OUT,    /* a necessary condition is not met */
};

/*
 * The grade that the conditions make:
 *   ruled_out     a necessary condition is not met; else
 *   supported     all necessary and all telling conditions are met; else
 *   undetermined  no telling condition is met or not met; else
 *   unlikely      the telling conditions not met are as many as those met, or
 *                 more; else
 *   possible.
 */
enum grade grade_of(const struct condition *conditions, size_t n);

/*
 * The grade where the evidence contradicts itself in what all causes are weighed by:
 * supported is no more than possible then, and ruled out no worse than unlikely.
 */
enum grade grade_under_contradiction(enum grade grade);

/* True if a cause of that grade may be given as the answer: possible or better. */
bool grade_is_an_answer(enum grade grade);

/* "supported" and so on. */
const char *grade_word(enum grade grade);

#endif
