/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts of lists as wholes: emptied, made anew and copied to a newer Outlook. */
#include "help/unit.h"

#include "cause/condition/listfacts.h"

#include "help/incidents.h"

#include <stdio.h>

#define OFFICE_15 MAPI_OFFICE("15.0") "\\Profiles"

static void test_all_of_a_list(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_MORE_THAN_ONE, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_NOTHING_LOST, CONDITION_NOT_MET,
			 "gone for good: 1");
	incidents_end(&t);
	pair_delete(pair->after, PAIR_PROFILES "\\Two");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_MET,
			 "all 2 of " PAIR_PROFILES);
	incidents_assert(&t, CONDITION_MORE_THAN_ONE, CONDITION_MET, "it held 2");
	assert_int_equal(incidents_check(&t, CONDITION_ALL_LOST).n_changes, 2);
	incidents_end(&t);
	/* Where the list itself is gone, it was not kept. */
	pair_delete(pair->after, PAIR_PROFILES);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_MET,
			 "the list is not there any more");
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
}

/* What is only possible leaves open whether all is gone, and which list is to look at. */
static void test_possible_only(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_add(pair->before, PAIR_DELETED, "Three", 3);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	pair_delete(pair->after, PAIR_DELETED);
	builder_value_dword(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Two"),
			    "mark", 1);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_NOT_MET, NULL);
	for (size_t i = 0; i < pair->found->n_findings; i++)
		if (pair->found->findings[i].kind == FINDING_MODIFIED)
			pair->found->findings[i].certainty = FINDING_POSSIBLE;
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_UNKNOWN, NULL);
	for (size_t i = 0; i < t.incident.losses.n; i++)
		if (loss_is_from(&t.incident.losses.items[i], STORE_PROFILES))
			t.incident.losses.items[i].sure = false;
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

/* One that is in another list may have left before the others went, all at once. */
static void test_moved_before_the_rest_went(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	builder_key_copy(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			 builder_path(pair->after, PAIR_DELETED, pair_changed()), "One",
			 pair_changed());
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	incidents_compare(&t, pair);
	/* Nothing of it is lost. */
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	pair_delete(pair->after, PAIR_PROFILES "\\Two");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

static void test_only_one_in_the_list(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_MORE_THAN_ONE, CONDITION_NOT_MET, "it held 1");
	incidents_end(&t);
}

/* What tells of a list: its DefaultProfile, its place, when all went. */
static void test_list_made_anew(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "One");
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_NOT_MET,
			 "its DefaultProfile still names a profile that is gone");
	incidents_end(&t);
	/* One profile and the value may both be gone, and the list be the same. */
	builder_value_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	/* Filled again, with a value that names what is there: it may be either. */
	pair_add(pair->after, PAIR_PROFILES, "Two", 2);
	builder_value_string(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile", "Two");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_MET, NULL);
	incidents_end(&t);
}

/* A list in another cell is another list only where other keys stand in theirs. */
static void test_list_elsewhere(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	for (unsigned i = 0; i < 8; i++) {
		char path[32];
		snprintf(path, sizeof(path), "Software\\Vendor\\Product %u", i);
		builder_path(pair->before, path, pair_made());
	}
	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES);
	builder_path(pair->after, "Software\\Profiles", pair_changed());
	builder_path(pair->after, PAIR_PROFILES, pair_changed());
	incidents_compare(&t, pair);
	assert_true(hivematch_is_in_place(&t.incident.match));
	incidents_assert(
		&t, CONDITION_LIST_MADE_ANEW, CONDITION_MET,
		"its key stands in another place of the hive, other keys where they "
		"stood");
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_NOT_MET, NULL);
	/* As in a hive that was saved anew. */
	t.incident.match.n_elsewhere = 1;
	incidents_assert(&t, CONDITION_LIST_MADE_ANEW, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_LIST_KEPT, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

/* What is only possible, left open or was not read makes all of it unknown. */
static void test_what_is_not_sure(void **state)
{
	static const enum condition_id ids[] = {
		CONDITION_ALL_LOST, CONDITION_NOTHING_LOST, CONDITION_FROM_PROFILES,
		CONDITION_WMS_LIST, CONDITION_LIST_KEPT,
	};
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	incidents_compare(&t, pair);
	assert_int_equal(t.incident.losses.n, 1);
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_MET, NULL);
	t.incident.losses.items[0].sure = false;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		incidents_assert(&t, ids[i], CONDITION_UNKNOWN, NULL);
	t.incident.losses.items[0].sure = true;
	t.incident.losses.open[0] = t.incident.losses.items[0];
	t.incident.losses.n = 0;
	t.incident.losses.n_open = 1;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		incidents_assert(&t, ids[i], CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

/* Of an earlier hive that was not read whole nobody knows whether something went. */
static void test_nothing_seen_of_deleted(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_DELETED_EMPTIED, CONDITION_NOT_MET, NULL);
	t.incident.losses.unread = true;
	incidents_assert(&t, CONDITION_DELETED_EMPTIED, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

static void test_deleted_profiles(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_DELETED, "One", 1);
	pair_add(pair->before, PAIR_DELETED, "Two", 2);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_DELETED "\\One");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_DELETED_EMPTIED, CONDITION_NOT_MET,
			 "1 went, 1 left");
	incidents_end(&t);
	pair_delete(pair->after, PAIR_DELETED "\\Two");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_DELETED_EMPTIED, CONDITION_MET, "2 went, 0 left");
	/* It empties by itself, so that it is no list that lost all. */
	incidents_assert(&t, CONDITION_ALL_LOST, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_MOVED_IN_USE, CONDITION_NOT_MET, "moved there: 0");
	incidents_end(&t);
}

static void test_newer_outlook(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_COPY_IN_OFFICE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_NEWER_OFFICE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			  builder_path(pair->after, OFFICE_15, pair_changed()), "One",
			  pair_changed());
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_COPY_IN_OFFICE, CONDITION_MET,
			 "with sections of earlier profiles: 1");
	incidents_assert(&t, CONDITION_NEWER_OFFICE, CONDITION_MET, "Outlook 15.0");
	incidents_assert(&t, CONDITION_NOTHING_LOST, CONDITION_MET, NULL);
	incidents_end(&t);
}

/* A single hive does not tell what there was before. */
static void test_single_hive(void **state)
{
	static const enum condition_id ids[] = {
		CONDITION_ALL_LOST,	CONDITION_MORE_THAN_ONE, CONDITION_LIST_MADE_ANEW,
		CONDITION_LIST_KEPT,	CONDITION_MOVED_IN_USE,	 CONDITION_COPY_IN_OFFICE,
		CONDITION_NEWER_OFFICE,
	};
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	pair_compare(pair);
	pair_recover(pair, NULL, 0);
	incidents_of_single(&t, pair);
	assert_int_equal(t.incident.losses.n, 1);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		incidents_assert(&t, ids[i], CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_of_a_list),
		TEST(test_possible_only),
		TEST(test_nothing_seen_of_deleted),
		TEST(test_only_one_in_the_list),
		TEST(test_moved_before_the_rest_went),
		TEST(test_list_made_anew),
		TEST(test_deleted_profiles),
		TEST(test_list_elsewhere),
		TEST(test_what_is_not_sure),
		TEST(test_newer_outlook),
		TEST(test_single_hive),
	};
	return UNIT_RUN(tests);
}
