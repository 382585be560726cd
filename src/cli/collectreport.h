/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One report of several subjects: a series each. */
#ifndef CLI_COLLECTREPORT_H
#define CLI_COLLECTREPORT_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "cli/collected.h"
#include "cli/collectone.h"
#include "cli/run.h"
#include "report/index/index.h"

/* True if several subjects would go into one report, and not into a folder. */
bool collectreport_is_wanted(const struct options *options);

/*
 * Writes the report of all subjects that were asked for and could be read; one that could
 * not is a diagnostic of it.  Adds each to the index, and puts the summary, a line a
 * subject.  all: as many as were asked for, in their order, each done and not cleared.
 * command: what main() fills in.  Why a subject could not be read is added to the
 * diagnostics of what was collected.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status collectreport_write(struct collectone *const *all,
					   const struct collected *collected,
					   struct index *index, const struct run *command,
					   struct failure *failure);

#endif
