/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keys that two hives have in common tell: saved anew, and one hive or two. */
#include "help/unit.h"

#include "cause/incident/hivematch.h"

#include "help/pair.h"

#include <stdio.h>

static void add_products(struct builder *b)
{
	for (unsigned i = 0; i < 8; i++) {
		char path[32];
		snprintf(path, sizeof(path), "Software\\Vendor\\Product %u", i);
		builder_value_dword(b, builder_path(b, path, pair_made()), "Number", i);
	}
}

static struct hivematch match(struct pair *pair)
{
	struct hivematch found;

	pair_compare(pair);
	hivematch_find(pair->old, pair->new, &pair->found->same, &found);
	/* What is the same byte for byte only spares looking. */
	const struct samebytes nothing = { 0 };
	struct hivematch looked_at;
	hivematch_find(pair->old, pair->new, &nothing, &looked_at);
	assert_memory_equal(&found, &looked_at, sizeof(found));
	return found;
}

/* A later state of one hive: what was not written stands where it stood. */
static void test_in_place(void **state)
{
	struct pair *pair = *state;

	add_products(pair->before);
	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Two"),
			   pair_changed());
	struct hivematch found = match(pair);
	/* The products and their values at least; the list was written. */
	assert_true(found.n_in_place >= 16);
	assert_int_equal(found.n_elsewhere, 0);
	assert_true(hivematch_is_in_place(&found));
	assert_true(hivematch_is_one_hive(&found));
	/* Numbers that fall, or fewer bytes, tell of a hive that was begun anew. */
	found.begun_anew = true;
	assert_false(hivematch_is_in_place(&found));
}

/* The same keys with the same times, written into another file. */
static void test_saved_anew(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Before all others", pair_made());
	add_products(pair->before);
	struct builder_options options = pair_options();
	pair->after = builder_new(&options);
	add_products(pair->after);
	struct hivematch found = match(pair);
	assert_true(found.n_elsewhere > 0);
	assert_false(hivematch_is_in_place(&found));
}

/* Two users' hives from one template have its keys in common, and no later one. */
static void test_one_template(void **state)
{
	struct pair *pair = *state;

	add_products(pair->before);
	pair_fork(pair);
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_saved());
	pair_add_at(pair->before, list, "One", 1, pair_saved());
	struct hivematch found = match(pair);
	assert_true(found.n_in_place > 0);
	assert_true(found.profile_ft > found.newest_ft);
	assert_false(hivematch_is_one_hive(&found));
	/* One tick decides. */
	found.newest_ft = found.profile_ft;
	assert_true(hivematch_is_one_hive(&found));
	found.newest_ft--;
	assert_false(hivematch_is_one_hive(&found));
}

static void test_nothing(void **state)
{
	struct hivematch found = { .n_in_place = 1 };

	(void)state;
	hivematch_find(NULL, NULL, NULL, &found);
	assert_int_equal(found.n_in_place, 0);
	assert_false(hivematch_is_in_place(&found));
	assert_false(hivematch_is_one_hive(&found));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_in_place),
		TEST(test_saved_anew),
		TEST(test_one_template),
		cmocka_unit_test(test_nothing),
	};
	return UNIT_RUN(tests);
}
