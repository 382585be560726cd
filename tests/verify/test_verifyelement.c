/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of elements. */
#include "help/unit.h"

#include "verify/verifyelement.h"

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(verifyelement_of("byte_run"), VERIFYELEMENT_BYTE_RUN);
	assert_int_equal(verifyelement_of("byte_runs"), VERIFYELEMENT_OTHER);
	assert_int_equal(verifyelement_of(""), VERIFYELEMENT_OTHER);
	assert_true(verifyelement_has_text(VERIFYELEMENT_DATA));
	assert_false(verifyelement_has_text(VERIFYELEMENT_CELL));
	assert_false(verifyelement_has_text(VERIFYELEMENT_OTHER));
}

static void test_left(void **state)
{
	struct verifytally tally = { 0 };

	(void)state;
	verifyelement_leave(&tally, "condition");
	verifyelement_leave(&tally, "condition");
	verifyelement_leave(&tally, "profile");
	verifyelement_leave(&tally, "byte_run");
	verifyelement_leave(&tally, "no such element");
	assert_int_equal(tally.left[VERIFYTALLY_CAUSE], 2);
	assert_int_equal(tally.left[VERIFYTALLY_WHOLE], 1);
	for (size_t i = 0; i < VERIFYTALLY_N_LEFTS; i++)
		if (i != VERIFYTALLY_CAUSE && i != VERIFYTALLY_WHOLE)
			assert_int_equal(tally.left[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_left),
	};
	return UNIT_RUN(tests);
}
