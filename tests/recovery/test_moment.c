/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a profile was deleted, and which records do not prove it. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "recovery/moment.h"

#include <string.h>

/* Fields of a key record, bytes behind its beginning (regf specification, "Key node"). */
enum { SUBKEYS_AT = 20, SUBKEYS_LIST_AT = 28 };

#define SECOND UINT64_C(10000000)

static const struct recovered_profile *work(struct pair *pair, bool with_earlier)
{
	return recoveredhive_named(recovered(pair, with_earlier), "Work");
}

/* "Work" deleted; *record is where its record stands in the later hive. */
static void delete_work(struct pair *pair, size_t *record)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	*record = builder_key_offset(pair->after, pair_key(pair->after, WORK));
	recoveredhive_delete(pair, WORK);
}

static void test_proved(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	for (int with = 0; with < 2; with++) {
		const struct recovered_profile *profile = work(pair, with);
		assert_int_equal(profile->deleted_ft, pair_changed());
		assert_int_equal(profile->not_after_ft, pair_changed());
		assert_false(profile->may_be_alive);
	}
	assert_int_equal(pair->recoveries[1]->n_gone, 1);
}

/* Windows deletes no key that has subkeys: this one was cut off or renamed. */
static void test_subkeys_are_counted(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	builder_finish(pair->after);
	builder_poke32(pair->after, record + SUBKEYS_AT, 1);
	builder_poke32(pair->after, record + SUBKEYS_LIST_AT, 0x20);
	const struct recovered_profile *profile = work(pair, false);
	assert_int_equal(profile->deleted_ft, 0);
	assert_int_equal(profile->not_after_ft, 0);
}

/* Emptied when the earlier snapshot was taken already: it may have gone at any time since. */
static void test_emptied_before(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	builder_key_touch(pair->before, pair_key(pair->before, WORK), pair_changed());
	const struct recovered_profile *profile = work(pair, true);
	assert_int_equal(profile->deleted_ft, 0);
	/* Alone it shows nothing of that. */
	assert_int_equal(work(pair, false)->deleted_ft, pair_changed());
}

/* A list that was last written before the profile's keys was not stamped by its deletion. */
static void test_list_not_stamped(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() - 1);
	assert_int_equal(work(pair, false)->not_after_ft, 0);
}

/* In a cell that is allocated still the profile may be one that a damaged list hides. */
/* What was written after the end that the record shows is not of that profile. */
static void test_written_later(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	const struct recovered_profile *profile = work(pair, false);
	assert_int_equal(profile->deleted_ft, pair_changed());
	for (uint64_t later = 0; later < 2; later++) {
		struct recovered_profile *again = &pair->recoveries[1]->profiles[0];
		again->deleted_ft = again->not_after_ft = 0;
		profile->profile.key->children[0].mtime_ft = pair_changed() + later;
		moment_find(pair->recoveries[1], pair->new, NULL, 0);
		assert_int_equal(profile->deleted_ft, later ? 0 : pair_changed());
	}
}

/* "Work" deleted while "Wark" becomes another "Work", whose keys are of that time. */
static uint64_t moment_beside_namesake(struct pair *pair, uint64_t made)
{
	recoveredhive_add_two(pair);
	builder_key list = pair_key(pair->before, PAIR_PROFILES);
	builder_key other = pair_add_at(pair->before, list, "Wark", 9, made).key;
	size_t record = builder_key_offset(pair->before, other);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_rename_record(pair, PAIR_PROFILES, record, "Work");
	return work(pair, false)->deleted_ft;
}

/* Two keys of one name cannot be there at once: this one was there, and not yet that. */
static void test_namesake_was_there(void **state)
{
	assert_int_equal(moment_beside_namesake(*state, pair_changed() - 1), 0);
}

static void test_namesake_was_made_since(void **state)
{
	assert_int_equal(moment_beside_namesake(*state, pair_changed() + 1),
			 pair_changed());
}

static void test_allocated_cell(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	size_t record = builder_key_offset(pair->after, pair_key(pair->after, WORK));
	size_t list =
		builder_key_offset(pair->after, pair_key(pair->after, PAIR_PROFILES));
	(void)record;
	builder_finish(pair->after);
	/* The list says that it has one subkey fewer than its elements. */
	builder_poke32(pair->after, list + SUBKEYS_AT, 1);
	const struct recovery *recovery = recovered(pair, false);
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		assert_true(recovery->profiles[i].may_be_alive);
		assert_int_equal(recovery->profiles[i].deleted_ft, 0);
		assert_int_equal(recovery->profiles[i].not_after_ft, 0);
	}
	assert_int_equal(recovery->n_gone, 0);
}

/* A list that was not read to its end can hold it still: then it did not go since. */
static void test_since_of_what_may_be_alive(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	size_t list =
		builder_key_offset(pair->after, pair_key(pair->after, PAIR_PROFILES));
	builder_finish(pair->after);
	assert_int_equal(work(pair, true)->since, RECOVERED_SINCE_BETWEEN);
	builder_poke32(pair->after, list + SUBKEYS_AT, 2);
	assert_true(work(pair, true)->may_be_alive);
	assert_int_equal(work(pair, true)->since, RECOVERED_SINCE_UNKNOWN);
}

/*
 * A live profile has the cell that the sections name, and is older than they are: the
 * clock may have been set back, and the sections be its own.
 */
static void test_older_profile_in_the_cell(void **state)
{
	struct pair *pair = *state;
	size_t record = 0;

	delete_work(pair, &record);
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	builder_key anew = builder_key_add(pair->after, list, "Anew", pair_made() - 1);
	assert_int_equal(builder_key_offset(pair->after, anew), record);
	builder_key_touch(pair->after, list, pair_changed());
	const struct recovery *recovery = recovered(pair, false);
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	assert_true(profile->torn);
	assert_int_equal(text_length(profile->name), 0);
	assert_true(profile->may_be_alive);
	assert_int_equal(recovery->n_gone, 0);
}

/*
 * An empty profile that was made in the cell of another, whose sections name the cell. It
 * was never emptied, so its last write is its beginning; its end stamped only the list.
 */
static uint64_t moment_of_shell(struct pair *pair, uint64_t made, uint64_t ended)
{
	size_t record = 0;

	delete_work(pair, &record);
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	builder_key shell = builder_key_add(pair->after, list, "Anew", made);
	assert_int_equal(builder_key_offset(pair->after, shell), record);
	builder_key_delete(pair->after, shell, ended);
	const struct recovered_profile *profile =
		recoveredhive_named(recovered(pair, false), "Anew");
	assert_false(profile->torn);
	assert_true(profile->profile.key->n_children > 0);
	assert_int_equal(profile->profile.key->mtime_ft, made);
	return profile->deleted_ft;
}

static void test_shell_in_a_used_cell(void **state)
{
	uint64_t made = pair_changed() + 600 * SECOND;

	assert_int_equal(moment_of_shell(*state, made, made + 600 * SECOND), 0);
}

/* If nothing stamped the list later, it was emptied then, as far as times tell. */
static void test_emptied_in_a_used_cell(void **state)
{
	uint64_t made = pair_changed() + 600 * SECOND;

	assert_int_equal(moment_of_shell(*state, made, made + SECOND), made);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_proved),
		PAIR_TEST(test_subkeys_are_counted),
		PAIR_TEST(test_emptied_before),
		PAIR_TEST(test_list_not_stamped),
		PAIR_TEST(test_allocated_cell),
		PAIR_TEST(test_namesake_was_there),
		PAIR_TEST(test_namesake_was_made_since),
		PAIR_TEST(test_written_later),
		PAIR_TEST(test_older_profile_in_the_cell),
		PAIR_TEST(test_since_of_what_may_be_alive),
		PAIR_TEST(test_shell_in_a_used_cell),
		PAIR_TEST(test_emptied_in_a_used_cell),
	};

	return UNIT_RUN(tests);
}
