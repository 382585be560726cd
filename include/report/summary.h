/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page for a person: what is gone, from where, when, how surely. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include <stdio.h>

#include "base/status.h"
#include "case/series.h"
#include "report/report.h"

/* Changes spelled out on the page; the report has them all. */
#define SUMMARY_MAX_CHANGES 20

/*
 * Writes the page, from the same as the report; report_path (NULL if the report went to standard output)
 * is told at its end.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status summary_write(const struct series *series,
				     const struct report_options *options,
				     const char *report_path, FILE *out);

#endif
