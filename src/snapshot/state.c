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

/* Walks the hive; an unsound one leaves the state unwalkable. */
static enum status read_state(struct span hive, struct diag_list *diags,
			      struct state *state)
{
	AUTO(image_freep) struct image *image = NULL;
	AUTO(key_tree_freep) struct key_tree *keys = NULL;
	struct stores stores = { 0 };
	enum status status = image_open(hive, diags, &image, NULL);

	if (status == STATUS_OK)
		status = record_read(image, diags, NULL, &keys);
	if (status == STATUS_UNSUPPORTED || status == STATUS_MALFORMED)
		return STATUS_OK;
	RETURN_IF_FAILED(status);
	/* The base block of the file itself may be unsound: that is no obstacle. */
	if (diag_count_from(diags, DIAG_ERROR) > diag_count_of(diags, DIAG_BASE_CHECKSUM))
		return STATUS_OK;
	RETURN_IF_FAILED(stores_find(keys, diags, &stores));
	status = copy_stores(state, &stores);
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
	state->profiles = with->profiles;
}

enum status states_add(struct states *states, struct span hive, bool first,
		       uint32_t sequence, size_t log)
{
	if (states->n == STATES_MAX) {
		states->n_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(states, STATES_MAX));
	struct state *state = &states->items[states->n];
	AUTO(diag_list_freep) struct diag_list *diags = diag_list_new();
	*state = (struct state){ .first = first, .sequence = sequence, .log = log };
	state->arena = arena_new();
	states->n++;
	if (!state->arena || !diags)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(read_state(hive, diags, state));
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

const struct state_profile *state_profile(const struct state *state,
					  const struct store *store, struct text name)
{
	const struct state_store *found = state_store(state, store);

	for (size_t i = 0; found && i < state->n_profiles; i++)
		if (&state->stores[state->profiles[i].store] == found &&
		    text_equal(state->profiles[i].name, name))
			return &state->profiles[i];
	return NULL;
}

const struct state_profile *state_profile_in(const struct state *other,
					     const struct state *from,
					     const struct state_profile *profile)
{
	for (size_t i = 0; i < other->n_profiles; i++) {
		const struct state_profile *found = &other->profiles[i];
		if (same_store(&other->stores[found->store],
			       &from->stores[profile->store]) &&
		    text_equal(found->name, profile->name))
			return found;
	}
	return NULL;
}
