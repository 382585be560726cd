/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of the events of all snapshots together.  The known times of the samples
 * are checked by tests/cli/timeline.sh.
 */
#include "help/recoveredhive.h"
#include "help/timelines.h"

#include <string.h>

/* What three snapshots show alike is told once. */
static void test_repeated(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	pair_compare(pair);
	struct snapshot *snapshots[] = { pair->old, pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = (struct recovery *[3]){ NULL },
				 .n_snapshots = 3,
				 .comparisons = NULL,
				 .n_comparisons = 0 };
	timeline = timelines_read(&series);
	(void)timelines_only(timeline, TIMELINE_PROFILE_KEY, "Work");
	(void)timelines_only(timeline, TIMELINE_PROFILE_KEY, "Home");
	(void)timelines_only(timeline, TIMELINE_LIST_KEY, NULL);
	assert_int_equal(timelines_count(timeline, TIMELINE_HIVE), 2);
	assert_int_equal(timelines_count(timeline, TIMELINE_FILE), 2);
	timeline_free(timeline);
}

static void test_order(void **state)
{
	struct pair *pair = *state;
	struct timeline *timeline;

	pair_add(pair->before, PAIR_PROFILES, "b", 1);
	pair_add(pair->before, PAIR_PROFILES, "C", 2);
	pair_add(pair->before, PAIR_PROFILES, "a", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\a"),
			   pair_changed());
	timeline = timelines_pair(pair);
	assert_true(timeline->n > 5);
	for (size_t i = 1; i < timeline->n; i++) {
		const struct timeline_event *x = &timeline->items[i - 1], *y = x + 1;
		assert_true(x->time_ft <= y->time_ft);
		if (x->time_ft == y->time_ft)
			assert_true(x->kind <= y->kind);
		if (x->time_ft == y->time_ft && x->kind == y->kind && x->profile)
			assert_true(strcmp(x->profile, y->profile) < 0);
	}
	timeline_free(timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_repeated),
		TEST(test_order),
	};
	return UNIT_RUN(tests);
}
