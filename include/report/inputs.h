/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All files that were read in one run, listed and numbered once, in the order of
 * the report: each hive with its logs, then what was given beside the hives.
 * Everything that numbers, names or counts inputs asks this list.
 */
#ifndef REPORT_INPUTS_H
#define REPORT_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "regf/evidence.h"
#include "snapshot/snapshot.h"

enum input_kind {
	INPUT_HIVE,	 /* of a snapshot of the series */
	INPUT_LOG,	 /* of the hive before it, a machine's too */
	INPUT_COMPANION, /* given beside the hives; a machine's hive too */
};

struct input {
	size_t number; /* from 1, as the report's ids count: "i1" */
	enum input_kind kind;
	enum companion_role role; /* of a companion */
	size_t index;		  /* of a log in its hive, of a companion in its role */
	bool beside;		  /* a companion, or a log of one */
	const struct evidence *evidence; /* the file */
	/* What was read from the hive; NULL for what is neither a hive nor a log. */
	const struct snapshot *snapshot;
	/*
	 * What was observed of the file; NULL for logs, whose hive has it, and where
	 * nothing is.
	 */
	const struct diag_list *diags;
};

struct inputs {
	struct input *items; /* items[i].number is i + 1 */
	const char **paths;  /* of the same */
	size_t n;
};

/*
 * Lists what a series and its companions (NULL: none) were read from.  All is
 * borrowed from these two, which must outlive the list.  A hive that a snapshot
 * shares with another is listed once.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status inputs_list(const struct series *series,
				   const struct companions *companions,
				   struct inputs **out);
/*
 * The same of several series, in whose order their hives stand.  A file that holds the
 * hives of several subjects, as an export can, is listed for each.
 */
MUST_CHECK enum status inputs_list_all(const struct series *const *series, size_t n,
				       const struct companions *companions,
				       struct inputs **out);
/* NULL is allowed. */
void inputs_free(struct inputs *inputs);

/* The number of a file; 0 if it is none of the inputs, or file is NULL. */
size_t inputs_number(const struct inputs *inputs, const struct evidence *file);

/* "hive", "log", or the role of a companion: that of the input in the report. */
const char *inputs_role_word(const struct input *input);

#endif
