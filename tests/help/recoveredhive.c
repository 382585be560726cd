/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/steps.h"

#include "recovery/recover.h"
#include "regf/record.h"

#include <stdlib.h>

const struct recovery *recovered(struct pair *pair, bool with_earlier)
{
	if (!pair->spoilt_before)
		builder_finish(pair->before);
	if (!pair->spoilt_after)
		builder_finish(pair->after);
	pair_drop_new(pair);
	snapshot_free(pair->old);
	pair->old = pair_read(pair->before);
	pair->new = pair_read(pair->after);
	const struct snapshot *const earlier[] = { pair->old };
	pair_recover(pair, earlier, with_earlier);
	const struct recovery *recovery = pair->recoveries[1];
	recoveredkeys_check(pair->new->image, pair->new->keys, recovery->recovered);
	return recovery;
}

static bool is_named(const struct recovered_profile *profile, const char *name)
{
	return text_same(profile->name, text_of(name));
}

const struct recovered_profile *recoveredhive_named(const struct recovery *recovery,
						    const char *name)
{
	const struct recovered_profile *found = NULL;

	for (size_t i = 0; i < recovery->n_profiles; i++) {
		if (!is_named(&recovery->profiles[i], name))
			continue;
		if (found)
			fail_msg("profile %s was recovered twice", name);
		found = &recovery->profiles[i];
	}
	if (!found)
		fail_msg("profile %s was not recovered", name);
	return found;
}

const struct recovered_profile *recoveredhive_only(const struct recovery *recovery)
{
	assert_int_equal(recovery->n_profiles, 1);
	return &recovery->profiles[0];
}

void recoveredhive_assert_whole(const struct pair *pair,
				const struct recovered_profile *profile,
				enum store_kind kind, enum store_list list)
{
	const struct key *key = profile->profile.key;
	char *name = text_to_utf8(profile->name, NULL);

	assert_non_null(name);
	const struct profile *before = &pair_profile(pair->old, name)->profile;
	free(name);
	assert_true(profile_same_content(&profile->profile, before));
	assert_true(profile->has_no_gaps);
	assert_false(profile->torn);
	assert_int_equal(profile->name_from, RECOVERY_NAME_RECORD);
	assert_int_equal(profile->name_certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->n_keys, before->n_keys);
	assert_int_equal(profile->n_values, before->n_values);
	assert_int_equal(profile->n_values_lost, 0);
	assert_int_equal(profile->n_data_lost, 0);
	assert_int_equal(profile->n_heads_lost, 0);
	assert_non_null(profile->store);
	assert_int_equal(profile->store->kind, kind);
	assert_int_equal(profile->store->list, list);
	assert_true(key->flags & KEY_FLAG_RECOVERED);
	const struct recovery *recovery = pair->recoveries[1];
	for (const struct key *k = key; k; k = key_next(key, k))
		assert_int_equal(recovery_place(recovery_part_of(recovery, k), k),
				 RECOVERY_IN_PROFILE);
}

const struct recovered_profile *recoveredhive_only_work(struct pair *pair,
							bool with_earlier)
{
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, with_earlier));

	assert_true(text_is(profile->name, "Work"));
	recoveredhive_assert_whole(pair, profile, STORE_WMS, STORE_PROFILES);
	return profile;
}

void recoveredhive_add_two(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
}

void recoveredhive_delete(struct pair *pair, const char *path)
{
	pair_delete(pair->after, path);
}

static void wipe(struct builder *b, size_t record)
{
	enum { KEY_FIXED = 76 };

	for (size_t i = 0; i < KEY_FIXED; i += 4)
		builder_poke32(b, record + i, 0);
}

void recoveredhive_wipe(struct pair *pair, size_t record)
{
	if (!pair->spoilt_after)
		builder_finish(pair->after);
	pair->spoilt_after = true;
	wipe(pair->after, record);
}

void recoveredhive_wipe_tree(struct pair *pair, const char *path)
{
	builder_finish(pair->before);
	struct snapshot *old = pair_read(pair->before);
	const struct key *top = key_at(old->keys->root, path);

	assert_non_null(top);
	for (const struct key *key = top; key; key = key_next(top, key))
		recoveredhive_wipe(pair, key->record_off);
	snapshot_free(old);
}

/* ---- in memory ---- */

struct recoveredhive_hive recoveredhive_hive_of(struct hive hive)
{
	struct recoveredhive_hive h = { .hive = hive };

	if (hive.opened != STATUS_OK)
		return h;
	/* Once more, with its usage. */
	assert_int_equal(record_read(hive.image, hive.diags, &h.usage, &h.keys),
			 hive.read);
	h.snapshot = (struct snapshot){
		.image = hive.image,
		.usage = h.usage,
		.keys = h.keys,
		.diags = hive.diags,
		.readers = SNAPSHOT_OWN,
	};
	if (h.keys)
		assert_int_equal(stores_find(h.keys, hive.diags, &h.snapshot.stores),
				 STATUS_OK);
	struct failure failure;
	uint64_t began = steps_now();
	assert_int_equal(recover_profiles(&h.snapshot, NULL, 0, 1, &h.recovery, &failure),
			 STATUS_OK);
	h.steps = steps_now() - began;
	recoveredkeys_check(hive.image, h.keys, h.recovery->recovered);
	for (size_t i = 0; i < h.recovery->n_profiles; i++)
		if (h.recovery->profiles[i].torn)
			assert_false(h.recovery->profiles[i].has_no_gaps);
	return h;
}

void recoveredhive_hive_close(struct recoveredhive_hive *h)
{
	recovery_free(h->recovery);
	stores_clear(&h->snapshot.stores);
	usage_clear(&h->usage);
	key_tree_free(h->keys);
	hives_close(&h->hive);
}
