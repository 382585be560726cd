/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rooms that read a snapshot share. */
#ifndef SNAPSHOT_SNAPSHOT_PRIVATE_H
#define SNAPSHOT_SNAPSHOT_PRIVATE_H

#include "snapshot/snapshot.h"

/*
 * Reads the logs of a source, and applies those that apply: snapshot->logs,
 * replay, states and replayed.  What became of each is told in its diagnostics.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotlog_read(struct snapshot *snapshot,
					const struct snapshot_source *source);

#endif
