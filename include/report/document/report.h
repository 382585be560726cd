/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The XML report of one run, format version 1: see wmsdiff-report(5). */
#ifndef REPORT_DOCUMENT_REPORT_H
#define REPORT_DOCUMENT_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "cause/diagnosis.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "report/output.h"
#include "report/restore/restored.h"

#define REPORT_VERSION "1.0"
#define REPORT_NAMESPACE "urn:wmsdiff:report:1"

struct report_options {
	const char *case_id, *examiner, *note; /* NULL if not given */
	bool full;			       /* spell out every profile */
	const char *const *keys;	       /* further keys asked for by path */
	size_t n_keys;
	const char *const *arguments; /* the command line */
	size_t n_arguments;
	uint64_t started_ft;	   /* FILETIME */
	const char *const *inputs; /* paths of all files that were read */
	size_t n_inputs;
	/* What else was read and made; NULL if there is none. */
	const struct companions *companions;
	const struct diagnoses *diagnoses;
	const struct restores *restores;
	struct stage *stage; /* told how far the writing is; NULL: nobody */
	int exit_status;     /* that the run ends with */
};

/*
 * Writes the report of a series.  The same series and options give the same
 * bytes.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO when the output fails.
 */
MUST_CHECK enum status report_write(const struct series *series,
				    const struct report_options *options,
				    struct output *output);

#endif
