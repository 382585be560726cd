/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the evidence holds what a report says that it holds.  The report comes as a stream
 * of elements, whoever parses it; the evidence as files that are found by their size and
 * hash.  Nothing here is shared with what read the evidence for the report: each statement
 * names a place, and the bytes there are looked at anew.
 *
 * The report should have been checked against its schema before: what is not told of a
 * statement that is missing.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include <stdio.h>

#include "verify/verifyevidence.h"

enum verify_answer {
	VERIFY_HOLDS,	   /* all that could be checked is as the report says */
	VERIFY_WRONG,	   /* something is not */
	VERIFY_INCOMPLETE, /* nothing is wrong, but evidence is missing */
};

struct verify;

/*
 * Begins.  What does not hold is written to out as it is found, a line each.
 * Return: STATUS_OK with *given, to be freed; STATUS_NOMEM.
 */
MUST_CHECK enum status verify_new(const struct verify_evidence *evidence, FILE *out,
				  struct verify **given);
/* NULL is allowed. */
void verify_free(struct verify *verify);

/*
 * An element begins, its text goes on, it ends.  name is the local one.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT, STATUS_MALFORMED with *failure set.
 */
MUST_CHECK enum status verify_begin(struct verify *verify, const char *name,
				    const struct verify_attribute *attributes, size_t n,
				    struct failure *failure);
MUST_CHECK enum status verify_text(struct verify *verify, struct span utf8,
				   struct failure *failure);
MUST_CHECK enum status verify_end(struct verify *verify, struct failure *failure);

/* Writes how many statements of each kind hold, and what was not checked. */
enum verify_answer verify_finish(struct verify *verify);

#endif
