/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The profiles of a snapshot: which its lists hold, and what each is.  One that is the
 * same, byte for byte, as in the snapshot before need not be read again.
 */
#ifndef SNAPSHOT_SNAPSHOTPROFILES_H
#define SNAPSHOT_SNAPSHOTPROFILES_H

#include "base/status.h"
#include "snapshot/samebytes.h"
#include "snapshot/snapshot.h"

/*
 * Lists the profiles of all stores of the snapshot, which it then owns; of each only its
 * key is known.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotprofiles_list(struct snapshot *snapshot);

/*
 * Reads all that are listed, by n_threads threads.  What one of the same name in the same
 * list of `before` was found to be is taken from there if `same`, of both, tells that all
 * its names, values and data stand at the same places and are the same bytes.  before may
 * be NULL; its profiles have been read.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotprofiles_read(struct snapshot *snapshot,
					     const struct snapshot *before,
					     const struct samebytes *same,
					     unsigned n_threads);

#endif
