/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The elements of a report, taken into it one by one. */
#ifndef FLEET_FLEETELEMENTS_H
#define FLEET_FLEETELEMENTS_H

#include "fleet/fleetreport.h"
#include "fleet/fleetstream.h"

/*
 * What fills the report while the stream is read; the report must outlive that.  It ends the
 * reading with STATUS_NOMEM, or with STATUS_LIMIT and *failure set.
 */
struct fleetstream_reader fleetelements_reader(struct fleetreport *report);

#endif
