/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the lists as wholes: emptied, made anew, or copied to another Outlook's place.
 * What is said of all of a list counts sure losses alone: one that is only possible, or
 * left open, makes it unknown.
 */
#include "cause/condition/listfacts.h"

#include "cause/condition/result.h"

/* Deleting a list with all that it holds takes no longer. */
#define ONE_INSTANT (UINT64_C(2) * 10000000)

/* ---- all of a list ---- */

static size_t count_in(const struct snapshot *snapshot, const struct store *store)
{
	size_t n = 0;

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		n += snapshot_store(snapshot, &snapshot->profiles[i]) == store;
	return n;
}

/* Of that list, those that are there still, if only possibly the same ones. */
static size_t count_doubtful(const struct incident *incident, const struct store *store)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		n += finding->before && finding->after && !finding_is_loss(finding) &&
		     finding->store == store && finding->certainty >= FINDING_POSSIBLE;
	}
	return n;
}

/* Of that list, those that are in another one: they may have left it before the rest went. */
static size_t count_moved(const struct incident *incident, const struct store *store)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++)
		n += comparison->findings[i].kind == FINDING_MOVED &&
		     comparison->findings[i].store == store &&
		     comparison->findings[i].certainty < FINDING_POSSIBLE;
	return n;
}

/* Sure losses of the list; *doubtful: those that are only possible, or left open. */
static size_t count_lost(const struct incident *incident, const struct store *store,
			 size_t *doubtful)
{
	const struct losses *losses = &incident->losses;
	size_t n = 0;

	*doubtful = count_doubtful(incident, store);
	for (size_t i = 0; i < losses->n; i++) {
		bool from = losses->items[i].store == store;
		n += from && losses->items[i].sure;
		*doubtful += from && !losses->items[i].sure;
	}
	for (size_t i = 0; i < losses->n_open; i++)
		*doubtful += losses->open[i].store == store;
	return n;
}

/*
 * The list of which everything is gone; of several the fullest.  NULL: none.  *perhaps
 * becomes true if one may be, by losses that are not sure.
 * Deleted Profiles empties by itself, when the sessions that use it end.
 */
static const struct store *emptied_list(const struct incident *incident, size_t *n,
					bool *perhaps)
{
	const struct store *found = NULL;

	*n = 0;
	*perhaps = false;
	for (size_t i = 0; incident->before && i < incident->before->stores.n; i++) {
		const struct store *store = &incident->before->stores.items[i];
		size_t had = count_in(incident->before, store), doubtful;
		size_t lost = count_lost(incident, store, &doubtful);
		if (store->list != STORE_PROFILES || had == 0)
			continue;
		*perhaps |= doubtful > 0 && lost + doubtful >= had;
		*perhaps |=
			lost > 0 && lost + doubtful + count_moved(incident, store) >= had;
		if (lost < had || had <= *n)
			continue;
		found = store;
		*n = had;
	}
	return found;
}

void listfacts_all_lost(struct incident *incident, struct condition *condition)
{
	size_t n;
	bool perhaps;
	const struct store *store = emptied_list(incident, &n, &perhaps);

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	if (!store) {
		/* What the earlier hive does not tell of the list may be there still. */
		bool whole = snapshot_is_complete(incident->before);
		result_is(incident, condition,
			  perhaps || !whole ? CONDITION_UNKNOWN : CONDITION_NOT_MET,
			  perhaps ? "that all of a list went at once is only possible"
				  : "no list lost all that it held");
		return;
	}
	/* One more that could not be read may have stood there, and still do so. */
	result_is(incident, condition,
		  snapshot_is_complete(incident->before) ? CONDITION_MET
							 : CONDITION_UNKNOWN,
		  "all %zu of %s", n, store->path);
	result_show_key(condition, incident->before, store->key, store->path);
	for (size_t i = 0; i < incident->losses.n; i++)
		if (incident->losses.items[i].store == store)
			result_add_change(condition, incident->losses.items[i].finding);
}

void listfacts_more_than_one(struct incident *incident, struct condition *condition)
{
	size_t n;
	bool perhaps;
	const struct store *store = emptied_list(incident, &n, &perhaps);

	if (!incident->before)
		result_needs_earlier(incident, condition);
	else if (!store)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "no list lost all it held");
	else
		result_is(incident, condition,
			  n > 1					   ? CONDITION_MET
			  : snapshot_is_complete(incident->before) ? CONDITION_NOT_MET
								   : CONDITION_UNKNOWN,
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
 * What the list's DefaultProfile tells.  One that names what is gone is left over: who
 * makes a list anew names nothing of old.  That it is gone, or names a profile that is
 * there, may come of either; so may a list that never had one.
 */
static enum condition_state by_default(const struct store *before,
				       const struct store *after, const char **why)
{
	*why = "its DefaultProfile still names a profile that is gone";
	if (before->has_default && after->has_default && !after->default_resolved &&
	    text_equal(before->default_profile, after->default_profile))
		return CONDITION_NOT_MET;
	*why = "neither DefaultProfile nor the place of its key tells";
	return CONDITION_UNKNOWN;
}

/*
 * What the places of keys tell, in a hive whose other keys stand where they stood: a key
 * in another cell is another key.  One in its old cell may be, for a new key takes the
 * room of what was deleted; but a list that has lost everything with its DefaultProfile,
 * all at the moment of its own last write, was deleted and made anew.
 */
static enum condition_state by_place(const struct incident *incident,
				     const struct store *before,
				     const struct store *after, const char **why)
{
	const struct losses *losses = &incident->losses;

	if (!hivematch_is_in_place(&incident->match) || !before->key || !after->key)
		return CONDITION_UNKNOWN;
	*why = "its key stands in another place of the hive, other keys where they stood";
	if (before->key->record_off != after->key->record_off)
		return CONDITION_MET;
	*why = "all in it and its DefaultProfile went when it was last written";
	if (!before->has_default || after->has_default || after->key->n_children > 0 ||
	    loss_is_in_doubt(losses))
		return CONDITION_UNKNOWN;
	for (size_t i = 0; i < losses->n; i++)
		if (losses->items[i].store == before &&
		    (losses->items[i].at_ft > after->key->mtime_ft ||
		     after->key->mtime_ft - losses->items[i].at_ft > ONE_INSTANT))
			return CONDITION_UNKNOWN;
	return count_in(incident->before, before) > 1 ? CONDITION_MET : CONDITION_UNKNOWN;
}

/*
 * KB 183904 removes all profiles by deleting the list, which is then made anew
 * without DefaultProfile.  Deleting profiles one by one leaves the value.
 */
static enum condition_state made_anew(const struct incident *incident,
				      const struct store *before, const char **why)
{
	const struct store *after = snapshot_same_store(incident->after, before);
	bool whole = snapshot_is_complete(incident->after);

	*why = whole ? "the list is not there any more"
		     : "the list is not in what could be read of the later hive";
	if (!after || !after->key)
		return whole ? CONDITION_MET : CONDITION_UNKNOWN;
	*why = "a profile in it is what it was";
	if (has_survivor(before, after))
		return CONDITION_NOT_MET;
	if (!whole || !snapshot_is_complete(incident->before)) {
		*why = "not all of the hives could be read";
		return CONDITION_UNKNOWN;
	}
	enum condition_state state = by_place(incident, before, after, why);
	return state == CONDITION_UNKNOWN ? by_default(before, after, why) : state;
}

/* True if it is a list to look at: something surely went from it. */
static bool is_touched(const struct incident *incident, const struct store *store,
		       enum store_list list)
{
	const struct losses *losses = &incident->losses;

	for (size_t i = 0; i < losses->n; i++)
		if (losses->items[i].store == store && losses->items[i].sure)
			return store->list == list;
	return false;
}

/*
 * Whether one of the lists that something went from is gone or was made anew: those of
 * Profiles; Deleted Profiles if there is none.  *why and *which tell of the list that
 * decides.  Return: false if there is no list.
 */
static bool any_made_anew(const struct incident *incident, enum store_list list,
			  enum condition_state *state, const char **why,
			  const struct store **which)
{
	const struct stores *stores = &incident->before->stores;

	*which = NULL;
	for (size_t i = 0; i < stores->n; i++) {
		const char *reason;
		if (!is_touched(incident, &stores->items[i], list))
			continue;
		enum condition_state found =
			made_anew(incident, &stores->items[i], &reason);
		/* One that was is enough; that none was must hold for all. */
		if (*which && (found == CONDITION_NOT_MET || *state == CONDITION_MET ||
			       found == *state))
			continue;
		*state = found;
		*why = reason;
		*which = &stores->items[i];
	}
	return *which != NULL;
}

/* True if something may be gone from a list Profiles: then that one would be to look at. */
static bool is_perhaps_touched(const struct incident *incident)
{
	const struct losses *losses = &incident->losses;

	for (size_t i = 0; i < losses->n; i++)
		if (!losses->items[i].sure &&
		    loss_is_from(&losses->items[i], STORE_PROFILES))
			return true;
	for (size_t i = 0; i < losses->n_open; i++)
		if (loss_is_from(&losses->open[i], STORE_PROFILES))
			return true;
	return false;
}

void listfacts_list(struct incident *incident, struct condition *condition)
{
	bool wants_kept = condition->kind->id == CONDITION_LIST_KEPT;
	enum condition_state state = CONDITION_UNKNOWN;
	const struct store *store;
	const char *why;

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	if (!any_made_anew(incident, STORE_PROFILES, &state, &why, &store) &&
	    (is_perhaps_touched(incident) ||
	     !any_made_anew(incident, STORE_DELETED_PROFILES, &state, &why, &store))) {
		bool none =
			incident->losses.n == 0 && !loss_is_in_doubt(&incident->losses);
		result_is(incident, condition,
			  !none	       ? CONDITION_UNKNOWN
			  : wants_kept ? CONDITION_MET
				       : CONDITION_NOT_MET,
			  "no list surely lost a profile for good");
		return;
	}
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
	const struct losses *losses = &incident->losses;
	size_t lost = 0, left = 0, doubtful = 0;

	for (size_t i = 0; i < losses->n; i++) {
		bool from = loss_is_from(&losses->items[i], STORE_DELETED_PROFILES);
		lost += from && losses->items[i].sure;
		doubtful += from && !losses->items[i].sure;
	}
	for (size_t i = 0; i < losses->n_open; i++)
		doubtful += loss_is_from(&losses->open[i], STORE_DELETED_PROFILES);
	for (size_t i = 0; i < incident->after->n_profiles; i++)
		left += snapshot_store(incident->after, &incident->after->profiles[i])
				->list == STORE_DELETED_PROFILES;
	/* Another may stand where the hive could not be read. */
	bool open = !snapshot_is_complete(incident->after) || lost == 0;
	bool none = lost + doubtful == 0 && !losses->unread;
	result_is(incident, condition,
		  left > 0 || none ? CONDITION_NOT_MET
		  : open	   ? CONDITION_UNKNOWN
				   : CONDITION_MET,
		  "%zu went, %zu left", lost + doubtful, left);
}

void listfacts_moved(struct incident *incident, struct condition *condition)
{
	size_t doubtful, n = result_add_moved(incident, condition, &doubtful);

	if (!incident->comparison)
		result_needs_earlier(incident, condition);
	else
		result_is(incident, condition,
			  n > 0					   ? CONDITION_MET
			  : doubtful + incident->losses.n_open > 0 ? CONDITION_UNKNOWN
								   : CONDITION_NOT_MET,
			  "moved there: %zu", n + doubtful);
}

/* ---- a newer Outlook ---- */

void listfacts_copy(struct incident *incident, struct condition *condition)
{
	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	for (size_t i = 0; i < incident->copies.n; i++) {
		const struct snapshot_profile *copy = incident->copies.items[i].copy;
		result_show_key(condition, incident->after, copy->profile.key,
				snapshot_store(incident->after, copy)->path);
	}
	result_is(incident, condition,
		  incident->copies.n > 0 ? CONDITION_MET : result_absent(incident),
		  "with sections of earlier profiles: %zu", incident->copies.n);
}

void listfacts_newer_office(struct incident *incident, struct condition *condition)
{
	const struct snapshot *after = incident->after;

	if (!incident->before) {
		result_needs_earlier(incident, condition);
		return;
	}
	for (size_t i = 0; i < incident->copies.n; i++) {
		const struct store *to =
			snapshot_store(after, incident->copies.items[i].copy);
		const struct store *was = snapshot_same_store(incident->before, to);
		if (was && was->key && was->key->n_children > 0)
			continue;
		result_is(incident, condition,
			  snapshot_is_complete(incident->before) ? CONDITION_MET
								 : CONDITION_UNKNOWN,
			  "Outlook %s", to->office_version ? to->office_version : "?");
		result_show_key(condition, after, to->key, to->path);
		return;
	}
	result_is(incident, condition, result_absent(incident),
		  "no copy is in a list that was not there before");
}

void listfacts_nothing_lost(struct incident *incident, struct condition *condition)
{
	const struct losses *losses = &incident->losses;

	result_is(incident, condition,
		  loss_count_sure(losses) > 0 ? CONDITION_NOT_MET
		  : loss_is_in_doubt(losses)  ? CONDITION_UNKNOWN
					      : CONDITION_MET,
		  "gone for good: %zu", losses->n);
	for (size_t i = 0; i < incident->losses.n; i++)
		result_show_loss(incident, condition, &incident->losses.items[i]);
}
