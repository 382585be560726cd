/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the living profiles and lists of a hive tell of the recovered ones. */
#ifndef RECOVERY_LIVINGPROFILE_H
#define RECOVERY_LIVINGPROFILE_H

#include "base/status.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/*
 * Fills lives_on, borrowed from the snapshot, and is_default of each recovered
 * profile, and counts in the recovery's n_gone those that do not live on
 * and cannot be alive.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status livingprofile_find(struct recovery *recovery,
					  const struct snapshot *snapshot);

#endif
