/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When profiles went: at one instant, or each at a time of its own.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_TIMEFACTS_H
#define CAUSE_CONDITION_TIMEFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Two or more went at one instant; or no two did, by what the id asks for. */
void timefacts_instant(struct incident *incident, struct condition *condition);

#endif
