/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A profile that is deleted may go to Deleted Profiles first, as a copy, and be removed
 * from there later.  Both records are left of it, and it is lost once.  Two recovered
 * profiles are one if they were in the two lists of one place, share a section that was
 * named at random, and do not have two instance keys; a name alone is not enough.  Each
 * serves one other at most.  The one whose key was written last, by the end of its last
 * section, is the loss; the other one went on there.
 */
#include "recovery/twolists.h"

#include "mapi/section.h"
#include "recovery/profileindex.h"

static bool is_free(const struct recovered_profile *profile)
{
	return !profile->went_on && !profile->goes_on_from && !profile->lives_on;
}

/* True if both were in the two lists of one place, `from` in Profiles. */
static bool is_across(const struct recovered_profile *from,
		      const struct recovered_profile *to)
{
	return from->store && to->store && from->store->list == STORE_PROFILES &&
	       to->store->list == STORE_DELETED_PROFILES &&
	       store_is_same_place(from->store, to->store);
}

/* Whoever shares a section with it, of the same name if that is asked. */
static struct recovered_profile *find_other(struct recovery *recovery,
					    const struct recovered_profile *from,
					    bool same_name)
{
	const struct key *key = from->profile.key;
	const struct profileindex_row *rows;
	size_t n;

	for (uint32_t i = 0; i < key->n_children; i++) {
		if (!section_is_own(&key->children[i]))
			continue;
		rows = profileindex_find(&recovery->sections, key_name(&key->children[i]),
					 &n);
		for (size_t k = 0; k < n; k++) {
			struct recovered_profile *to =
				&recovery->profiles[rows[k].profile];
			if (is_free(to) && is_across(from, to) &&
			    !profile_is_other_instance(&from->profile, &to->profile) &&
			    (!same_name || text_equal(from->name, to->name)))
				return to;
		}
	}
	return NULL;
}

static void join(struct recovery *recovery, struct recovered_profile *from,
		 struct recovered_profile *to)
{
	/* Taken back from Deleted Profiles, and lost then. */
	bool back =
		!from->torn && !to->torn &&
		recovery_own_record(from)->mtime_ft > recovery_own_record(to)->mtime_ft;
	struct recovered_profile *first = back ? to : from, *last = back ? from : to;

	first->went_on = last->profile.key;
	first->went_on_as = last->name;
	last->goes_on_from = true;
	recovery->n_gone -= !first->may_be_alive;
}

static void find(struct recovery *recovery, bool same_name)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		struct recovered_profile *from = &recovery->profiles[i], *to;
		if (!is_free(from))
			continue;
		to = find_other(recovery, from, same_name);
		if (to)
			join(recovery, from, to);
	}
}

/* Most hives have lost nothing from Deleted Profiles. */
static bool has_any_in_second(const struct recovery *recovery)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct store *store = recovery->profiles[i].store;
		if (store && store->list == STORE_DELETED_PROFILES)
			return true;
	}
	return false;
}

void twolists_find(struct recovery *recovery)
{
	if (!has_any_in_second(recovery))
		return;
	find(recovery, true);
	find(recovery, false);
}
