/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles of earlier lists that stand below a newer Outlook's key. */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/incident/copies.h"

#include "help/pair.h"

#define OFFICE_15 MAPI_OFFICE("15.0") "\\Profiles"

static void test_moved(void **state)
{
	struct pair *pair = *state;
	struct copies copies;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			  builder_path(pair->after, OFFICE_15, pair_changed()), "One",
			  pair_changed());
	pair_compare(pair);
	assert_int_equal(copies_find(pair->found, pair->old, pair->new, &copies),
			 STATUS_OK);
	assert_int_equal(copies.n, 1);
	assert_ptr_equal(copies.items[0].copy, pair_profile(pair->new, "One"));
	assert_ptr_equal(copies.items[0].original, pair_profile(pair->old, "One"));
	copies_clear(&copies);
	assert_null(copies.items);
}

/* The original stays: the copy is known by the sections that were made for it. */
static void test_copied(void **state)
{
	struct pair *pair = *state;
	struct copies copies;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	builder_path(pair->after, OFFICE_15, pair_changed());
	/* The same seed makes the same sections. */
	pair_add(pair->after, OFFICE_15, "Another name", 1);
	pair_add(pair->after, OFFICE_15, "New", 5);
	pair_compare(pair);
	assert_int_equal(copies_find(pair->found, pair->old, pair->new, &copies),
			 STATUS_OK);
	assert_int_equal(copies.n, 1);
	assert_ptr_equal(copies.items[0].copy, pair_profile(pair->new, "Another name"));
	assert_ptr_equal(copies.items[0].original, pair_profile(pair->old, "One"));
	copies_clear(&copies);
}

/* Beside the original, or below no Office key, nothing is a copy for a newer Outlook. */
static void test_other_places(void **state)
{
	struct pair *pair = *state;
	struct copies copies;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_add(pair->after, PAIR_PROFILES, "Beside it", 1);
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			  builder_path(pair->after, PAIR_DELETED, pair_changed()), "One",
			  pair_changed());
	pair_compare(pair);
	assert_int_equal(copies_find(pair->found, pair->old, pair->new, &copies),
			 STATUS_OK);
	assert_int_equal(copies.n, 0);
	copies_clear(&copies);
}

static void test_without_memory(void **state)
{
	struct pair *pair = *state;
	struct copies copies = { 0 };
	struct unit_oom oom;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	builder_path(pair->after, OFFICE_15, pair_changed());
	pair_add(pair->after, OFFICE_15, "One", 1);
	pair_compare(pair);
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(
			oom, copies_find(pair->found, pair->old, pair->new, &copies));
		if (status == STATUS_OK && !oom.failed)
			break;
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(copies.items);
	}
	assert_true(oom.n >= 2);
	assert_int_equal(copies.n, 1);
	copies_clear(&copies);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_moved),
		TEST(test_copied),
		TEST(test_other_places),
		TEST(test_without_memory),
	};
	return UNIT_RUN(tests);
}
