/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In which order subjects are told: never that in which they were added. */
#ifndef REPORT_INDEX_INDEXORDER_H
#define REPORT_INDEX_INDEXORDER_H

#include "base/status.h"
#include "report/index/indexdata.h"

/*
 * All subjects by name, security id, files; to be freed.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status indexorder_by_name(const struct index *index,
					  const struct index_subject ***out);

/* The same, but by state and side before all else. */
MUST_CHECK enum status indexorder_by_state(const struct index *index,
					   const struct index_subject ***out);

typedef enum status indexorder_row(const struct index_subject *subject,
				   const struct index_row *row, void *context);

/*
 * Calls it for each row of the table: of all subjects by name, then of what could not be
 * read, of a subject without a name.
 * Return: STATUS_OK; STATUS_NOMEM; what it returned.
 */
MUST_CHECK enum status indexorder_each_row(const struct index *index, indexorder_row *put,
					   void *context);

#endif
