/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What to do about a cause.  For the fault of Mapi32.dll the steps of KB 817375, made
 * concrete for the machine as far as the evidence tells it; for the other
 * causes a sentence or two.
 */
#ifndef CAUSE_ADVICE_H
#define CAUSE_ADVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "cause/cause.h"
#include "cause/grade.h"

struct advice {
	const char *code; /* "stop_service" and so on */
	const char *text; /* a sentence, UTF-8 */
	const char *name; /* of the service or file it is about, or NULL */
	/*
	 * The same in a list that fits a screen, UTF-8.  NULL: it goes without saying
	 * there, has to wait until the cause is sure, or is said with an earlier step.
	 */
	const char *brief;
	bool brings_back; /* its brief is only about --restore: no use once that is done */
};

#define ADVICE_MAX 128

struct advices {
	struct advice *items; /* in the order in which they are to be taken */
	size_t n;	      /* ADVICE_MAX at most */
};

/*
 * The steps for a cause of that grade; none if it is no answer.  All of it is in the
 * incident's arena.
 * Return: STATUS_OK and *out filled; STATUS_NOMEM.  Texts that could not be made are
 * told by incident->nomem.
 */
MUST_CHECK enum status advice_give(struct incident *incident, enum cause cause,
				   enum grade grade, struct advices *out);

#endif
