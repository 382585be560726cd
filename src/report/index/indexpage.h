/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index as a page for a browser. */
#ifndef REPORT_INDEX_INDEXPAGE_H
#define REPORT_INDEX_INDEXPAGE_H

#include "base/status.h"
#include "report/index/indexdata.h"
#include "report/output.h"

/* Rows of one subject that the page shows; it says so if there are more. */
#define INDEXPAGE_MAX_ROWS 50
/* Files and folders that could not be read; likewise. */
#define INDEXPAGE_MAX_UNREAD 500
/* Subjects of one state; likewise. */
#define INDEXPAGE_MAX_SUBJECTS 1000

/* As index_write_html(). */
MUST_CHECK enum status indexpage_write(const struct index *index, struct output *output);

#endif
