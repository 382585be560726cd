/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/dirtyseries.h"

#include "help/hives.h"
#include "help/logs.h"

#include <stdio.h>
#include <stdlib.h>

void dirtyseries_read(struct dirtyseries *dirty)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log =
		logs_new(&logs_story, 0, DIRTYSERIES_ENTRIES, LOGS_FIRST);
	struct series_options options = { .n_threads = 1 };
	struct failure failure = { "" };

	dirty->hive = hives_temporary(hive.bytes, hive.len);
	dirty->log = hives_temporary(log.bytes, log.len);
	builder_log_free(&log);
	builder_log_state_free(&hive);
	const struct snapshot_source source = { .path = dirty->hive,
						.logs = { dirty->log },
						.n_logs = 1 };
	assert_int_equal(series_read(&source, 1, &options, &dirty->series, &failure),
			 STATUS_OK);
	assert_int_equal(dirty->series->n_snapshots, 2);
	assert_true(dirty->series->snapshots[0]->borrowed);
	assert_true(snapshot_is_replayed(dirtyseries_replayed(dirty)));
}

void dirtyseries_clear(struct dirtyseries *dirty)
{
	series_free(dirty->series);
	(void)remove(dirty->hive);
	(void)remove(dirty->log);
	free(dirty->hive);
	free(dirty->log);
}

const struct snapshot *dirtyseries_replayed(const struct dirtyseries *dirty)
{
	return dirty->series->snapshots[dirty->series->n_snapshots - 1];
}
