/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is counted, and how it is told. */
#include "help/unit.h"

#include "help/verified.h"

#include <string.h>

static void test_lines(void **state)
{
	struct verified *verified = verified_new();
	struct verifytally *tally = &verified->report.tally;

	(void)state;
	verifytally_holds(tally, VERIFYTALLY_SIZE);
	verifytally_wrong(tally, VERIFYTALLY_HASH, "i1 a", "is %s\x1b and %s", "x",
			  "\xff");
	verifytally_absent(tally, "i2 b", "gone");
	assert_string_equal(verified_told(verified),
			    "wrong: i1 a: is x\\u{1b} and \xef\xbf\xbd\n"
			    "not there: i2 b: gone\n");
	assert_int_equal(tally->n_hold, 1);
	assert_int_equal(tally->n_wrong, 1);
	assert_int_equal(tally->n_absent, 1);
	verified_free(verified);
}

/* Where stand-ins may be in the place of texts, only texts are let pass. */
static void test_redacted(void **state)
{
	struct verified *verified = verified_new();
	struct verifytally *tally = &verified->report.tally;

	(void)state;
	tally->redacted = true;
	verifytally_wrong(tally, VERIFYTALLY_NAME, "there", "it is another");
	verifytally_wrong(tally, VERIFYTALLY_BASE, "there", "it is another");
	assert_int_equal(tally->n_wrong, 0);
	assert_int_equal(tally->left[VERIFYTALLY_REDACTED], 2);
	verifytally_wrong(tally, VERIFYTALLY_HASH, "there", "it is another");
	verifytally_wrong(tally, VERIFYTALLY_TIME, "there", "it is another");
	verifytally_wrong(tally, VERIFYTALLY_RUN, "there", "it is another");
	assert_int_equal(tally->n_wrong, 3);
	verified_free(verified);
}

static void test_tables(void **state)
{
	struct verified *verified = verified_new();
	struct verifytally *tally = &verified->report.tally;

	(void)state;
	verifytally_print(tally);
	assert_string_equal(verified_told(verified), "Checked against the evidence:\n"
						     "  nothing\n"
						     "Not checked:\n");
	verifytally_holds(tally, VERIFYTALLY_TIME);
	verifytally_leave(tally, VERIFYTALLY_PATH, 12);
	verifytally_leave(tally, VERIFYTALLY_CAUSE, 0);
	verifytally_print(tally);
	assert_non_null(strstr(verified_told(verified), "time at its place"));
	assert_null(strstr(verified_told(verified), "SHA-256"));
	assert_non_null(strstr(verified_told(verified), "own name"));
	assert_non_null(strstr(verified_told(verified), "       12\n"));
	assert_null(strstr(verified_told(verified), "causes"));
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_redacted),
		cmocka_unit_test(test_tables),
	};
	return UNIT_RUN(tests);
}
