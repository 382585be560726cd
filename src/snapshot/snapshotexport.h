/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot from a .reg export: which of its roots it is, and what that tells. */
#ifndef SNAPSHOT_SNAPSHOTEXPORT_H
#define SNAPSHOT_SNAPSHOTEXPORT_H

#include "base/failure.h"
#include "snapshot/snapshot.h"

/*
 * Reads keys, lists and subject of a snapshot whose evidence is an export; root is the
 * path of the root that it is of, or NULL if the file must have but one.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set, without the
 * file's name, when it is a list of changes, holds no user's keys, or several users';
 * STATUS_IO if it has no such root.
 */
MUST_CHECK enum status snapshotexport_read(struct snapshot *snapshot, const char *root,
					   struct failure *failure);

/*
 * Takes a file that was read already for evidence and text of the snapshot; it is lent.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotexport_lend(struct snapshot *snapshot,
					   const struct exportfile *file);

#endif
