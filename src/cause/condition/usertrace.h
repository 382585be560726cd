/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the hive's user ran shortly before the loss.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_USERTRACE_H
#define CAUSE_CONDITION_USERTRACE_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Outlook or the Mail control panel was started in the half hour before. */
void usertrace_panel(struct incident *incident, struct condition *condition);

#endif
