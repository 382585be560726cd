/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether there is a cause to be told, and what became of restoring a profile. */
#include "help/summaries.h"

#include "report/summary/causelines.h"

static struct summaries_page page;

/* Only for the comparison that something is to be explained of. */
static void test_is_due(void **state)
{
	static struct diagnosis diagnosis;
	struct diagnoses diagnoses = { .items = &diagnosis, .n = 0 };
	const struct comparison one = { .before_index = 0 },
				other = { .before_index = 1 };

	(void)state;
	summaries_begin(&page);
	assert_false(causelines_is_due(&page.summary, NULL));
	assert_false(causelines_is_due(&page.summary, &one));
	page.options.diagnoses = &diagnoses;
	assert_false(causelines_is_due(&page.summary, NULL));
	diagnoses.n = 1;
	assert_true(causelines_is_due(&page.summary, NULL));
	assert_false(causelines_is_due(&page.summary, &one));
	diagnosis.comparison = &one;
	assert_true(causelines_is_due(&page.summary, &one));
	assert_false(causelines_is_due(&page.summary, &other));
	assert_false(causelines_is_due(&page.summary, NULL));
	summaries_end(&page);
}

/* Nothing is put where there is nothing to explain. */
static void test_nothing(void **state)
{
	(void)state;
	summaries_begin(&page);
	causelines_brief(&page.summary, NULL);
	causelines_write(&page.summary, NULL);
	causelines_restored(page.summary.screen, NULL);
	summaries_end(&page);
	assert_string_equal(page.text, "");
}

static void expect_restored(const struct restored *restored, const char *line)
{
	summaries_begin(&page);
	causelines_restored(page.summary.screen, restored);
	summaries_end(&page);
	assert_string_equal(page.text, line);
}

static void test_restored(void **state)
{
	char path[] = "/out/Work-12345678.reg", hostile[] = "/out\x1b[2J/x.reg";
	struct restored restored = { .outcome = RESTORE_WRITTEN, .path = path };

	(void)state;
	expect_restored(&restored, "    restore   /out/Work-12345678.reg\n");
	restored.incomplete = true;
	expect_restored(&restored, "    restore   /out/Work-12345678.reg (INCOMPLETE)\n");
	restored.path = hostile;
	restored.incomplete = false;
	expect_restored(&restored, "    restore   /out\xEF\xBF\xBD[2J/x.reg\n");
	/* Why it was not written. */
	restored = (struct restored){ .outcome = RESTORE_LEFT_OUT,
				      .reason = RESTORE_IS_BACK };
	expect_restored(&restored, "    restore   a later hive has it again\n");
	restored.outcome = RESTORE_REFUSED;
	restored.reason = RESTORE_LIST_LOST;
	expect_restored(&restored,
			"    restore   it is not known in which list it was\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_is_due),
		TEST(test_nothing),
		TEST(test_restored),
	};
	return UNIT_RUN(tests);
}
