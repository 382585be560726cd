/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the lists as wholes: emptied, made anew, or copied to another Outlook's
 * place.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_LISTFACTS_H
#define CAUSE_CONDITION_LISTFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Some list lost all that it held. */
void listfacts_all_lost(struct incident *incident, struct condition *condition);

/* That list held more than one. */
void listfacts_more_than_one(struct incident *incident, struct condition *condition);

/* The list of profiles was made anew, or was kept, by what the id asks for. */
void listfacts_list(struct incident *incident, struct condition *condition);

/* Something went from Deleted Profiles, and nothing is left there. */
void listfacts_deleted_emptied(struct incident *incident, struct condition *condition);

/* A profile was moved to Deleted Profiles. */
void listfacts_moved(struct incident *incident, struct condition *condition);

/* An earlier profile has a copy below a newer Outlook's key. */
void listfacts_copy(struct incident *incident, struct condition *condition);

/* That list of a newer Outlook was not there before. */
void listfacts_newer_office(struct incident *incident, struct condition *condition);

/* Nothing is gone for good. */
void listfacts_nothing_lost(struct incident *incident, struct condition *condition);

#endif
