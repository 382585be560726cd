/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovering the deleted profiles of a snapshot. */
#ifndef RECOVERY_RECOVER_H
#define RECOVERY_RECOVER_H

#include <stddef.h>

#include "base/failure.h"
#include "base/status.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/*
 * Recovers what a snapshot's hive still holds of deleted profiles.  earlier
 * are the snapshots before it in its series, the newest first; with the hive as
 * it was found before its logs they tell what stood where.  All are borrowed
 * as long as the recovery lives.  n_threads share the work; what comes of it does not
 * depend on how many.  Diagnostics go to the snapshot's list.
 * Return: STATUS_OK and *out given; else STATUS_NOMEM, or as
 * snapshotread_as_found(), with *failure set.
 */
MUST_CHECK enum status recover_profiles(const struct snapshot *snapshot,
					const struct snapshot *const *earlier,
					size_t n_earlier, unsigned n_threads,
					struct recovery **out, struct failure *failure);

#endif
