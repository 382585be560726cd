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
 * Tells on standard error which inputs could not be read whole; where nothing else of the
 * run is shown, at least why its exit status is 2.
 */
void outputs_tell(const struct run *run);

#endif
