/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A summary that is being written: what it is about, and how much it shows.  The
 * parts of the summary get it from summary.c.
 */
#ifndef REPORT_SUMMARY_SUMMARYSTATE_H
#define REPORT_SUMMARY_SUMMARYSTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "compare/series.h"
#include "report/document/report.h"
#include "report/summary/screen.h"

/* Changes or profiles spelled out; the report has them all. */
#define SUMMARY_MAX_CHANGES 20
/* Rows of the brief form: what fits a screen of 24 lines beside the rest. */
#define SUMMARY_MAX_ROWS 8
/* Things of one kind that are listed of a profile; the report has them all. */
#define SUMMARY_MAX_ITEMS 4

/* Where text begins on most lines, and the columns that are left for it. */
#define SUMMARY_HANG 10
#define SUMMARY_COLUMNS (SCREEN_WIDTH - SUMMARY_HANG)

struct summary {
	struct screen *screen;
	const struct series *series;
	const struct report_options *options;
	/* Recovered profiles of the last snapshot that a change reports. */
	const bool *reported;
	size_t n_shown; /* changes, profiles or rows so far */
};

#endif
