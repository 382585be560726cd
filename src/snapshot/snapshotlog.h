/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logs of a hive: reading them, and applying those that apply. */
#ifndef SNAPSHOT_SNAPSHOTLOG_H
#define SNAPSHOT_SNAPSHOTLOG_H

#include "base/status.h"
#include "snapshot/snapshot.h"

/*
 * Reads the logs of a source, and applies those that apply: snapshot->logs,
 * replay, states and replayed.  What became of each is told in its diagnostics.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotlog_read(struct snapshot *snapshot,
					const struct snapshot_source *source);

#endif
