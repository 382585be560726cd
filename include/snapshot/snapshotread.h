/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading snapshots: from a hive file and its logs to the profiles. */
#ifndef SNAPSHOT_SNAPSHOTREAD_H
#define SNAPSHOT_SNAPSHOTREAD_H

#include "base/failure.h"
#include "base/status.h"
#include "snapshot/snapshot.h"

/*
 * Reads a hive file whole, and brings it to its true state where logs apply.
 * Return: STATUS_OK and *out given, also for a damaged hive (its diagnostics
 * tell); STATUS_NOMEM, STATUS_IO, STATUS_LIMIT or STATUS_UNSUPPORTED with
 * *failure set when it cannot serve as a snapshot at all.  A machine's that is
 * unsupported is given with DIAG_WRONG_KIND and nothing read of it.
 */
MUST_CHECK enum status snapshotread_source(const struct snapshot_source *source,
					   struct snapshot **out,
					   struct failure *failure);

/* The same for a hive file without logs. */
MUST_CHECK enum status snapshotread_file(const char *path, struct snapshot **out,
					 struct failure *failure);

/*
 * The same hive as the file has it, before its logs.  Borrows the evidence
 * from the snapshot, which must live longer.
 * Return: as snapshotread_file().
 */
MUST_CHECK enum status snapshotread_as_found(const struct snapshot *snapshot,
					     struct snapshot **out,
					     struct failure *failure);

#endif
