/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between two snapshots a profile can go, and another of its name be made in the same
 * cells and go as well; the key records of both look alike.  What tells them apart is
 * below: sections named at random, and the instance key.  Remnants of two generations
 * under one record are no proof of either.  A copy has all of that, but for its place.
 */
#include "compare/ownrecord.h"

#include "mapi/section.h"
#include "regf/record.h"

#include <string.h>

/* The place where a key was read that was recovered from the hive itself; NULL else. */
static const struct recovered_place *place_in_hive(const struct recovery *recovery,
						   const struct key *key)
{
	if (!(key->flags & KEY_FLAG_RECOVERED))
		return NULL;
	const struct recovered_key *info =
		recovered_of(recovery_part_of(recovery, key)->recovered, key);
	return info->n_places > 0 && info->places[0].origin != RECOVERED_LOG
		       ? &info->places[0]
		       : NULL;
}

bool ownrecord_is_freed(const struct recovery *recovery, const struct key *key)
{
	const struct recovered_place *place = place_in_hive(recovery, key);

	if (!place || place->origin != RECOVERED_FREE)
		return false;
	return recovered_of(recovery_part_of(recovery, key)->recovered, key)->certainty <=
	       RECOVERED_PROBABLE;
}

struct children {
	size_t n_same;	/* stand where the earlier one's did */
	bool shared;	/* one of them is named at random */
	bool elsewhere; /* one of the earlier one's names stands in another cell */
	bool strange;	/* one named at random that the earlier one has not */
};

static struct children look_at_children(const struct recovery *recovery,
					const struct key *before, const struct key *found)
{
	struct children seen = { 0 };

	for (uint32_t i = 0; i < found->n_children; i++) {
		const struct key *child = &found->children[i];
		const struct key *was = key_child(before, key_name(child));
		if (!place_in_hive(recovery, child))
			continue;
		if (!was) {
			seen.strange |= section_is_own(child);
			continue;
		}
		bool same = was->record_off == child->record_off;
		seen.n_same += same;
		seen.shared |= section_is_own(child);
		seen.elsewhere |= !same;
	}
	return seen;
}

/* True if its own record says that it had the name, in the list. */
static bool is_in_place(const struct recovered_profile *found, const struct store *store,
			const struct profile *before)
{
	return !found->torn && found->name_from == RECOVERY_NAME_RECORD && found->store &&
	       store_is_same(found->store, store) &&
	       text_equal(found->name, key_name(before->key));
}

bool ownrecord_is(const struct recovery *recovery, const struct store *store,
		  const struct profile *before, const struct recovered_profile *found)
{
	const struct profile *now = &found->profile;
	struct children seen = look_at_children(recovery, before->key, now->key);
	bool same_cell = now->key->record_off > 0 &&
			 now->key->record_off == before->key->record_off;
	bool same_instance = false;

	if (before->has_instance && now->has_instance) {
		same_instance = memcmp(before->instance, now->instance,
				       sizeof(now->instance)) == 0;
		if (!same_instance)
			return false;
	}
	/* A section more may have been made since; then all the old ones must stand there. */
	if (seen.strange && seen.n_same < before->key->n_children)
		return false;
	/* Sections of a copy have the same names, in other cells. */
	if (!is_in_place(found, store, before))
		return found->torn && seen.shared && !seen.elsewhere;
	if (same_cell)
		return !seen.elsewhere && (seen.shared || same_instance ||
					   seen.n_same == before->key->n_children);
	return seen.shared || same_instance;
}

bool ownrecord_was_cut_off(const struct snapshot *after, const struct recovery *recovery,
			   const struct recovered_profile *found)
{
	const struct key *key = found->profile.key;
	uint32_t count = 0;

	return !found->torn && place_in_hive(recovery, key) &&
	       record_subkey_count(after->image, key->record_off, &count) && count > 0;
}
