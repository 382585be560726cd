/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot from a .reg export: which of its roots it is, and what that tells. */
#ifndef SNAPSHOT_SNAPSHOTEXPORT_H
#define SNAPSHOT_SNAPSHOTEXPORT_H

#include "base/failure.h"
#include "snapshot/snapshot.h"

/*
 * Reads keys, lists and subject of a snapshot whose evidence is an export.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set, without the
 * file's name, when it is a list of changes, holds no user's keys, or several users'.
 */
MUST_CHECK enum status snapshotexport_read(struct snapshot *snapshot,
					   struct failure *failure);

#endif
