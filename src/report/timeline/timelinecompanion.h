/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events of what was given beside the hives. */
#ifndef REPORT_TIMELINE_TIMELINECOMPANION_H
#define REPORT_TIMELINE_TIMELINECOMPANION_H

#include "report/timeline/timelinedraft.h"

/*
 * Adds events of event logs that are signs, and hotfixes: those that bear on the causes,
 * and those near the time between from_ft and to_ft of the draft.
 */
void timelinecompanion_collect(struct timeline_draft *draft);

#endif
