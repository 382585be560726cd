/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether recovered keys are those of the very profile that an earlier snapshot has. */
#ifndef COMPARE_OWNRECORD_H
#define COMPARE_OWNRECORD_H

#include "base/status.h"
#include "compare/finding.h"
#include "compare/snapshotpair.h"
#include "mapi/profile.h"
#include "recovery/recovery.h"
#include "snapshot/snapshot.h"

/*
 * True if the recovered profile is the earlier one, and not a namesake that was made
 * and deleted since: what both hold of sections and instance keys agrees, and its own
 * record, or a section made for it, ties it to the earlier one.  Nor a copy of it: that
 * has another name or list; `store` is the earlier one's.
 */
bool ownrecord_is(const struct snapshot_pair *pair, const struct store *store,
		  const struct profile *before, const struct recovered_profile *found);

/*
 * True if the key's record stands in a free cell of the hive itself, or empty in the state
 * that an applied entry of a log made; its path sure enough.
 */
bool ownrecord_is_freed(const struct snapshot *after, const struct recovery *recovery,
			const struct key *key);

/*
 * True if the earlier profile's own record is freed and empty, while `after`, its namesake
 * in the later hive, stands in another cell.
 */
bool ownrecord_was_replaced(const struct snapshot_pair *pair, const struct store *store,
			    const struct profile *before, const struct profile *after);

/*
 * True if the earlier profile was written after `after`, another place's profile of the
 * later hive, had been copied from it.
 */
bool ownrecord_was_written(const struct snapshot_pair *pair, const struct store *store,
			   const struct profile *before, const struct profile *after);

/*
 * True if the record of the profile's key, in whatever cell, still tells of subkeys:
 * Windows deletes a key only when it is empty, so a tool cut this one off, and stamped
 * nothing.
 */
bool ownrecord_was_cut_off(const struct snapshot *after, const struct recovery *recovery,
			   const struct recovered_profile *found);

/*
 * Fills `recovered` of all findings of the pair that are losses, so that no recovered
 * profile serves two of them.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status ownrecord_assign(const struct snapshot_pair *pair,
					struct finding *findings, size_t n);

#endif
