/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading one report. */
#ifndef FLEET_FLEETREAD_H
#define FLEET_FLEETREAD_H

#include "base/failure.h"
#include "base/status.h"
#include "fleet/fleetreport.h"

/*
 * Reads the report that fd is open for, from where it stands to its end.  fd stays open.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; and, with *failure set to why it cannot
 * be indexed: STATUS_IO, STATUS_MALFORMED, STATUS_UNSUPPORTED or STATUS_LIMIT.
 */
MUST_CHECK enum status fleetread_report(int fd, struct fleetreport **out,
					struct failure *failure);

#endif
