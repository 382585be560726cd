/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces that several parts of the index page share: who it is, and where its report is. */
#ifndef FLEET_FLEETLINKS_H
#define FLEET_FLEETLINKS_H

#include "fleet/fleetdata.h"
#include "report/index/indexmarkup.h"

/* What the database is called in the folder of the index. */
#define FLEETLINKS_DATABASE "index.sqlite"

/* "pc1: jdoe", texts of the evidence. */
void fleetlinks_who(struct index_markup *page, const struct fleetdata *data,
		    const struct fleetdata_report *report);

/* Links to the page of the report, if there is one, and to the report. */
void fleetlinks_report(struct index_markup *page, const struct fleetdata_report *report);

/* That n more are not shown; nothing for 0. */
void fleetlinks_rest(struct index_markup *page, size_t n);

#endif
