/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is left of a profile that the earlier snapshot still has: measures. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "compare/recoveredshare.h"

#include <string.h>

/* "Work" of the earlier snapshot held against what was recovered in the later one. */
static struct recovered_share remains_of_work(struct pair *pair)
{
	const struct recovery *recovery = recovered(pair, true);
	const struct snapshot_profile *before = pair_profile(pair->old, "Work");
	struct recovered_share share;

	recoveredshare_find(recovery, snapshot_store(pair->old, before), &before->profile,
			    &share);
	/* Each key and value is found or lost. */
	assert_int_equal(share.n_keys + share.n_keys_lost, before->profile.n_keys);
	assert_int_equal(share.n_values + share.n_values_lost, before->profile.n_values);
	assert_true(share.n_data_lost + share.n_heads_lost + share.n_data_changed <=
		    share.n_values);
	return share;
}

static void fork_and_delete(struct pair *pair)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
}

/* Where the record of a value of "Work" was; data: of its data. */
static size_t place(struct pair *pair, const char *section, const char *name, bool data)
{
	builder_key key =
		builder_key_find(pair->before, pair_key(pair->before, WORK), section);

	assert_int_not_equal(key, BUILDER_NO_KEY);
	return data ? builder_value_data_offset(pair->before, key, name)
		    : builder_value_offset(pair->before, key, name);
}

static void poke(struct pair *pair, size_t offset, uint32_t number)
{
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke32(pair->after, offset, number);
}

/* ---- whole ---- */

static void test_whole(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	struct recovered_share share = remains_of_work(pair);
	assert_ptr_equal(share.profile, &pair->recoveries[1]->profiles[0]);
	assert_int_equal(share.n_keys_lost, 0);
	assert_int_equal(share.n_values_lost, 0);
	assert_int_equal(share.n_data_lost, 0);
	assert_int_equal(share.n_heads_lost, 0);
	assert_int_equal(share.n_data_changed, 0);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_WHOLE);
}

/* Moved to the other list under another name: the copy in the first one is deleted. */
static void test_moved(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, WORK),
			  builder_path(pair->after, PAIR_DELETED, pair_changed()),
			  "Moved", pair_changed());
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_WHOLE);
	assert_true(text_is(share.profile->name, "Work"));
}

/* Written between the earlier snapshot and the deletion. */
static void test_data_changed(void **state)
{
	struct pair *pair = *state;
	uint8_t bytes[16] = { 1, 2, 3 };

	recoveredhive_add_two(pair);
	pair_fork(pair);
	builder_key section =
		builder_key_find(pair->after, pair_key(pair->after, WORK), MAPI_INSTANCE);
	/* Of the same length, so in the same cell. */
	builder_value_set(pair->after, section, "0102300b", BUILDER_BINARY, bytes, 16);
	/* As Windows does: data that differ though nothing was written are another key's. */
	builder_key_touch(pair->after, section, pair_changed());
	recoveredhive_delete(pair, WORK);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_data_changed, 1);
	assert_true(share.disputed);
	assert_int_equal(share.n_keys_lost, 0);
	assert_int_equal(share.n_values_lost, 0);
	assert_int_equal(share.n_data_lost, 0);
}

/* Two instance keys are two profiles, but in one cell; there nothing is whole. */
static void test_other_instance(void **state)
{
	struct pair *pair = *state;
	uint8_t bytes[16] = { 1, 2, 3 };

	recoveredhive_add_two(pair);
	builder_key copy =
		builder_key_copy(pair->before, pair_key(pair->before, WORK),
				 builder_path(pair->before, PAIR_DELETED, pair_made()),
				 "Copy", pair_made());
	builder_value_set(pair->before,
			  builder_key_find(pair->before, copy, MAPI_INSTANCE), "0102300b",
			  BUILDER_BINARY, bytes, 16);
	pair_fork(pair);
	recoveredhive_delete(pair, PAIR_DELETED "\\Copy");
	struct recovered_share share = remains_of_work(pair);
	/* Of the copy all sections are there, and none of "Work" is gone. */
	assert_null(share.profile);
}

static void test_other_instance_in_its_cell(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	struct recovered_share share = remains_of_work(pair);
	assert_false(share.disputed);
	share.disputed = true;
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
}

/* A type or a length alone is a change, too. */
static void test_type_or_length_changed(void **state)
{
	struct pair *pair = *state;
	uint8_t bytes[12] = { 0 };

	recoveredhive_add_two(pair);
	pair_fork(pair);
	builder_key section =
		builder_key_find(pair->after, pair_key(pair->after, WORK), MAPI_INSTANCE);
	size_t len = 0;
	memcpy(bytes, builder_value_data(pair->after, section, "0102300b", &len), 12);
	builder_value_set(pair->after, section, "0102300b", BUILDER_BINARY, bytes, 12);
	recoveredhive_delete(pair, WORK);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_data_changed, 1);
	assert_int_equal(share.n_data_lost, 0);
}

/* ---- partial ---- */

static void test_value_lost(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	poke(pair, place(pair, MAPI_INSTANCE, "0102300b", false), 0);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_keys_lost, 0);
	assert_int_equal(share.n_values_lost, 1);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
}

/* A key's record: its values are nobody's then. */
static void test_key_lost(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	builder_key section = builder_key_find(pair->before, pair_key(pair->before, WORK),
					       MAPI_INSTANCE);
	recoveredhive_wipe(pair, builder_key_offset(pair->before, section));
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_keys_lost, 1);
	assert_int_equal(share.n_values_lost, 1);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
}

/*
 * All keys below its own: it has no list of subkeys then, not an empty one.  Nothing may
 * be added to that pointer; only clang's sanitizer for undefined behaviour (-fsanitize=
 * undefined) ends a test that does, elsewhere the figures are the same.
 */
static void test_all_keys_below_lost(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	builder_finish(pair->before);
	struct snapshot *old = pair_read(pair->before);
	const struct key *top = key_at(old->keys->root, WORK);
	assert_non_null(top);
	for (const struct key *key = key_next(top, top); key; key = key_next(top, key))
		recoveredhive_wipe(pair, key->record_off);
	snapshot_free(old);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_keys, 1);
	assert_true(share.n_keys_lost > 0);
	assert_null(share.profile->profile.key->children);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
}

/* Its own key's record: a placeholder with its name is no key that was found. */
static void test_own_key_lost(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	recoveredhive_wipe(
		pair, builder_key_offset(pair->before, pair_key(pair->before, WORK)));
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_keys_lost, 1);
	assert_int_equal(share.n_values_lost, 0);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
	assert_true(share.profile->torn);
}

/* The cell of the data tells that it was used again for less. */
static void test_data_lost(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	poke(pair, place(pair, MAPI_INSTANCE, "0102300b", true) - 4, 8);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(share.n_values_lost, 0);
	assert_int_equal(share.n_data_lost, 1);
	assert_int_equal(share.n_data_changed, 0);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_PARTIAL);
}

/* ---- none ---- */

static void test_nothing_left(void **state)
{
	struct pair *pair = *state;

	fork_and_delete(pair);
	recoveredhive_wipe_tree(pair, WORK);
	struct recovered_share share = remains_of_work(pair);
	assert_null(share.profile);
	assert_int_equal(share.n_keys, 0);
	assert_int_equal(share.n_values, 0);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_NONE);
	/* Nor if nobody looked. */
	const struct snapshot_profile *before = pair_profile(pair->old, "Work");
	recoveredshare_find(NULL, snapshot_store(pair->old, before), &before->profile,
			    &share);
	assert_null(share.profile);
	assert_int_equal(share.n_keys_lost, before->profile.n_keys);
	assert_int_equal(share.n_values_lost, before->profile.n_values);
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_NONE);
}

/* ---- the right one of several ---- */

/* Another of that name was deleted before the earlier snapshot: it is not this one. */
static void test_earlier_one_of_the_name(void **state)
{
	struct pair *pair = *state;

	for (int i = 0; i < 2; i++) {
		struct builder_options options = pair_options();
		pair_restart(pair, &options);
		recoveredhive_add_two(pair);
		builder_key wurk = pair_add(pair->before, PAIR_PROFILES, "Wurk", 3);
		size_t record = builder_key_offset(pair->before, wurk);
		builder_key_delete(pair->before, wurk, pair_made() + 1);
		builder_finish(pair->before);
		builder_poke8(pair->before, record + NK_NAME + 1, 'o');
		pair_fork(pair);
		recoveredhive_delete(pair, WORK);
		if (i == 1)
			recoveredhive_wipe_tree(pair, WORK);
		struct recovered_share share = remains_of_work(pair);
		assert_int_equal(recoveredshare_completeness(&share),
				 i ? RECOVERED_SHARE_NONE : RECOVERED_SHARE_WHOLE);
		if (i == 0)
			assert_int_equal(share.profile->deleted_ft, pair_changed());
	}
}

/* Two profiles with the same content, one of which was copied from the other. */
static void test_copies(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_key_copy(pair->before, pair_key(pair->before, WORK),
			 pair_key(pair->before, PAIR_PROFILES), "Copy", pair_made());
	pair_fork(pair);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Copy");
	recoveredhive_delete(pair, WORK);
	struct recovered_share share = remains_of_work(pair);
	assert_int_equal(pair->recoveries[1]->n_profiles, 2);
	assert_true(text_is(share.profile->name, "Work"));
	assert_int_equal(recoveredshare_completeness(&share), RECOVERED_SHARE_WHOLE);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(recoveredshare_word(RECOVERED_SHARE_NONE), "none");
	assert_string_equal(recoveredshare_word(RECOVERED_SHARE_PARTIAL), "partial");
	assert_string_equal(recoveredshare_word(RECOVERED_SHARE_WHOLE), "whole");
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_whole),
		PAIR_TEST(test_moved),
		PAIR_TEST(test_other_instance),
		PAIR_TEST(test_other_instance_in_its_cell),
		PAIR_TEST(test_data_changed),
		PAIR_TEST(test_type_or_length_changed),
		PAIR_TEST(test_value_lost),
		PAIR_TEST(test_key_lost),
		PAIR_TEST(test_all_keys_below_lost),
		PAIR_TEST(test_own_key_lost),
		PAIR_TEST(test_data_lost),
		PAIR_TEST(test_nothing_left),
		PAIR_TEST(test_earlier_one_of_the_name),
		PAIR_TEST(test_copies),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
