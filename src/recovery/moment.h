/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When recovered profiles were deleted, as far as their own records prove it. */
#ifndef RECOVERY_MOMENT_H
#define RECOVERY_MOMENT_H

#include <stddef.h>

#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/*
 * Takes back a since that an earlier snapshot contradicts; fills may_be_alive, deleted_ft and not_after_ft of all recovered profiles of a
 * snapshot, once all of them are found.  earlier are the snapshots before it; with
 * the recovery's as_found they are asked which times were there before.
 */
void moment_find(struct recovery *recovery, const struct snapshot *snapshot,
		 const struct snapshot *const *earlier, size_t n_earlier);

#endif
