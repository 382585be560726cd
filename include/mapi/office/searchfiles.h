/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Data files that Outlook's search knows, also those that are no longer in any
 * profile: Outlook\Search and Outlook\Search\Catalog have a value named by the
 * path of each.
 */
#ifndef MAPI_OFFICE_SEARCHFILES_H
#define MAPI_OFFICE_SEARCHFILES_H

#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "mapi/office/office.h"

struct office_file {
	struct text path;   /* the value's name, borrowed */
	const char *source; /* "search" or "catalog" */
};

struct office_files {
	struct office_file *items; /* by source, then name */
	size_t n, cap;
	bool truncated; /* more than SEARCHFILES_MAX: the rest is left out */
};

/* Far more than a user has, and no list that a hostile hive makes long. */
#define SEARCHFILES_MAX 1000

/*
 * Lists them: every value whose name has the form of a path.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status searchfiles_read(const struct office *office,
					struct office_files *out);
void searchfiles_clear(struct office_files *files);

#endif
