/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wording that the parts of the summary share: kinds, lists, times, names, numbers. */
#include "help/summaries.h"

#include "report/summary/wording.h"

#include "samples/builder.h"

static struct summaries_page page;

/* ---- kinds ---- */

/* Each kind has one place, what is gone stands before what was changed or came. */
static void test_kinds(void **state)
{
	size_t places[WORDING_N_KINDS];
	bool seen[WORDING_N_KINDS] = { false };

	(void)state;
	for (size_t i = 0; i < WORDING_N_KINDS; i++) {
		enum finding_kind kind = wording_kind(i);
		assert_in_range(kind, 0, WORDING_N_KINDS - 1);
		assert_false(seen[kind]);
		seen[kind] = true;
		places[kind] = i;
	}
	/* That the hive is another outweighs what is missing in it. */
	assert_int_equal(places[FINDING_OTHER_HIVE], 0);
	assert_int_equal(places[FINDING_STORE_REMOVED], 1);
	assert_true(places[FINDING_DELETED] < places[FINDING_DAMAGED]);
	assert_true(places[FINDING_DAMAGED] < places[FINDING_RECREATED]);
	assert_true(places[FINDING_RECREATED] < places[FINDING_MOVED]);
	assert_true(places[FINDING_MOVED] < places[FINDING_MODIFIED]);
	assert_true(places[FINDING_MODIFIED] < places[FINDING_ADDED]);
	assert_int_equal(places[FINDING_DEFAULT_CHANGED], WORDING_N_KINDS - 1);
}

static void test_styles(void **state)
{
	(void)state;
	assert_int_equal(wording_style(FINDING_DELETED), SCREEN_BAD);
	assert_int_equal(wording_style(FINDING_STORE_REMOVED), SCREEN_BAD);
	assert_int_equal(wording_style(FINDING_OTHER_HIVE), SCREEN_BAD);
	assert_int_equal(wording_style(FINDING_DAMAGED), SCREEN_BAD);
	assert_int_equal(wording_style(FINDING_ADDED), SCREEN_GOOD);
	assert_int_equal(wording_style(FINDING_MOVED), SCREEN_CHANGED);
	assert_int_equal(wording_style(FINDING_RENAMED), SCREEN_CHANGED);
	assert_int_equal(wording_style(FINDING_RECREATED), SCREEN_CHANGED);
	assert_int_equal(wording_style(FINDING_MODIFIED), SCREEN_CHANGED);
	assert_int_equal(wording_style(FINDING_DEFAULT_CHANGED), SCREEN_CHANGED);
}

static void test_plural(void **state)
{
	(void)state;
	assert_string_equal(wording_plural(0), "s");
	assert_string_equal(wording_plural(1), "");
	assert_string_equal(wording_plural(2), "s");
	assert_string_equal(wording_plural(SIZE_MAX), "s");
}

/* ---- lists ---- */

static void expect_list(enum store_kind kind, enum store_list list, const char *version,
			const char *line)
{
	char text[16] = "";
	const struct store store = { .kind = kind,
				     .list = list,
				     .office_version = version ? text : NULL };

	if (version)
		(void)snprintf(text, sizeof(text), "%s", version);
	summaries_begin(&page);
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	wording_list(page.summary.screen, &store);
	summaries_end(&page);
	assert_string_equal(page.text, line);
}

static void test_lists(void **state)
{
	(void)state;
	expect_list(STORE_WMS, STORE_PROFILES, NULL,
		    "Profiles of Windows Messaging Subsystem\n");
	expect_list(STORE_WMS, STORE_DELETED_PROFILES, NULL,
		    "Deleted Profiles of Windows Messaging Subsystem\n");
	expect_list(STORE_WMS9X, STORE_PROFILES, NULL,
		    "Profiles of Windows Messaging Subsystem (Windows 9x)\n");
	expect_list(STORE_OFFICE, STORE_PROFILES, "16.0",
		    "Profiles of Outlook, Office 16.0\n");
	expect_list(STORE_OFFICE, STORE_DELETED_PROFILES, NULL,
		    "Deleted Profiles of Outlook, Office (version unknown)\n");
	/* The version is the name of a key. */
	expect_list(STORE_OFFICE, STORE_PROFILES, "1\x1b[2J",
		    "Profiles of Outlook, Office 1\\u{1b}[2J\n");
}

/* ---- times ---- */

static void expect_when(struct finding finding, bool dated, const char *line)
{
	assert_int_equal(wording_is_dated(&finding), dated);
	summaries_begin(&page);
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	wording_when(page.summary.screen, &finding);
	summaries_end(&page);
	assert_string_equal(page.text, line);
}

static void test_times(void **state)
{
	uint64_t nine = builder_filetime(2016, 2, 2, 9, 14, 7) + 9999999;
	uint64_t noon = builder_filetime(2016, 2, 2, 12, 0, 0);
	struct finding finding = { .dated = true,
				   .earliest_ft = nine,
				   .latest_ft = noon };

	(void)state;
	/* The second that it is, not the next one. */
	expect_when(finding, true,
		    "between 2016-02-02 09:14:07 and 2016-02-02 12:00:00 UTC\n");
	finding.at_ft = nine;
	expect_when(finding, true, "at 2016-02-02 09:14:07 UTC\n");
	finding.at_ft = 0;
	finding.latest_ft = nine;
	expect_when(finding, true, "within the second 2016-02-02 09:14:07 UTC\n");
	finding.latest_ft = nine + 1;
	expect_when(finding, true,
		    "between 2016-02-02 09:14:07 and 2016-02-02 09:14:08 UTC\n");
	finding.latest_ft = nine;
	/* Bounds that contradict each other are told, and none as a span of time. */
	finding.earliest_ft = noon;
	expect_when(
		finding, true,
		"not before 2016-02-02 12:00:00, not after 2016-02-02 09:14:07 UTC\n");
	finding.latest_ft = 0;
	expect_when(finding, true, "not before 2016-02-02 12:00:00 UTC\n");
	finding.earliest_ft = 0;
	finding.latest_ft = nine;
	expect_when(finding, true, "not after 2016-02-02 09:14:07 UTC\n");
	finding.dated = false;
	expect_when(finding, false, "not after 2016-02-02 09:14:07 UTC\n");
	assert_false(wording_is_dated(&(struct finding){ .dated = true }));
}

/* ---- names ---- */

static void expect_names(const struct finding *finding, const char *line)
{
	summaries_begin(&page);
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	wording_names(page.summary.screen, finding);
	summaries_end(&page);
	assert_string_equal(page.text, line);
}

static void test_names(void **state)
{
	struct pair *pair = *state;
	struct finding finding = { .kind = FINDING_DELETED };

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, PAIR_PROFILES, "red\x1b[31m", 2);
	pair_fork(pair);
	pair_compare(pair);
	expect_names(&finding, "\n");
	finding.before = pair_profile(pair->old, "Work");
	expect_names(&finding, "Work\n");
	finding.kind = FINDING_MODIFIED;
	finding.after = pair_profile(pair->new, "Work");
	expect_names(&finding, "Work\n");
	finding.kind = FINDING_RENAMED;
	finding.after = pair_profile(pair->new, "red\x1b[31m");
	expect_names(&finding, "Work -> red\\u{1b}[31m\n");
	finding.kind = FINDING_ADDED;
	finding.before = NULL;
	expect_names(&finding, "red\\u{1b}[31m\n");
}

/* DefaultProfile: what it said, not the profiles. */
static void test_default_names(void **state)
{
	struct finding finding = { .kind = FINDING_DEFAULT_CHANGED,
				   .old_default = text_of("Work"),
				   .new_default = text_of("Home") };

	(void)state;
	expect_names(&finding, "Work -> Home\n");
	finding.new_default = text_of("");
	expect_names(&finding, "Work -> (none)\n");
	finding.new_default = text_of("Home");
	finding.old_default = text_of("");
	expect_names(&finding, "(none) -> Home\n");
}

/* ---- lines ---- */

static void test_line(void **state)
{
	(void)state;
	summaries_begin(&page);
	wording_line(page.summary.screen, "in");
	screen_print(page.summary.screen, "here");
	wording_line(page.summary.screen, "");
	screen_print(page.summary.screen, "and there");
	summaries_end(&page);
	assert_string_equal(page.text, "    in        here\n"
				       "              and there\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),	      cmocka_unit_test(test_styles),
		cmocka_unit_test(test_plural),	      cmocka_unit_test(test_lists),
		cmocka_unit_test(test_times),	      TEST(test_names),
		cmocka_unit_test(test_default_names), cmocka_unit_test(test_line),
	};
	return UNIT_RUN(tests);
}
