/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the hives: whose hive it is, from which lists the profiles went, and what
 * became of DefaultProfile.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_HIVEFACTS_H
#define CAUSE_CONDITION_HIVEFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* The subject is of the role that the id asks for. */
void hivefacts_subject(struct incident *incident, struct condition *condition);

/* Something that is gone was in Windows Messaging Subsystem. */
void hivefacts_wms_list(struct incident *incident, struct condition *condition);

/* Something was taken from the list that the id asks for. */
void hivefacts_from_list(struct incident *incident, struct condition *condition);

/* All that is gone was in Deleted Profiles. */
void hivefacts_only_deleted(struct incident *incident, struct condition *condition);

/* DefaultProfile is as it was, or no longer names a loss. */
void hivefacts_default_profile(struct incident *incident, struct condition *condition);

/* Something that is gone is of the kind that programs make for themselves. */
void hivefacts_dynamic(struct incident *incident, struct condition *condition);

#endif
