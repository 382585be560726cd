/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes and profiles spelled out: all their lines, up to a limit and a count. */
#include "help/recoveredhive.h"
#include "help/summaries.h"

#include "report/summary/detail.h"

#include <string.h>

static struct summaries_page page;

/* ---- limits ---- */

/* The one line about what was left out, or none if more is NULL. */
static void check(struct pair *pair, size_t n_snapshots, const char *item,
		  const char *more)
{
	summaries_write(&page, pair, n_snapshots, true);
	assert_int_equal(summaries_count(&page, item), 20);
	assert_int_equal(summaries_count(&page, "\n... and "), more ? 1 : 0);
	if (more)
		assert_non_null(strstr(page.text, more));
}

static void test_changes_at_the_limit(void **state)
{
	assert_int_equal(SUMMARY_MAX_CHANGES, 20);
	summaries_make(*state, 20, 20);
	check(*state, 2, "\ndeleted  ", NULL);
}

static void test_changes_past_the_limit(void **state)
{
	summaries_make(*state, 21, 21);
	check(*state, 2, "\ndeleted  ", "\n... and 1 more change in the report\n");
}

static void test_changes_far_past_the_limit(void **state)
{
	summaries_make(*state, 30, 30);
	check(*state, 2, "\ndeleted  ", "\n... and 10 more changes in the report\n");
}

static void test_profiles_at_the_limit(void **state)
{
	summaries_make(*state, 20, 0);
	check(*state, 1, "\nprofile  ", NULL);
}

static void test_profiles_past_the_limit(void **state)
{
	summaries_make(*state, 21, 0);
	check(*state, 1, "\nprofile  ", "\n... and 1 more profile in the report\n");
}

/* ---- changes ---- */

static void changes(struct pair *pair)
{
	summaries_begin_pair(&page, pair, 2);
	page.options.full = true;
	detail_changes(&page.summary, pair->found);
	summaries_end(&page);
}

static void test_deleted(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 2, 1);
	changes(pair);
	summaries_assert_has(&page,
			     "deleted         P000  [certain]\n"
			     "    in        Profiles of Windows Messaging Subsystem\n"
			     "    when      between 2016-02-01 17:00:00 and 2016-02-02 "
			     "09:14:07 UTC\n"
			     "    held      ");
	/* What was not asked for, and what there is not. */
	summaries_assert_lacks(&page, "    left ");
	summaries_assert_lacks(&page, "    stands in ");
	summaries_assert_lacks(&page, "    differs ");
	summaries_assert_lacks(&page, "    restore ");
	summaries_assert_lacks(&page, "contradict");
}

static void test_bounds_that_contradict(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 2, 1);
	pair->found->findings[0].earliest_ft = pair_saved_again();
	changes(pair);
	summaries_assert_has(&page,
			     "    when      not before 2016-02-02 18:45:30, not after "
			     "2016-02-02 09:14:07 UTC,\n"
			     "              which contradict each other\n");
}

static void test_states(void **state)
{
	struct pair *pair = *state;
	struct state found = { .first = true, .sequence = 7 };

	summaries_make(pair, 2, 1);
	pair->found->findings[0].state = &found;
	changes(pair);
	summaries_assert_has(&page, "    stands in the hive file itself\n");
	found.first = false;
	changes(pair);
	summaries_assert_has(&page, "    stands in the log only, from entry 7 on\n");
}

/* How much of it the later hive still has. */
static void test_left(void **state)
{
	struct pair *pair = *state;
	struct recovery recovery = { .cannot_tell = false };

	summaries_make(pair, 2, 1);
	struct recovered_share *share = &pair->found->findings[0].recovered;
	for (size_t i = 0; i < 4; i++) {
		static const char *const lines[] = {
			"    left      nothing in the later hive\n",
			"    left      cannot tell: the hive has been packed\n",
			("    left      2 of 3 keys, 1 of 1 value\n"
			 "    lost      the data of 1 value\n"),
			"    left      whole in unreferenced bytes of the later hive\n",
		};
		recovery.cannot_tell = i == 1;
		if (i == 2)
			*share = (struct recovered_share){
				.profile = &(struct recovered_profile){ .has_no_gaps =
										true },
				.n_keys = 2,
				.n_keys_lost = 1,
				.n_values = 1,
				.n_data_lost = 1,
			};
		if (i == 3)
			share->n_keys_lost = share->n_data_lost = 0;
		summaries_begin_pair(&page, pair, 2);
		page.recoveries[1] = &recovery;
		detail_changes(&page.summary, pair->found);
		summaries_end(&page);
		summaries_assert_has(&page, lines[i]);
		assert_int_equal(summaries_count(&page, "    left  "), 1);
	}
}

/* Only those that lower the certainty, or point at something. */
static void test_reasons(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 2, 1);
	struct finding *finding = &pair->found->findings[0];
	assert_true(finding->n_reasons > 0);
	changes(pair);
	summaries_assert_lacks(&page, "    because ");
	finding->reasons[0] = FINDING_ONE_READER;
	changes(pair);
	summaries_assert_has(&page, "    because   only one reader could read a hive\n");
}

/* So many differences are listed as there are items; all are counted. */
static void test_differences(void **state)
{
	struct pair *pair = *state;
	char name[] = "v0";

	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	for (; name[1] < '0' + SUMMARY_MAX_ITEMS + 1; name[1]++)
		builder_value_string(pair->after, key, name, "x");
	pair_compare(pair);
	changes(pair);
	summaries_assert_has(&page, "\n    differs   5 keys or values\n");
	assert_int_equal(summaries_count(&page, "              value_added "), 4);
	assert_int_equal(summaries_count(&page, "v0\n"), 1);
	assert_int_equal(summaries_count(&page, "v3\n"), 1);
	assert_int_equal(summaries_count(&page, "v4\n"), 0);
}

static void test_moved(void **state)
{
	struct pair *pair = *state;

	summaries_make_moved(pair);
	changes(pair);
	summaries_assert_has(
		&page, "moved           Work  [certain]\n"
		       "    in        Profiles of Windows Messaging Subsystem\n"
		       "    to        Deleted Profiles of Windows Messaging Subsystem\n");
	/* It is not lost: nothing of what it held. */
	summaries_assert_lacks(&page, "    held ");
}

static void test_keys(void **state)
{
	static const char *const keys[] = { "Software\\Microsoft" };
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	builder_value_string(pair->after, pair_key(pair->after, "Software\\Microsoft"),
			     "v", "x");
	pair_compare_keys(pair, keys, 1);
	changes(pair);
	assert_string_equal(page.text, "compared key    Software\\Microsoft\n"
				       "    differs   1\n");
}

/* ---- profiles ---- */

static void test_default_profile(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "work");
	pair_fork(pair);
	pair_compare(pair);
	summaries_begin_pair(&page, pair, 1);
	detail_profiles(&page.summary, pair->old);
	summaries_end(&page);
	summaries_assert_has(&page, "profile         Home\n    in        Profiles of ");
	summaries_assert_has(&page, "profile         Work  (default)\n    in  ");
}

/* ---- recovered profiles ---- */

static void test_recovered(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	const struct recovery *recovery = recovered(pair, false);
	summaries_begin(&page);
	detail_recovered(&page.summary, recovery);
	summaries_end(&page);
	summaries_assert_has(&page, "recovered       Work  [no gaps, path certain]\n");
	summaries_begin(&page);
	page.reported[0] = true;
	detail_recovered(&page.summary, recovery);
	summaries_end(&page);
	assert_string_equal(page.text, "");
}

static void test_recovered_inside(void **state)
{
	struct recovery recovery = { .n_inside_keys = 2, .n_inside_values = 1 };

	(void)state;
	summaries_begin(&page);
	detail_recovered(&page.summary, &recovery);
	summaries_end(&page);
	assert_string_equal(
		page.text,
		"recovered       2 keys and 1 value, deleted inside profiles or "
		"lists that are\n"
		"                still there: see the report\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_changes_at_the_limit),
		TEST(test_changes_past_the_limit),
		TEST(test_changes_far_past_the_limit),
		TEST(test_profiles_at_the_limit),
		TEST(test_profiles_past_the_limit),
		TEST(test_deleted),
		TEST(test_bounds_that_contradict),
		TEST(test_states),
		TEST(test_left),
		TEST(test_reasons),
		TEST(test_differences),
		TEST(test_moved),
		TEST(test_keys),
		TEST(test_default_profile),
		TEST(test_recovered),
		TEST(test_recovered_inside),
	};
	return UNIT_RUN(tests);
}
