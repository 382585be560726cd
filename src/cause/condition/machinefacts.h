/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the machine: its Mapi32.dll, who holds it, which services those
 * are, which Exchange it is and what was installed.
 * Each function checks one condition, as the table conditions.def names it.
 */
#ifndef CAUSE_CONDITION_MACHINEFACTS_H
#define CAUSE_CONDITION_MACHINEFACTS_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Mapi32.dll is of the affected builds. */
void machinefacts_mapi32(struct incident *incident, struct condition *condition);

/* It is a server of the Exchange that the id asks for. */
void machinefacts_exchange(struct incident *incident, struct condition *condition);

/* No fix of Mapi32.dll was installed when the profiles went. */
void machinefacts_fix(struct incident *incident, struct condition *condition);

/* The Outlook whose list is in the hive is installed. */
void machinefacts_outlook(struct incident *incident, struct condition *condition);

/* The Outlook whose list lost its profiles is not installed. */
void machinefacts_removed(struct incident *incident, struct condition *condition);

/* It is a terminal server in application mode. */
void machinefacts_terminal(struct incident *incident, struct condition *condition);

/* A third party's program holds Mapi32.dll. */
void machinefacts_third_party(struct incident *incident, struct condition *condition);

/* A service of such a program runs as LocalSystem. */
void machinefacts_service(struct incident *incident, struct condition *condition);

/* Such a program opens the mailbox of another account. */
void machinefacts_identity(struct incident *incident, struct condition *condition);

#endif
