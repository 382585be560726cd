/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two neighbouring snapshots of a series: the ground on which findings are weighed. */
#ifndef COMPARE_SNAPSHOTPAIR_H
#define COMPARE_SNAPSHOTPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/* All is borrowed. */
struct snapshot_pair {
	const struct snapshot *before, *after;
	const struct recovery *recovery; /* of the later one; NULL: not asked for */
	size_t before_index;		 /* in the series; after is the next */
	bool doubtful; /* they may not be an earlier and a later state of one subject */
	struct diag_list *diags; /* of the comparison */
};

/*
 * Tells in the pair's diagnostics whether both are the same file, belong to
 * different subjects, or stand in the wrong order; the latter two make it doubtful.
 */
void snapshotpair_check(struct snapshot_pair *pair);

#endif
