/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finding the transaction logs that lie beside a hive file. */
#ifndef CLI_DISCOVER_H
#define CLI_DISCOVER_H

#include "base/status.h"
#include "cli/commandline/options.h"
#include "snapshot/snapshot.h"

/*
 * Makes a source of each snapshot on the command line: with the logs beside
 * it (the same name with .LOG, .LOG1 or .LOG2, whatever the case of any of
 * it) and those given with --log, unless logs are to be skipped.  sources has
 * room for SERIES_MAX; discover_clear() frees what they own.  watch is told what
 * is being done with them.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT for more logs than
 * REPLAY_MAX_LOGS, with *failure set.  A folder that cannot be read has none.
 */
MUST_CHECK enum status discover_sources(const struct options *options,
					struct stage_watch *watch,
					struct snapshot_source *sources,
					struct failure *failure);
/*
 * The same for the machine hives: the logs beside them.  companions is the
 * options' own with its hives' paths filled in; discover_clear() frees what
 * each of its sources owns.
 */
MUST_CHECK enum status discover_companions(const struct options *options,
					   struct stage_watch *watch,
					   struct companions_source *companions,
					   struct failure *failure);
void discover_clear(struct snapshot_source *sources, size_t n);

#endif
