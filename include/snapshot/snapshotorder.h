/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots of one subject in time order, once they are read.  What was found in one
 * collection has no order of its own; what was given in an order keeps it.
 */
#ifndef SNAPSHOT_SNAPSHOTORDER_H
#define SNAPSHOT_SNAPSHOTORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "snapshot/snapshot.h"

struct snapshotorder_item {
	const struct snapshot_source *source;
	struct snapshot *snapshot;
};

/*
 * Puts them in order: by the groups of their sources, unless by_time is set; inside a
 * group by the newest key's time, the header's sequence number, and the rank of the
 * source; and else as they stand.  Of one group, files of the same bytes become one
 * snapshot: the one whose logs are all that the other has, too; its twins has the path
 * of the other, whose snapshot is freed.  *n becomes what is left.
 * Return: STATUS_OK; STATUS_NOMEM, with nothing freed but what is no more in the list.
 */
MUST_CHECK enum status snapshotorder_sort(struct snapshotorder_item *items, size_t *n,
					  bool by_time);

#endif
