/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data files of all profiles of a snapshot. */
#ifndef SNAPSHOT_SNAPSHOTFILES_H
#define SNAPSHOT_SNAPSHOTFILES_H

#include "base/status.h"
#include "mapi/content/attachedfiles.h"
#include "snapshot/snapshot.h"

/*
 * The stores that its profiles have, of all lists.  Not whole where the hive
 * could not be read whole, and of an export or a saved subtree, which need not
 * hold all lists.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status snapshotfiles_attached(const struct snapshot *snapshot,
					      struct attachedfiles *out);

#endif
