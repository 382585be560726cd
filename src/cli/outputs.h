/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run puts out. */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include "base/failure.h"
#include "base/status.h"
#include "cli/run.h"

/*
 * Writes all that was asked for, the summary last, and tells on standard error
 * which inputs could not be read whole.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status outputs_write(struct run *run, struct failure *failure);

/*
 * Gives stand-ins to all that is redacted in the run, once its verdict is decided: writes
 * its report to nowhere.  outputs_write() does so by itself; a run that only becomes a part
 * of others' outputs is asked to.  Does nothing where nothing is redacted.
 * Return: likewise.
 */
MUST_CHECK enum status outputs_gather(const struct run *run, struct failure *failure);

/*
 * Tells on standard error which inputs could not be read whole, a line each, as
 * outputs_write() does: those of the hives, and what the run itself read beside them.
 * Where nothing else of the run is shown, at least why its exit status is 2.
 */
void outputs_tell(const struct run *run);
/* The same of what was read beside the hives, once for all subjects. */
void outputs_tell_errors_beside(const struct inputs *inputs, struct redact *redact);

/* Which local time the outputs show, of what was asked for; borrows both. */
struct report_zone outputs_zone(const struct options *options,
				const struct companions *companions);

/* What the report of a run is made from; all is borrowed from the run. */
void outputs_report_options(const struct run *run, struct report_options *out);

#endif
