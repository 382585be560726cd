/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The closed list: words of the program's texts and tables, and none of its comments. */
#include "help/unit.h"

#include "report/redact/redactwords.h"

#include <string.h>

static bool has(const char *word)
{
	return redactwords_has(word, strlen(word));
}

static void test_words(void **state)
{
	(void)state;
	/* A sentence, a word of the report, a path, a table of MAPI, and morewords.tsv. */
	assert_true(has("whole"));
	assert_true(has("Whole"));
	assert_true(has("other_hive"));
	assert_true(has("CurrentVersion"));
	assert_true(has("PR_DISPLAY_NAME"));
	assert_true(has("amd64"));
	assert_true(redactwords_has("wholesome", 5));
	assert_false(has("wholesom"));
	assert_false(has(""));
	/* What a format puts in is no word of it. */
	assert_false(has("zu"));
	/* Names of people stand in comments only. */
	assert_false(has("joe"));
	assert_false(has("jdoe"));
	assert_false(has("anna"));
	assert_false(has("\xC3\xA4"));
	char longest[100];
	memset(longest, 'a', sizeof(longest));
	assert_false(redactwords_has(longest, sizeof(longest)));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

	return UNIT_RUN(tests);
}
