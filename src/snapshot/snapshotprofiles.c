/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles are read independently of each other, so that threads share them, more than
 * there are snapshots.  Of two states of one hive nearly all profiles are the same: that
 * is told with far less work than their digests take.
 */
#include "snapshot/snapshotprofiles.h"

#include "base/workers.h"

#include <stdlib.h>

/* Profiles that a thread takes at a time. */
#define AT_ONCE 32

struct work {
	struct snapshot *snapshot;
	const struct snapshot *before; /* or NULL */
	const struct samebytes *same;
	enum status *statuses; /* of each piece */
};

enum status snapshotprofiles_list(struct snapshot *snapshot)
{
	size_t n = 0;

	for (size_t i = 0; i < snapshot->stores.n; i++)
		if (snapshot->stores.items[i].key)
			n += snapshot->stores.items[i].key->n_children;
	snapshot->profiles = calloc(n ? n : 1, sizeof(*snapshot->profiles));
	if (!snapshot->profiles)
		return STATUS_NOMEM;
	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct store *store = &snapshot->stores.items[i];
		for (uint32_t k = 0; store->key && k < store->key->n_children; k++) {
			struct snapshot_profile *profile =
				&snapshot->profiles[snapshot->n_profiles++];
			const struct key *key = &store->key->children[k];
			profile->profile.key = key;
			profile->store = i;
			profile->is_default =
				store->default_resolved &&
				text_equal(key_name(key), store->default_profile);
		}
	}
	return STATUS_OK;
}

/* ---- what is the same ---- */

static bool is_same_value(const struct samebytes *same, const struct value *a,
			  const struct value *b)
{
	return a->type == b->type && a->flags == b->flags && a->data_len == b->data_len &&
	       a->name_len == b->name_len &&
	       samebytes_are(same, a->name, b->name, a->name_len) &&
	       (a->data_len == 0 || samebytes_are(same, a->data, b->data, a->data_len));
}

static bool is_same_key(const struct samebytes *same, const struct key *a,
			const struct key *b)
{
	if (a->mtime_ft != b->mtime_ft || a->n_children != b->n_children ||
	    a->n_values != b->n_values || !samebytes_name(same, a, b))
		return false;
	for (uint32_t i = 0; i < a->n_values; i++)
		if (!is_same_value(same, &a->values[i], &b->values[i]))
			return false;
	return true;
}

/* True if both hold the same keys, at the same depths, with the same values. */
static bool is_same_tree(const struct samebytes *same, const struct key *a,
			 const struct key *b)
{
	const struct key *k = a, *m = b;

	/* As long as each key has as many children as its counterpart, both walks keep step. */
	while (k && m && is_same_key(same, k, m)) {
		k = key_next(a, k);
		m = key_next(b, m);
	}
	return !k && !m;
}

/* The same profile, byte for byte, in the snapshot before; NULL if that is not told. */
static const struct profile *find_same(const struct work *work,
				       const struct snapshot_profile *profile)
{
	const struct store *store = snapshot_store(work->snapshot, profile);
	const struct key *key = profile->profile.key;
	const struct snapshot_profile *found;

	if (!work->before)
		return NULL;
	found = snapshot_namesake(work->before, store, key_name(key));
	return found && is_same_tree(work->same, found->profile.key, key)
		       ? &found->profile
		       : NULL;
}

/* ---- reading ---- */

static enum status read_one(const struct work *work, struct snapshot_profile *profile)
{
	const struct key *key = profile->profile.key;
	const struct profile *known = find_same(work, profile);

	if (!known)
		return profile_read(key, &profile->profile);
	profile->profile = *known;
	profile->profile.key = key;
	return STATUS_OK;
}

static void read_piece(void *context, size_t number)
{
	const struct work *work = context;
	size_t from = number * AT_ONCE, end = from + AT_ONCE;
	enum status status = STATUS_OK;

	if (end > work->snapshot->n_profiles)
		end = work->snapshot->n_profiles;
	for (size_t i = from; i < end && status == STATUS_OK; i++)
		status = read_one(work, &work->snapshot->profiles[i]);
	work->statuses[number] = status;
}

enum status snapshotprofiles_read(struct snapshot *snapshot,
				  const struct snapshot *before,
				  const struct samebytes *same, unsigned n_threads)
{
	size_t n = (snapshot->n_profiles + AT_ONCE - 1) / AT_ONCE;
	struct work work = { .snapshot = snapshot,
			     .before = before,
			     .same = same,
			     .statuses = calloc(n + 1, sizeof(enum status)) };
	enum status status = STATUS_OK;

	if (!work.statuses)
		return STATUS_NOMEM;
	workers_run(n, n_threads, read_piece, &work);
	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = work.statuses[i];
	free(work.statuses);
	return status;
}
