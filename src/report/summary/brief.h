/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes and profiles in brief: together no more than one screen. */
#ifndef REPORT_SUMMARY_BRIEF_H
#define REPORT_SUMMARY_BRIEF_H

#include "report/summary/summarystate.h"

/* What changed between two snapshots: those that went alike together, a row each. */
void brief_changes(struct summary *summary, const struct comparison *comparison);
/* A single snapshot: what it holds. */
void brief_profiles(struct summary *summary, const struct snapshot *snapshot);
/* What the last snapshot holds of deleted profiles that no change reports. */
void brief_recovered(struct summary *summary, const struct recovery *recovery);

#endif
