/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * index.sqlite: the reports as a database.  wmsdiff-report(1) explains its tables.  It is
 * written under another name and put in its place when it is whole; the same reports give the
 * same bytes.  Texts come into it as values of prepared statements only.
 */
#ifndef FLEET_FLEETDATABASE_H
#define FLEET_FLEETDATABASE_H

#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "fleet/fleetdata.h"
#include "fleet/fleetevents.h"
#include "fleet/fleetreport.h"
#include "report/index/indexdata.h"
#include "report/kept.h"

/* PRAGMA user_version of it: a higher one has other tables. */
#define FLEETDATABASE_VERSION 1

struct fleetdatabase;

/* The version of the library; NULL if built without it. */
const char *fleetdatabase_library_version(void);

/*
 * Begins a database in the folder.  It is put like any other output (report/output.h): what
 * kept holds, borrowed until then, is never replaced; NULL: nothing.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_UNSUPPORTED if built without;
 * STATUS_IO with *failure set.
 */
MUST_CHECK enum status fleetdatabase_open(const char *folder, struct kept *kept,
					  struct fleetdatabase **out,
					  struct failure *failure);

/*
 * Each adds rows.  What fails is told by fleetdatabase_commit(); all that follows is nothing
 * then.  Numbers begin with 1.
 */
void fleetdatabase_put_machine(struct fleetdatabase *database, uint64_t number,
			       const struct fleetdata_machine *machine);
void fleetdatabase_put_unread(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, const char *path, const char *trouble);
/* index: the one subject of the report; findings get the numbers from first_finding on. */
void fleetdatabase_put_report(struct fleetdatabase *database, uint64_t machine,
			      uint64_t number, uint64_t first_finding,
			      const struct fleetreport *report,
			      const struct index *index);
void fleetdatabase_put_event(struct fleetdatabase *database, uint64_t number,
			     const struct fleetdata *data,
			     const struct fleetevent *event);

/*
 * Puts it in its place, and takes it.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set; then nothing is left behind.
 */
MUST_CHECK enum status fleetdatabase_commit(struct fleetdatabase *database,
					    struct failure *failure);
/* Gives up, and takes it; NULL is allowed. */
void fleetdatabase_abort(struct fleetdatabase *database);

#endif
