/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tells the name of a recovered profile. */
#ifndef RECOVERY_RECOVEREDNAME_H
#define RECOVERY_RECOVEREDNAME_H

#include "mapi/content/content.h"
#include "recovery/recovery.h"
#include "regf/recover/recovered.h"
#include "snapshot/snapshot.h"

/*
 * Fills name, name_from and name_certainty of a profile; content is the chain of that
 * profile, or NULL for one that is not torn.  The name borrows from the profile's keys.
 */
void recoveredname_find(const struct recovered_keys *recovered,
			const struct content *content, struct recovered_profile *profile);

/*
 * Gives the only profile that has no name the only name that some DefaultProfile
 * has for a profile that is gone.  The name borrows from the snapshot.
 */
void recoveredname_by_default(struct recovery *recovery, const struct snapshot *snapshot);

#endif
