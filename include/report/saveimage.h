/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clean copies of replayed hives, for tools that know no logs. */
#ifndef REPORT_SAVEIMAGE_H
#define REPORT_SAVEIMAGE_H

#include "base/failure.h"
#include "base/status.h"
#include "compare/series.h"
#include "report/kept.h"

/*
 * Writes each replayed hive of the series to a new file in folder, named by
 * its snapshot and the hive file ("s2-NTUSER.DAT").  evidence are the files
 * beside which nothing is written; the new files are added to what is kept (or NULL).  A folder that holds
 * evidence is refused, and so is a file that is there already.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status saveimage_write(const struct series *series, const char *folder,
				       const char *const *evidence, size_t n_evidence,
				       struct kept *kept, struct failure *failure);

#endif
