/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A .reg file, read once for all users whose keys it holds: its bytes, and what they say. */
#ifndef SNAPSHOT_EXPORTFILE_H
#define SNAPSHOT_EXPORTFILE_H

#include "base/diag.h"
#include "base/failure.h"
#include "base/stage.h"
#include "base/status.h"
#include "regf/evidence.h"
#include "regtext/regtext.h"

/* It owns all of it; what is read may be lent to several threads. */
struct exportfile {
	struct evidence *evidence;
	struct regtext *text; /* borrows from the evidence */
	struct diag_list *diags;
};

/*
 * Reads a file through an opener (NULL: the system); the watch, NULL for nobody, is told.
 * Return: STATUS_OK and *out given; STATUS_UNSUPPORTED if it is no export, or a list of
 * changes; STATUS_NOMEM; STATUS_IO; STATUS_LIMIT; else than STATUS_OK *failure is set.
 */
MUST_CHECK enum status exportfile_read(const char *path,
				       const struct evidence_opener *opener,
				       struct stage_watch *watch, struct exportfile **out,
				       struct failure *failure);
/* NULL is allowed. */
void exportfile_free(struct exportfile *file);
void exportfile_freep(struct exportfile **file);

#endif
