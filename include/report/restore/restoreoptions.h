/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was asked for of bringing profiles back. */
#ifndef REPORT_RESTORE_RESTOREOPTIONS_H
#define REPORT_RESTORE_RESTOREOPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stage.h"
#include "report/kept.h"
#include "report/restore/regfiletext.h"

struct restore_options {
	const char *folder; /* made if it is not there */
	enum regfile_format format;
	const char *root;	  /* "HKEY_USERS\\.DEFAULT"; NULL: by whose hive it is */
	const char *as;		  /* another name for the one profile; or NULL */
	const char *const *names; /* only these, those of services too */
	size_t n_names;
	bool partial;	     /* write incomplete ones too */
	size_t most;	     /* files; 0: RESTORE_MAX_FILES */
	struct kept *kept;   /* what no output may replace, lent; NULL: nothing is kept */
	uint64_t started_ft; /* FILETIME, for the comment */
	struct stage *stage; /* told how far it is; NULL: nobody */
};

#endif
