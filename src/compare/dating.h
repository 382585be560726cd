/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When what a finding tells happened, as far as the times of keys and headers tell. */
#ifndef COMPARE_DATING_H
#define COMPARE_DATING_H

#include "compare/finding.h"
#include "compare/snapshotpair.h"

/*
 * Chooses the bounds for when finding->before left finding->store: dated, bounds,
 * earliest_ft and latest_ft (FILETIME).  Bounds that contradict each other lower
 * the certainty and get a diagnostic.
 */
void dating_find(const struct snapshot_pair *pair, struct finding *finding);

/*
 * The same of a profile whose hive another took the place of: not before the earlier hive's
 * last write; of a new hive, not after its newest key.
 */
void dating_find_replaced(const struct snapshot_pair *pair, struct finding *finding);

/*
 * Adds what finding->recovered, found before, tells beside those bounds: a later
 * earliest bound, and the moment at_ft if it lies within them.
 */
void dating_add_recovered(const struct snapshot_pair *pair, struct finding *finding);

#endif
