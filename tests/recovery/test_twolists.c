/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile that went through Deleted Profiles is lost once. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "recovery/twolists.h"

enum { SECOND = 10000000 };

/* "Work" is moved to Deleted Profiles by that name; a second later it is removed there. */
static const struct recovery *purged(struct pair *pair, const char *name)
{
	recoveredhive_add_two(pair);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_fork(pair);
	builder_key list = pair_key(pair->after, PAIR_DELETED);
	builder_key moved = mapi_profile_move(pair->after, pair_key(pair->after, WORK),
					      list, name, pair_changed());
	builder_key_delete(pair->after, moved, pair_changed() + SECOND);
	return recovered(pair, false);
}

static const struct recovered_profile *in_list(const struct recovery *recovery,
					       enum store_list list)
{
	for (size_t i = 0; i < recovery->n_profiles; i++)
		if (recovery->profiles[i].store &&
		    recovery->profiles[i].store->list == list)
			return &recovery->profiles[i];
	fail_msg("nothing was recovered in that list");
	return &recovery->profiles[0];
}

static void check(const struct recovery *recovery)
{
	assert_int_equal(recovery->n_profiles, 2);
	const struct recovered_profile *from = in_list(recovery, STORE_PROFILES);
	const struct recovered_profile *to = in_list(recovery, STORE_DELETED_PROFILES);
	assert_ptr_equal(from->went_on, to->profile.key);
	assert_true(text_equal(from->went_on_as, to->name));
	assert_null(to->went_on);
	assert_true(to->goes_on_from);
	assert_true(recovery_is_left_behind(from));
	assert_false(recovery_is_left_behind(to));
	assert_int_equal(recovery->n_gone, 1);
}

static void test_moved_and_purged(void **state)
{
	check(purged(*state, "Work"));
}

static void test_under_another_name(void **state)
{
	check(purged(*state, "Work (old)"));
}

/* Two profiles of one name, and nothing else in common, are two. */
static void test_a_name_alone(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_DELETED, "Work", 9);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_DELETED "\\Work");
	const struct recovery *recovery = recovered(pair, false);
	assert_int_equal(recovery->n_profiles, 2);
	assert_int_equal(recovery->n_gone, 2);
	assert_null(recovery->profiles[0].went_on);
	assert_null(recovery->profiles[1].went_on);
}

/* A copy that got an instance key of its own is another profile. */
static void test_two_instance_keys(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_key copy =
		builder_key_copy(pair->before, pair_key(pair->before, WORK),
				 builder_path(pair->before, PAIR_DELETED, pair_made()),
				 "Work", pair_made());
	builder_value_set(pair->before,
			  builder_key_find(pair->before, copy, MAPI_INSTANCE), "0102300b",
			  BUILDER_BINARY, (uint8_t[16]){ 7 }, 16);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_DELETED "\\Work");
	assert_int_equal(recovered(pair, false)->n_gone, 2);
}

/* Of an original and its copy one went there. */
static void test_one_to_one(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	builder_key_copy(pair->before, pair_key(pair->before, WORK),
			 pair_key(pair->before, PAIR_PROFILES), "Copy", pair_made());
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_fork(pair);
	builder_key moved = mapi_profile_move(pair->after, pair_key(pair->after, WORK),
					      pair_key(pair->after, PAIR_DELETED), "Work",
					      pair_changed());
	recoveredhive_delete(pair, PAIR_PROFILES "\\Copy");
	builder_key_delete(pair->after, moved, pair_changed() + SECOND);
	const struct recovery *recovery = recovered(pair, false);
	assert_int_equal(recovery->n_profiles, 3);
	assert_int_equal(recovery->n_gone, 2);
	assert_null(recoveredhive_named(recovery, "Copy")->went_on);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_moved_and_purged), RECIPE(test_under_another_name),
		RECIPE(test_a_name_alone),     RECIPE(test_two_instance_keys),
		RECIPE(test_one_to_one),
	};

	return UNIT_RUN(tests);
}
