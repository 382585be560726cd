/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The deleted profiles that one state of a hive holds: the hive itself, or its logs'
 * pages over it.
 */
#ifndef RECOVERY_RECOVERSTATE_H
#define RECOVERY_RECOVERSTATE_H

#include "base/status.h"
#include "recovery/recovery.h"
#include "regf/recover/source.h"
#include "snapshot/snapshot.h"

/*
 * Searches one state and adds it to the recovery as a part, with the profiles
 * that no earlier part has given, or that this one has more of.  The snapshot
 * and what the source names are borrowed for as long as the recovery lives.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status recoverstate_search(struct recovery *recovery,
					   const struct snapshot *snapshot,
					   const struct recovered_source *source);

#endif
