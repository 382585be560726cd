/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of --restore on hives made for a test, into a folder of their own. */
#ifndef TESTS_HELP_RESTORING_H
#define TESTS_HELP_RESTORING_H

#include "help/unit.h"

#include "help/pair.h"

#include "report/restore/restore.h"

/* What one run of restore_write() takes and gives. */
struct restoring {
	struct series series;
	struct restore_options options;
	struct servicenames names; /* none: nobody makes a profile anew */
	struct restores restores;
	struct failure failure;
	char folder[40], sub[48];
};

/* Makes the folder; UTF-8, and nobody makes a profile anew.  To be ended. */
void restoring_start(struct restoring *run);
void restoring_end(struct restoring *run);

/* The same with "Work" of two profiles deleted in the later hive of the pair. */
void restoring_start_lost(struct restoring *run, struct pair *pair);

/* Takes the two hives of a pair, which are read and compared, as the series. */
void restoring_pair(struct restoring *run, struct pair *pair,
		    struct snapshot *snapshots[2]);

enum status restoring_write(struct restoring *run);

/* How many files there are; they are removed. */
size_t restoring_empty(const struct restoring *run);

/* What became of the only profile there is to bring back. */
const struct restored *restoring_only(const struct restoring *run);
void restoring_assert_not_written(const struct restoring *run,
				  enum restore_outcome outcome,
				  enum restore_reason reason);

/* True if the file holds the text. */
bool restoring_holds(const struct restored *restored, const char *text);

/* All profiles go, and the list stays. */
void restoring_delete_all(struct builder *b);

#endif
