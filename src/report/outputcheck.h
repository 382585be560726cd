/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an output may replace, and how it is said that it may not. */
#ifndef REPORT_OUTPUTCHECK_H
#define REPORT_OUTPUTCHECK_H

#include <sys/stat.h>

#include "base/failure.h"
#include "base/status.h"
#include "report/kept.h"
#include "report/outputplace.h"

/* Sets *failure to the path and why it is refused.  Return: STATUS_IO. */
enum status outputcheck_refuse(struct failure *failure, const char *path,
			       const char *why);

/* The same for an errno.  Return: STATUS_IO; STATUS_NOMEM for ENOMEM. */
enum status outputcheck_refuse_for(struct failure *failure, const char *path, int error);

/*
 * Whether the file that name leads to, in an open folder (or AT_FDCWD), may be replaced or
 * written to in that place.  path: as the user gave it, for the sentence.
 * Return: STATUS_OK with *st set; STATUS_ABSENT: nothing is there; STATUS_NOMEM; STATUS_IO
 * with *failure set: it was read, is an output of the run, is evidence by its bytes, or
 * cannot be looked at.
 */
MUST_CHECK enum status outputcheck_file(const struct outputplace *place, int folder,
					const char *name, struct kept *kept,
					const char *path, struct stat *st,
					struct failure *failure);

#endif
