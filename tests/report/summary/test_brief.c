/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes and profiles in brief: what went alike is one group, of a row each. */
#include "help/recoveredhive.h"
#include "help/summaries.h"

#include "report/summary/brief.h"

#include <string.h>

static struct summaries_page page;

/* ---- in the summary ---- */

static size_t count_lines(void)
{
	return summaries_count(&page, "\n");
}

/* One line for each: their number, list, time and certainty are those of all. */
static void test_brief_rows(void **state)
{
	summaries_make(*state, 10, SUMMARY_MAX_ROWS);
	summaries_write(&page, *state, 2, false);
	assert_non_null(
		strstr(page.text, "\ndeleted   8 from Profiles  [certain]  between "));
	assert_int_equal(summaries_count(&page, "[certain]"), 1);
	assert_int_equal(summaries_count(&page, "\n          P00"), SUMMARY_MAX_ROWS);
	assert_int_equal(summaries_count(&page, "... and "), 0);
	assert_true(count_lines() < 24);
}

static void test_brief_past_the_rows(void **state)
{
	summaries_make(*state, 40, 30);
	summaries_write(&page, *state, 2, false);
	assert_non_null(
		strstr(page.text, "\ndeleted   30 from Profiles  [certain]  between "));
	assert_int_equal(summaries_count(&page, "\n          P00"), SUMMARY_MAX_ROWS);
	assert_non_null(
		strstr(page.text, "\n          ... and 22 more changes in the report\n"));
	assert_non_null(
		strstr(page.text, "\nprofiles  40 before, 10 after: 30 deleted\n"));
	assert_true(count_lines() < 24);
}

static void test_brief_one_change(void **state)
{
	summaries_make(*state, 2, 1);
	summaries_write(&page, *state, 2, false);
	assert_non_null(
		strstr(page.text, "\ndeleted   P000 from Profiles  [certain]  between "));
}

static void test_brief_profiles(void **state)
{
	summaries_make(*state, 30, 0);
	summaries_write(&page, *state, 1, false);
	assert_non_null(strstr(page.text, "\nprofiles  30 in Profiles\n"));
	assert_int_equal(summaries_count(&page, "\n          P00"), SUMMARY_MAX_ROWS);
	assert_non_null(strstr(page.text,
			       "\n          ... and 22 more profiles in the report\n"));
}

/* Kinds stand apart, the worst first. */
static void test_brief_kinds(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Gone", 1);
	pair_add(pair->before, PAIR_PROFILES, "Also gone", 2);
	pair_add(pair->before, PAIR_PROFILES, "Stays", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Gone"),
			   pair_changed());
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\Also gone"),
			   pair_changed());
	pair_add(pair->after, PAIR_PROFILES, "New", 4);
	pair_compare(pair);
	summaries_write(&page, pair, 2, false);
	const char *deleted =
		strstr(page.text, "\ndeleted   2 from Profiles  [certain]  not before "
				  "2016-02-01 17:00:00 UTC\n");
	const char *added = strstr(page.text, "\nadded     New in Profiles");
	assert_non_null(deleted);
	assert_non_null(added);
	assert_true(deleted < added);
	assert_int_equal(summaries_count(&page, "Stays"), 0);
}

/* ---- alone ---- */

static void changes(struct pair *pair)
{
	summaries_begin_pair(&page, pair, 2);
	brief_changes(&page.summary, pair->found);
	summaries_end(&page);
}

/* Nothing is put of no change, and a row of the most that are shown is one of them. */
static void test_rows_are_counted(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 3, 0);
	changes(pair);
	assert_string_equal(page.text, "");
	assert_int_equal(page.summary.n_shown, 0);
}

/* With fewer rows left than it has, a group shows those, and counts the rest. */
static void test_rows_left(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 5, 5);
	summaries_begin_pair(&page, pair, 2);
	page.summary.n_shown = SUMMARY_MAX_ROWS - 2;
	brief_changes(&page.summary, pair->found);
	summaries_end(&page);
	summaries_assert_has(&page, "deleted   5 from Profiles  [certain]  between ");
	assert_int_equal(summaries_count(&page, "\n          P00"), 2);
	summaries_assert_has(&page, "\n          ... and 3 more changes in the report\n");
	assert_int_equal(page.summary.n_shown, SUMMARY_MAX_ROWS);
	/* No head without a row. */
	summaries_begin_pair(&page, pair, 2);
	page.summary.n_shown = SUMMARY_MAX_ROWS;
	brief_changes(&page.summary, pair->found);
	summaries_end(&page);
	assert_string_equal(page.text,
			    "          ... and 5 more changes in the report\n");
}

/* Another certainty is another group. */
static void test_certainties_stand_apart(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 3, 3);
	assert_int_equal(pair->found->findings[0].certainty, FINDING_CERTAIN);
	pair->found->findings[0].certainty = FINDING_POSSIBLE;
	changes(pair);
	assert_int_equal(summaries_count(&page, "deleted   "), 2);
	summaries_assert_has(&page, "deleted   P000 from Profiles  [possible]  between ");
	summaries_assert_has(&page, "deleted   2 from Profiles  [certain]  between ");
}

/* A time that is not that of all stands in the rows. */
static void test_times_stand_apart(void **state)
{
	struct pair *pair = *state;
	struct finding *finding;

	summaries_make(pair, 2, 2);
	finding = &pair->found->findings[1];
	finding->at_ft = pair_changed();
	changes(pair);
	summaries_assert_has(&page, "deleted   2 from Profiles  [certain]\n");
	summaries_assert_has(&page, "P001  at 2016-02-02 09:14:07 UTC; ");
	summaries_assert_has(&page, "P000  between 2016-02-01 17:00:00 and 2016-02-02 ");
}

/* What only a log holds says so. */
static void test_in_log(void **state)
{
	struct pair *pair = *state;
	struct state in_file = { .first = true }, in_log = { .first = false };

	summaries_make(pair, 2, 2);
	pair->found->findings[0].state = &in_log;
	pair->found->findings[1].state = &in_file;
	changes(pair);
	assert_int_equal(summaries_count(&page, "in log"), 1);
	const char *log = strstr(page.text, "in log"), *first = strstr(page.text, "P000"),
		   *second = strstr(page.text, "P001");
	assert_true(first < log && log < second);
}

static void test_moved(void **state)
{
	struct pair *pair = *state;

	summaries_make_moved(pair);
	changes(pair);
	summaries_assert_has(
		&page,
		"moved     Work from Profiles to Deleted Profiles  [certain]  between\n"
		"          2016-02-01 17:00:00 and ");
}

/* Further keys that were asked for. */
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
	assert_string_equal(page.text, "key       Software\\Microsoft  1 differences\n");
}

/* ---- recovered profiles ---- */

static void test_recovered(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	const struct recovery *recovery = recovered(pair, false);
	assert_true(recoveredhive_only(recovery)->has_no_gaps);
	summaries_begin(&page);
	brief_recovered(&page.summary, recovery);
	summaries_end(&page);
	summaries_assert_has(&page, "recovered Work from Profiles, deleted at 2016-02-02 "
				    "09:14:07 UTC  [no gaps]  ");
	/* One that a change reports, or that lives on, is not put a second time. */
	summaries_begin(&page);
	page.reported[0] = true;
	brief_recovered(&page.summary, recovery);
	summaries_end(&page);
	assert_string_equal(page.text, "");
	struct recovered_profile *profile =
		(struct recovered_profile *)&recovery->profiles[0];
	profile->lives_on = profile->profile.key;
	summaries_begin(&page);
	brief_recovered(&page.summary, recovery);
	summaries_end(&page);
	assert_string_equal(page.text, "");
}

static void test_recovered_inside(void **state)
{
	struct recovery recovery = { .n_inside_keys = 1, .n_inside_values = 2 };

	(void)state;
	summaries_begin(&page);
	brief_recovered(&page.summary, &recovery);
	summaries_end(&page);
	assert_string_equal(page.text,
			    "recovered 1 key and 2 values inside what is still "
			    "there\n");
}

static void test_recovered_nameless(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, false);
	struct recovered_profile profiles[2] = { pair->recoveries[1]->profiles[0],
						 pair->recoveries[1]->profiles[0] };
	struct recovery recovery = { .profiles = profiles, .n_profiles = 1 };
	profiles[0].name = profiles[1].name = text_of("");
	profiles[0].store = profiles[1].store = NULL;
	profiles[0].has_no_gaps = profiles[1].has_no_gaps = false;
	profiles[0].certainty = profiles[1].certainty = RECOVERED_PARTIAL;
	profiles[0].deleted_ft = 0;
	profiles[0].not_after_ft = pair_saved_again();
	summaries_begin(&page);
	brief_recovered(&page.summary, &recovery);
	summaries_end(&page);
	summaries_assert_has(&page, "recovered (name lost), deleted not after 2016-02-02 "
				    "18:45:30 UTC  [in part, path\n          partial]");
	/* Two alike: one group, the times in its rows. */
	uint64_t moment_ft = profiles[1].deleted_ft;
	profiles[1].deleted_ft = 0;
	profiles[1].not_after_ft = moment_ft;
	recovery.n_profiles = 2;
	summaries_begin(&page);
	brief_recovered(&page.summary, &recovery);
	summaries_end(&page);
	summaries_assert_has(&page, "recovered 2  [in part, path partial]\n");
	assert_int_equal(summaries_count(&page, "(name lost)"), 2);
	summaries_assert_has(&page, "deleted not after 2016-02-02 18:45:30 UTC; ");
	summaries_assert_has(&page, "deleted not after 2016-02-02 09:14:07 UTC; ");
	/* A moment is no bound: such a one stands apart. */
	profiles[1].deleted_ft = moment_ft;
	summaries_begin(&page);
	brief_recovered(&page.summary, &recovery);
	summaries_end(&page);
	assert_int_equal(summaries_count(&page, "recovered (name lost), deleted "), 2);
	summaries_assert_has(&page,
			     "(name lost), deleted not after 2016-02-02 18:45:30 UTC");
	summaries_assert_has(&page, "(name lost), deleted at 2016-02-02 09:14:07 UTC");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_brief_rows),
		TEST(test_brief_past_the_rows),
		TEST(test_brief_one_change),
		TEST(test_brief_profiles),
		TEST(test_brief_kinds),
		TEST(test_rows_are_counted),
		TEST(test_rows_left),
		TEST(test_certainties_stand_apart),
		TEST(test_times_stand_apart),
		TEST(test_in_log),
		TEST(test_moved),
		TEST(test_keys),
		TEST(test_recovered),
		TEST(test_recovered_inside),
		TEST(test_recovered_nameless),
	};
	return UNIT_RUN(tests);
}
