/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a subject: of each finding, and of what is told of the subject as a whole. */
#ifndef REPORT_INDEX_INDEXROWS_H
#define REPORT_INDEX_INDEXROWS_H

#include "base/status.h"
#include "cause/diagnosis.h"
#include "compare/series.h"
#include "report/index/indexdata.h"
#include "report/index/indextext.h"
#include "report/restore/restored.h"

/* What the rows of one subject are made from. */
struct index_source {
	struct index *index;
	struct index_texts *texts;
	const struct series *series;
	const struct diagnoses *diagnoses;   /* or NULL */
	const struct restores *restores;     /* or NULL */
	const struct index_subject *subject; /* its paths are those of the snapshots */
	size_t first_change; /* changes before its own, as they are counted in the report */
};

/*
 * Adds a row; past INDEX_MAX_ROWS it is counted.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status indexrows_put(struct index *index, const struct index_row *row);

/*
 * Adds a row for each change of the series, then for each deleted profile that was
 * recovered from its last snapshot and that no change tells of.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status indexrows_add(struct index_source *source);

/*
 * Adds a row of the subject as a whole, of that kind and certainty (static words), with
 * its answer for a note.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status indexrows_add_whole(struct index *index,
					   const struct index_subject *subject,
					   const char *kind, const char *certainty);

#endif
