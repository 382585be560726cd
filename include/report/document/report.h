/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The XML report of a run, format version 1: see wmsdiff-report(5). */
#ifndef REPORT_DOCUMENT_REPORT_H
#define REPORT_DOCUMENT_REPORT_H

#include "base/status.h"
#include "compare/series.h"
#include "report/document/writer/reportoptions.h"
#include "report/output.h"

/* To be called while there is one thread, before several write reports or pages. */
void report_prepare(void);

/*
 * Writes the report of a series.  The same series and options give the same
 * bytes.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO when the output fails.
 */
MUST_CHECK enum status report_write(const struct series *series,
				    const struct report_options *options,
				    struct output *output);

/*
 * The same with a series for each of the n subjects, which are numbered, as their
 * snapshots and changes are, from the first to the last.  common: what belongs to none
 * alone; of its collection the subject is NULL.
 */
MUST_CHECK enum status report_write_all(const struct report_subject *subjects, size_t n,
					const struct report_options *common,
					const struct report_answer *answer,
					struct output *output);

#endif
