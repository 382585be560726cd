/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words for what a rule rests on, there and back. */
#include "help/unit.h"

#include "base/basis.h"

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(basis_word(BASIS_DOCUMENTED), "documented");
	assert_string_equal(basis_word(BASIS_INFERRED), "inferred");
	assert_string_equal(basis_word(BASIS_UNCONFIRMED), "unconfirmed");
}

static void test_there_and_back(void **state)
{
	(void)state;
	for (unsigned i = BASIS_DOCUMENTED; i <= BASIS_UNCONFIRMED; i++)
		assert_int_equal(basis_of(basis_word((enum basis)i)), i);
}

/* What is not known never makes a rule stronger. */
static void test_other_words_are_the_weakest(void **state)
{
	(void)state;
	assert_int_equal(basis_of(""), BASIS_UNCONFIRMED);
	assert_int_equal(basis_of("Documented"), BASIS_UNCONFIRMED);
	assert_int_equal(basis_of("documented "), BASIS_UNCONFIRMED);
	assert_int_equal(basis_of("infer"), BASIS_UNCONFIRMED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_other_words_are_the_weakest),
	};

	return UNIT_RUN(tests);
}
