/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the recovered keys of one state to profiles.  The recovered tree is read
 * as a live one is, by the same code; what is added here is which of its keys
 * are deleted profiles, and how whole they are.
 */
#include "recovery/recoverstate.h"

#include "base/array.h"
#include "base/workers.h"
#include "mapi/content/content.h"
#include "mapi/inferbytes.h"
#include "mapi/recognize.h"
#include "mapi/section.h"
#include "recovery/mixture.h"
#include "recovery/recoveredname.h"
#include "regf/recover/recoverkeys.h"

#include <stdlib.h>

#define PROFILES_MAX ((size_t)1 << 22)

/* Recovered profiles past which those of logs are told apart by their cells alone. */
#define MANY 1000

/* The hive itself and what its logs hold. */
#define PARTS_MAX (1 + REPLAY_MAX_LOGS * (size_t)OVERLAY_MAX)

static void set_place(struct recovery_part *part, const struct key *key,
		      enum recovery_place place)
{
	part->places[key->recovered - part->recovered->first] = (uint8_t)place;
}

/* A key that stands for one that is still there. */
static bool is_live(const struct key *key)
{
	return recovered_is_placeholder(key) && key->record_off > 0;
}

/* ---- how much of it there is ---- */

static void count_value(const struct value *value, const struct recovered_value *info,
			struct recovered_profile *profile)
{
	if (info->data_lost || (value->flags & VALUE_FLAG_SHORT))
		profile->n_data_lost++;
	else if (info->n_head_lost > 0)
		profile->n_heads_lost++;
}

/*
 * A profile's own key tells since when it is gone; else a section whose path is sure.
 * Deleted before, and yet between the two: the section's record says so of one that
 * came back in the meantime, so any other one speaks against it.
 */
static enum recovered_since since_of(const struct recovered_keys *recovered,
				     const struct recovered_profile *profile)
{
	const struct key *top = profile->profile.key;
	enum recovered_since since = recovered_of(recovered, top)->since;
	bool sure[RECOVERED_SINCE_BETWEEN + 1] = { false }, any_between = false;

	if (!profile->torn && since != RECOVERED_SINCE_UNKNOWN)
		return since;
	for (const struct key *key = top; key; key = key_next(top, key)) {
		const struct recovered_key *info = recovered_of(recovered, key);
		if (!(key->flags & KEY_FLAG_RECOVERED) || key == top)
			continue;
		any_between |= info->since == RECOVERED_SINCE_BETWEEN;
		sure[info->since] |= info->certainty <= RECOVERED_PROBABLE;
	}
	if (sure[RECOVERED_SINCE_BETWEEN])
		return RECOVERED_SINCE_BETWEEN;
	return profile->torn && sure[RECOVERED_SINCE_EARLIER] && !any_between
		       ? RECOVERED_SINCE_EARLIER
		       : RECOVERED_SINCE_UNKNOWN;
}

static void count_key(const struct recovered_keys *recovered, const struct key *key,
		      struct recovered_profile *profile)
{
	const struct recovered_key *info = recovered_of(recovered, key);

	if (key->flags & KEY_FLAG_RECOVERED) {
		profile->n_keys++;
		if (info->n_values_recorded > key->n_values)
			profile->n_values_lost += info->n_values_recorded - key->n_values;
		profile->values_cut |= info->values_cut;
	}
	profile->n_values += key->n_values;
	for (uint32_t i = 0; i < key->n_values; i++)
		count_value(&key->values[i],
			    recovered_of_value(recovered, key, &key->values[i]), profile);
}

/* True if the profile's own chain names what is not there. */
static bool chain_has_gaps(const struct content *content)
{
	for (size_t i = 0; i < content->problems.n; i++) {
		enum profile_problem_code code = content->problems.items[i].code;
		if (code == PROFILE_DANGLING_UID || code == PROFILE_DANGLING_ACCOUNT ||
		    code == PROFILE_MISSING_ROOT_SECTION)
			return true;
	}
	return false;
}

/* True if an earlier state of the profile has sections that were not found. */
static bool lacks_sections(const struct recovered_keys *recovered,
			   const struct key *profile)
{
	const struct key *then = recovered_of(recovered, profile)->witness;

	for (uint32_t i = 0; then && i < then->n_children; i++)
		if (!key_child(profile, key_name(&then->children[i])))
			return true;
	return false;
}

/* True if all that the profile's own records and an earlier state tell of is there. */
static bool has_all_parts(const struct recovered_keys *recovered,
			  const struct recovered_profile *profile)
{
	const struct key *key = profile->profile.key;

	return !profile->torn && !profile->mixed &&
	       key_child(key, text_of(SECTION_ROOT)) && profile->profile.n_sections > 0 &&
	       profile->n_values > 0 && !profile->values_cut &&
	       profile->n_values_lost == 0 && profile->n_data_lost == 0 &&
	       profile->n_heads_lost == 0 && !lacks_sections(recovered, key);
}

/* What only its chain tells: the name of one that is torn, gaps of one that seems whole. */
static enum status ask_chain(const struct recovered_keys *recovered,
			     struct recovered_profile *profile)
{
	AUTO(content_freep) struct content *content = NULL;
	bool seems_whole = has_all_parts(recovered, profile);

	if (profile->torn || seems_whole)
		RETURN_IF_FAILED(content_read_chain(profile->profile.key, &content));
	recoveredname_find(recovered, content, profile);
	profile->has_no_gaps = seems_whole && !chain_has_gaps(content);
	return STATUS_OK;
}

/* ---- one profile ---- */

static enum status mend(struct recovered_keys *recovered, const struct key *profile)
{
	uint8_t head[INFERBYTES_SIZE];

	for (const struct key *key = profile; key; key = key_next(profile, key))
		for (uint32_t i = 0; i < key->n_values; i++)
			if (inferbytes_head(profile, &key->values[i], head))
				RETURN_IF_FAILED(recovered_infer_head(
					recovered, key, &key->values[i], head));
	return STATUS_OK;
}

/* True if both had the same key record, as far as that can be told. */
static bool is_same_record(const struct recovered_profile *a,
			   const struct recovered_profile *b)
{
	bool named = text_length(a->name) > 0 && text_length(b->name) > 0;

	if (a->rel != b->rel || a->rel == IMAGE_NIL ||
	    (named && !text_equal(a->name, b->name)))
		return false;
	return a->torn || b->torn || a->profile.key->mtime_ft == b->profile.key->mtime_ft;
}

/* Another state may hold the same profile, or more of it. */
static struct recovered_profile *find_same(const struct recovery *recovery,
					   const struct recovered_profile *profile)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		struct recovered_profile *other = &recovery->profiles[i];
		if (is_same_record(profile, other))
			return other;
	}
	for (size_t i = 0; i < recovery->n_profiles && recovery->n_profiles < MANY; i++) {
		struct recovered_profile *other = &recovery->profiles[i];
		if (!profile_is_other_instance(&profile->profile, &other->profile) &&
		    recognize_shared_sections(profile->profile.key, other->profile.key) >
			    0)
			return other;
	}
	return NULL;
}

/*
 * What is left of a torn profile names its place, so the path is no surer than the
 * surest of its sections.
 */
static enum recovered_certainty certainty_of(const struct recovered_keys *recovered,
					     const struct key *profile)
{
	enum recovered_certainty own = recovered_of(recovered, profile)->certainty;
	enum recovered_certainty best = RECOVERED_PARTIAL;

	if (!recovered_is_placeholder(profile))
		return own;
	for (uint32_t i = 0; i < profile->n_children; i++) {
		enum recovered_certainty sure =
			recovered_of(recovered, &profile->children[i])->certainty;
		best = sure < best ? sure : best;
	}
	return best > own ? best : own;
}

/*
 * A log may have more sections of a profile than the hive, but where the hive has the
 * profile's own record too, that one tells where it stood and when it went.
 */
static void replace_profile(struct recovery *recovery, struct recovered_profile *same,
			    const struct recovered_profile *profile)
{
	const struct key *record = recovery_own_record(same);
	bool in_hive = recovery_part_of(recovery, record) == recovery->parts &&
		       !same->torn && !profile->torn && is_same_record(same, profile);
	enum recovered_certainty certainty = same->certainty;
	enum recovered_since since = same->since;

	*same = *profile;
	if (!in_hive)
		return;
	same->in_hive = record;
	same->since = since;
	if (certainty < same->certainty)
		same->certainty = certainty;
}

static enum status keep_profile(struct recovery *recovery, struct recovery_part *part,
				const struct recovered_profile *profile)
{
	/* The hive itself may well hold one that was deleted twice. */
	struct recovered_profile *same =
		recovery->n_parts > 1 ? find_same(recovery, profile) : NULL;
	void *items = recovery->profiles;
	enum status status;

	if (same && profile->n_keys + profile->n_values <= same->n_keys + same->n_values)
		return STATUS_OK;
	part->gives_profile = true;
	if (same) {
		replace_profile(recovery, same, profile);
		return STATUS_OK;
	}
	status = array_reserve(&items, recovery->n_profiles, &recovery->cap_profiles,
			       sizeof(*recovery->profiles), PROFILES_MAX);
	recovery->profiles = items;
	if (status == STATUS_OK)
		recovery->profiles[recovery->n_profiles++] = *profile;
	return status;
}

/* A profile that is to be read, and what came of it. */
struct found {
	const struct key *key;
	struct recovered_profile profile;
	enum status status;
};

struct reading {
	struct recovery_part *part;
	const struct store *store; /* that all of them were in, or NULL */
	struct found *found;
};

/* What two profiles hold is apart, and so are the places that are noted. */
static void read_profile(void *context, size_t number)
{
	const struct reading *reading = context;
	const struct recovered_keys *recovered = reading->part->recovered;
	struct found *found = &reading->found[number];
	struct recovered_profile *profile = &found->profile;
	const struct key *key = found->key;

	profile->store = reading->store;
	profile->torn = recovered_is_placeholder(key);
	profile->rel = recovered_of(recovered, key)->rel;
	profile->certainty = certainty_of(recovered, key);
	found->status = profile_read(key, &profile->profile);
	if (found->status != STATUS_OK)
		return;
	for (const struct key *k = key; k; k = key_next(key, k)) {
		count_key(recovered, k, profile);
		set_place(reading->part, k, RECOVERY_IN_PROFILE);
	}
	profile->since = since_of(recovered, profile);
	profile->mixed = mixture_is(recovered, key);
	found->status = ask_chain(recovered, profile);
}

static enum status add_profile(struct recovery *recovery, struct recovery_part *part,
			       const struct key *key)
{
	struct found found = { .key = key };
	struct reading reading = { part, NULL, &found };

	RETURN_IF_FAILED(mend(part->recovered, key));
	read_profile(&reading, 0);
	RETURN_IF_FAILED(found.status);
	return keep_profile(recovery, part, &found.profile);
}

/* ---- all of them ---- */

static enum status read_list(struct recovery *recovery, struct reading *reading,
			     unsigned n_threads)
{
	const struct key *list = reading->store->key;
	size_t n = 0;

	for (uint32_t i = 0; i < list->n_children; i++) {
		if (is_live(&list->children[i]))
			continue;
		reading->found[n++].key = &list->children[i];
		RETURN_IF_FAILED(mend(reading->part->recovered, &list->children[i]));
	}
	workers_run(n, n_threads, read_profile, reading);
	for (size_t i = 0; i < n; i++) {
		RETURN_IF_FAILED(reading->found[i].status);
		RETURN_IF_FAILED(keep_profile(recovery, reading->part,
					      &reading->found[i].profile));
	}
	return STATUS_OK;
}

static enum status find_in_lists(struct recovery *recovery, struct recovery_part *part,
				 unsigned n_threads)
{
	for (size_t i = 0; i < part->stores.n; i++) {
		const struct store *store = &part->stores.items[i];
		struct reading reading = { .part = part, .store = store };
		if (!store->key)
			continue;
		for (const struct key *key = store->key; key;
		     key = key_next(store->key, key))
			set_place(part, key, RECOVERY_IN_LIST);
		reading.found = calloc((size_t)store->key->n_children + 1,
				       sizeof(*reading.found));
		if (!reading.found)
			return STATUS_NOMEM;
		enum status status = read_list(recovery, &reading, n_threads);
		free(reading.found);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

/* Nothing tells where its children stood, nor that there was one key above any two. */
static bool is_no_place(const struct recovered_keys *recovered, const struct key *key)
{
	return recovered_is_placeholder(key) && key->name_len == 0 &&
	       recovered_of(recovered, key)->rel == IMAGE_NIL;
}

/* What has the shape of a profile, but not, or not surely, its place. */
static enum status find_elsewhere(struct recovery *recovery, struct recovery_part *part,
				  const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (is_live(key) || !recognize_is_profile(key) ||
		    is_no_place(part->recovered, key) ||
		    recovery_place(part, key) != RECOVERY_ELSEWHERE)
			continue;
		RETURN_IF_FAILED(add_profile(recovery, part, key));
	}
	return STATUS_OK;
}

/* The lists that were found live, where they stand in the recovered tree. */
static enum status find_stores(struct recovery_part *part,
			       const struct snapshot *snapshot)
{
	AUTO(diag_list_freep) struct diag_list *diags = diag_list_new();
	struct key_tree *tree = part->recovered->tree;

	if (!diags)
		return STATUS_NOMEM;
	/* A saved subtree is told by its live keys, of which the tree has few. */
	if (snapshot->stores.prefix && snapshot->stores.prefix[0])
		return stores_find_as(tree, &snapshot->stores, &part->stores);
	return stores_find(tree, diags, &part->stores);
}

enum status recoverstate_search(struct recovery *recovery,
				const struct snapshot *snapshot,
				const struct recovered_source *source)
{
	void *items = recovery->parts;
	enum status status =
		array_reserve(&items, recovery->n_parts, &recovery->cap_parts,
			      sizeof(*recovery->parts), PARTS_MAX);

	recovery->parts = items;
	RETURN_IF_FAILED(status);
	struct recovery_part *part = &recovery->parts[recovery->n_parts++];
	*part = (struct recovery_part){ 0 };
	RETURN_IF_FAILED(recoverkeys_find(source, &part->recovered));
	if (recovery->n_parts == 1)
		recovery->recovered = part->recovered;
	part->places = calloc(part->recovered->n_nodes, 1);
	if (!part->places)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(find_stores(part, snapshot));
	RETURN_IF_FAILED(find_in_lists(recovery, part, source->n_threads));
	RETURN_IF_FAILED(find_elsewhere(recovery, part, part->recovered->tree->root));
	return find_elsewhere(recovery, part, part->recovered->adrift);
}
