/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recovered profiles that live on: moved, renamed or copied, not lost.  Sections with
 * random names show it, or the instance key.  Two instance keys are a veto: a copy got
 * one of its own, and the recovered one is gone.  If the recovered key is less sure than
 * the profile it may be another's, and then nothing is said.  Where a live profile was not
 * read whole, its sections say nothing against it: the recovered one may be that one.
 */
#include "recovery/livingprofile.h"

#include "mapi/section.h"
#include "recovery/living.h"

#include <string.h>

/* A profile is moved within that time, FILETIME units: a minute. */
#define MOVE_FT (6 * UINT64_C(100000000))

/*
 * The live profile that has a section of that name, or NULL.  A copy has those of its
 * original: of several it is one that no other instance key parts from the recovered one.
 */
static const struct key *live_with(const struct living *living, const struct key *section,
				   const struct profile *recovered)
{
	const struct key *first = NULL;

	for (const struct profileindex_row *row = NULL;
	     (row = profileindex_next(&living->sections, key_name(section), row));) {
		const struct profile *live =
			&living->snapshot->profiles[row->profile].profile;
		if (!profile_is_other_instance(live, recovered))
			return live->key;
		first = first ? first : live->key;
	}
	return first;
}

/*
 * True if the live profile was there long before the recovered one was emptied: a move
 * makes the new key and deletes the old one at once.
 */
static bool was_there_before(const struct key *live, const struct key *profile)
{
	for (const struct key *key = live; key; key = key_next(live, key))
		if (key->mtime_ft > 0 && profile->mtime_ft > key->mtime_ft &&
		    profile->mtime_ft - key->mtime_ft > MOVE_FT)
			return true;
	return false;
}

/*
 * Sections with random uids are made for one profile: who has them is that one.  But
 * in a cell that was used again sections of another profile may name it too.  So
 * where their paths are less sure than the profile's, all must be the live one's, and
 * that must not have been there long before; *unsure is set if only some of this holds.
 */
static const struct key *find_by_sections(const struct living *living,
					  const struct recovered_keys *recovered,
					  const struct profile *from, bool *unsure)
{
	const struct key *profile = from->key;
	enum recovered_certainty least = recovered_of(recovered, profile)->certainty;
	const struct key *likely = NULL;
	size_t n_own = 0, n_live = 0;

	for (uint32_t i = 0; i < profile->n_children; i++) {
		const struct key *section = &profile->children[i];
		enum recovered_certainty sure =
			recovered_of(recovered, section)->certainty;
		const struct key *live = live_with(living, section, from);
		if (live && (sure <= least || sure <= RECOVERED_PROBABLE))
			return live;
		n_own += section_is_own(section);
		n_live += live && (!likely || live == likely);
		likely = live ? live : likely;
	}
	*unsure = n_live > 0 && (n_live < n_own || was_there_before(likely, profile));
	return *unsure ? NULL : likely;
}

static const struct profile *profile_of(const struct snapshot *snapshot,
					const struct key *key)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (snapshot->profiles[i].profile.key == key)
			return &snapshot->profiles[i].profile;
	return NULL;
}

/* *unsure: it may be the live one all the same. */
static bool is_refuted(const struct snapshot *snapshot, const struct key *live,
		       const struct recovered_keys *recovered,
		       const struct profile *profile, bool *unsure)
{
	const struct profile *other = live ? profile_of(snapshot, live) : NULL;
	const struct key *section;

	if (!other || !profile_is_other_instance(other, profile))
		return false;
	section = key_child(profile->key, text_of(SECTION_INSTANCE));
	*unsure |= section &&
		   recovered_of(recovered, section)->certainty > RECOVERED_PROBABLE;
	return true;
}

/* True if the live profile has all sections with random uids that the other has. */
static bool has_all_sections(const struct key *live, const struct key *profile)
{
	for (uint32_t i = 0; i < profile->n_children; i++)
		if (section_is_own(&profile->children[i]) &&
		    !key_child(live, key_name(&profile->children[i])))
			return false;
	return true;
}

/*
 * The live profile with that instance key, or NULL.  One whose section is less sure than
 * the profile, and only possible, may be of another one that had the cell: if other
 * sections speak against it, *unsure is set.
 */
static const struct key *find_instance(const struct living *living,
				       const struct recovered_keys *recovered,
				       const struct profile *profile, bool *unsure)
{
	const struct profile *live = living_instance(living, profile);
	const struct key *section = key_child(profile->key, text_of(SECTION_INSTANCE));
	enum recovered_certainty least = recovered_of(recovered, profile->key)->certainty;
	enum recovered_certainty sure =
		section ? recovered_of(recovered, section)->certainty : least;

	if (!live)
		return NULL;
	if (sure <= RECOVERED_PROBABLE || sure <= least ||
	    has_all_sections(live->key, profile->key))
		return live->key;
	*unsure = true;
	return NULL;
}

/* True if the hive itself has the record, freed: it is of the hive's own past. */
static bool is_freed_in_hive(const struct recovery *recovery,
			     const struct recovered_profile *profile)
{
	const struct recovered_key *info =
		profile->in_hive ? recovered_of(recovery->recovered, profile->in_hive)
				 : NULL;

	return info && info->n_places > 0 && info->places[0].origin == RECOVERED_FREE;
}

/*
 * What only a log has may be of a time before or after the hive's: where a profile
 * of that name lives in that list, it is taken for the same one.
 */
static const struct key *find_namesake(const struct snapshot *snapshot,
				       const struct recovered_profile *profile)
{
	const struct snapshot_profile *live =
		profile->store
			? snapshot_namesake(snapshot, profile->store, profile->name)
			: NULL;

	return live ? live->profile.key : NULL;
}

/* What the live profiles and lists tell of the recovered ones. */
enum status livingprofile_find(struct recovery *recovery, const struct snapshot *snapshot)
{
	struct living living = { 0 };

	if (recovery->n_profiles == 0)
		return STATUS_OK;
	RETURN_IF_FAILED(living_read(snapshot, &living));
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		struct recovered_profile *profile = &recovery->profiles[i];
		const struct store *store =
			profile->store ? snapshot_same_store(snapshot, profile->store)
				       : NULL;
		const struct recovery_part *part =
			recovery_part_of(recovery, profile->profile.key);
		profile->is_default = store && store->has_default &&
				      !store->default_resolved &&
				      text_equal(store->default_profile, profile->name);
		bool unsure = false;
		profile->lives_on = find_by_sections(&living, part->recovered,
						     &profile->profile, &unsure);
		if (is_refuted(snapshot, profile->lives_on, part->recovered,
			       &profile->profile, &unsure))
			profile->lives_on = NULL;
		if (!profile->lives_on)
			profile->lives_on = find_instance(&living, part->recovered,
							  &profile->profile, &unsure);
		if (!profile->lives_on && part != recovery->parts &&
		    !is_freed_in_hive(recovery, profile))
			profile->lives_on = find_namesake(snapshot, profile);
		/* Two instance keys are two profiles, whatever the name. */
		if (is_refuted(snapshot, profile->lives_on, part->recovered,
			       &profile->profile, &unsure))
			profile->lives_on = NULL;
		unsure |= living_may_be_unread(&living, &profile->profile);
		if (unsure && !profile->lives_on) {
			profile->may_be_alive = true;
			profile->deleted_ft = profile->not_after_ft = 0;
			if (profile->since == RECOVERED_SINCE_BETWEEN)
				profile->since = RECOVERED_SINCE_UNKNOWN;
		}
		recovery->n_gone += !profile->lives_on && !profile->may_be_alive;
	}
	living_clear(&living);
	return STATUS_OK;
}
