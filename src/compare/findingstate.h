/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a finding begins to hold: in the hive file, or only from an entry of its logs on. */
#ifndef COMPARE_FINDINGSTATE_H
#define COMPARE_FINDINGSTATE_H

#include "compare/finding.h"
#include "mapi/store.h"
#include "snapshot/snapshot.h"
#include "snapshot/state.h"

/*
 * The state from which on a finding holds: what it says to be gone is gone and
 * stays gone, from every list; what it says to be there is there, by its instance key
 * or its content; what it says to differ is as the later snapshot has it.  Another
 * profile that has the name of one that is gone is not that one; `before` is the earlier
 * snapshot of the finding.
 * Return: NULL if the states do not tell; else the state (the first one: the
 * change stands in the hive file itself).
 */
const struct state *findingstate_first(const struct states *states,
				       const struct finding *finding,
				       const struct snapshot *before,
				       const struct store *after_store);

#endif
