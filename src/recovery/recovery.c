/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a recovery holds, and what can be asked of it. */
#include "recovery/recovery.h"

#include "snapshot/snapshot.h"

#include <stdlib.h>

const char *recovery_name_word(enum recovery_name from)
{
	static const char *const words[] = {
		[RECOVERY_NAME_RECORD] = "record",
		[RECOVERY_NAME_SNAPSHOT] = "snapshot",
		[RECOVERY_NAME_SRS] = "srs",
		[RECOVERY_NAME_DEFAULT] = "default_profile",
		[RECOVERY_NAME_ACCOUNT] = "account",
		[RECOVERY_NAME_NONE] = "none",
	};

	return words[from];
}

void recovery_free(struct recovery *recovery)
{
	if (!recovery)
		return;
	free(recovery->profiles);
	profileindex_clear(&recovery->names);
	profileindex_clear(&recovery->sections);
	for (size_t i = 0; i < recovery->n_parts; i++)
		recovery_part_clear(&recovery->parts[i]);
	free(recovery->parts);
	snapshot_free(recovery->as_found);
	free(recovery);
}

void recovery_part_clear(struct recovery_part *part)
{
	free(part->places);
	stores_clear(&part->stores);
	recovered_keys_free(part->recovered);
	*part = (struct recovery_part){ 0 };
}

const struct recovery_part *recovery_part_of(const struct recovery *recovery,
					     const struct key *key)
{
	size_t i = 0;

	while (i + 1 < recovery->n_parts &&
	       key->recovered >= recovery->parts[i + 1].recovered->first)
		i++;
	return &recovery->parts[i];
}
