/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A timeline as JSON lines. */
#ifndef REPORT_TIMELINE_TIMELINEJSON_H
#define REPORT_TIMELINE_TIMELINEJSON_H

#include "base/status.h"
#include "report/output.h"
#include "report/timeline/timelineevents.h"

/*
 * Writes all events.  The output stays the caller's, and output_commit() tells whether
 * it took them.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status timelinejson_write(const struct timeline *timeline,
					  struct output *output);

#endif
