/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the processes that made the profiles which are gone.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_MAKERFACTS_H
#define CAUSE_CONDITION_MAKERFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* A process that made a profile which is gone runs, or none does, by the id. */
void makerfacts_makers(struct incident *incident, struct condition *condition);

#endif
