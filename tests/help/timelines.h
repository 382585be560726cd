/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Timelines of pairs of hives made for a test. */
#ifndef TESTS_HELP_TIMELINES_H
#define TESTS_HELP_TIMELINES_H

#include "help/unit.h"

#include "help/pair.h"

#include "report/timeline/timeline.h"

/* Each gives what timeline_read() makes; it must come to STATUS_OK. */
struct timeline *timelines_read(const struct series *series);
/* That of the later hive alone. */
struct timeline *timelines_read_one(struct pair *pair);

size_t timelines_count(const struct timeline *timeline, enum timeline_kind kind);

#endif
