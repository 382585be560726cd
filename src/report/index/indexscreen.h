/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index on one screen. */
#ifndef REPORT_INDEX_INDEXSCREEN_H
#define REPORT_INDEX_INDEXSCREEN_H

#include <stdio.h>

#include "base/status.h"
#include "report/index/indexdata.h"
#include "report/summary/look.h"

/* Subjects that have a line: what fits 24 lines beside the rest. */
#define INDEXSCREEN_MAX_LINES 16

/* As index_print(). */
MUST_CHECK enum status indexscreen_write(const struct index *index, const char *what,
					 const char *path, struct summary_look look,
					 FILE *out);

#endif
