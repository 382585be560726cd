/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From recovered keys to profiles.  The recovered tree is read as a live one
 * is, by the same code; what is added here is which of its keys are deleted
 * profiles, how whole they are, and what tells their names.
 */
#include "recovery/recovery.h"

#include "base/array.h"
#include "mapi/inferbytes.h"
#include "mapi/recognize.h"
#include "recovery/recovery_private.h"
#include "regf/recover/recover.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* Earlier snapshots that are asked what stood where. */
#define MAX_WITNESSES 8

#define PROFILES_MAX ((size_t)1 << 22)

/* Recovered profiles past which those of logs are told apart by their cells alone. */
#define MANY 1000

/* The hive itself and what its logs hold. */
#define PARTS_MAX (1 + REPLAY_MAX_LOGS * (size_t)OVERLAY_MAX)

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

static void count_key(const struct recovered_keys *recovered, const struct key *key,
		      struct recovered_profile *profile)
{
	const struct recovered_key *info = recovered_of(recovered, key);

	if (key->flags & KEY_FLAG_RECOVERED) {
		profile->n_keys++;
		if (info->n_values_recorded > key->n_values)
			profile->n_values_lost += info->n_values_recorded - key->n_values;
		if (info->since == RECOVERED_SINCE_BETWEEN)
			profile->since = info->since;
		else if (profile->since == RECOVERED_SINCE_UNKNOWN)
			profile->since = info->since;
	}
	profile->n_values += key->n_values;
	for (uint32_t i = 0; i < key->n_values; i++)
		count_value(&key->values[i],
			    recovered_of_value(recovered, key, &key->values[i]), profile);
}

/* True if the profile's own chain names what is not there. */
static bool has_gaps(const struct profile_content *content)
{
	for (size_t i = 0; i < content->problems.n; i++) {
		enum profile_problem_code code = content->problems.items[i].code;
		if (code == PROFILE_DANGLING_UID || code == PROFILE_DANGLING_ACCOUNT ||
		    code == PROFILE_MISSING_ROOT_SECTION)
			return true;
	}
	return false;
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

/* Its last write is the end of its last section: that tells when it went. */
static void date(const struct recovered_keys *recovered,
		 struct recovered_profile *profile)
{
	const struct key *key = profile->profile.key;

	if (key->parent && key->parent->mtime_ft > 0)
		profile->not_after_ft = key->parent->mtime_ft;
	if (!profile->torn && recovered_of(recovered, key)->had_subkeys)
		profile->deleted_ft = key->mtime_ft;
}

/* True if both had the same key record, as far as that can be told. */
static bool is_same_record(const struct recovered_profile *a,
			   const struct recovered_profile *b)
{
	bool named = text_length(a->name) > 0 && text_length(b->name) > 0;

	if (a->rel != b->rel || (named && !text_equal(a->name, b->name)))
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
		if (recognize_shared_sections(profile->profile.key, other->profile.key) >
		    0)
			return other;
	}
	return NULL;
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
		*same = *profile;
		return STATUS_OK;
	}
	status = array_reserve(&items, recovery->n_profiles, &recovery->cap_profiles,
			       sizeof(*recovery->profiles), PROFILES_MAX);
	recovery->profiles = items;
	if (status == STATUS_OK)
		recovery->profiles[recovery->n_profiles++] = *profile;
	return status;
}

static enum status add_profile(struct recovery *recovery, struct recovery_part *part,
			       const struct key *key, const struct store *store)
{
	AUTO(profile_content_freep) struct profile_content *content = NULL;
	struct recovered_keys *recovered = part->recovered;
	struct recovered_profile found = { .store = store }, *profile = &found;

	profile->torn = recovered_is_placeholder(key);
	profile->rel = recovered_of(recovered, key)->rel;
	profile->certainty = recovered_of(recovered, key)->certainty;
	RETURN_IF_FAILED(mend(recovered, key));
	RETURN_IF_FAILED(profile_read(key, &profile->profile));
	RETURN_IF_FAILED(profile_content_read(key, &content));
	for (const struct key *k = key; k; k = key_next(key, k)) {
		count_key(recovered, k, profile);
		set_place(part, k, RECOVERY_IN_PROFILE);
	}
	recoveredname_find(recovered, content, profile);
	date(recovered, profile);
	profile->whole = !profile->torn && profile->profile.n_sections > 0 &&
			 profile->n_values_lost == 0 && profile->n_data_lost == 0 &&
			 profile->n_heads_lost == 0 && !has_gaps(content);
	return keep_profile(recovery, part, profile);
}

/* ---- all of them ---- */

static enum status find_in_lists(struct recovery *recovery, struct recovery_part *part)
{
	for (size_t i = 0; i < part->stores.n; i++) {
		const struct store *store = &part->stores.items[i];
		for (const struct key *key = store->key; key;
		     key = key_next(store->key, key))
			set_place(part, key, RECOVERY_IN_LIST);
		for (uint32_t k = 0; store->key && k < store->key->n_children; k++)
			if (!is_live(&store->key->children[k]))
				RETURN_IF_FAILED(add_profile(
					recovery, part, &store->key->children[k], store));
	}
	return STATUS_OK;
}

/* What has the shape of a profile, but not, or not surely, its place. */
static enum status find_elsewhere(struct recovery *recovery, struct recovery_part *part,
				  const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (is_live(key) || !recognize_is_profile(key) ||
		    recovery_place(part, key) != RECOVERY_ELSEWHERE)
			continue;
		RETURN_IF_FAILED(add_profile(recovery, part, key, NULL));
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

static size_t list_witnesses(const struct snapshot *snapshot,
			     const struct snapshot *const *earlier, size_t n_earlier,
			     struct recovered_witness *out)
{
	size_t n = 0;

	for (size_t i = 0; i <= n_earlier && n < MAX_WITNESSES; i++) {
		const struct snapshot *other =
			i < n_earlier ? earlier[i] : snapshot->as_found;
		if (other && other->image)
			out[n++] = (struct recovered_witness){ other->image, other->keys,
							       &other->usage,
							       other->newest_ft };
	}
	return n;
}

/* Free cells between cells in use are what deletions leave. */
static bool has_holes(const struct image *image)
{
	uint32_t rel = 0, size = 0, after = 0;

	while (cellmap_next(&image->free, rel, &rel)) {
		if (!span_le32(image->bins, rel, &size))
			return false;
		after = rel + size;
		if (cellmap_has(&image->allocated, after) ||
		    cellmap_has(&image->free, after))
			return true;
		rel = after;
	}
	return false;
}

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
			if (profile_is_own_section(&key->children[k]))
				sections[(*n)++] = &key->children[k];
	}
	if (sections && *n > 1)
		qsort(sections, *n, sizeof(*sections), by_name);
	return sections;
}

/* Sections with random uids are made for one profile: who has them is that one. */
static const struct key *find_live(const struct key **sections, size_t n,
				   const struct key *profile)
{
	for (uint32_t i = 0; n > 0 && i < profile->n_children; i++) {
		const struct key *section = &profile->children[i];
		const struct key *const *found =
			bsearch(&section, sections, n, sizeof(*sections), by_name);
		if (found)
			return (*found)->parent;
	}
	return NULL;
}

static const struct key *find_instance(const struct snapshot *snapshot,
				       const struct profile *profile)
{
	for (size_t i = 0; profile->has_instance && i < snapshot->n_profiles; i++) {
		const struct profile *live = &snapshot->profiles[i].profile;
		if (live->has_instance && memcmp(live->instance, profile->instance,
						 sizeof(live->instance)) == 0)
			return live->key;
	}
	return NULL;
}

/* What the live profiles and lists tell of the recovered ones. */
static enum status ask_live(struct recovery *recovery, const struct snapshot *snapshot)
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
		profile->is_default = store && store->has_default &&
				      !store->default_resolved &&
				      text_equal(store->default_profile, profile->name);
		profile->lives_on = find_live(sections, n, profile->profile.key);
		if (!profile->lives_on)
			profile->lives_on = find_instance(snapshot, &profile->profile);
		recovery->n_gone += !profile->lives_on;
	}
	free(sections);
	return STATUS_OK;
}

static void count_inside(struct recovery *recovery, const struct recovery_part *part)
{
	const struct key *top = part->recovered->tree->root;

	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (recovery_place(part, key) != RECOVERY_IN_LIST)
			continue;
		recovery->n_inside_keys += !recovered_is_placeholder(key);
		recovery->n_inside_values += key->n_values;
	}
}

enum status recovery_search(struct recovery *recovery, const struct snapshot *snapshot,
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
	RETURN_IF_FAILED(recover_keys(source, &part->recovered));
	if (recovery->n_parts == 1)
		recovery->recovered = part->recovered;
	part->places = calloc(part->recovered->n_nodes, 1);
	if (!part->places)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(find_stores(part, snapshot));
	RETURN_IF_FAILED(find_in_lists(recovery, part));
	RETURN_IF_FAILED(find_elsewhere(recovery, part, part->recovered->tree->root));
	return find_elsewhere(recovery, part, part->recovered->adrift);
}

static enum status recover(struct recovery *recovery, const struct snapshot *snapshot,
			   const struct snapshot *const *earlier, size_t n_earlier,
			   struct stage *stage)
{
	struct recovered_witness witnesses[MAX_WITNESSES];
	struct recovered_source source = {
		.image = snapshot->image,
		.keys = snapshot->readers == SNAPSHOT_HIVEX ? NULL : snapshot->keys,
		.usage = &snapshot->usage,
		.witnesses = witnesses,
		.n_witnesses = list_witnesses(snapshot, earlier, n_earlier, witnesses),
		.fit = recognize_fit,
		.diags = snapshot->diags,
		.stage = stage,
	};

	RETURN_IF_FAILED(recovery_search(recovery, snapshot, &source));
	RETURN_IF_FAILED(logstates_search(recovery, snapshot, &source));
	for (size_t i = 0; i < recovery->n_parts; i++)
		count_inside(recovery, &recovery->parts[i]);
	recoveredname_by_default(recovery, snapshot);
	RETURN_IF_FAILED(ask_live(recovery, snapshot));
	recovery->cannot_tell = recovery->recovered->n_keys == 0 &&
				recovery->recovered->n_values == 0 &&
				recovery->recovered->n_lone == 0 &&
				recovery->n_profiles == 0 && !has_holes(snapshot->image);
	return STATUS_OK;
}

static enum status index_profiles(struct recovery *recovery)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct recovered_profile *profile = &recovery->profiles[i];
		RETURN_IF_FAILED(profileindex_add(&recovery->names, profile->name, i));
		RETURN_IF_FAILED(profileindex_add_sections(&recovery->sections,
							   profile->profile.key, i));
	}
	profileindex_sort(&recovery->names);
	profileindex_sort(&recovery->sections);
	return STATUS_OK;
}

enum status recovery_read(const struct snapshot *snapshot,
			  const struct snapshot *const *earlier, size_t n_earlier,
			  struct stage *stage, struct recovery **out)
{
	struct recovery *recovery = calloc(1, sizeof(*recovery));
	enum status status;

	if (!recovery)
		return STATUS_NOMEM;
	status = recover(recovery, snapshot, earlier, n_earlier, stage);
	if (status == STATUS_OK)
		status = index_profiles(recovery);
	if (status == STATUS_OK)
		*out = recovery;
	else
		recovery_free(recovery);
	return status;
}
