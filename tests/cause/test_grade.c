/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The grade of a cause: the rule as cause/grade.h and the manual print it,
 * stated anew and held against the program for every combination of
 * conditions.  And the words of grades and bases.
 */
#include "help/unit.h"

#include "cause/grade.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* ---- the rule ---- */

static bool is(const struct condition *c, enum condition_weight weight,
	       enum condition_state state)
{
	return c->weight == weight && c->state == state;
}

static size_t count(const struct condition *all, size_t n, enum condition_weight weight,
		    enum condition_state state)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += is(&all[i], weight, state);
	return sum;
}

/* Sentence by sentence. */
static enum grade rule(const struct condition *all, size_t n)
{
	size_t met = count(all, n, CONDITION_TELLING, CONDITION_MET);
	size_t not_met = count(all, n, CONDITION_TELLING, CONDITION_NOT_MET);
	size_t hints = count(all, n, CONDITION_HINT, CONDITION_UNKNOWN) +
		       count(all, n, CONDITION_HINT, CONDITION_MET) +
		       count(all, n, CONDITION_HINT, CONDITION_NOT_MET) +
		       count(all, n, CONDITION_EXPECTED, CONDITION_UNKNOWN) +
		       count(all, n, CONDITION_EXPECTED, CONDITION_MET);
	size_t own = 0;

	for (size_t i = 0; i < n; i++)
		own += all[i].peculiar && all[i].state == CONDITION_MET &&
		       all[i].weight != CONDITION_HINT &&
		       all[i].weight != CONDITION_EXPECTED;
	not_met += count(all, n, CONDITION_EXPECTED, CONDITION_NOT_MET);
	if (count(all, n, CONDITION_NECESSARY, CONDITION_NOT_MET) > 0)
		return GRADE_RULED_OUT;
	if (count(all, n, CONDITION_NECESSARY, CONDITION_MET) + met == n - hints &&
	    own > 0)
		return GRADE_SUPPORTED;
	if (met == 0 && not_met == 0)
		return GRADE_UNDETERMINED;
	return not_met >= met ? GRADE_UNLIKELY : GRADE_POSSIBLE;
}

/* Four weights and three states, peculiar or not: kinds of condition. */
enum { STATES = 3, KINDS = 4 * STATES * 2, LONGEST = 4, MOST = 5 };

static void test_every_combination(void **state)
{
	struct condition all[LONGEST];
	size_t seen[GRADE_RULED_OUT + 1] = { 0 }, many = 1;

	(void)state;
	memset(all, 0, sizeof(all));
	for (size_t n = 1; n <= LONGEST; n++) {
		many *= KINDS;
		for (size_t number = 0; number < many; number++) {
			size_t rest = number;
			for (size_t i = 0; i < n; i++, rest /= KINDS) {
				size_t kind = rest % KINDS;
				all[i].peculiar = kind % 2;
				all[i].weight =
					(enum condition_weight)(kind / 2 / STATES);
				all[i].state = (enum condition_state)(kind / 2 % STATES);
			}
			enum grade grade = grade_of(all, n);
			assert_int_equal(grade, rule(all, n));
			seen[grade]++;
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(seen); i++)
		assert_true(seen[i] > 0);
}

/* What the sentences come to, written down without them. */
static void test_by_example(void **state)
{
	static const struct {
		/* n, t, e, h: weight, a capital where it is peculiar; +, -, ?: state */
		const char *conditions;
		enum grade grade;
	} rows[] = {
		{ "n+T+", GRADE_SUPPORTED },
		{ "n+T+h-", GRADE_SUPPORTED },
		{ "n+T+h?", GRADE_SUPPORTED },
		{ "N+", GRADE_SUPPORTED },
		{ "N+t+", GRADE_SUPPORTED },
		{ "n+T+e?", GRADE_SUPPORTED },
		{ "n+T+e+", GRADE_SUPPORTED },
		{ "n+t+T+e-", GRADE_POSSIBLE },
		/* Nothing of it is the cause's own, or that is not met. */
		{ "n+t+", GRADE_POSSIBLE },
		{ "n+", GRADE_UNDETERMINED },
		{ "n+t+T?", GRADE_POSSIBLE },
		{ "n+t+t+T-", GRADE_POSSIBLE },
		{ "n+t+H+", GRADE_POSSIBLE },
		{ "n+t+E+", GRADE_POSSIBLE },
		/* What is expected speaks only against. */
		{ "n+t?e+", GRADE_UNDETERMINED },
		{ "n+t?e-", GRADE_UNLIKELY },
		{ "n?t+", GRADE_POSSIBLE },
		{ "n+t+t?", GRADE_POSSIBLE },
		{ "n+t+t+t-", GRADE_POSSIBLE },
		{ "n+t+t-", GRADE_UNLIKELY },
		{ "n+t-", GRADE_UNLIKELY },
		{ "n?t-h+h+", GRADE_UNLIKELY },
		{ "n+t?", GRADE_UNDETERMINED },
		{ "n?", GRADE_UNDETERMINED },
		{ "n?t?h+", GRADE_UNDETERMINED },
		{ "n-t+t+t+", GRADE_RULED_OUT },
		{ "t+t+n+n-", GRADE_RULED_OUT },
		{ "n?n-", GRADE_RULED_OUT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct condition all[MOST];
		size_t n = strlen(rows[i].conditions) / 2;
		assert_true(n <= MOST);
		memset(all, 0, sizeof(all));
		for (size_t k = 0; k < n; k++) {
			char weight = rows[i].conditions[2 * k];
			char met = rows[i].conditions[2 * k + 1];
			all[k].peculiar = weight < 'a';
			weight |= 0x20;
			all[k].weight = weight == 'n'	? CONDITION_NECESSARY
					: weight == 't' ? CONDITION_TELLING
					: weight == 'e' ? CONDITION_EXPECTED
							: CONDITION_HINT;
			all[k].state = met == '+'   ? CONDITION_MET
				       : met == '-' ? CONDITION_NOT_MET
						    : CONDITION_UNKNOWN;
		}
		if (grade_of(all, n) != rows[i].grade)
			fail_msg("%s is %s", rows[i].conditions,
				 grade_word(grade_of(all, n)));
	}
}

/* A contradiction forbids both ends, and nothing else. */
static void test_contradiction(void **state)
{
	(void)state;
	assert_int_equal(grade_under_contradiction(GRADE_SUPPORTED), GRADE_POSSIBLE);
	assert_int_equal(grade_under_contradiction(GRADE_RULED_OUT), GRADE_UNLIKELY);
	for (int i = GRADE_POSSIBLE; i < GRADE_RULED_OUT; i++)
		assert_int_equal(grade_under_contradiction((enum grade)i), i);
}

static void test_answers(void **state)
{
	(void)state;
	assert_true(grade_is_an_answer(GRADE_SUPPORTED));
	assert_true(grade_is_an_answer(GRADE_POSSIBLE));
	assert_false(grade_is_an_answer(GRADE_UNDETERMINED));
	assert_false(grade_is_an_answer(GRADE_UNLIKELY));
	assert_false(grade_is_an_answer(GRADE_RULED_OUT));
}

/* ---- words ---- */

static void test_words_of_the_report(void **state)
{
	(void)state;
	assert_string_equal(grade_word(GRADE_SUPPORTED), "supported");
	assert_string_equal(grade_word(GRADE_POSSIBLE), "possible");
	assert_string_equal(grade_word(GRADE_UNDETERMINED), "undetermined");
	assert_string_equal(grade_word(GRADE_UNLIKELY), "unlikely");
	assert_string_equal(grade_word(GRADE_RULED_OUT), "ruled_out");
}

static void test_bases(void **state)
{
	(void)state;
	assert_string_equal(basis_word(BASIS_DOCUMENTED), "documented");
	assert_string_equal(basis_word(BASIS_INFERRED), "inferred");
	assert_string_equal(basis_word(BASIS_UNCONFIRMED), "unconfirmed");
	for (int i = BASIS_DOCUMENTED; i <= BASIS_UNCONFIRMED; i++)
		assert_int_equal(basis_of(basis_word((enum basis)i)), i);
	/* Whatever a user writes is no more than that. */
	assert_int_equal(basis_of(""), BASIS_UNCONFIRMED);
	assert_int_equal(basis_of("Documented"), BASIS_UNCONFIRMED);
	assert_int_equal(basis_of("documented "), BASIS_UNCONFIRMED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_combination),
		cmocka_unit_test(test_by_example),
		cmocka_unit_test(test_contradiction),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_words_of_the_report),
		cmocka_unit_test(test_bases),
	};
	return UNIT_RUN(tests);
}
