/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings as JSON lines. */
#ifndef REPORT_INDEX_INDEXJSON_H
#define REPORT_INDEX_INDEXJSON_H

#include "base/status.h"
#include "report/index/indexdata.h"
#include "report/output.h"

/* As index_write_jsonl(). */
MUST_CHECK enum status indexjson_write(const struct index *index, struct output *output);

#endif
