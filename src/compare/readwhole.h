/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether every place was read whole that could hold what a finding says to be absent. */
#ifndef COMPARE_READWHOLE_H
#define COMPARE_READWHOLE_H

#include "compare/finding.h"
#include "compare/snapshotpair.h"

/*
 * Lowers a finding that rests on an absence to unresolved, with its reason, if the
 * absent thing may stand in what was not read: in a list or an ancestor of one whose
 * subkeys could not be read whole, in the profile or the values, or in a key record
 * that no list names.
 */
void readwhole_weigh(const struct snapshot_pair *pair, struct finding *finding);

/*
 * True if nothing is lost of which one cannot tell what it held: logs that could
 * not be used, the base block, the root, the end of the file, what a limit left out.
 */
bool readwhole_frame(const struct snapshot *snapshot);

#endif
