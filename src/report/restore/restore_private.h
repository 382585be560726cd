/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One profile on its way into a .reg file. */
#ifndef REPORT_RESTORE_RESTORE_PRIVATE_H
#define REPORT_RESTORE_RESTORE_PRIVATE_H

#include "report/restore/restore.h"

struct rebuilt {
	const struct snapshot *source;	 /* where its keys stand */
	const struct recovery *recovery; /* of source; NULL: none was asked for */
	const struct snapshot *last;	 /* the hive that it is put back into */
	const struct store *store;	 /* its list, in source or recovered; or NULL */
	const struct profile *profile;
	struct text was;   /* its name; may be empty */
	struct text name;  /* that it gets */
	const char *root;  /* "HKEY_CURRENT_USER" */
	bool root_guessed; /* the hives do not tell under which key they stand */
	const struct restore_options *options;
	struct restored *restored; /* counts and losses go there */
};

/* What a chosen profile is rebuilt from; under the name that it had. */
struct rebuilt restorechoice_rebuilt(const struct series *series,
				     const struct restore_options *options,
				     struct restored *restored);

/*
 * Lists what can be brought back, each profile once: of several states the one
 * to take, the others left out with RESTORE_OTHER_STATE.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status restorechoice_find(const struct series *series,
					  const struct restore_options *options,
					  struct restores *out);

/* Whether its place is free, or it stands there itself: sets restored->in_place. */
MUST_CHECK enum restore_reason restorechoice_place(const struct rebuilt *rebuilt);

/*
 * Counts what can be written and notes what cannot, before a file is made.
 * *fits: false if the format cannot carry a text of it (version 4).
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status restorefile_measure(const struct rebuilt *rebuilt, bool *fits);

/* Writes the file.  Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set. */
MUST_CHECK enum status restorefile_write(const struct rebuilt *rebuilt, const char *path,
					 struct failure *failure);

#endif
