/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes and profiles spelled out, each with all that is known of it. */
#ifndef REPORT_SUMMARY_DETAIL_H
#define REPORT_SUMMARY_DETAIL_H

#include "report/summary/summarystate.h"

/* What changed between two snapshots, the worst first, with the cause. */
void detail_changes(struct summary *summary, const struct comparison *comparison);
/* A single snapshot: what it holds. */
void detail_profiles(struct summary *summary, const struct snapshot *snapshot);
/* What the last snapshot holds of deleted profiles that no change reports. */
void detail_recovered(struct summary *summary, const struct recovery *recovery);

#endif
