/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events of every snapshot: keys of profiles and lists, hives, files, makings. */
#include "help/timelines.h"

#include "report/timeline/timelineprofile.h"

#include <stdlib.h>
#include <string.h>

/* A draft of the first n_snapshots of a pair that is compared. */
static struct timeline_draft begin(const struct series *series)
{
	struct timeline *timeline = calloc(1, sizeof(*timeline));

	assert_non_null(timeline);
	timeline->arena = arena_new();
	assert_non_null(timeline->arena);
	return (struct timeline_draft){ .timeline = timeline, .series = series };
}

static struct timeline *collect(const struct series *series)
{
	struct timeline_draft draft = begin(series);

	timelineprofile_collect(&draft);
	assert_int_equal(draft.status, STATUS_OK);
	return draft.timeline;
}

static void make(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Work"),
			  pair_changed());
	builder_value_string(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Work"),
			     "v", "x");
	pair_compare(pair);
}

static void test_one(void **state)
{
	struct pair *pair = *state;
	const struct timeline_event *event;

	make(pair);
	struct series series = { .snapshots = &pair->old, .n_snapshots = 1 };
	struct timeline *timeline = collect(&series);
	assert_int_equal(timeline->n, 4);
	event = timelines_only(timeline, TIMELINE_PROFILE_KEY, "Work");
	assert_int_equal(event->time_ft, pair_made());
	assert_string_equal(event->list, "profiles");
	assert_string_equal(event->store_path, PAIR_PROFILES);
	assert_ptr_equal(event->file, pair->old->evidence);
	assert_int_equal(event->offset,
			 pair_profile(pair->old, "Work")->profile.key->record_off);
	assert_string_equal(event->message,
			    "Profile \"Work\" in " PAIR_PROFILES ": key last written");
	assert_null(event->changes);
	assert_null(event->tags);
	event = timelines_only(timeline, TIMELINE_LIST_KEY, NULL);
	assert_int_equal(event->time_ft, pair_made());
	assert_null(event->changes);
	/* The base block has its time at byte 12. */
	event = timelines_only(timeline, TIMELINE_HIVE, NULL);
	assert_int_equal(event->time_ft, pair_saved());
	assert_int_equal(event->offset, 12);
	timelines_assert_says(event, ": last written, as its header says");
	event = timelines_only(timeline, TIMELINE_FILE, NULL);
	assert_int_equal(event->time_ft, pair->old->evidence->mtime_ft);
	assert_true(event->offset == DIAG_NOWHERE);
	timeline_free(timeline);
}

/* Minutes since 1601; of a local one bounds only, since no zone is known. */
static void test_noted(void **state)
{
	struct pair *pair = *state;
	const struct timeline_event *event;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
	struct mapi_profile p = pair_add_at(pair->before, list, "Work", 1, pair_made());
	builder_key client = mapi_section(&p, MAPI_OUTLOOK);

	mapi_long(&p, client, 0x0487, 216303198);
	mapi_long(&p, client, 0x0442, 215563960);
	pair_fork(pair);
	pair_compare(pair);
	struct series series = { .snapshots = &pair->old, .n_snapshots = 1 };
	struct timeline *timeline = collect(&series);
	event = timelines_only(timeline, TIMELINE_NOTED, "Work");
	assert_int_equal(event->time_ft, 129781918800000000);
	assert_string_equal(event->tags, "inferred");
	assert_null(event->time_is);
	assert_string_equal(event->store_path, PAIR_PROFILES);
	timelines_assert_says(event, "inferred from tag 0487");
	assert_int_equal(event->offset,
			 builder_value_offset(pair->before, client, "00030487"));
	event = timelines_only(timeline, TIMELINE_NOTED_START, "Work");
	assert_int_equal(event->time_ft, 129338376000000000 - 14 * 36000000000);
	assert_string_equal(event->tags, "bound,inferred");
	timelines_assert_says(event, "in local time: not before this time (a bound: ");
	event = timelines_only(timeline, TIMELINE_NOTED_END, "Work");
	assert_int_equal(event->time_ft,
			 129338376000000000 + 12 * 36000000000 + 600000000);
	timelines_assert_says(event, "in local time: not after this time (a bound: ");
	timeline_free(timeline);
}

/* A hive before its logs is the file that is told already. */
static void test_as_found(void **state)
{
	struct pair *pair = *state;

	make(pair);
	struct snapshot borrowed = *pair->old, *snapshots[] = { &borrowed };
	borrowed.borrowed = true;
	struct series series = { .snapshots = snapshots, .n_snapshots = 1 };
	struct timeline *timeline = collect(&series);
	assert_int_equal(timelines_count(timeline, TIMELINE_HIVE), 0);
	assert_int_equal(timelines_count(timeline, TIMELINE_FILE), 0);
	assert_int_equal(timelines_count(timeline, TIMELINE_PROFILE_KEY), 1);
	timeline_free(timeline);
}

/* The ids of the changes that a profile has part in: before, and after. */
static void test_changes(void **state)
{
	struct pair *pair = *state;
	struct comparison *back = NULL;
	size_t n = 0;

	make(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_int_equal(compare_snapshots(pair->new, pair->old, NULL, 1, NULL, 0, &back),
			 STATUS_OK);
	assert_int_equal(back->n_findings, 1);
	struct snapshot *snapshots[] = { pair->old, pair->new, pair->old };
	struct comparison *comparisons[] = { pair->found, back };
	struct series series = { .snapshots = snapshots,
				 .n_snapshots = 3,
				 .comparisons = comparisons,
				 .n_comparisons = 2 };
	struct timeline *timeline = collect(&series);
	for (size_t i = 0; i < timeline->n; i++) {
		static const char *const ids[] = { "c1", "c1 c2", "c2" };
		const struct timeline_event *event = &timeline->items[i];
		if (event->kind != TIMELINE_PROFILE_KEY)
			continue;
		assert_true(n < 3);
		assert_string_equal(event->changes, ids[n++]);
	}
	assert_int_equal(n, 3);
	timeline_free(timeline);
	comparison_free(back);
}

/* A list tells by when profiles left it: of those changes, in the later hive. */
static void test_list_changes(void **state)
{
	struct pair *pair = *state;
	size_t n = 0;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	pair_add(pair->before, PAIR_PROFILES, "Stays", 2);
	pair_add(pair->before, PAIR_PROFILES, "Work", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Home"),
			   pair_changed());
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Work"),
			   pair_changed());
	pair_compare(pair);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	struct timeline *timeline = collect(&series);
	for (size_t i = 0; i < timeline->n; i++) {
		const struct timeline_event *event = &timeline->items[i];
		if (event->kind != TIMELINE_LIST_KEY)
			continue;
		if (n++ == 0)
			assert_null(event->changes);
		else
			assert_string_equal(event->changes, "c1 c2");
	}
	assert_int_equal(n, 2);
	timeline_free(timeline);
}

/* Process 2420; 01c2e6cb9288189c is 2003-03-10 06:09:13 UTC. */
static void test_made(void **state)
{
	struct timeline_draft draft = begin(NULL);
	struct timeline_event event = { .profile = "p",
					.tags = "bound",
					.kind = TIMELINE_DELETED,
					.certainty = "certain",
					.time_is = "moment" };

	(void)state;
	timelineprofile_made(&draft, text_of("Agent 0000097401c2e6cb9288189"), event);
	timelineprofile_made(&draft, text_of("Agent"), event);
	timelineprofile_made(&draft, text_of(""), event);
	assert_int_equal(draft.timeline->n, 0);
	timelineprofile_made(&draft, text_of("Agent 0000097401c2e6cb9288189c"), event);
	assert_int_equal(draft.timeline->n, 1);
	const struct timeline_event *made = &draft.timeline->items[0];
	assert_int_equal(made->kind, TIMELINE_MADE);
	assert_int_equal(made->time_ft, UINT64_C(0x01c2e6cb9288189c));
	assert_null(made->tags);
	assert_string_equal(made->message,
			    "Profile \"p\" in a list that is lost: made by "
			    "process 2420, as its name says");
	assert_string_equal(made->certainty, "certain");
	assert_null(made->time_is);
	event.store_path = "x\\Profiles";
	timelineprofile_made(&draft, text_of("0000097401c2e6cb9288189c"), event);
	timelines_assert_says(&draft.timeline->items[1],
			      "in x\\Profiles: made by process");
	assert_int_equal(draft.status, STATUS_OK);
	timeline_free(draft.timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one),	    TEST(test_noted),	     TEST(test_as_found),
		TEST(test_changes), TEST(test_list_changes), cmocka_unit_test(test_made),
	};
	return UNIT_RUN(tests);
}
