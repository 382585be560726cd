/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted profiles that are still whole: their content, place, name and times,
 * in all kinds of lists.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include <string.h>

/* ---- what a whole profile tells ---- */

static void test_whole_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	const struct recovered_profile *profile = recoveredhive_only_work(pair, true);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
	/* Nothing has it any more. */
	assert_null(profile->lives_on);
	assert_int_equal(pair->recoveries[1]->n_gone, 1);
	assert_false(profile->is_default);
	assert_int_equal(
		profile->rel,
		recovered_of(pair->recoveries[1]->recovered, profile->profile.key)->rel);
	/* Nothing happened in the list since. */
	assert_int_equal(profile->deleted_ft, pair_changed());
	assert_int_equal(profile->not_after_ft, pair_changed());
	assert_string_equal(profile->store->path, PAIR_PROFILES);
	assert_false(pair->recoveries[1]->cannot_tell);
}

/* "Home" is older than the deletion: so the list was there, in its cell. */
static void test_without_earlier_snapshot(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	const struct recovered_profile *profile = recoveredhive_only_work(pair, false);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->since, RECOVERED_SINCE_UNKNOWN);
	assert_int_equal(profile->deleted_ft, pair_changed());
}

/* Something happened in the list afterwards: its time is a bound and no more. */
static void test_later_change_of_the_list(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_PROFILES, "Spare", 3);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() + 1000);
	const struct recovered_profile *profile = recoveredhive_only_work(pair, true);
	assert_int_equal(profile->deleted_ft, pair_changed());
	assert_int_equal(profile->not_after_ft, pair_changed() + 1000);
}

static void test_several_profiles(void **state)
{
	struct pair *pair = *state;
	const char *const names[] = { "Work", "Spare", "Other" };

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_PROFILES, "Spare", 3);
	pair_add_2000(pair->before, PAIR_DELETED, "Other", 4);
	pair_fork(pair);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Spare");
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_DELETED "\\Other");
	for (int i = 0; i < 2; i++) {
		const struct recovery *recovery = recovered(pair, i);
		assert_int_equal(recovery->n_profiles, 3);
		for (size_t k = 0; k < 3; k++)
			recoveredhive_assert_whole(
				pair, recoveredhive_named(recovery, names[k]), STORE_WMS,
				k < 2 ? STORE_PROFILES : STORE_DELETED_PROFILES);
	}
}

/* Then it is deleted there as well: it is in both lists, and lost once. */
static void test_moved_and_deleted_profile(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	builder_key deleted = builder_path(pair->after, PAIR_DELETED, pair_changed());
	builder_key moved = mapi_profile_move(pair->after, pair_key(pair->after, WORK),
					      deleted, "Moved", pair_changed());
	builder_key_delete(pair->after, moved, pair_changed() + 1);
	const struct recovery *recovery = recovered(pair, true);
	assert_int_equal(recovery->n_profiles, 2);
	const struct recovered_profile *first = recoveredhive_named(recovery, "Work");
	const struct recovered_profile *second = recoveredhive_named(recovery, "Moved");
	recoveredhive_assert_whole(pair, first, STORE_WMS, STORE_PROFILES);
	assert_true(profile_same_content(&first->profile, &second->profile));
	assert_int_equal(second->store->list, STORE_DELETED_PROFILES);
	assert_int_equal(recovery->n_gone, 1);
	assert_ptr_equal(first->went_on, second->profile.key);
	assert_int_equal(second->deleted_ft, pair_changed() + 1);
	assert_true(second->has_no_gaps);
}

/* ---- lists of other kinds ---- */

static void test_office_lists(void **state)
{
	struct pair *pair = *state;
	const char *const lists[] = { MAPI_OFFICE("15.0") "\\Profiles",
				      MAPI_OFFICE("16.0") "\\Profiles",
				      MAPI_OFFICE("16.0") "\\Deleted Profiles" };
	const char *const names[] = { "of 15", "of 16", "once of 16" };

	for (size_t i = 0; i < 3; i++) {
		pair_add(pair->before, lists[i], names[i], i + 1);
		pair_add(pair->before, lists[i], "stays", i + 4);
	}
	pair_fork(pair);
	for (size_t i = 0; i < 3; i++)
		builder_key_delete(pair->after,
				   builder_key_find(pair->after,
						    pair_key(pair->after, lists[i]),
						    names[i]),
				   pair_changed());
	for (int k = 0; k < 2; k++) {
		const struct recovery *recovery = recovered(pair, k);
		assert_int_equal(recovery->n_profiles, 3);
		for (size_t i = 0; i < 3; i++) {
			const struct recovered_profile *profile =
				recoveredhive_named(recovery, names[i]);
			recoveredhive_assert_whole(pair, profile, STORE_OFFICE,
						   i < 2 ? STORE_PROFILES
							 : STORE_DELETED_PROFILES);
			assert_string_equal(profile->store->office_version,
					    i == 0 ? "15.0" : "16.0");
			assert_string_equal(profile->store->path, lists[i]);
		}
	}
}

/* ---- lists that went with their profiles ---- */

static void check_list_deleted(struct pair *pair, const char *path)
{
	recoveredhive_add_two(pair);
	/* What holds it is older than that. */
	builder_path(pair->before, "Software\\Microsoft\\Windows NT\\Old", pair_made());
	pair_fork(pair);
	recoveredhive_delete(pair, path);
	for (int i = 0; i < 2; i++) {
		const struct recovery *recovery = recovered(pair, i);
		assert_int_equal(recovery->n_profiles, 2);
		recoveredhive_assert_whole(pair, recoveredhive_named(recovery, "Work"),
					   STORE_WMS, STORE_PROFILES);
		recoveredhive_assert_whole(pair, recoveredhive_named(recovery, "Home"),
					   STORE_WMS, STORE_PROFILES);
		const struct recovered_profile *profile =
			recoveredhive_named(recovery, "Work");
		assert_true(profile->store->key->flags & KEY_FLAG_RECOVERED);
		assert_int_equal(profile->deleted_ft, pair_changed());
	}
}

static void test_list_deleted(void **state)
{
	check_list_deleted(*state, PAIR_PROFILES);
}

static void test_parent_of_the_list_deleted(void **state)
{
	check_list_deleted(*state, MAPI_WMS);
}

static void test_all_office_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, MAPI_OFFICE("16.0") "\\Profiles", "Work", 1);
	builder_path(pair->before, "Software\\Microsoft\\Old", pair_made());
	pair_fork(pair);
	recoveredhive_delete(pair, "Software\\Microsoft\\Office");
	for (int i = 0; i < 2; i++) {
		const struct recovered_profile *profile =
			recoveredhive_only(recovered(pair, i));
		recoveredhive_assert_whole(pair, profile, STORE_OFFICE, STORE_PROFILES);
		assert_string_equal(profile->store->office_version, "16.0");
	}
}

/* ---- saved subtrees ---- */

static void check_subtree(struct pair *pair, const char *root, const char *list,
			  enum store_kind kind)
{
	struct builder_options options = pair_options();
	char path[200] = "";

	options.root_name = root;
	pair_restart(pair, &options);
	builder_key top = builder_path(pair->before, list, pair_made());
	pair_add_at(pair->before, top, "Home", 1, pair_made());
	pair_add_at(pair->before, top, "Work", 2, pair_made());
	pair_fork(pair);
	if (*list) {
		(void)strcpy(path, list);
		(void)strcat(path, "\\");
	}
	(void)strcat(path, "Work");
	recoveredhive_delete(pair, path);
	for (int i = 0; i < 2; i++)
		recoveredhive_assert_whole(pair, recoveredhive_only(recovered(pair, i)),
					   kind, STORE_PROFILES);
}

static void test_saved_subtrees(void **state)
{
	static const struct {
		const char *root, *list;
		enum store_kind kind;
	} roots[] = {
		{ "Software",
		  "Microsoft\\Windows NT\\CurrentVersion\\"
		  "Windows Messaging Subsystem\\Profiles",
		  STORE_WMS },
		{ "Microsoft",
		  "Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\Profiles",
		  STORE_WMS },
		{ "CurrentVersion", "Windows Messaging Subsystem\\Profiles", STORE_WMS },
		{ "Windows Messaging Subsystem", "Profiles", STORE_WMS },
		{ "Office", "16.0\\Outlook\\Profiles", STORE_OFFICE },
		{ "Outlook", "Profiles", STORE_OFFICE },
	};

	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		check_subtree(*state, roots[i].root, roots[i].list, roots[i].kind);
}

/* The hive's root is the list itself. */
static void test_saved_list(void **state)
{
	check_subtree(*state, "Profiles", "", STORE_WMS);
}

/* ---- what is no deleted profile ---- */

static void test_nothing_deleted(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	assert_int_equal(recovered(pair, true)->n_profiles, 0);
	assert_int_equal(recovered(pair, false)->n_profiles, 0);
}

/* A section of a profile that stays. */
static void test_deleted_section(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, HOME "\\" MAPI_INSTANCE);
	for (int i = 0; i < 2; i++) {
		const struct recovery *recovery = recovered(pair, i);
		assert_int_equal(recovery->n_profiles, 0);
		const struct key *section =
			key_at(recovery->recovered->tree->root, HOME "\\" MAPI_INSTANCE);
		assert_non_null(section);
		assert_int_equal(recovery_place(&recovery->parts[0], section),
				 RECOVERY_IN_LIST);
		assert_int_equal(recovery->n_inside_keys, 1);
		assert_int_equal(recovery->n_inside_values, 1);
	}
}

/* Other keys: some of them with names as sections have, one at a time. */
static void test_other_keys(void **state)
{
	struct pair *pair = *state;
	const char *const paths[] = { "Software\\Other", "Software\\Profiles\\Outlook",
				      "Software\\x\\00112233445566778899aabbccddeeff" };

	recoveredhive_add_two(pair);
	for (size_t i = 0; i < 3; i++)
		builder_value_dword(pair->before,
				    builder_path(pair->before, paths[i], pair_made()),
				    "00033009", 1);
	pair_fork(pair);
	for (size_t i = 0; i < 3; i++)
		recoveredhive_delete(pair, paths[i]);
	const struct recovery *recovery = recovered(pair, true);
	assert_int_equal(recovery->n_profiles, 0);
	const struct key *key = key_at(recovery->recovered->tree->root, paths[0]);
	assert_non_null(key);
	assert_int_equal(recovery_place(&recovery->parts[0], key), RECOVERY_ELSEWHERE);
}

/* ---- whether the hive can tell anything ---- */

/* One subkey each: no list has to move, no cell is ever freed. */
static void test_hive_without_holes(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Software\\Microsoft\\Windows NT", pair_made());
	pair_fork(pair);
	const struct recovery *recovery = recovered(pair, false);
	assert_true(recovery->cannot_tell);
	assert_int_equal(recovery->n_profiles, 0);
	/* A second one: the list that becomes too short leaves a hole. */
	builder_path(pair->after, "Software\\Second", pair_made());
	builder_path(pair->after, "Software\\Third", pair_made());
	assert_false(recovered(pair, false)->cannot_tell);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_whole_profile),
		PAIR_TEST(test_without_earlier_snapshot),
		PAIR_TEST(test_later_change_of_the_list),
		PAIR_TEST(test_several_profiles),
		PAIR_TEST(test_moved_and_deleted_profile),
		PAIR_TEST(test_office_lists),
		PAIR_TEST(test_list_deleted),
		PAIR_TEST(test_parent_of_the_list_deleted),
		PAIR_TEST(test_all_office_deleted),
		PAIR_TEST(test_saved_subtrees),
		PAIR_TEST(test_saved_list),
		PAIR_TEST(test_nothing_deleted),
		PAIR_TEST(test_deleted_section),
		PAIR_TEST(test_other_keys),
		PAIR_TEST(test_hive_without_holes),
	};

	return UNIT_RUN(tests);
}
