/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A dirty hive and its log as files, for what reads both. */
#ifndef TESTS_HELP_DIRTY_H
#define TESTS_HELP_DIRTY_H

#include "help/unit.h"

#include "snapshot/snapshot.h"

#include "samples/builder_log.h"

struct dirty_files {
	char *hive, *log;	       /* paths */
	struct snapshot_source source; /* both of them; it borrows the paths */
};

/* The sequence number of the log's first entry; the hive's base block names it. */
enum { DIRTY_FIRST = 30 };

/*
 * The hive file holds the first state, marked as being written; its log has an entry
 * for each step to the next of the n states.
 */
struct dirty_files dirty_files_make(const struct builder_log_state *const *states,
				    size_t n);
/* The same of two recipes as they are now: one entry leads from before to after. */
struct dirty_files dirty_files_of(struct builder *before, struct builder *after);
/* Removes both files. */
void dirty_files_remove(struct dirty_files *files);

/* Reads both, as the program does it.  Fails the test unless the log is applied. */
struct snapshot *dirty_files_read(const struct dirty_files *files);

#endif
