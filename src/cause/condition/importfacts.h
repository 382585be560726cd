/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of lists that a program wrote as a whole: an export that was imported over them,
 * and Office's own keys that were removed with them.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_IMPORTFACTS_H
#define CAUSE_CONDITION_IMPORTFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* An earlier profile stands in its list, and all its keys were written at one instant. */
void importfacts_written(struct incident *incident, struct condition *condition);

/* So was everything that the list holds. */
void importfacts_whole(struct incident *incident, struct condition *condition);

/* The key of an Office version is gone with the settings of its other programs. */
void importfacts_office_gone(struct incident *incident, struct condition *condition);

/* The settings beside the lists that lost something are there. */
void importfacts_settings_kept(struct incident *incident, struct condition *condition);

/* Outlook's Setup key names a .prf file that it is to take a profile from. */
void importfacts_prf(struct incident *incident, struct condition *condition);

#endif
