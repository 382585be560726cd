/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tells the name of a recovered profile whose own key is overwritten. */
#include "recovery/recoveredname.h"

#include <string.h>

static bool name_by_content(const struct content *content,
			    struct recovered_profile *profile)
{
	for (size_t i = 0; i < content->files.n; i++) {
		const struct profile_file *file = &content->files.items[i];
		if (strcmp(file->kind, "srs") == 0 && text_length(file->path) > 0) {
			profile->name = file->path;
			profile->name_from = RECOVERY_NAME_SRS;
			profile->name_certainty = RECOVERED_PROBABLE;
			return true;
		}
	}
	for (size_t i = 0; i < content->accounts.n; i++)
		if (text_length(content->accounts.items[i].name) > 0) {
			profile->name = content->accounts.items[i].name;
			profile->name_from = RECOVERY_NAME_ACCOUNT;
			profile->name_certainty = RECOVERED_POSSIBLE;
			return true;
		}
	return false;
}

void recoveredname_find(const struct recovered_keys *recovered,
			const struct content *content, struct recovered_profile *profile)
{
	const struct key *key = profile->profile.key;

	profile->name = key_name(key);
	profile->name_from = RECOVERY_NAME_RECORD;
	profile->name_certainty = RECOVERED_CERTAIN;
	if (!profile->torn)
		return;
	if (recovered_of(recovered, key)->inferred & RECOVERED_INFERRED_NAME) {
		/* Whose sections these are is what tells the name, and no surer. */
		profile->name_from = RECOVERY_NAME_SNAPSHOT;
		profile->name_certainty = profile->certainty;
		return;
	}
	profile->name_from = RECOVERY_NAME_NONE;
	profile->name_certainty = RECOVERED_PARTIAL;
	(void)name_by_content(content, profile);
}

/* A list whose DefaultProfile names none of its profiles. */
static const struct store *dangling_default(const struct snapshot *snapshot, size_t *n)
{
	const struct store *found = NULL;

	*n = 0;
	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct store *store = &snapshot->stores.items[i];
		if (!store->has_default || store->default_resolved ||
		    text_length(store->default_profile) == 0)
			continue;
		found = store;
		++*n;
	}
	return found;
}

/* Where just one name is missing and just one profile lacks one, they may belong together. */
void recoveredname_by_default(struct recovery *recovery, const struct snapshot *snapshot)
{
	struct recovered_profile *nameless = NULL;
	size_t n_names = 0, n_nameless = 0;
	const struct store *store = dangling_default(snapshot, &n_names);

	for (size_t i = 0; i < recovery->n_profiles; i++) {
		struct recovered_profile *profile = &recovery->profiles[i];
		if (n_names == 1 && text_equal(profile->name, store->default_profile) &&
		    profile->name_from < RECOVERY_NAME_DEFAULT)
			return;
		if (profile->name_from < RECOVERY_NAME_DEFAULT)
			continue;
		nameless = profile;
		n_nameless++;
	}
	if (n_names != 1 || n_nameless != 1)
		return;
	nameless->name = store->default_profile;
	nameless->name_from = RECOVERY_NAME_DEFAULT;
	nameless->name_certainty = RECOVERED_POSSIBLE;
}
