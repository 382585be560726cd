/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two neighbouring snapshots of a series: the ground on which findings are weighed. */
#ifndef COMPARE_SNAPSHOTPAIR_H
#define COMPARE_SNAPSHOTPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "compare/origin/otherhive.h"
#include "recovery/recovery.h"
#include "regf/recover/unlisted.h"
#include "snapshot/samebytes.h"
#include "snapshot/snapshot.h"

/* All is borrowed but what snapshotpair_check() fills. */
struct snapshot_pair {
	const struct snapshot *before, *after;
	const struct recovery *recovery; /* of the later one; NULL: not asked for */
	size_t before_index;		 /* in the series; after is the next */
	const struct samebytes *same;	 /* of both images */
	const struct otherhive *other;	 /* whether another hive stands in the place */
	bool doubtful; /* they may not be an earlier and a later state of one subject */
	/* A key's time is older than what the earlier hive had: a clock or a state went back. */
	bool times_backwards;
	/* The earlier hive's newest key, as snapshot_newest_key() tells; NULL: none. */
	const struct key *newest_before;
	/* Key records that no list names: they may be what is looked for. */
	struct unlisted unlisted_before, unlisted_after;
	struct diag_list *diags; /* of the comparison */
};

/*
 * Tells in the pair's diagnostics whether both are the same file, belong to
 * different subjects, or stand in the wrong order; the latter two make it doubtful.
 * Looks whether times run backwards, and for key records that no list names.
 * Return: STATUS_OK; STATUS_NOMEM.  The pair is to be cleared in both cases.
 */
MUST_CHECK enum status snapshotpair_check(struct snapshot_pair *pair);
/* Frees what the pair owns. */
void snapshotpair_clear(struct snapshot_pair *pair);

#endif
