/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of the index page that tells of events. */
#ifndef FLEET_FLEETEVENTSPAGE_H
#define FLEET_FLEETEVENTSPAGE_H

#include "fleet/fleetevents.h"
#include "report/index/indexmarkup.h"

/* Events, and losses of one of them, that the page shows; it says if there are more. */
#define FLEETEVENTSPAGE_MAX_EVENTS 100
#define FLEETEVENTSPAGE_MAX_LOSSES 50

/* Writes it; only the rule, if there is no event. */
void fleeteventspage_write(struct index_markup *page, const struct fleetdata *data,
			   const struct fleetevents *events);

/* "11 machines within 4 minutes on 2003-03-18", of which no more is claimed; malloc'ed or
 * NULL. */
char *fleeteventspage_title(const struct fleetevent *event) MUST_CHECK;

#endif
