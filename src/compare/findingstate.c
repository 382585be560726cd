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

/* True if the later side of the finding is in the state, exactly as it came to be. */
static bool holds_after(const struct state *state, const struct finding *finding,
			const struct store *after_store)
{
	const struct profile *after = &finding->after->profile;
	const struct state_profile *found =
		state_profile(state, after_store, key_name(after->key));

	return found &&
	       memcmp(found->digest.bytes, after->digest.bytes, DIGEST_SIZE) == 0 &&
	       memcmp(found->secrets.bytes, after->secrets.bytes, DIGEST_SIZE) == 0;
}

static bool lacks_before(const struct state *state, const struct finding *finding)
{
	return !state_profile(state, finding->store,
			      key_name(finding->before->profile.key));
}

static bool holds(const struct state *state, const struct finding *finding,
		  const struct store *after_store)
{
	const struct state_store *store;

	switch (finding->kind) {
	case FINDING_STORE_REMOVED:
		store = state_store(state, finding->store);
		return !store || !store->present;
	case FINDING_DEFAULT_CHANGED:
		return holds_default(state, finding);
	case FINDING_DELETED:
		return lacks_before(state, finding);
	case FINDING_MOVED:
	case FINDING_RENAMED:
		return lacks_before(state, finding) &&
		       holds_after(state, finding, after_store);
	case FINDING_RECREATED:
	case FINDING_ADDED:
	case FINDING_MODIFIED:
	case FINDING_DAMAGED:
		return holds_after(state, finding, after_store);
	}
	return false;
}

const struct state *findingstate_first(const struct states *states,
				       const struct finding *finding,
				       const struct store *after_store)
{
	const struct state *from = NULL;

	/* Back from the end, as long as it holds; what cannot be read is passed over. */
	for (size_t i = states->n; i > 0; i--) {
		const struct state *state = &states->items[i - 1];
		if (!state->walkable)
			continue;
		if (!holds(state, finding, after_store))
			break;
		from = state;
	}
	return from;
}
