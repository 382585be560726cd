/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How sure a finding is, and why no surer. */
#ifndef COMPARE_CERTAINTY_H
#define COMPARE_CERTAINTY_H

#include "compare/finding.h"
#include "compare/snapshotpair.h"

/*
 * Lowers the certainty of a finding as far as the pair asks for, and adds the
 * reasons.  It is the last step: kind, place and dating are known before.
 */
void certainty_weigh(const struct snapshot_pair *pair, struct finding *finding);

#endif
