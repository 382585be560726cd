/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Putting the events of a timeline in order. */
#ifndef REPORT_TIMELINE_TIMELINEORDER_H
#define REPORT_TIMELINE_TIMELINEORDER_H

#include "report/timeline/timelineevents.h"

/*
 * Sorts the events by time, then kind, then profile and list.  What several snapshots
 * show alike stays once, from the last of them.
 */
void timelineorder_sort(struct timeline *timeline);

#endif
