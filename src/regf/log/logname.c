/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A log with another name than its hive's: a hive that was moved, or loaded from another
 * place, before its log was written.  Sequence numbers of hives run from 1 up, so
 * another hive's log may go on after this hive's by chance, but seldom with just the
 * number that is lacking.
 */
#include "regf/log/logname.h"

static uint32_t first_of(const struct txlog *log)
{
	return log->entries[0].sequence;
}

bool logname_continues(const struct image_base *hive, const struct txlog *const *logs,
		       size_t n, size_t which)
{
	const struct txlog *log = logs[which];
	uint32_t first = first_of(log);
	bool follows =
		first == hive->secondary_sequence || first == hive->primary_sequence;

	if (log->format == TXLOG_OLD)
		return log->base.primary_sequence == hive->primary_sequence &&
		       log->base.last_written_ft == hive->last_written_ft;
	for (size_t i = 0; i < n && !follows; i++)
		follows = logs[i] && first_of(logs[i]) == hive->secondary_sequence &&
			  logs[i]->entries[logs[i]->n_entries - 1].sequence + 1 == first;
	return follows;
}
