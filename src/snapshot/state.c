/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * States of a replay.  Neighbours that are equal share what they hold: most
 * entries of a log change nothing about profiles.
 */
#include "snapshot/state.h"

#include "base/array.h"
#include "regf/record.h"

#include <stdlib.h>
#include <string.h>

void states_clear(struct states *states)
{
	for (size_t i = 0; i < states->n; i++)
		arena_free(states->items[i].arena);
	free(states->items);
	touched_clear(&states->touched);
	*states = (struct states){ 0 };
}

/* ---- taking one ---- */

static bool copy_text(struct arena *arena, struct text text, struct text *out)
{
	uint8_t *copy = arena_calloc(arena, text.bytes.len, 1);

	if (!copy || !span_copy(text.bytes, 0, copy, text.bytes.len))
		return false;
	*out = text;
	out->bytes = span_of(copy, text.bytes.len);
	return true;
}

static bool copy_store(struct state *state, const struct store *store)
{
	struct state_store *copy = &state->stores[state->n_stores++];
	char *version = NULL;

	*copy = (struct state_store){
		.kind = store->kind,
		.list = store->list,
		.present = store->key != NULL,
		.has_default = store->has_default,
	};
	if (store->office_version) {
		size_t size = strlen(store->office_version) + 1;
		version = arena_calloc(state->arena, size, 1);
		if (!version)
			return false;
		memcpy(version, store->office_version, size);
	}
	copy->office_version = version;
	return !store->has_default ||
	       copy_text(state->arena, store->default_profile, &copy->default_profile);
}

static enum status copy_profiles(struct state *state, size_t number,
				 const struct store *store)
{
	for (uint32_t i = 0; store->key && i < store->key->n_children; i++) {
		struct state_profile *copy = &state->profiles[state->n_profiles++];
		struct profile profile;
		RETURN_IF_FAILED(profile_read(&store->key->children[i], &profile));
		copy->store = number;
		copy->digest = profile.digest;
		copy->secrets = profile.secrets;
		copy->has_instance = profile.has_instance;
		memcpy(copy->instance, profile.instance, sizeof(copy->instance));
		if (!copy_text(state->arena, key_name(profile.key), &copy->name))
			return STATUS_NOMEM;
	}
	return STATUS_OK;
}

static enum status copy_stores(struct state *state, const struct stores *stores)
{
	size_t n = 0;

	for (size_t i = 0; i < stores->n; i++)
		n += stores->items[i].key ? stores->items[i].key->n_children : 0;
	state->stores = arena_calloc(state->arena, stores->n, sizeof(*state->stores));
	state->profiles = arena_calloc(state->arena, n, sizeof(*state->profiles));
	if (!state->stores || !state->profiles)
		return STATUS_NOMEM;
	for (size_t i = 0; i < stores->n; i++) {
		if (!copy_store(state, &stores->items[i]))
			return STATUS_NOMEM;
		RETURN_IF_FAILED(copy_profiles(state, i, &stores->items[i]));
	}
	return STATUS_OK;
}

/* ---- what it is read from ---- */

static void add_below(struct touched *touched, const struct image *image,
		      const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		touched_add(touched, image, key);
}

/* Keys on the way to lists, from a key that is. */
static void add_way(struct touched *touched, const struct image *image,
		    const struct key *key)
{
	touched_add(touched, image, key);
	for (uint32_t i = 0; i < key->n_children; i++)
		if (store_is_on_the_way(&key->children[i]))
			add_way(touched, image, &key->children[i]);
}

/*
 * Of a root without Software its name and what is far below it may tell which subtree it
 * is: that is not followed, and the next state will be walked.
 */
static enum status note_places(struct touched *touched, const struct image *image,
			       const struct key_tree *keys, const struct stores *stores)
{
	if (!key_child(keys->root, text_of("Software")))
		return STATUS_OK;
	RETURN_IF_FAILED(touched_begin(touched, image));
	add_way(touched, image, keys->root);
	for (size_t i = 0; i < stores->n; i++)
		if (stores->items[i].key)
			add_below(touched, image, stores->items[i].key);
	touched_end(touched, image);
	return STATUS_OK;
}

/* Walks the hive; an unsound one leaves the state unwalkable. */
static enum status read_state(struct span hive, struct diag_list *diags,
			      struct touched *touched, struct state *state)
{
	AUTO(image_freep) struct image *image = NULL;
	AUTO(key_tree_freep) struct key_tree *keys = NULL;
	struct stores stores = { 0 };
	enum status status = image_open(hive, diags, &image, NULL);

	size_t n_warnings = diag_count_from(diags, DIAG_WARNING);
	touched_clear(touched);
	if (status == STATUS_OK)
		status = record_read(image, diags, NULL, &keys);
	if (status == STATUS_UNSUPPORTED || status == STATUS_MALFORMED)
		return STATUS_OK;
	RETURN_IF_FAILED(status);
	/* The base block of the file itself may be unsound: that is no obstacle. */
	if (diag_count_from(diags, DIAG_ERROR) > diag_count_of(diags, DIAG_BASE_CHECKSUM))
		return STATUS_OK;
	/* Where two keys claim one thing, a step elsewhere may give it to the other. */
	bool sound = diag_count_from(diags, DIAG_WARNING) == n_warnings;
	RETURN_IF_FAILED(stores_find(keys, diags, &stores));
	status = copy_stores(state, &stores);
	if (status == STATUS_OK && sound)
		status = note_places(touched, image, keys, &stores);
	stores_clear(&stores);
	state->walkable = status == STATUS_OK;
	return status;
}

/* ---- equal neighbours ---- */

static bool same_store(const struct state_store *a, const struct state_store *b)
{
	const char *x = a->office_version ? a->office_version : "";
	const char *y = b->office_version ? b->office_version : "";

	return a->kind == b->kind && a->list == b->list && strcmp(x, y) == 0;
}

static bool same_profile(const struct state_profile *a, const struct state_profile *b)
{
	return a->store == b->store && text_same(a->name, b->name) &&
	       memcmp(a->digest.bytes, b->digest.bytes, DIGEST_SIZE) == 0 &&
	       memcmp(a->secrets.bytes, b->secrets.bytes, DIGEST_SIZE) == 0;
}

static bool same_state(const struct state *a, const struct state *b)
{
	if (!a->walkable || !b->walkable || a->n_stores != b->n_stores ||
	    a->n_profiles != b->n_profiles)
		return false;
	for (size_t i = 0; i < a->n_stores; i++)
		if (!same_store(&a->stores[i], &b->stores[i]) ||
		    a->stores[i].present != b->stores[i].present ||
		    a->stores[i].has_default != b->stores[i].has_default ||
		    (a->stores[i].has_default &&
		     !text_same(a->stores[i].default_profile,
				b->stores[i].default_profile)))
			return false;
	for (size_t i = 0; i < a->n_profiles; i++)
		if (!same_profile(&a->profiles[i], &b->profiles[i]))
			return false;
	return true;
}

static void share(const struct state *with, struct state *state)
{
	arena_free(state->arena);
	state->arena = NULL;
	state->stores = with->stores;
	state->n_stores = with->n_stores;
	state->profiles = with->profiles;
	state->n_profiles = with->n_profiles;
}

/* True if so many bytes may be walked once more. */
static bool may_walk(const struct states *states, uint64_t bytes)
{
	uint64_t most = STATES_MAX_WALKS * bytes;

	return states->n_walked + bytes <=
	       (most > STATES_MIN_WALKED ? most : STATES_MIN_WALKED);
}

enum status states_add(struct states *states, struct span hive, bool first,
		       uint32_t sequence, size_t log, const struct txlog_pages *pages)
{
	bool same = pages && states->n > 0 && !touched_by(&states->touched, *pages, hive);

	if (states->n == STATES_MAX || states->n_left_out > 0 ||
	    (!same && !may_walk(states, hive.len))) {
		states->n_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(states, STATES_MAX));
	struct state *state = &states->items[states->n];
	*state = (struct state){ .first = first, .sequence = sequence, .log = log };
	states->n++;
	if (same) {
		state->walkable = true;
		share(state - 1, state);
		return STATUS_OK;
	}
	AUTO(diag_list_freep) struct diag_list *diags = diag_list_new();
	state->arena = arena_new();
	if (!state->arena || !diags)
		return STATUS_NOMEM;
	states->n_walked += hive.len;
	RETURN_IF_FAILED(read_state(hive, diags, &states->touched, state));
	if (states->n > 1 && same_state(state - 1, state))
		share(state - 1, state);
	return STATUS_OK;
}

/* ---- what is asked of one ---- */

const struct state_store *state_store(const struct state *state,
				      const struct store *store)
{
	struct state_store wanted = { .kind = store->kind,
				      .list = store->list,
				      .office_version = store->office_version };

	for (size_t i = 0; i < state->n_stores; i++)
		if (same_store(&state->stores[i], &wanted))
			return &state->stores[i];
	return NULL;
}

/* They stand in order of store, then name, as their keys do. */
static const struct state_profile *profile_in(const struct state *state, size_t store,
					      struct text name)
{
	size_t i = ARRAY_COUNT_BEFORE(state->profiles, state->n_profiles, profile,
				      profile->store < store ||
					      (profile->store == store &&
					       text_compare(profile->name, name) < 0));

	if (i < state->n_profiles && state->profiles[i].store == store &&
	    text_equal(state->profiles[i].name, name))
		return &state->profiles[i];
	return NULL;
}

const struct state_profile *state_profile(const struct state *state,
					  const struct store *store, struct text name)
{
	const struct state_store *found = state_store(state, store);

	return found ? profile_in(state, (size_t)(found - state->stores), name) : NULL;
}

const struct state_profile *state_profile_in(const struct state *other,
					     const struct state *from,
					     const struct state_profile *profile)
{
	for (size_t i = 0; i < other->n_stores; i++)
		if (same_store(&other->stores[i], &from->stores[profile->store]))
			return profile_in(other, i, profile->name);
	return NULL;
}
