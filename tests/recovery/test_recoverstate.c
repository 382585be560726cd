/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which keys of a hive are a deleted profile, and how whole it is: when its own key,
 * a section or a value is overwritten, or its cell is in use again.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include <stdio.h>
#include <string.h>

/* Adds live keys until one stands in the cell of that record.  Return: its path. */
static void reuse(struct pair *pair, size_t record, char path[64])
{
	for (unsigned i = 0; i < 500; i++) {
		(void)snprintf(path, 64, "Software\\Other\\k%03u", i);
		builder_key key = builder_path(pair->after, path, pair_changed() + 10);
		if (builder_key_offset(pair->after, key) == record)
			return;
	}
	fail_msg("no key came to stand at 0x%zx", record);
}

static size_t section_record(struct pair *pair, const char *section)
{
	return builder_key_offset(
		pair->before,
		builder_key_find(pair->before, pair_key(pair->before, WORK), section));
}

/* Sections that name a cell where another live key is now are not below that. */
static void test_key_in_use_again(void **state)
{
	struct pair *pair = *state;
	char path[64];

	builder_path(pair->before, "Software\\Other", pair_made());
	recoveredhive_add_two(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	reuse(pair, record, path);
	for (int i = 0; i < 2; i++) {
		const struct recovery *recovery = recovered(pair, i);
		const struct recovered_profile *profile = recoveredhive_only(recovery);
		assert_true(profile->torn);
		assert_int_equal(profile->name_from,
				 i ? RECOVERY_NAME_SNAPSHOT : RECOVERY_NAME_NONE);
		assert_null(key_at(recovery->recovered->tree->root, path));
	}
}

/* The same with a later profile in the cell, which is live: it keeps what is its own. */
static void test_cell_of_another_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	char name[] = "W000";
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	for (unsigned i = 0;; i++) {
		assert_true(i < 100);
		(void)snprintf(name, sizeof(name), "W%03u", i);
		builder_key key =
			builder_key_add(pair->after, list, name, pair_changed() + 10);
		if (builder_key_offset(pair->after, key) == record)
			break;
	}
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	assert_true(profile->torn);
	assert_true(text_is(profile->name, "Work"));
	assert_int_equal(profile->name_from, RECOVERY_NAME_SNAPSHOT);
}

/* Its root section is gone: what is left still tells that it is a profile. */
static void test_without_root_section(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	size_t record = section_record(pair, MAPI_ROOT);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_wipe(pair, record);
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, false));
	const struct profile *before = &pair_profile(pair->old, "Work")->profile;
	assert_false(profile->torn);
	assert_false(profile->has_no_gaps);
	assert_true(text_is(profile->name, "Work"));
	assert_int_equal(profile->n_keys, before->n_keys - 1);
	/* Its own last write still tells the moment. */
	assert_int_equal(profile->deleted_ft, pair_changed());
}

/* One record of a value: the key that had it tells of more than there are. */
static void test_without_one_value(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_key section = builder_key_find(pair->before, pair_key(pair->before, WORK),
					       MAPI_INSTANCE);
	size_t record = builder_value_offset(pair->before, section, "0102300b");
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke32(pair->after, record, 0);
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, true));
	assert_int_equal(profile->n_values_lost, 1);
	assert_false(profile->has_no_gaps);
	assert_false(profile->torn);
}

/* Nothing but the profile's key is left. */
static void test_only_the_key(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	uint8_t bytes[80];
	size_t len = 0;
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->after);
	memcpy(bytes, builder_bytes(pair->after, &len) + record, sizeof(bytes));
	recoveredhive_wipe_tree(pair, WORK);
	memcpy(builder_bytes(pair->after, &len) + record, bytes, sizeof(bytes));
	for (int i = 0; i < 2; i++) {
		const struct recovered_profile *profile =
			recoveredhive_only(recovered(pair, i));
		assert_true(text_is(profile->name, "Work"));
		assert_int_equal(profile->n_keys, 1);
		assert_false(profile->has_no_gaps);
		/* That it had sections is not known from what is left. */
		if (i == 0)
			assert_int_equal(profile->deleted_ft, 0);
	}
}

/* Two sections of one name are of two profiles that had one cell: it is not whole. */
static void test_name_twice(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	size_t record = section_record(pair, MAPI_INSTANCE);
	recoveredhive_delete(pair, WORK);
	assert_true(recoveredhive_only(recovered(pair, false))->has_no_gaps);
	for (size_t i = 0; i < strlen(MAPI_ROOT); i++)
		builder_poke8(pair->after, record + 0x4c + i, (uint8_t)MAPI_ROOT[i]);
	pair->spoilt_after = true;
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, false));
	assert_true(profile->mixed);
	assert_false(profile->has_no_gaps);
}

/*
 * A tool that works offline takes the values from a key's record and leaves what it says
 * of their size: they were there, and are missing.  Windows sets both sizes to 0 when the
 * last value goes.
 */
static void test_values_cut(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	size_t record = section_record(pair, MAPI_INSTANCE);
	recoveredhive_delete(pair, WORK);
	assert_true(recoveredhive_only(recovered(pair, false))->has_no_gaps);
	for (size_t i = 0; i < 4; i++) {
		builder_poke8(pair->after, record + 0x24 + i, 0);
		builder_poke8(pair->after, record + 0x28 + i, 0xff);
	}
	pair->spoilt_after = true;
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, false));
	assert_int_equal(profile->n_values_lost, 0);
	assert_true(profile->values_cut);
	assert_false(profile->has_no_gaps);
	/* Without the sizes nothing tells that it ever had a value. */
	for (size_t i = 0; i < 8; i++)
		builder_poke8(pair->after, record + 0x3c + i, 0);
	profile = recoveredhive_only(recovered(pair, false));
	assert_false(profile->values_cut);
	assert_true(profile->has_no_gaps);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_key_in_use_again),
		PAIR_TEST(test_cell_of_another_profile),
		PAIR_TEST(test_without_root_section),
		PAIR_TEST(test_without_one_value),
		PAIR_TEST(test_only_the_key),
		PAIR_TEST(test_name_twice),
		PAIR_TEST(test_values_cut),
	};

	return UNIT_RUN(tests);
}
