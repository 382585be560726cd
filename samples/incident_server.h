/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The server of the incident (incident.h): its SYSTEM and SOFTWARE hives as saved with
 * the DEFAULT hive on 18 March 2003. Exchange 2000 with Service Pack 3, without the
 * rollup and the hotfix that mend the fault.
 */
#ifndef INCIDENT_SERVER_H
#define INCIDENT_SERVER_H

#include "builder.h"

/* Two control sets: 1 is current, 2 differs from it in all that is read. */
struct builder *incident_server_system(void);
struct builder *incident_server_software(void);

#endif
