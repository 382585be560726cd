/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the lists as wholes: emptied, made anew, copied to another
 * Outlook's place, or with a profile set aside as "BACKUP OF ...".
 */
#include "cause/condition/listfacts.h"

#include "cause/condition/result.h"

#include "mapi/recognize.h"

#define BACKUP_PREFIX "BACKUP OF "

/* ---- all of a list ---- */

static size_t count_in(const struct snapshot *snapshot, const struct store *store)
{
	size_t n = 0;

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		n += snapshot_store(snapshot, &snapshot->profiles[i]) == store;
	return n;
}

static size_t count_lost(const struct incident *incident, const struct store *store)
{
	size_t n = 0;

	for (size_t i = 0; i < incident->losses.n; i++)
		n += incident->losses.items[i].store == store;
	return n;
}

/*
 * The list of which everything is gone; of several the fullest.  NULL: none.
 * Deleted Profiles empties by itself, when the sessions that use it end.
 */
static const struct store *emptied_list(const struct incident *incident, size_t *n)
{
	const struct store *found = NULL;

	*n = 0;
	for (size_t i = 0; incident->before && i < incident->before->stores.n; i++) {
		const struct store *store = &incident->before->stores.items[i];
		size_t had = count_in(incident->before, store);
		if (store->list == STORE_PROFILES && had > *n &&
		    count_lost(incident, store) == had) {
			found = store;
			*n = had;
		}
	}
	return found;
}

static void needs_earlier(struct incident *incident, struct condition *condition)
{
	result_is(incident, condition, CONDITION_UNKNOWN,
		  "a single hive does not tell what there was before");
}

void listfacts_all_lost(struct incident *incident, struct condition *condition)
{
	size_t n;
	const struct store *store = emptied_list(incident, &n);

	if (!incident->before) {
		needs_earlier(incident, condition);
		return;
	}
	if (!store) {
		result_is(incident, condition, CONDITION_NOT_MET,
			  "no list lost all that it held");
		return;
	}
	result_is(incident, condition, CONDITION_MET, "all %zu of %s", n, store->path);
	result_show_key(condition, incident->before, store->key, store->path);
	for (size_t i = 0; i < incident->losses.n; i++)
		if (incident->losses.items[i].store == store)
			result_add_change(condition, incident->losses.items[i].finding);
}

void listfacts_more_than_one(struct incident *incident, struct condition *condition)
{
	size_t n;
	const struct store *store = emptied_list(incident, &n);

	if (!incident->before)
		needs_earlier(incident, condition);
	else if (!store)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no list lost all it held");
	else
		result_is(incident, condition, n > 1 ? CONDITION_MET : CONDITION_NOT_MET,
			  "it held %zu", n);
}

/* ---- the list itself ---- */

/* A key that was not written since is no new one: the list was not made anew. */
static bool has_survivor(const struct store *before, const struct store *after)
{
	for (uint32_t i = 0; before->key && i < before->key->n_children; i++) {
		const struct key *was = &before->key->children[i];
		const struct key *is = key_child(after->key, key_name(was));
		if (is && is->mtime_ft == was->mtime_ft)
			return true;
	}
	return false;
}

/*
 * KB 183904 removes all profiles by deleting the list, which is then made anew
 * without DefaultProfile.  Deleting profiles one by one leaves the value.
 */
static enum condition_state made_anew(const struct incident *incident,
				      const struct store *before, const char **why)
{
	const struct store *after = snapshot_same_store(incident->after, before);

	*why = "the list is not there any more";
	if (!after || !after->key)
		return CONDITION_MET;
	*why = "a profile in it is what it was";
	if (has_survivor(before, after))
		return CONDITION_NOT_MET;
	*why = "DefaultProfile is gone from it";
	if (before->has_default && !after->has_default)
		return CONDITION_MET;
	*why = "it still has DefaultProfile";
	if (after->has_default)
		return CONDITION_NOT_MET;
	*why = "its key stands in another place of the hive, that above it where it "
	       "stood";
	if (before->key && before->key->record_off != after->key->record_off &&
	    before->parent && after->parent &&
	    before->parent->record_off == after->parent->record_off)
		return CONDITION_MET;
	*why = "it had no DefaultProfile, and the place of its key does not tell";
	return CONDITION_UNKNOWN;
}

/* A list that something went from: the emptied one first. */
static const struct store *touched_list(const struct incident *incident)
{
	size_t n;
	const struct store *store = emptied_list(incident, &n);

	for (size_t i = 0; i < incident->losses.n && !store; i++)
		if (loss_is_from(&incident->losses.items[i], STORE_PROFILES))
			store = incident->losses.items[i].store;
	return store			? store
	       : incident->losses.n > 0 ? incident->losses.items[0].store
					: NULL;
}

void listfacts_list(struct incident *incident, struct condition *condition)
{
	const struct store *store = touched_list(incident);
	bool wants_kept = condition->kind->id == CONDITION_LIST_KEPT;
	const char *why;

	if (!incident->before || (!store && !wants_kept)) {
		needs_earlier(incident, condition);
		return;
	}
	if (!store) {
		result_is(incident, condition, CONDITION_MET,
			  "no list lost a profile for good");
		return;
	}
	enum condition_state state = made_anew(incident, store, &why);
	if (wants_kept && state != CONDITION_UNKNOWN)
		state = state == CONDITION_MET ? CONDITION_NOT_MET : CONDITION_MET;
	result_is(incident, condition, state, "%s", why);
	const struct store *after = snapshot_same_store(incident->after, store);
	result_show_key(condition, incident->before, store->key, store->path);
	if (after)
		result_show_key(condition, incident->after, after->key, after->path);
}

void listfacts_deleted_emptied(struct incident *incident, struct condition *condition)
{
	size_t lost = 0, left = 0;

	for (size_t i = 0; i < incident->losses.n; i++)
		lost += loss_is_from(&incident->losses.items[i], STORE_DELETED_PROFILES);
	for (size_t i = 0; i < incident->after->n_profiles; i++)
		left += snapshot_store(incident->after, &incident->after->profiles[i])
				->list == STORE_DELETED_PROFILES;
	result_is(incident, condition,
		  lost > 0 && left == 0 ? CONDITION_MET : CONDITION_NOT_MET,
		  "%zu went, %zu left", lost, left);
}

void listfacts_moved(struct incident *incident, struct condition *condition)
{
	size_t n = result_add_moved(incident, condition);

	if (!incident->comparison)
		needs_earlier(incident, condition);
	else
		result_is(incident, condition, n > 0 ? CONDITION_MET : CONDITION_NOT_MET,
			  "moved there: %zu", n);
}

/* ---- a newer Outlook ---- */

void listfacts_copy(struct incident *incident, struct condition *condition)
{
	if (!incident->before) {
		needs_earlier(incident, condition);
		return;
	}
	for (size_t i = 0; i < incident->copies.n; i++) {
		const struct snapshot_profile *copy = incident->copies.items[i].copy;
		result_show_key(condition, incident->after, copy->profile.key,
				snapshot_store(incident->after, copy)->path);
	}
	result_is(incident, condition,
		  incident->copies.n > 0 ? CONDITION_MET : CONDITION_NOT_MET,
		  "with sections of earlier profiles: %zu", incident->copies.n);
}

void listfacts_newer_office(struct incident *incident, struct condition *condition)
{
	const struct snapshot *after = incident->after;

	if (!incident->before) {
		needs_earlier(incident, condition);
		return;
	}
	for (size_t i = 0; i < incident->copies.n; i++) {
		const struct store *to =
			snapshot_store(after, incident->copies.items[i].copy);
		const struct store *was = snapshot_same_store(incident->before, to);
		if (was && was->key && was->key->n_children > 0)
			continue;
		result_is(incident, condition, CONDITION_MET, "Outlook %s",
			  to->office_version ? to->office_version : "?");
		result_show_key(condition, after, to->key, to->path);
		return;
	}
	result_is(incident, condition, CONDITION_NOT_MET,
		  "no copy is in a list that was not there before");
}

void listfacts_nothing_lost(struct incident *incident, struct condition *condition)
{
	result_is(incident, condition,
		  incident->losses.n == 0 ? CONDITION_MET : CONDITION_NOT_MET,
		  "gone for good: %zu", incident->losses.n);
	for (size_t i = 0; i < incident->losses.n; i++)
		result_show_loss(incident, condition, &incident->losses.items[i]);
}

/* ---- "BACKUP OF ..." ---- */

/* The next new profile of that form behind number *i; NULL at the end. */
static const struct snapshot_profile *next_backup(const struct incident *incident,
						  size_t *i)
{
	while (*i < incident->after->n_profiles) {
		const struct snapshot_profile *profile =
			&incident->after->profiles[(*i)++];
		struct text name = key_name(profile->profile.key);
		if (text_starts_with(name, BACKUP_PREFIX) &&
		    !snapshot_namesake(incident->before,
				       snapshot_store(incident->after, profile), name))
			return profile;
	}
	return NULL;
}

void listfacts_backup(struct incident *incident, struct condition *condition)
{
	const struct snapshot_profile *backup;
	size_t i = 0, n = 0;

	if (!incident->before) {
		needs_earlier(incident, condition);
		return;
	}
	while ((backup = next_backup(incident, &i))) {
		n++;
		result_show_key(condition, incident->after, backup->profile.key,
				incident_utf8(incident, key_name(backup->profile.key)));
	}
	result_is(incident, condition, n > 0 ? CONDITION_MET : CONDITION_NOT_MET, "%zu",
		  n);
}

/*
 * The name of the profile of a finding, if a new "BACKUP OF ..." is beside it in
 * the later list and another profile has the name now: made anew in its place, or
 * after it was renamed.  False if that is not so.
 */
static bool is_set_aside(struct incident *incident, const struct finding *finding)
{
	const struct store *now =
		finding->before ? snapshot_same_store(incident->after, finding->store)
				: NULL;
	struct text name, backup;
	bool found;

	if (!now || !now->key ||
	    (finding->kind != FINDING_RECREATED && finding->kind != FINDING_RENAMED))
		return false;
	name = key_name(finding->before->profile.key);
	if (!key_child(now->key, name))
		return false;
	if (!text_join(text_of(BACKUP_PREFIX), name, &backup)) {
		incident->nomem = true;
		return false;
	}
	found = finding->kind == FINDING_RENAMED
			? text_equal(key_name(finding->after->profile.key), backup)
			: key_child(now->key, backup) &&
				  !key_child(finding->store->key, backup);
	text_free(backup);
	return found;
}

void listfacts_original(struct incident *incident, struct condition *condition)
{
	const struct comparison *comparison = incident->comparison;

	if (!incident->before) {
		needs_earlier(incident, condition);
		return;
	}
	result_is(incident, condition, CONDITION_NOT_MET, "no such profile was replaced");
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (!is_set_aside(incident, finding))
			continue;
		result_is(
			incident, condition, CONDITION_MET, "%s",
			incident_utf8(incident, key_name(finding->before->profile.key)));
		result_add_change(condition, finding);
		return;
	}
}

/* Software\Microsoft\Office\NN.0\Outlook\Setup, value First-Run (Outlook 2002 on). */
void listfacts_first_run(struct incident *incident, struct condition *condition)
{
	const struct key_tree *keys = incident->after->keys;
	const struct key *office =
		keys ? key_at(keys->root, "Software\\Microsoft\\Office") : NULL;

	result_is(incident, condition, office ? CONDITION_NOT_MET : CONDITION_UNKNOWN,
		  office ? "no Outlook's Setup key holds First-Run"
			 : "the hive does not hold Software\\Microsoft\\Office");
	for (uint32_t i = 0; office && i < office->n_children; i++) {
		const struct key *setup = key_at(&office->children[i], "Outlook\\Setup");
		const struct value *value =
			setup ? key_value(setup, text_of("First-Run")) : NULL;
		if (!value)
			continue;
		result_is(incident, condition, CONDITION_MET, "Outlook %s",
			  incident_utf8(incident, key_name(&office->children[i])));
		result_show_value(condition, incident->after, value, "First-Run");
		return;
	}
}
