/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events of changes and of recovered profiles. */
#ifndef REPORT_TIMELINE_TIMELINECHANGE_H
#define REPORT_TIMELINE_TIMELINECHANGE_H

#include "report/timeline/timelinedraft.h"

/*
 * Adds the events of changes and recovered profiles: when profiles went.  Fills from_ft
 * and to_ft of the draft.
 */
void timelinechange_collect(struct timeline_draft *draft);

#endif
