/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One profile on its way into a .reg file. */
#ifndef REPORT_RESTORE_REBUILT_H
#define REPORT_RESTORE_REBUILT_H

#include <stdbool.h>

#include "base/text.h"
#include "mapi/profile.h"
#include "recovery/recovery.h"
#include "report/restore/restored.h"
#include "report/restore/restoreoptions.h"
#include "snapshot/snapshot.h"

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

#endif
