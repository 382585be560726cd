/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the inputs of a report are now.  Without folders to look through they are taken by
 * the paths that the report has, also inside archives.  With them nothing else is opened: a
 * file is known by its size and SHA-256, wherever it lies below them and whatever it is
 * called.
 */
#ifndef REPORTCLI_EVIDENCEFINDER_H
#define REPORTCLI_EVIDENCEFINDER_H

#include "base/failure.h"
#include "base/status.h"
#include "verify/verify.h"

/* Files below the folders. */
#define EVIDENCEFINDER_MAX 1000000

struct evidencefinder;

/*
 * paths: folders, archives or files, borrowed; they are listed now, and read when it is
 * needed.
 * Return: STATUS_OK with *out, to be freed; STATUS_NOMEM; else *failure says why.
 */
MUST_CHECK enum status evidencefinder_new(const char *const *paths, size_t n,
					  struct evidencefinder **out,
					  struct failure *failure);
/* NULL is allowed. */
void evidencefinder_free(struct evidencefinder *finder);

/* Fit for struct verify_evidence. */
enum status evidencefinder_open(void *finder, const struct verify_wanted *wanted, int *fd,
				struct failure *why);

#endif
