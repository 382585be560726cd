/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to do about a cause: each has something, and what brings back comes last. */
#include "help/unit.h"

#include "cause/plainadvice.h"

#include <string.h>

/* The steps of a cause, in order. */
static size_t steps_of(enum cause cause, const char **codes, size_t max)
{
	size_t n, found = 0;
	const struct plainadvice *rows = plainadvice_rows(&n);

	for (size_t i = 0; i < n; i++)
		if (rows[i].cause == cause && found < max)
			codes[found++] = rows[i].code;
	return found;
}

/* That of the fault of Mapi32.dll is made of what the machine is. */
static void test_each_cause(void **state)
{
	const char *codes[8];

	(void)state;
	for (int i = 0; i < CAUSE_N_CAUSES; i++)
		assert_int_equal(steps_of((enum cause)i, codes, 8) > 0,
				 i != CAUSE_KB_817375);
}

/* A .reg file is the last resort where the old hive may be used again. */
static void test_restoring_comes_last(void **state)
{
	static const enum cause causes[] = { CAUSE_NEW_HIVE, CAUSE_HIVE_RESET,
					     CAUSE_REMOVE_ALL, CAUSE_OFFICE_REMOVED,
					     CAUSE_LIST_IMPORTED };
	const char *codes[8];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(causes); i++) {
		size_t n = steps_of(causes[i], codes, 8);
		assert_true(n >= 2);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(strcmp(codes[k], "restore") == 0, k == n - 1);
	}
}

static void test_sentences(void **state)
{
	size_t n;
	const struct plainadvice *rows = plainadvice_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(rows[i].text);
		assert_true(len > 0);
		assert_int_not_equal(rows[i].text[len - 1], '.');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_cause),
		cmocka_unit_test(test_restoring_comes_last),
		cmocka_unit_test(test_sentences),
	};

	return UNIT_RUN(tests);
}
