/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The incident of KB 817375 as a story in parts: the DEFAULT hive (LocalSystem) of an
 * Exchange 2000 server on Windows 2000, in March 2003, where a backup agent's call of
 * MAPIInitialize purges the profiles of live services. Only the agent's own survives.
 */
#ifndef INCIDENT_H
#define INCIDENT_H

#include "builder.h"

#define INCIDENT_AGENT "Software\\Example\\Backup Agent" /* the agent's own key */

/* Fractions of a second as the clock of Windows 2000 ticks, every 15.625 ms. */
enum { INCIDENT_TICK = 156250 };

/* FILETIME of a moment in that March. */
uint64_t incident_moment(unsigned day, unsigned hour, unsigned minute, unsigned second,
			 unsigned ticks);

/*
 * The hive on the evening of the 17th, stamped 18:30:02 and 1202: five profiles below
 * `Profiles`, three below `Deleted Profiles`. Return: the builder, given.
 */
struct builder *incident_before(void);

/* What the idle server writes on the 18th at 02:00:31, before the agent's job begins. */
void incident_overnight(struct builder *b);

/* The purge: seven profiles go in one tick of the clock, on the 18th at 09:14:07. */
void incident_purge(struct builder *b);

/*
 * From the evening before to the hive as it was saved on the 18th, stamped 11:42:36: the
 * night, the purge, and what the agent notes when its job has ended.
 */
void incident_aftermath(struct builder *b);

#endif
