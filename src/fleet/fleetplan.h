/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which units the plan in the folder of a sweep has: one that left neither reports nor an
 * outcome would be forgotten otherwise.
 */
#ifndef FLEET_FLEETPLAN_H
#define FLEET_FLEETPLAN_H

#include "base/compiler.h"
#include "base/status.h"

/* Bytes of a unit's name; the sweep gives 200 at most. */
#define FLEETPLAN_NAME_MAX 255

/* Gets the name of each unit, borrowed; what it returns but STATUS_OK ends the reading. */
typedef enum status fleetplan_visit(void *data, const char *name);

/*
 * Reads the plan that fd is open for, which stays open; of a file that is no plan, and of a
 * line that names no unit, nothing is taken.  The form is told in wmsdiff-sweep(1), PLANS.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with errno set; what visit returned.
 */
MUST_CHECK enum status fleetplan_read(int fd, fleetplan_visit *visit, void *data);

#endif
