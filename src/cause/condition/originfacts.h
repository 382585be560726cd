/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of where the later hive comes from: whether it continues the earlier one
 * (compare/origin/otherhive.h), and what Windows tells of a hive that took its place.  Asked of
 * pairs only.  Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_ORIGINFACTS_H
#define CAUSE_CONDITION_ORIGINFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Another hive stands in place of the earlier one. */
void originfacts_another(struct incident *incident, struct condition *condition);

/* That one was begun after the earlier one was last written. */
void originfacts_begun(struct incident *incident, struct condition *condition);

/* It has a past of its own: an older copy, or used beside the earlier one. */
void originfacts_past(struct incident *incident, struct condition *condition);

/* And was used after the earlier one. */
void originfacts_used(struct incident *incident, struct condition *condition);

/* Windows tells that it gave the user another profile: its path, ProfileList, an event. */
void originfacts_told(struct incident *incident, struct condition *condition);

/* The user's row of ProfileList that Windows set aside since, borrowed; NULL: none. */
const struct machine_owner *originfacts_set_aside(const struct incident *incident);

/* The user's profile comes from elsewhere: it roams, or is in a container. */
void originfacts_roams(struct incident *incident, struct condition *condition);

/* Nothing in the later hive tells that Outlook was ever started with it. */
void originfacts_unused(struct incident *incident, struct condition *condition);

#endif
