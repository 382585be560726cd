/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the event logs: the signs near a loss, and what their absence says.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_EVENTFACTS_H
#define CAUSE_CONDITION_EVENTFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* The event whose sign has the word of the condition was logged near the loss. */
void eventfacts_logged(struct incident *incident, struct condition *condition);

#endif
