/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Warnings and errors at the foot of the summary: of which file, where, how many. */
#include "help/summaries.h"

#include "report/summary/warnings.h"

static struct summaries_page page;

/* A hive without diagnostics of its own; those of the test are to be added to it. */
static struct snapshot make(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	pair_compare(pair);
	struct snapshot snapshot = *pair->old;
	snapshot.diags = diag_list_new();
	assert_non_null(snapshot.diags);
	return snapshot;
}

static void write(struct pair *pair, struct snapshot *snapshot, size_t most)
{
	struct inputs *inputs = NULL;

	summaries_begin_pair(&page, pair, 1);
	page.snapshots[0] = snapshot;
	assert_int_equal(inputs_list(&page.series, NULL, &inputs), STATUS_OK);
	page.options.inputs = inputs;
	warnings_write(&page.summary, most);
	summaries_end(&page);
	inputs_free(inputs);
}

static void test_none(void **state)
{
	struct snapshot snapshot = make(*state);

	write(*state, &snapshot, 3);
	assert_string_equal(page.text, "");
	/* What is only an information is in the report alone. */
	assert_int_equal(diag_severity(DIAG_FILE_TAIL), DIAG_INFO);
	diag_at(snapshot.diags, DIAG_FILE_TAIL, 0, "harmless");
	write(*state, &snapshot, 3);
	assert_string_equal(page.text, "");
	diag_list_free(snapshot.diags);
}

static void test_each(void **state)
{
	struct snapshot snapshot = make(*state);
	const char *path = snapshot.evidence->path;
	char expected[512];

	diag_at(snapshot.diags, DIAG_BASE_CHECKSUM, 0x1fc, "it is wrong");
	diag_at(snapshot.diags, DIAG_KEY_NAME, DIAG_NOWHERE, "a\x1b[2J b");
	write(*state, &snapshot, 3);
	(void)snprintf(expected, sizeof(expected),
		       "error     %s: 0x1fc: it is wrong\n"
		       "warning   %s: a\\u{1b}[2J b\n",
		       path, path);
	assert_string_equal(page.text, expected);
	diag_list_free(snapshot.diags);
}

/* So many, and one more. */
static void test_most(void **state)
{
	struct snapshot snapshot = make(*state);

	for (unsigned i = 0; i < 3; i++)
		diag_at(snapshot.diags, DIAG_KEY_DAMAGED, 4096 + i, "broken");
	write(*state, &snapshot, 3);
	assert_int_equal(summaries_count(&page, "error     "), 3);
	summaries_assert_lacks(&page, "more in the report");
	diag_at(snapshot.diags, DIAG_KEY_DAMAGED, 8192, "broken");
	/* An information is not counted. */
	diag_at(snapshot.diags, DIAG_FILE_TAIL, 8192, "harmless");
	write(*state, &snapshot, 3);
	assert_int_equal(summaries_count(&page, "error     "), 3);
	summaries_assert_has(&page, "\n          ... and 1 more in the report\n");
	write(*state, &snapshot, 0);
	assert_string_equal(page.text, "          ... and 4 more in the report\n");
	diag_list_free(snapshot.diags);
}

/* The same file before its logs were applied is told by the file with its logs. */
static void test_as_found(void **state)
{
	struct snapshot snapshot = make(*state);

	diag_at(snapshot.diags, DIAG_KEY_DAMAGED, 4096, "broken");
	snapshot.borrowed = true;
	write(*state, &snapshot, 3);
	assert_string_equal(page.text, "");
	diag_list_free(snapshot.diags);
}

/* What is odd about a pair is told of both by their numbers. */
static void test_comparison(void **state)
{
	struct pair *pair = *state;
	struct snapshot snapshot = make(pair);

	assert_int_equal(diag_count(pair->found->diags), 0);
	diag_at(pair->found->diags, DIAG_AFTER_OLDER, DIAG_NOWHERE, "it is older");
	struct inputs *inputs = NULL;

	summaries_begin_pair(&page, pair, 2);
	assert_int_equal(inputs_list(&page.series, NULL, &inputs), STATUS_OK);
	page.options.inputs = inputs;
	warnings_write(&page.summary, 3);
	summaries_end(&page);
	inputs_free(inputs);
	assert_string_equal(page.text, "warning   snapshots 1 and 2: it is older\n");
	diag_list_free(snapshot.diags);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_none),     TEST(test_each),	    TEST(test_most),
		TEST(test_as_found), TEST(test_comparison),
	};
	return UNIT_RUN(tests);
}
