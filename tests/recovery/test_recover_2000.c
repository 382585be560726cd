/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles deleted on Windows 2000, where every record that was free alone has
 * lost its first four bytes: what is told of them is what they were.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "recovery/recover.h"

#include "compare/recoveredshare.h"

#include "samples/incident.h"

#include <string.h>

/* What the purge of the incident takes, in both lists. */
enum { PURGED = 7 };

struct story {
	struct snapshot *old, *new;
	struct recovery *recovery; /* of the new one */
	bool with_earlier;
};

/* The evening before, and the moment after the purge: nothing is written since. */
static struct story story(bool with_earlier)
{
	struct builder *before = incident_before(), *after = builder_clone(before);
	struct story s = { .with_earlier = with_earlier };
	struct failure failure;

	builder_finish(before);
	incident_overnight(after);
	incident_purge(after);
	builder_stamp(after, incident_moment(18, 9, 20, 0, 0), 1300);
	builder_finish(after);
	s.old = pair_read(before);
	s.new = pair_read(after);
	builder_free(before);
	builder_free(after);
	const struct snapshot *const earlier[] = { s.old };
	assert_int_equal(
		recover_profiles(s.new, earlier, with_earlier, 1, &s.recovery, &failure),
		STATUS_OK);
	assert_int_equal(s.recovery->recovered->style, FREECELLS_WINDOWS_2000);
	recoveredkeys_check(s.new->image, s.new->keys, s.recovery->recovered);
	return s;
}

static void finish(struct story *s)
{
	recovery_free(s->recovery);
	snapshot_free(s->new);
	snapshot_free(s->old);
}

static bool is_live(const struct snapshot *snapshot, const struct snapshot_profile *of,
		    const struct snapshot *where)
{
	const struct store *store =
		snapshot_same_store(where, snapshot_store(snapshot, of));

	return store && store->key && key_child(store->key, key_name(of->profile.key));
}

/* ---- every profile that went ---- */

static void check_profile(const struct story *s, const struct snapshot_profile *before)
{
	struct recovered_share share;

	recoveredshare_find(s->recovery, snapshot_store(s->old, before), &before->profile,
			    &share);
	assert_non_null(share.profile);
	assert_false(share.profile->torn);
	assert_int_equal(share.profile->name_from, RECOVERY_NAME_RECORD);
	assert_true(text_equal(share.profile->name, key_name(before->profile.key)));
	/* The link stands over its record: that it is the profile's an earlier state must say. */
	assert_int_equal(share.profile->deleted_ft,
			 s->with_earlier || recovered_of(s->recovery->recovered,
							 share.profile->profile.key)
							    ->inferred == 0
				 ? incident_moment(18, 9, 14, 7, 19)
				 : 0);
	/* All its bytes are there but heads: only the first value of a list has no name. */
	assert_int_equal(share.n_keys_lost, 0);
	assert_true(share.n_values_lost <= before->profile.n_keys);
	assert_int_equal(share.n_data_lost, 0);
	assert_int_equal(share.n_data_changed, 0);
}

static void check_all(bool with_earlier)
{
	struct story s = story(with_earlier);
	size_t n = 0;

	for (size_t i = 0; i < s.old->n_profiles; i++) {
		if (is_live(s.old, &s.old->profiles[i], s.new))
			continue;
		check_profile(&s, &s.old->profiles[i]);
		n++;
	}
	assert_int_equal(n, PURGED);
	assert_int_equal(s.recovery->n_profiles, PURGED);
	finish(&s);
}

static void test_all_profiles(void **state)
{
	(void)state;
	check_all(true);
	check_all(false);
}

/* ---- bytes that are concluded ---- */

static const struct value *value_before(const struct story *s, const struct key *key,
					const struct value *value)
{
	for (const struct key *k = s->old->keys->root; k;
	     k = key_next(s->old->keys->root, k)) {
		if (k->record_off != key->record_off)
			continue;
		for (uint32_t i = 0; i < k->n_values; i++)
			if (k->values[i].record_off == value->record_off)
				return &k->values[i];
	}
	return NULL;
}

/* Each value is the one that was there, and what was mended is what it was. */
static void check_value(const struct story *s, const struct key *key,
			const struct value *value, size_t *n_mended)
{
	const struct recovered_value *info =
		recovered_of_value(s->recovery->recovered, key, value);
	const struct value *before = value_before(s, key, value);

	if (!before) {
		fail_msg("no value was at 0x%x", value->record_off);
		return;
	}
	assert_true(text_same(value_name(value), value_name(before)));
	assert_int_equal(value->type, before->type);
	assert_int_equal(value->data_len, before->data_len);
	if (value->data_len > info->n_head_lost)
		assert_memory_equal(value->data + info->n_head_lost,
				    before->data + info->n_head_lost,
				    value->data_len - info->n_head_lost);
	*n_mended += info->n_head_inferred > 0;
}

static void test_mended_heads(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct story s = story(i);
		const struct recovery *recovery = s.recovery;
		size_t n_mended = 0, n_values = 0;
		for (size_t p = 0; p < recovery->n_profiles; p++) {
			const struct key *top = recovery->profiles[p].profile.key;
			for (const struct key *key = top; key; key = key_next(top, key))
				for (uint32_t v = 0; v < key->n_values; v++, n_values++)
					check_value(&s, key, &key->values[v], &n_mended);
		}
		assert_true(n_values > 0);
		assert_true(n_mended > 0);
		finish(&s);
	}
}

/* Before the purge no profile had been deleted. */
static void test_nothing_but_profiles(void **state)
{
	struct builder *b = incident_before();
	struct failure failure;

	(void)state;
	builder_finish(b);
	struct snapshot *snapshot = pair_read(b);
	builder_free(b);
	struct recovery *recovery = NULL;
	assert_int_equal(recover_profiles(snapshot, NULL, 0, 1, &recovery, &failure),
			 STATUS_OK);
	assert_int_equal(recovery->n_profiles, 0);
	recoveredkeys_check(snapshot->image, snapshot->keys, recovery->recovered);
	recovery_free(recovery);
	snapshot_free(snapshot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_profiles),
		cmocka_unit_test(test_mended_heads),
		cmocka_unit_test(test_nothing_but_profiles),
	};

	return UNIT_RUN(tests);
}
