/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a file is a report as wmsdiff-report(5) describes it.  The schema is
 * compiled in; no file is read for it and nothing is fetched.
 */
#ifndef REPORT_SCHEMA_CHECK_H
#define REPORT_SCHEMA_CHECK_H

#include <stddef.h>

#include "base/span.h"
#include "base/stage.h"
#include "base/status.h"

struct pagedoc;

/* Faults that are told; the others are counted. */
#define CHECK_MAX_TOLD 10

struct check {
	size_t n_faults; /* 0: it is a valid report */
	/* Sentences in which nothing acts on a terminal, cut if they are long. */
	char faults[CHECK_MAX_TOLD][512];
};

/*
 * Checks the bytes of a report, telling the stage, which the caller begins and
 * ends (NULL: nobody), how far it is.
 * *doc gets what was read, for html_of(), to be freed by that or by pagedoc_free(); NULL
 * if nobody needs it.
 * Return: STATUS_OK and *out filled in; STATUS_NOMEM.
 */
MUST_CHECK enum status check_report(struct span bytes, struct stage *stage,
				    struct check *out, struct pagedoc **doc);

#endif
