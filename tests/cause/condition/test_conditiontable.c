/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of conditions: every id has its row, and the parts of a row agree. */
#include "help/unit.h"

#include "cause/condition/conditiontable.h"

#include <string.h>

/* A word of the report: small letters, digits and "_", as NMTOKEN allows. */
static void assert_word(const char *word)
{
	assert_non_null(word);
	assert_true(strlen(word) > 0);
	assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_"),
			 strlen(word));
}

static void test_words_are_words_and_differ(void **state)
{
	(void)state;
	for (int i = 0; i < CONDITION_N_IDS; i++) {
		const struct condition_kind *kind =
			conditiontable_kind((enum condition_id)i);
		assert_int_equal(kind->id, i);
		assert_word(kind->word);
		assert_true(strlen(kind->statement) > 0);
		assert_true(strlen(kind->decided_by) > 0);
		assert_non_null(kind->check);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				kind->word,
				conditiontable_kind((enum condition_id)k)->word);
	}
}

/* What would decide it is said twice, as data and for people: of the same options. */
static void test_options_agree_with_the_sentence(void **state)
{
	(void)state;
	for (int i = 0; i < CONDITION_N_IDS; i++) {
		const struct condition_kind *kind =
			conditiontable_kind((enum condition_id)i);
		assert_int_not_equal(kind->wanted, 0);
		for (unsigned one = WANTED_FIRST_OPTION; one <= WANTED_LAST_OPTION;
		     one <<= 1)
			assert_int_equal((kind->wanted & one) != 0,
					 strstr(kind->decided_by,
						wanted_option((enum wanted)one)) != NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_words_and_differ),
		cmocka_unit_test(test_options_agree_with_the_sentence),
	};
	return UNIT_RUN(tests);
}
