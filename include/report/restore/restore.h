/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bringing profiles back: a .reg file for each profile that is gone or
 * damaged, as far as it can be rebuilt.  What such a file cannot carry is
 * declared in it and in the report.
 */
#ifndef REPORT_RESTORE_RESTORE_H
#define REPORT_RESTORE_RESTORE_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "compare/series.h"
#include "mapi/servicename.h"
#include "report/restore/restored.h"
#include "report/restore/restoreoptions.h"

/*
 * Writes the files, all of them or none.  evidence are files beside which nothing
 * is written.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM; STATUS_IO or
 * STATUS_UNSUPPORTED (the options do not fit what was found) with *failure set.
 */
MUST_CHECK enum status restore_write(const struct series *series,
				     const struct servicenames *names,
				     const struct restore_options *options,
				     const char *const *evidence, size_t n_evidence,
				     struct restores *out, struct failure *failure);

#endif
