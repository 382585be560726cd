/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hive whose writing was broken off and its log, as files, read as a series: the hive
 * as it was found, compared with what its log makes of it.
 */
#ifndef TESTS_HELP_DIRTYSERIES_H
#define TESTS_HELP_DIRTYSERIES_H

#include "help/unit.h"

#include "compare/series.h"

/* Entries of the log, which has the states 1 and 2 of logs_story; the first is LOGS_FIRST. */
enum { DIRTYSERIES_ENTRIES = 2 };

struct dirtyseries {
	char *hive, *log; /* paths */
	struct series *series;
};

/* The group of the test has logs_set_up() and logs_tear_down(). */
void dirtyseries_read(struct dirtyseries *dirty);
void dirtyseries_clear(struct dirtyseries *dirty);

/* The snapshot that the log belongs to: the last one. */
const struct snapshot *dirtyseries_replayed(const struct dirtyseries *dirty);

#endif
