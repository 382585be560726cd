/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events of profiles, lists, hives and files. */
#ifndef REPORT_TIMELINE_TIMELINEPROFILE_H
#define REPORT_TIMELINE_TIMELINEPROFILE_H

#include "report/timeline/timelinedraft.h"

/* Adds the events of profiles, lists, hives and their files. */
void timelineprofile_collect(struct timeline_draft *draft);
/*
 * Adds the making of a profile whose name tells it, as programs name the profiles that
 * they make for themselves; event is that of the key that has the name.
 */
void timelineprofile_made(struct timeline_draft *draft, struct text name,
			  struct timeline_event event);

#endif
