/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a report says, as rows of the table of findings.  They are those that wmsdiff wrote
 * itself when it made the report: nothing is decided here anew.
 */
#ifndef FLEET_FLEETROWS_H
#define FLEET_FLEETROWS_H

#include <stdbool.h>

#include "base/status.h"
#include "fleet/fleetreport.h"
#include "report/index/index.h"

/* Where the files of a report are, from the folder of the index; NULL: there is none. */
struct fleetrows_files {
	const char *report, *page;
	/*
	 * The .reg file that the report calls so, as it is called from the folder of the
	 * index; malloc'ed.  NULL: it is not there, or out of memory.
	 */
	char *(*find)(void *data, const char *file);
	void *data;
};

/*
 * Adds the subject of the report with its rows to the index, which borrows from the report.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status fleetrows_add(const struct fleetreport *report,
				     const struct fleetrows_files *files,
				     struct index *index);

/*
 * True if by that row a profile is lost at the end of what was compared: gone, replaced or
 * damaged, and not unresolved.  What was lost and is back is none.
 */
bool fleetrows_is_loss(const struct index_row *row);

#endif
