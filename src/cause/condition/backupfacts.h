/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of a profile that was set aside as "BACKUP OF ...".
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_BACKUPFACTS_H
#define CAUSE_CONDITION_BACKUPFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* There is a new profile "BACKUP OF ...". */
void backupfacts_named(struct incident *incident, struct condition *condition);

/* It is the earlier profile of the name behind that. */
void backupfacts_set_aside(struct incident *incident, struct condition *condition);

/* Another profile has the name of the one that was set aside so. */
void backupfacts_replaced(struct incident *incident, struct condition *condition);

/* Outlook's Setup key holds the state of a first run. */
void backupfacts_first_run(struct incident *incident, struct condition *condition);

#endif
