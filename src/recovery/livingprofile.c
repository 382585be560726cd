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

#include <stdlib.h>
#include <string.h>

/* A profile is moved within that time, FILETIME units: a minute. */
#define MOVE_FT (6 * UINT64_C(100000000))

static int by_name(const void *a, const void *b)
{
	return text_compare(key_name(*(const struct key *const *)a),
			    key_name(*(const struct key *const *)b));
}

/* The sections with random uids of all live profiles, by name; *n of them. */
static const struct key **list_own_sections(const struct snapshot *snapshot, size_t *n)
{
	const struct key **sections;
	size_t most = 1;

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		most += snapshot->profiles[i].profile.n_sections;
	sections = calloc(most, sizeof(*sections));
	*n = 0;
	for (size_t i = 0; sections && i < snapshot->n_profiles; i++) {
		const struct key *key = snapshot->profiles[i].profile.key;
		for (uint32_t k = 0; k < key->n_children; k++)
			if (section_is_own(&key->children[k]))
				sections[(*n)++] = &key->children[k];
	}
	if (sections && *n > 1)
		qsort(sections, *n, sizeof(*sections), by_name);
	return sections;
}

/* The live profile that has a section of that name, or NULL. */
static const struct key *live_with(const struct key **sections, size_t n,
				   const struct key *section)
{
	const struct key *const *found =
		n > 0 ? bsearch(&section, sections, n, sizeof(*sections), by_name) : NULL;

	return found ? (*found)->parent : NULL;
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
static const struct key *find_by_sections(const struct key **sections, size_t n,
					  const struct recovered_keys *recovered,
					  const struct key *profile, bool *unsure)
{
	enum recovered_certainty least = recovered_of(recovered, profile)->certainty;
	const struct key *likely = NULL;
	size_t n_own = 0, n_live = 0;

	for (uint32_t i = 0; i < profile->n_children; i++) {
		const struct key *section = &profile->children[i];
		enum recovered_certainty sure =
			recovered_of(recovered, section)->certainty;
		const struct key *live = live_with(sections, n, section);
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

/*
 * True if some live profile may be the recovered one: it has keys or values that were
 * not read, and its instance key is not known to be another.
 */
static bool may_be_unread(const struct snapshot *snapshot, const struct profile *profile)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct profile *live = &snapshot->profiles[i].profile;
		const struct key *section =
			key_child(live->key, text_of(SECTION_INSTANCE));
		bool partial = live->key->flags & KEY_FLAG_SUBKEYS_PARTIAL ||
			       (section && section->flags & KEY_FLAG_VALUES_PARTIAL);
		if (partial && !profile_is_other_instance(live, profile))
			return true;
	}
	return false;
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
static const struct key *find_instance(const struct snapshot *snapshot,
				       const struct recovered_keys *recovered,
				       const struct profile *profile, bool *unsure)
{
	const struct key *section = key_child(profile->key, text_of(SECTION_INSTANCE));
	enum recovered_certainty least = recovered_of(recovered, profile->key)->certainty;
	enum recovered_certainty sure =
		section ? recovered_of(recovered, section)->certainty : least;

	for (size_t i = 0; profile->has_instance && i < snapshot->n_profiles; i++) {
		const struct profile *live = &snapshot->profiles[i].profile;
		if (!live->has_instance || memcmp(live->instance, profile->instance,
						  sizeof(live->instance)) != 0)
			continue;
		if (sure <= RECOVERED_PROBABLE || sure <= least ||
		    has_all_sections(live->key, profile->key))
			return live->key;
		*unsure = true;
		return NULL;
	}
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
	size_t n = 0;
	const struct key **sections =
		recovery->n_profiles ? list_own_sections(snapshot, &n) : NULL;

	if (!sections)
		return recovery->n_profiles ? STATUS_NOMEM : STATUS_OK;
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
		profile->lives_on = find_by_sections(sections, n, part->recovered,
						     profile->profile.key, &unsure);
		if (is_refuted(snapshot, profile->lives_on, part->recovered,
			       &profile->profile, &unsure))
			profile->lives_on = NULL;
		if (!profile->lives_on)
			profile->lives_on = find_instance(snapshot, part->recovered,
							  &profile->profile, &unsure);
		if (!profile->lives_on && part != recovery->parts &&
		    !is_freed_in_hive(recovery, profile))
			profile->lives_on = find_namesake(snapshot, profile);
		/* Two instance keys are two profiles, whatever the name. */
		if (is_refuted(snapshot, profile->lives_on, part->recovered,
			       &profile->profile, &unsure))
			profile->lives_on = NULL;
		unsure |= may_be_unread(snapshot, &profile->profile);
		if (unsure && !profile->lives_on) {
			profile->may_be_alive = true;
			profile->deleted_ft = profile->not_after_ft = 0;
			if (profile->since == RECOVERED_SINCE_BETWEEN)
				profile->since = RECOVERED_SINCE_UNKNOWN;
		}
		recovery->n_gone += !profile->lives_on && !profile->may_be_alive;
	}
	free(sections);
	return STATUS_OK;
}
