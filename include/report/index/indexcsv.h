/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings as CSV. */
#ifndef REPORT_INDEX_INDEXCSV_H
#define REPORT_INDEX_INDEXCSV_H

#include "base/status.h"
#include "report/index/indexdata.h"
#include "report/output.h"

/* As index_write_csv(). */
MUST_CHECK enum status indexcsv_write(const struct index *index, struct output *output);

/*
 * The same piece by piece, with a column in front of the others: the line of their names,
 * and then the rows of one index after the other.
 */
void indexcsv_put_names(const char *in_front, struct output *output);
/*
 * in_front: what stands there in each row, any bytes.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status indexcsv_put_rows(const struct index *index, const char *in_front,
					 struct output *output);

#endif
