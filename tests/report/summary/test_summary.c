/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the summary says above and below its parts: the verdict, counts, the report. */
#include "help/summaries.h"

#include "report/summary/summary.h"

#include <string.h>

static struct summaries_page page;

static void test_brief_no_change(void **state)
{
	summaries_make(*state, 2, 0);
	summaries_write(&page, *state, 2, false);
	assert_int_equal(summaries_count(&page, "deleted"), 0);
	assert_ptr_equal(strstr(page.text, "wmsdiff: no profile is gone\n"), page.text);
}

/* The first line: how many are gone; one of one hive, what it holds. */
static void test_verdict(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 3, 1);
	summaries_write(&page, pair, 2, false);
	assert_ptr_equal(strstr(page.text, "wmsdiff: 1 profile is gone\n"), page.text);
	summaries_write(&page, pair, 2, true);
	assert_ptr_equal(strstr(page.text, "wmsdiff: 1 profile is gone\n"), page.text);
	summaries_write(&page, pair, 1, false);
	assert_ptr_equal(strstr(page.text, "wmsdiff: 3 profiles in this hive\n"),
			 page.text);
}

static void test_verdict_damaged(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	pair_fork(pair);
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\Work\\" MAPI_ROOT),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	summaries_write(&page, pair, 2, false);
	assert_ptr_equal(strstr(page.text, "wmsdiff: no profile is gone; 1 is damaged\n"),
			 page.text);
}

/* Spelled out, the counts are always there. */
static void test_counts(void **state)
{
	struct pair *pair = *state;

	summaries_make(pair, 3, 2);
	summaries_write(&page, pair, 2, true);
	summaries_assert_has(&page, "\nprofiles  3 before, 1 after: 2 deleted\n");
	summaries_write(&page, pair, 1, true);
	summaries_assert_lacks(&page, "\nprofiles ");
}

/* Where the report was written, if it was to a file. */
static void test_report(void **state)
{
	struct pair *pair = *state;
	static char text[1 << 12];

	summaries_make(pair, 2, 1);
	summaries_write(&page, pair, 2, false);
	summaries_assert_lacks(&page, "\nreport ");
	for (int full = 0; full <= 1; full++) {
		FILE *out = fmemopen(text, sizeof(text), "w");
		assert_non_null(out);
		page.options.full = full;
		assert_int_equal(summary_write(&page.series, &page.options, "/r.xml",
					       (struct summary_look){ 0 }, out),
				 STATUS_OK);
		assert_int_equal(fclose(out), 0);
		assert_non_null(strstr(
			text, full ? "\nreport    /r.xml (exit status 1)\n"
				   : "\nreport    /r.xml (exit status 1); --full spells "
				     "out more\n"));
	}
}

/* What cannot be written is an error, and no part of it is left open. */
static void test_full_disk(void **state)
{
	struct pair *pair = *state;
	FILE *out = fopen("/dev/full", "w");

	if (!out)
		UNIT_SKIP("there is no /dev/full");
	summaries_make(pair, 2, 1);
	summaries_write(&page, pair, 2, false);
	assert_int_equal(summary_write(&page.series, &page.options, NULL,
				       (struct summary_look){ 0 }, out),
			 STATUS_IO);
	(void)fclose(out);
}

static void test_library(void **state)
{
	(void)state;
	/* libunistring 0.9.10 and later: two hexadecimal digits each. */
	assert_true(summary_library_version() >= 0x00090a);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_brief_no_change), TEST(test_verdict),
		TEST(test_verdict_damaged), TEST(test_counts),
		TEST(test_report),	    TEST(test_full_disk),
		TEST(test_library),
	};
	return UNIT_RUN(tests);
}
