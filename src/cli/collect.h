/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run over collections: folders, archives, or files of several subjects.  Each subject
 * is a run of its own; memory holds two of them at a time, unless all are put into one
 * report.
 */
#ifndef CLI_COLLECT_H
#define CLI_COLLECT_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "cli/run.h"

/* True if an operand is a folder or an archive, or an option is about many subjects. */
bool collect_is_wanted(const struct options *options);

/*
 * Sorts all operands by subject, and reads, compares and puts out each.  What cannot be
 * done for one of them is told on standard error, and the others are done.  The run has
 * what main() fills in.  several: only if there are several.
 * Return: STATUS_OK and *exit_status is the worst of all subjects, *compared whether any of
 * them has several snapshots; STATUS_ABSENT if
 * several were asked for and are not there; else *failure says why nothing was done.
 */
MUST_CHECK enum status collect_run(const struct run *run, bool several, int *exit_status,
				   bool *compared, struct failure *failure);

#endif
