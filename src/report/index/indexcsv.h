/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings as CSV. */
#ifndef REPORT_INDEX_INDEXCSV_H
#define REPORT_INDEX_INDEXCSV_H

#include "base/status.h"
#include "report/index/indexdata.h"
#include "report/output.h"

/* As index_write_csv(). */
MUST_CHECK enum status indexcsv_write(const struct index *index, struct output *output);

#endif
