/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When profiles went: bounds that say so, the moment where something shows it, and
 * recovered profiles.
 */
#include "help/recoveredhive.h"
#include "help/timelines.h"

static void test_deletion(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;
	const struct timeline_event *event;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, WORK), pair_changed());
	timeline = timelines_pair(pair);

	event = timelines_only(timeline, TIMELINE_PROFILE_KEY, "Work");
	assert_int_equal(event->time_ft, pair_made());
	assert_string_equal(event->changes, "c1");
	assert_ptr_equal(event->file, pair->old->evidence);
	event = timelines_only(timeline, TIMELINE_PROFILE_KEY, "Home");
	assert_int_equal(event->time_ft, pair_made());
	assert_null(event->changes);

	/* The evening before, and what the deletion stamped: bounds, and said to be. */
	event = timelines_only(timeline, TIMELINE_DELETION_START, "Work");
	assert_int_equal(event->time_ft, pair_saved());
	assert_string_equal(event->tags, "deleted_profile,bound");
	timelines_assert_says(event,
			      "not before this time (a bound: last write of the earlier");
	assert_int_equal(event->offset, 12);
	event = timelines_only(timeline, TIMELINE_DELETION_END, "Work");
	assert_int_equal(event->time_ft, pair_changed());
	timelines_assert_says(
		event, "not after this time (a bound: last write of the list in the");
	assert_ptr_equal(event->file, pair->new->evidence);
	/* Without recovery nothing shows the moment. */
	assert_int_equal(timelines_count(timeline, TIMELINE_DELETED), 0);

	/* Both hives' headers and files. */
	assert_int_equal(timelines_count(timeline, TIMELINE_HIVE), 2);
	assert_int_equal(timelines_count(timeline, TIMELINE_FILE), 2);
	/* The list was written by both, the later time is of the change. */
	assert_int_equal(timelines_count(timeline, TIMELINE_LIST_KEY), 2);
	for (size_t i = 0; i < timeline->n; i++) {
		event = &timeline->items[i];
		if (event->kind != TIMELINE_LIST_KEY)
			continue;
		assert_true(event->time_ft == pair_made() ||
			    event->time_ft == pair_changed());
		if (event->time_ft == pair_changed())
			assert_string_equal(event->changes, "c1");
		else
			assert_null(event->changes);
	}
	timeline_free(timeline);
}

/* A profile that is only moved is not said to be deleted. */
static void test_move(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	builder_key_copy(pair->after, pair_key(pair->after, WORK),
			 builder_path(pair->after, PAIR_DELETED, pair_changed()), "Work",
			 pair_changed());
	builder_key_delete(pair->after, pair_key(pair->after, WORK), pair_changed());
	timeline = timelines_pair(pair);
	timelines_assert_says(timelines_only(timeline, TIMELINE_MOVE_START, "Work"),
			      "not before this time");
	timelines_assert_says(timelines_only(timeline, TIMELINE_MOVE_END, "Work"),
			      "not after this time");
	timelines_assert_says(timelines_only(timeline, TIMELINE_MOVE_END, "Work"),
			      "Deleted Profiles");
	assert_int_equal(timelines_count(timeline, TIMELINE_DELETION_START), 0);
	assert_int_equal(timelines_count(timeline, TIMELINE_DELETION_END), 0);
	for (size_t i = 0; i < timeline->n; i++)
		if (timeline->items[i].tags)
			assert_string_equal(timeline->items[i].tags, "bound");
	timeline_free(timeline);
}

/* The moment, from a single hive; and what a name tells. */
static void test_recovered(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;
	const struct timeline_event *event;
	/* Process 2420; 2003-03-10 06:09:13 UTC and 0.09375 s, as FILETIME. */
	const char *name = "Agent 0000097401c2e6cb9288189c";

	pair_add(pair->before, PAIR_PROFILES, name, 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	pair_fork(pair);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Agent 0000097401c2e6cb9288189c");
	(void)recovered(pair, false);
	timeline = timelines_read_one(pair);
	event = timelines_only(timeline, TIMELINE_DELETED, name);
	assert_int_equal(event->time_ft, pair_changed());
	assert_string_equal(event->tags, "deleted_profile");
	assert_string_equal(event->list, "profiles");
	assert_string_equal(event->store_path, PAIR_PROFILES);
	event = timelines_only(timeline, TIMELINE_MADE, name);
	assert_int_equal(event->time_ft, UINT64_C(0x01c2e6cb9288189c));
	assert_null(event->tags);
	timelines_assert_says(event, "made by process 2420, as its name says");
	timeline_free(timeline);
}

/* One that is torn has lost its moment: only the list bounds it. */
static void test_torn(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;
	const struct timeline_event *event;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, true);
	recoveredhive_wipe(pair,
			   pair_profile(pair->old, "Work")->profile.key->record_off);
	(void)recovered(pair, true);
	assert_true(pair->recoveries[1]->profiles[0].torn);
	timeline = timelines_read_one(pair);
	assert_int_equal(timelines_count(timeline, TIMELINE_DELETED), 0);
	event = timelines_only(timeline, TIMELINE_DELETION_END, "Work");
	assert_int_equal(event->time_ft, pair_changed());
	assert_string_equal(event->tags, "deleted_profile,bound");
	timelines_assert_says(event, "not after this time");
	timeline_free(timeline);

	/* With the hive from before, its change tells that, and nothing else does. */
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	timeline = timelines_read(&series);
	event = timelines_only(timeline, TIMELINE_DELETION_END, "Work");
	assert_string_equal(event->changes, "c1");
	timeline_free(timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_deletion),
		TEST(test_move),
		TEST(test_recovered),
		TEST(test_torn),
	};
	return UNIT_RUN(tests);
}
