/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles that more than one of the other hive may be. */
#include "help/unit.h"

#include "help/pair.h"

#include "compare/contest.h"

#define OUTLOOK PAIR_PROFILES "\\Outlook"

static void add_copy(struct builder *b, const char *name, uint64_t when)
{
	builder_key list = pair_key(b, PAIR_PROFILES);

	builder_key_copy(b, builder_key_find(b, list, "Outlook"), list, name, when);
}

static void take_away(struct pair *pair, const char *path)
{
	builder_key_delete(pair->after, pair_key(pair->after, path), pair_changed());
}

/* One before, one after: that is it. */
static void test_one_of_each(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	take_away(pair, OUTLOOK);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
}

/* Two took its place: which of them is it? */
static void two_of_one(struct pair *pair)
{
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	add_copy(pair->after, "Post", pair_changed());
	take_away(pair, OUTLOOK);
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	assert_int_equal(pair_count(pair, FINDING_RENAMED), 1);
	assert_int_equal(pair_count(pair, FINDING_ADDED), 1);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pair->found->findings[i].certainty, FINDING_POSSIBLE);
		assert_true(pair_has_reason(&pair->found->findings[i],
					    FINDING_TWO_CLAIMANTS));
	}
}

static void test_two_with_its_instance_key(void **state)
{
	pair_add(((struct pair *)*state)->before, PAIR_PROFILES, "Outlook", 1);
	two_of_one(*state);
}

static void test_two_with_its_content(void **state)
{
	pair_add_2000(((struct pair *)*state)->before, PAIR_PROFILES, "Outlook", 1);
	two_of_one(*state);
}

/* A copy beside an original that stays, cell and all, is new for sure. */
static void test_original_stays(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	add_copy(pair->after, "Mail", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_ADDED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
}

/* A list that has a name twice: nobody can tell which of them is meant. */
static void test_name_twice(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key other = pair_add(pair->before, PAIR_PROFILES, "Oytlook", 2);
	size_t record = builder_key_offset(pair->before, other);
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, OUTLOOK), "mark", 1);
	pair_rename_record(pair, PAIR_PROFILES, record, "Outlook");
	pair_compare(pair);
	assert_true(pair->found->n_findings >= 2);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		assert_true(pair->found->findings[i].certainty >= FINDING_POSSIBLE);
		assert_true(pair_has_reason(&pair->found->findings[i],
					    FINDING_TWO_CLAIMANTS));
	}
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_one_of_each),	   RECIPE(test_two_with_its_instance_key),
		RECIPE(test_two_with_its_content), RECIPE(test_original_stays),
		RECIPE(test_name_twice),
	};

	return UNIT_RUN(tests);
}
