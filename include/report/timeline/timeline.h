/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The times that the evidence tells, as events in order, for other tools that
 * draw timelines: Timesketch (JSON lines, CSV) and mactime of The Sleuth Kit
 * (body file).  A bound says that it is one, and nothing but a bound.
 */
#ifndef REPORT_TIMELINE_TIMELINE_H
#define REPORT_TIMELINE_TIMELINE_H

#include "base/status.h"
#include "cause/diagnosis.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "report/output.h"
#include "report/redact/redact.h"
#include "report/timeline/timelineevents.h"

/*
 * Collects the events; companions, diagnoses and redact, by which all texts of the evidence
 * are redacted, may be NULL.  A time that was
 * never set is none.  Left out, and counted, is what does not fit all formats,
 * times before 1970-01-01 00:00:01 or past the year 9999, and what is more than
 * TIMELINE_MAX.  Everything must outlive the timeline.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status timeline_read(const struct series *series,
				     const struct companions *companions,
				     const struct diagnoses *diagnoses,
				     struct redact *redact, struct timeline **out);
void timeline_free(struct timeline *timeline);
void timeline_freep(struct timeline **timeline);

enum timeline_format {
	TIMELINE_NO_FORMAT,
	TIMELINE_JSONL,
	TIMELINE_CSV,
	TIMELINE_BODY,
};

/* By the ending of the file's name: .jsonl, .csv, .body. */
enum timeline_format timeline_format_of(const char *path);

/*
 * Writes all events; the same ones give the same bytes.  The output stays the
 * caller's, and output_commit() tells whether it took them.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status timeline_write(const struct timeline *timeline,
				      enum timeline_format format, struct output *output);

#endif
