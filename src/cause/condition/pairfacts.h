/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the pair: whether the later hive is a later state of the same
 * subject's hive at all.  All but pairfacts_later() are asked of pairs only.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_PAIRFACTS_H
#define CAUSE_CONDITION_PAIRFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* The later hive is a later state of the same hive; a single hive is. */
void pairfacts_later(struct incident *incident, struct condition *condition);

/* It is the older state. */
void pairfacts_older(struct incident *incident, struct condition *condition);

/* Its sequence number is lower. */
void pairfacts_sequence(struct incident *incident, struct condition *condition);

/* Its newest key was last written earlier. */
void pairfacts_keys_back(struct incident *incident, struct condition *condition);

/* All that is gone was written after its newest key; there must be losses. */
void pairfacts_lost_newer(struct incident *incident, struct condition *condition);

/* The hives belong to two subjects, or to one, by what the id asks for. */
void pairfacts_subjects(struct incident *incident, struct condition *condition);

/* Nothing of the earlier hive is in the later one; that must have profiles. */
void pairfacts_shared(struct incident *incident, struct condition *condition);

/*
 * Not a condition: how what all causes are weighed by contradicts itself, as the report
 * shows it: the marks of the pair's order, the ids of what is one hive, the times of a
 * change, the readers.  A static sentence; NULL if it does not, and for a single hive.
 */
const char *pairfacts_contradiction(const struct incident *incident);

/* Their root keys carry two names that Windows made. */
void pairfacts_roots(struct incident *incident, struct condition *condition);

/*
 * Not a condition.  False where the later hive is another one, or an older copy that has lost no profile of
 * its own: then it does not tell how the earlier one went on.
 */
bool pairfacts_tells_changes(const struct incident *incident);

#endif
