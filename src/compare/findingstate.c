/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a finding begins to hold among the states of a replay. */
#include "compare/findingstate.h"

#include <string.h>

static bool holds_default(const struct state *state, const struct finding *finding)
{
	const struct state_store *store = state_store(state, finding->store);

	return store && (store->has_default ? text_equal(store->default_profile,
							 finding->new_default)
					    : text_length(finding->new_default) == 0);
}

enum holds { HOLDS_NOT, HOLDS, HOLDS_UNKNOWN };

static bool is_same_content(const struct state_profile *found,
			    const struct profile *profile)
{
	return memcmp(found->digest.bytes, profile->digest.bytes, DIGEST_SIZE) == 0 &&
	       memcmp(found->secrets.bytes, profile->secrets.bytes, DIGEST_SIZE) == 0;
}

/* Whether both are one profile: by the instance key, or else by what they hold. */
static enum holds is_same_profile(const struct state_profile *found,
				  const struct profile *profile)
{
	if (found->has_instance && profile->has_instance)
		return memcmp(found->instance, profile->instance,
			      sizeof(found->instance)) == 0
			       ? HOLDS
			       : HOLDS_NOT;
	return profile->n_values > 0 && is_same_content(found, profile) ? HOLDS
									: HOLDS_UNKNOWN;
}

static const struct state_profile *after_in(const struct state *state,
					    const struct finding *finding,
					    const struct store *after_store)
{
	return state_profile(state, after_store, key_name(finding->after->profile.key));
}

/* Whether the profile of the later side is in the state, exactly as it came to be. */
static enum holds holds_content(const struct state *state, const struct finding *finding,
				const struct store *after_store)
{
	const struct state_profile *found = after_in(state, finding, after_store);

	return found && is_same_content(found, &finding->after->profile) ? HOLDS
									 : HOLDS_NOT;
}

/* Whether the profile of the later side is there, though it may be written later. */
static enum holds holds_after(const struct state *state, const struct finding *finding,
			      const struct store *after_store)
{
	const struct state_profile *found = after_in(state, finding, after_store);

	if (!found)
		return HOLDS_NOT;
	if (is_same_content(found, &finding->after->profile))
		return HOLDS;
	/* Where it took the place of another, that one may still stand there. */
	if (finding->kind == FINDING_RECREATED &&
	    is_same_profile(found, &finding->before->profile) == HOLDS)
		return HOLDS_NOT;
	return is_same_profile(found, &finding->after->profile);
}

/* Whether the profile of the earlier side has left its place, though another took it. */
static enum holds lacks_name(const struct state *state, const struct finding *finding)
{
	const struct profile *profile = &finding->before->profile;
	const struct state_profile *found =
		state_profile(state, finding->store, key_name(profile->key));

	return found && is_same_profile(found, profile) != HOLDS_NOT ? HOLDS_NOT : HOLDS;
}

/* True if that place of the earlier snapshot was taken: it is who stood there, a copy. */
static bool was_taken(const struct snapshot *before, const struct state *state,
		      const struct state_profile *found)
{
	const struct state_store *place = &state->stores[found->store];

	for (size_t i = 0; i < before->stores.n; i++)
		if (state_store(state, &before->stores.items[i]) == place)
			return snapshot_namesake(before, &before->stores.items[i],
						 found->name) != NULL;
	return false;
}

/* True if the earlier snapshot has a copy of it: then it may be that one. */
static bool has_double(const struct snapshot *before, const struct profile *profile)
{
	for (size_t i = 0; i < before->n_profiles; i++) {
		const struct profile *other = &before->profiles[i].profile;
		if (other == profile)
			continue;
		if (other->has_instance && profile->has_instance
			    ? memcmp(other->instance, profile->instance,
				     sizeof(other->instance)) == 0
			    : profile_same_content(other, profile))
			return true;
	}
	return false;
}

/*
 * Whether it is at no other place: in some state it may only have had another name or
 * list.  One that is neither there before nor at the end, and that nothing tells apart
 * from it, may be it, written since.
 */
static enum holds lacks_elsewhere(const struct state *state,
				  const struct finding *finding,
				  const struct snapshot *before, const struct state *end)
{
	const struct profile *profile = &finding->before->profile;
	const struct state_profile *namesake =
		state_profile(state, finding->store, key_name(profile->key));

	for (size_t i = 0; i < state->n_profiles; i++) {
		const struct state_profile *found = &state->profiles[i];
		if (found == namesake || was_taken(before, state, found))
			continue;
		enum holds same = is_same_profile(found, profile);
		if (same == HOLDS)
			return has_double(before, profile) ? HOLDS_UNKNOWN : HOLDS_NOT;
		if (same == HOLDS_UNKNOWN && !state_profile_in(end, state, found))
			return HOLDS_UNKNOWN;
	}
	return HOLDS;
}

/* Whether it is nowhere. */
static enum holds lacks_before(const struct state *state, const struct finding *finding,
			       const struct snapshot *before, const struct state *end)
{
	const struct profile *profile = &finding->before->profile;
	const struct state_profile *namesake =
		state_profile(state, finding->store, key_name(profile->key));
	enum holds elsewhere = lacks_elsewhere(state, finding, before, end);

	if (elsewhere != HOLDS || !namesake)
		return elsewhere;
	/* Another one may have its name for a while. */
	switch (is_same_profile(namesake, profile)) {
	case HOLDS:
		return HOLDS_NOT;
	case HOLDS_NOT:
		return HOLDS;
	case HOLDS_UNKNOWN:
		break;
	}
	return HOLDS_UNKNOWN;
}

static enum holds holds(const struct state *state, const struct finding *finding,
			const struct snapshot *before, const struct store *after_store,
			const struct state *end)
{
	const struct state_store *store;
	enum holds held;

	switch (finding->kind) {
	case FINDING_STORE_REMOVED:
		store = state_store(state, finding->store);
		return !store || !store->present ? HOLDS : HOLDS_NOT;
	case FINDING_DEFAULT_CHANGED:
		return holds_default(state, finding) ? HOLDS : HOLDS_NOT;
	case FINDING_DELETED:
	case FINDING_OTHER_HIVE:
		return lacks_before(state, finding, before, end);
	case FINDING_MOVED:
	case FINDING_RENAMED:
		return lacks_name(state, finding) == HOLDS
			       ? holds_after(state, finding, after_store)
			       : HOLDS_NOT;
	case FINDING_RECREATED:
		/* The old one may have been set aside first, and be lost later. */
		held = holds_after(state, finding, after_store);
		return held == HOLDS ? lacks_elsewhere(state, finding, before, end)
				     : held;
	case FINDING_ADDED:
		return holds_after(state, finding, after_store);
	case FINDING_MODIFIED:
	case FINDING_DAMAGED:
		return holds_content(state, finding, after_store);
	}
	return HOLDS_NOT;
}

const struct state *findingstate_first(const struct states *states,
				       const struct finding *finding,
				       const struct snapshot *before,
				       const struct store *after_store)
{
	const struct state *from = NULL, *end = NULL;

	/* Back from the end, as long as it holds; what cannot be read is passed over. */
	for (size_t i = states->n; i > 0; i--) {
		const struct state *state = &states->items[i - 1];
		if (!state->walkable)
			continue;
		end = end ? end : state;
		enum holds held = holds(state, finding, before, after_store, end);
		/* It may be another one of that name: then nothing is said. */
		if (held == HOLDS_UNKNOWN)
			return NULL;
		if (held == HOLDS_NOT)
			break;
		from = state;
	}
	return from;
}
