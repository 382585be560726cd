/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The causes: their words, and that what each is weighed by keeps the rules. */
#include "help/unit.h"

#include "cause/cause.h"
#include "cause/condition/conditiontable.h"
#include "cause/condition/pairfacts.h"

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
	for (int i = CAUSE_KB_817375; i <= CAUSE_WRONG_PAIR; i++) {
		assert_word(cause_word((enum cause)i));
		assert_true(strlen(cause_sentence((enum cause)i)) > 0);
		for (int k = CAUSE_KB_817375; k < i; k++)
			assert_string_not_equal(cause_word((enum cause)i),
						cause_word((enum cause)k));
	}
}

/* The sentence is the name, and behind ": " how it works. */
static void test_names(void **state)
{
	(void)state;
	for (int i = 0; i < CAUSE_N_CAUSES; i++) {
		const char *name = cause_name((enum cause)i);
		const char *sentence = cause_sentence((enum cause)i);
		size_t len = strlen(name);
		assert_true(len > 0);
		assert_memory_equal(sentence, name, len);
		assert_null(strchr(name, ':'));
		if (sentence[len] != '\0')
			assert_memory_equal(sentence + len, ": ", 2);
	}
}

static void test_conditions(void **state)
{
	(void)state;
	for (int i = 0; i < CAUSE_N_CAUSES; i++) {
		size_t n, n_necessary = 0, n_own = 0;
		const struct cause_condition *all = cause_conditions((enum cause)i, &n);
		assert_in_range(n, 2, CAUSE_MAX_CONDITIONS);
		for (size_t k = 0; k < n; k++) {
			n_necessary += all[k].weight == CONDITION_NECESSARY;
			n_own += all[k].peculiar;
			/* What nothing is counted of cannot be what supports it. */
			if (all[k].peculiar)
				assert_true(all[k].weight == CONDITION_NECESSARY ||
					    all[k].weight == CONDITION_TELLING);
			/* What no source confirms rules nothing out. */
			if (all[k].weight == CONDITION_NECESSARY)
				assert_int_not_equal(
					conditiontable_kind(all[k].id)->basis,
					BASIS_UNCONFIRMED);
			for (size_t j = 0; j < k; j++)
				assert_int_not_equal(all[j].id, all[k].id);
		}
		assert_true(n_necessary > 0);
		assert_true(n_own > 0);
	}
}

/* Checks that look at both hives are asked for pairs only. */
static void test_pairs(void **state)
{
	static void (*const checks[])(struct incident *, struct condition *) = {
		pairfacts_older,      pairfacts_sequence, pairfacts_keys_back,
		pairfacts_lost_newer, pairfacts_subjects, pairfacts_shared,
		pairfacts_roots,
	};

	(void)state;
	for (int i = 0; i < CAUSE_N_CAUSES; i++) {
		size_t n;
		const struct cause_condition *all = cause_conditions((enum cause)i, &n);
		for (size_t k = 0; k < n && !cause_needs_pair((enum cause)i); k++)
			for (size_t j = 0; j < ARRAY_LEN(checks); j++)
				assert_true(conditiontable_kind(all[k].id)->check !=
					    checks[j]);
	}
	assert_true(cause_needs_pair(CAUSE_WRONG_PAIR));
	assert_false(cause_needs_pair(CAUSE_KB_817375));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_are_words_and_differ),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_pairs),
	};
	return UNIT_RUN(tests);
}
