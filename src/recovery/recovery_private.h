/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two halves of recovery share: the hive itself, and what its logs hold. */
#ifndef RECOVERY_RECOVERY_PRIVATE_H
#define RECOVERY_RECOVERY_PRIVATE_H

#include "recovery/recovery.h"

#include "regf/recover/source.h"

/*
 * Searches one state and adds it as a part, with the profiles that no part has
 * given yet.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status recovery_search(struct recovery *recovery,
				       const struct snapshot *snapshot,
				       const struct recovered_source *source);
void recovery_part_clear(struct recovery_part *part);

/* recoveredname.c: fills name, name_from and name_certainty; content is the profile's. */
void recoveredname_find(const struct recovered_keys *recovered,
			const struct profile_content *content,
			struct recovered_profile *profile);
/*
 * Gives the only profile that has no name the only name that some DefaultProfile
 * has for a profile that is gone.
 */
void recoveredname_by_default(struct recovery *recovery, const struct snapshot *snapshot);

/*
 * Searches what the snapshot's logs hold of other states; source is that of the
 * hive itself.  Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status logstates_search(struct recovery *recovery,
					const struct snapshot *snapshot,
					const struct recovered_source *source);

#endif
