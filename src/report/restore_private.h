/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One profile on its way into a .reg file. */
#ifndef REPORT_RESTORE_PRIVATE_H
#define REPORT_RESTORE_PRIVATE_H

#include "report/restore.h"

struct rebuilt {
	const struct snapshot *source; /* where its keys stand */
	const struct snapshot *last;   /* the hive that it is put back into */
	const struct store *store;     /* its list, in source or recovered */
	const struct profile *profile;
	struct text name; /* that it gets */
	const char *root; /* "HKEY_CURRENT_USER" */
	const struct restore_options *options;
	struct restored *restored; /* counts and losses go there */
};

/*
 * Counts what can be written and notes what cannot, before a file is made.
 * Return: false if the format cannot carry a text of it (version 4).
 */
bool restorefile_measure(const struct rebuilt *rebuilt);

/* Writes the file.  Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set. */
MUST_CHECK enum status restorefile_write(const struct rebuilt *rebuilt, const char *path,
					 struct failure *failure);

#endif
