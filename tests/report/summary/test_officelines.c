/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Office keeps beside the lists of profiles, in the summary. */
#include "help/summaries.h"

#include "report/summary/officelines.h"

#define OUTLOOK MAPI_OFFICE("14.0")

static struct summaries_page page;

static void put(struct pair *pair)
{
	struct snapshot *snapshot;

	builder_finish(pair->before);
	snapshot = pair_read(pair->before);
	summaries_begin(&page);
	officelines_write(page.summary.screen, snapshot);
	summaries_end(&page);
	snapshot_free(snapshot);
}

static void test_nothing(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, OUTLOOK "\\Search", pair_made());
	put(pair);
	assert_string_equal(page.text, "");
}

/* Each file once, though two keys name it. */
static void test_files(void **state)
{
	struct pair *pair = *state;
	builder_key search = builder_path(pair->before, OUTLOOK "\\Search", pair_made());
	builder_key catalog =
		builder_path(pair->before, OUTLOOK "\\Search\\Catalog", pair_made());

	builder_value_dword(pair->before, search, "D:\\a.pst", 1);
	builder_value_dword(pair->before, catalog, "D:\\A.pst", 1);
	put(pair);
	assert_string_equal(page.text, "office          14.0\n"
				       "    searched  D:\\a.pst (in no profile)\n");
}

static void test_files_past_the_limit(void **state)
{
	struct pair *pair = *state;
	builder_key search = builder_path(pair->before, OUTLOOK "\\Search", pair_made());

	for (char name[] = "D:\\a.pst"; name[3] <= 'f'; name[3]++)
		builder_value_dword(pair->before, search, name, 1);
	put(pair);
	assert_int_equal(summaries_count(&page, "    searched  "), 4);
	summaries_assert_has(&page, "... and 2 more files in the report\n");
}

/* What names the account; never what is held back. */
static void test_identities(void **state)
{
	struct pair *pair = *state;
	builder_key key = builder_path(
		pair->before,
		"Software\\Microsoft\\Office\\16.0\\Common\\Identity\\Identities\\1",
		pair_made());

	builder_value_string(pair->before, key, "SignInName", "ada@example.com");
	builder_value_string(pair->before, key, "FriendlyName", "");
	builder_value_string(pair->before, key, "Unheard", "nevershown");
	put(pair);
	assert_string_equal(page.text, "office          16.0\n"
				       "    identity  SignInName ada@example.com\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_files),
		TEST(test_files_past_the_limit),
		TEST(test_identities),
	};

	return UNIT_RUN(tests);
}
