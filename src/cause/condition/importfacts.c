/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of lists that a program wrote as a whole.
 *
 * Outlook writes single keys of a profile, each at a time of its own.  Importing a .reg
 * export writes each of its keys, one right after the other, whatever they held before.  So
 * a profile that is the earlier one, by its instance key, and all of whose keys have new
 * times within an instant, was imported; a renaming copies the keys too, but to another
 * name.  Where as many keys outside the list were written at that instant, it was something
 * else that wrote them: an import of the whole hive, or rights that were set anew.
 *
 * Outlook\Setup\ImportPRF names the .prf file of the next start (Office Resource Kit,
 * "Customizing Outlook profiles by using a .prf file").
 */
#include "cause/condition/importfacts.h"

#include "cause/condition/result.h"

#include <string.h>

/* Writing all keys of some profiles takes no longer. */
#define ONE_INSTANT (UINT64_C(2) * 10000000)

/* A profile of fewer keys is written at one instant by anything. */
#define LEAST_KEYS 3

/* Settings of other programs beside Outlook's: a version's key that held fewer is no Office. */
#define LEAST_SETTINGS 2

/* ---- imported ---- */

struct instant {
	uint64_t from, to;
	size_t n; /* keys */
};

static struct instant instant_of(const struct key *top)
{
	struct instant all = { .from = UINT64_MAX };

	for (const struct key *key = top; key; key = key_next(top, key)) {
		all.from = key->mtime_ft < all.from ? key->mtime_ft : all.from;
		all.to = key->mtime_ft > all.to ? key->mtime_ft : all.to;
		all.n++;
	}
	return all;
}

/* True if all below the key was written at one instant, later than the earlier hive. */
static bool is_written_at_once(const struct incident *incident, const struct key *top)
{
	struct instant all = instant_of(top);

	return all.n >= LEAST_KEYS && all.from > incident->before->newest_ft &&
	       all.to - all.from <= ONE_INSTANT;
}

/* The same profile in the same list of the earlier hive; NULL: none surely is. */
static const struct snapshot_profile *earlier_one(const struct incident *incident,
						  const struct snapshot_profile *is)
{
	const struct snapshot_profile *was =
		snapshot_namesake(incident->before, snapshot_store(incident->after, is),
				  key_name(is->profile.key));

	return was && was->profile.has_instance && is->profile.has_instance &&
			       memcmp(was->profile.instance, is->profile.instance,
				      PROPERTY_UID_SIZE) == 0
		       ? was
		       : NULL;
}

/* True if the profile was there, written at several times, and was imported since. */
static bool is_imported(const struct incident *incident,
			const struct snapshot_profile *profile)
{
	return snapshot_store(incident->after, profile)->list == STORE_PROFILES &&
	       earlier_one(incident, profile) &&
	       is_written_at_once(incident, profile->profile.key);
}

/* A profile of the later hive that was imported; NULL: none. */
static const struct snapshot_profile *imported_one(const struct incident *incident)
{
	for (size_t i = 0; i < incident->after->n_profiles; i++)
		if (is_imported(incident, &incident->after->profiles[i]))
			return &incident->after->profiles[i];
	return NULL;
}

/* Keys outside the list of the profile that were written when it was. */
static size_t count_others(const struct incident *incident,
			   const struct snapshot_profile *profile)
{
	struct instant all = instant_of(profile->profile.key);
	const struct key *list = snapshot_store(incident->after, profile)->key;
	const struct key *root = incident->after->keys->root;
	size_t n = 0;

	for (const struct key *key = root; key; key = key_next(root, key))
		n += key->mtime_ft >= all.from && key->mtime_ft <= all.from + ONE_INSTANT;
	for (const struct key *key = list; key; key = key_next(list, key))
		n -= key->mtime_ft >= all.from && key->mtime_ft <= all.from + ONE_INSTANT;
	return n;
}

static bool has_times(const struct incident *incident)
{
	return incident->before->newest_ft && incident->after->newest_ft;
}

void importfacts_written(struct incident *incident, struct condition *condition)
{
	const struct snapshot_profile *found =
		has_times(incident) ? imported_one(incident) : NULL;

	if (!found) {
		result_is(incident, condition,
			  has_times(incident) ? result_absent(incident)
					      : CONDITION_UNKNOWN,
			  "no profile that was there has keys that were all written at "
			  "one instant since");
		return;
	}
	const struct key *key = found->profile.key;
	size_t n = instant_of(key).n, n_others = count_others(incident, found);
	result_is(incident, condition, n_others < n ? CONDITION_MET : CONDITION_UNKNOWN,
		  "%zu keys of %s at %s%s", n, incident_utf8(incident, key_name(key)),
		  incident_time(incident, key->mtime_ft),
		  n_others < n
			  ? ""
			  : incident_print(incident,
					   ", but %zu outside the list too: it may be "
					   "the whole hive that was written",
					   n_others));
	result_show_key(condition, incident->after, key,
			incident_utf8(incident, key_name(key)));
}

void importfacts_whole(struct incident *incident, struct condition *condition)
{
	const struct snapshot_profile *found =
		has_times(incident) ? imported_one(incident) : NULL;
	struct instant all = { .from = UINT64_MAX };
	size_t n = 0;

	if (!found)
		return;
	const struct store *store = snapshot_store(incident->after, found);
	for (uint32_t i = 0; i < store->key->n_children; i++) {
		struct instant one = instant_of(&store->key->children[i]);
		all.from = one.from < all.from ? one.from : all.from;
		all.to = one.to > all.to ? one.to : all.to;
		all.n += one.n;
		n++;
	}
	result_is(incident, condition,
		  !snapshot_is_complete(incident->after) ? CONDITION_UNKNOWN
		  : all.to - all.from <= ONE_INSTANT	 ? CONDITION_MET
							 : CONDITION_NOT_MET,
		  "%zu keys of %zu profiles, from %s to %s", all.n, n,
		  incident_time(incident, all.from), incident_time(incident, all.to));
	result_show_key(condition, incident->after, store->key, store->path);
}

/* ---- Office's own keys ---- */

/* Software\Microsoft\Office\NN.0 of a list; NULL: it is none of Office's, or gone. */
static const struct key *version_key(const struct snapshot *snapshot,
				     const struct store *store)
{
	const struct key *office = snapshot->keys ? key_at(snapshot->keys->root,
							   "Software\\Microsoft\\Office")
						  : NULL;

	return office && store->kind == STORE_OFFICE && store->office_version
		       ? key_child(office, text_of(store->office_version))
		       : NULL;
}

static bool lost_something(const struct incident *incident, const struct store *store)
{
	for (size_t i = 0; i < incident->losses.n; i++)
		if (incident->losses.items[i].store == store)
			return true;
	return false;
}

/* A list that lost something and whose version's key is gone; NULL: none. */
static const struct key *office_gone(const struct incident *incident)
{
	for (size_t i = 0; i < incident->before->stores.n; i++) {
		const struct store *store = &incident->before->stores.items[i];
		const struct key *was = version_key(incident->before, store);
		if (was && was->n_children > LEAST_SETTINGS &&
		    lost_something(incident, store) &&
		    !version_key(incident->after, store))
			return was;
	}
	return NULL;
}

void importfacts_office_gone(struct incident *incident, struct condition *condition)
{
	const struct key *was = office_gone(incident);

	if (!was) {
		result_is(incident, condition, result_absent(incident),
			  "no version of Office that lost profiles lacks its key");
		return;
	}
	result_is(incident, condition,
		  snapshot_is_complete(incident->after) ? CONDITION_MET
							: CONDITION_UNKNOWN,
		  "Office %s, with the settings of %u programs and parts",
		  incident_utf8(incident, key_name(was)), was->n_children);
	result_show_key(condition, incident->before, was,
			incident_utf8(incident, key_name(was)));
}

void importfacts_settings_kept(struct incident *incident, struct condition *condition)
{
	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	const struct key *was = office_gone(incident);
	result_is(incident, condition,
		  !was					  ? CONDITION_MET
		  : snapshot_is_complete(incident->after) ? CONDITION_NOT_MET
							  : CONDITION_UNKNOWN,
		  was ? "the key of Office %s is gone whole"
		      : "no key of Office went with them%s",
		  was ? incident_utf8(incident, key_name(was)) : "");
	if (was)
		result_show_key(condition, incident->before, was,
				incident_utf8(incident, key_name(was)));
}

void importfacts_prf(struct incident *incident, struct condition *condition)
{
	const struct key_tree *keys = incident->after->keys;
	const struct key *office =
		keys ? key_at(keys->root, "Software\\Microsoft\\Office") : NULL;

	for (uint32_t i = 0; office && i < office->n_children; i++) {
		const struct key *setup = key_at(&office->children[i], "Outlook\\Setup");
		const struct value *value =
			setup ? key_value(setup, text_of("ImportPRF")) : NULL;
		if (!value)
			continue;
		result_is(incident, condition, CONDITION_MET, "Outlook %s",
			  incident_utf8(incident, key_name(&office->children[i])));
		result_show_value(condition, incident->after, value, "ImportPRF");
		return;
	}
	result_is(incident, condition,
		  office ? result_absent(incident) : CONDITION_UNKNOWN,
		  "no Outlook's Setup key names one");
}
