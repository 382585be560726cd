/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The summary for a person: what is gone, from where, when, how surely, why, and
 * what to do.  One screen in brief; with report_options.full all is spelled out.
 */
#ifndef REPORT_SUMMARY_SUMMARY_H
#define REPORT_SUMMARY_SUMMARY_H

#include <stdio.h>

#include "base/status.h"
#include "compare/series.h"
#include "report/document/report.h"
#include "report/summary/look.h"

/* The version of libunistring, which breaks its lines: 0x010002 is 1.0.2. */
unsigned summary_library_version(void);

/*
 * Writes the summary, from the same as the report; report_path (NULL if the
 * report went to standard output) is told at its end.  Lines have at most 80
 * columns.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status summary_write(const struct series *series,
				     const struct report_options *options,
				     const char *report_path, struct summary_look look,
				     FILE *out);

#endif
