/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of a condition's state and weight, and how conditions are counted. */
#include "help/unit.h"

#include "cause/condition/condition.h"

static void test_words_of_the_report(void **state)
{
	(void)state;
	assert_string_equal(condition_state_word(CONDITION_MET), "met");
	assert_string_equal(condition_state_word(CONDITION_NOT_MET), "not_met");
	assert_string_equal(condition_state_word(CONDITION_UNKNOWN), "unknown");
	assert_string_equal(condition_weight_word(CONDITION_NECESSARY), "necessary");
	assert_string_equal(condition_weight_word(CONDITION_TELLING), "telling");
	assert_string_equal(condition_weight_word(CONDITION_EXPECTED), "expected");
	assert_string_equal(condition_weight_word(CONDITION_HINT), "hint");
}

/* Of each weight as many as its number, in each state. */
static void test_hints_are_not_counted(void **state)
{
	static const struct condition all[] = {
		{ .weight = CONDITION_NECESSARY, .state = CONDITION_MET },
		{ .weight = CONDITION_TELLING, .state = CONDITION_MET },
		{ .weight = CONDITION_HINT, .state = CONDITION_MET },
		{ .weight = CONDITION_TELLING, .state = CONDITION_NOT_MET },
		{ .weight = CONDITION_HINT, .state = CONDITION_NOT_MET },
		{ .weight = CONDITION_HINT, .state = CONDITION_UNKNOWN },
	};

	(void)state;
	assert_int_equal(condition_count(all, 6, CONDITION_MET), 2);
	assert_int_equal(condition_count(all, 6, CONDITION_NOT_MET), 1);
	assert_int_equal(condition_count(all, 6, CONDITION_UNKNOWN), 0);
	assert_int_equal(condition_count(all, 1, CONDITION_MET), 1);
	assert_int_equal(condition_count(all, 0, CONDITION_MET), 0);
}

/* What is expected counts where it is not met, and nowhere else. */
static void test_expected(void **state)
{
	static const struct condition all[] = {
		{ .weight = CONDITION_EXPECTED, .state = CONDITION_MET },
		{ .weight = CONDITION_EXPECTED, .state = CONDITION_UNKNOWN },
		{ .weight = CONDITION_EXPECTED, .state = CONDITION_NOT_MET },
	};

	(void)state;
	assert_int_equal(condition_count(all, 3, CONDITION_MET), 0);
	assert_int_equal(condition_count(all, 3, CONDITION_UNKNOWN), 0);
	assert_int_equal(condition_count(all, 3, CONDITION_NOT_MET), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_of_the_report),
		cmocka_unit_test(test_hints_are_not_counted),
		cmocka_unit_test(test_expected),
	};
	return UNIT_RUN(tests);
}
