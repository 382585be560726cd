/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of CSV: RFC 4180, and nothing that a spreadsheet runs. */
#include "help/caught.h"

#include "report/csvcell.h"

static const char *plain(const char *cell)
{
	struct output *output = caught_begin();

	csvcell_put(output, cell, false);
	return caught_end();
}

static const char *defused(const char *text)
{
	struct output *output = caught_begin();

	csvcell_put_defused(output, text, false);
	return caught_end();
}

static void test_quotes(void **state)
{
	(void)state;
	assert_string_equal(plain(""), ",");
	assert_string_equal(plain("a b"), "a b,");
	assert_string_equal(plain("a,b"), "\"a,b\",");
	assert_string_equal(plain("\""), "\"\"\"\",");
	assert_string_equal(plain("a\r\nb"), "\"a\r\nb\",");
	assert_string_equal(plain("=1+1"), "=1+1,");
}

static void test_end_of_record(void **state)
{
	struct output *output = caught_begin();

	(void)state;
	csvcell_put(output, "a", true);
	csvcell_put_defused(output, "=b", true);
	assert_string_equal(caught_end(), "a\r\n'=b\r\n");
}

static void test_formulas(void **state)
{
	(void)state;
	assert_string_equal(defused("=1+1"), "'=1+1,");
	assert_string_equal(defused("+1"), "'+1,");
	assert_string_equal(defused("-1"), "'-1,");
	assert_string_equal(defused("@SUM(A1)"), "'@SUM(A1),");
	assert_string_equal(defused("=HYPERLINK(\"x\",\"y\")"),
			    "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",");
	/* Behind what a reader may take away: blanks, a tab, a mark, no-break space. */
	assert_string_equal(defused(" \t=1"), "' \t=1,");
	assert_string_equal(defused("\r=1"), "\"'\r=1\",");
	assert_string_equal(defused("\xEF\xBB\xBF=1"), "'\xEF\xBB\xBF=1,");
	assert_string_equal(defused("\xC2\xA0=1"), "'\xC2\xA0=1,");
	/* Of full width: U+FF1D. */
	assert_string_equal(defused("\xEF\xBC\x9D"
				    "1"),
			    "'\xEF\xBC\x9D"
			    "1,");
}

/* What is no formula stays, but for an apostrophe: so that one in front is always ours. */
static void test_others(void **state)
{
	(void)state;
	assert_string_equal(defused(""), ",");
	assert_string_equal(defused("a=1"), "a=1,");
	assert_string_equal(defused("1-1"), "1-1,");
	assert_string_equal(defused("   "), "   ,");
	assert_string_equal(defused("\xC3\xA9=1"), "\xC3\xA9=1,");
	assert_string_equal(defused("'=1"), "''=1,");
	assert_string_equal(defused("'s"), "''s,");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_end_of_record),
		cmocka_unit_test(test_formulas),
		cmocka_unit_test(test_others),
	};
	return UNIT_RUN(tests);
}
