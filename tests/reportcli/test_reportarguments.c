/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options and the operand behind a command. */
#include "help/unit.h"

#include "reportcli/reportarguments.h"

#include <string.h>

static struct reportarguments out;

/* Words up to a NULL.  Return: what is wrong. */
static const char *read_words(unsigned options, const char *const *words)
{
	char copies[80][16], *given[80];
	size_t n = 0;

	for (; words[n]; n++) {
		assert_true(n < 80 && strlen(words[n]) < 16);
		strcpy(copies[n], words[n]);
		given[n] = copies[n];
	}
	const char *wrong = reportarguments_read(given, n, options, &out);
	/* What is given back are the words themselves. */
	if (!wrong && strcmp(out.operand, "r") != 0)
		assert_string_equal(out.operand, "-r");
	return wrong;
}

#define READ(options, ...) read_words(options, (const char *const[]){ __VA_ARGS__, NULL })

static void test_right(void **state)
{
	(void)state;
	assert_null(READ(0, "r"));
	assert_null(READ(0, "--", "-r"));
	assert_null(READ(REPORTARGUMENTS_HTML, "r", "--html", "-"));
	assert_non_null(out.html);
	assert_null(
		READ(REPORTARGUMENTS_EVIDENCE, "--evidence", "a", "r", "--evidence=b=c"));
	assert_int_equal(out.n_evidence, 2);
	assert_null(out.html);
	/* What stands behind an option is its argument, whatever it looks like. */
	assert_null(READ(REPORTARGUMENTS_EVIDENCE, "--evidence", "--", "r"));
	assert_int_equal(out.n_evidence, 1);
}

static void test_wrong(void **state)
{
	const char *many[2 * REPORTARGUMENTS_MAX_EVIDENCE + 4] = { "r" };

	(void)state;
	assert_string_equal(READ(0, "--"), "the operand is missing");
	assert_string_equal(READ(0, "a", "b"), "there are too many operands");
	assert_string_equal(READ(0, "-x", "a"), "there is no such option");
	assert_string_equal(READ(0, "-", "a"), "there is no such option");
	assert_string_equal(READ(0, "--html", "a", "r"), "there is no such option");
	assert_string_equal(READ(REPORTARGUMENTS_EVIDENCE, "--html", "a", "r"),
			    "there is no such option");
	assert_string_equal(READ(REPORTARGUMENTS_HTML, "--htm", "a", "r"),
			    "there is no such option");
	assert_string_equal(READ(REPORTARGUMENTS_HTML, "r", "--html"),
			    "the argument of an option is missing");
	assert_string_equal(READ(REPORTARGUMENTS_HTML, "r", "--html="),
			    "the argument of an option is empty");
	assert_string_equal(READ(REPORTARGUMENTS_HTML, "--html", "a", "--html=b", "r"),
			    "--html is given twice");
	for (size_t i = 0; i < REPORTARGUMENTS_MAX_EVIDENCE; i++)
		many[i + 1] = "--evidence=e";
	assert_null(read_words(REPORTARGUMENTS_EVIDENCE, many));
	many[REPORTARGUMENTS_MAX_EVIDENCE + 1] = "--evidence=e";
	assert_string_equal(read_words(REPORTARGUMENTS_EVIDENCE, many),
			    "--evidence is given too often");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_right),
		cmocka_unit_test(test_wrong),
	};
	return UNIT_RUN(tests);
}
