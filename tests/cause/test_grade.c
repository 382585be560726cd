/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The grade of a cause: the rule as case/incident.h and the manual print it,
 * stated anew and held against the program for every combination of
 * conditions.  And the words of causes, grades, conditions and bases.
 */
#include "help/unit.h"

#include "cause/diagnosis.h"

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
		       count(all, n, CONDITION_HINT, CONDITION_NOT_MET);

	if (count(all, n, CONDITION_NECESSARY, CONDITION_NOT_MET) > 0)
		return GRADE_RULED_OUT;
	if (count(all, n, CONDITION_NECESSARY, CONDITION_MET) + met == n - hints)
		return GRADE_SUPPORTED;
	if (met == 0 && not_met == 0)
		return GRADE_UNDETERMINED;
	return not_met >= met ? GRADE_UNLIKELY : GRADE_POSSIBLE;
}

/* Three weights and three states: nine kinds of condition. */
enum { KINDS = 9, LONGEST = 5 };

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
				all[i].weight = (enum condition_weight)(rest % KINDS / 3);
				all[i].state = (enum condition_state)(rest % 3);
			}
			enum grade grade = diagnosis_grade(all, n);
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
		const char *conditions; /* n, t, h: weight; +, -, ?: state */
		enum grade grade;
	} rows[] = {
		{ "n+t+", GRADE_SUPPORTED },	  { "n+t+h-", GRADE_SUPPORTED },
		{ "n+t+h?", GRADE_SUPPORTED },	  { "n+", GRADE_SUPPORTED },
		{ "n?t+", GRADE_POSSIBLE },	  { "n+t+t?", GRADE_POSSIBLE },
		{ "n+t+t+t-", GRADE_POSSIBLE },	  { "n+t+t-", GRADE_UNLIKELY },
		{ "n+t-", GRADE_UNLIKELY },	  { "n?t-h+h+", GRADE_UNLIKELY },
		{ "n+t?", GRADE_UNDETERMINED },	  { "n?", GRADE_UNDETERMINED },
		{ "n?t?h+", GRADE_UNDETERMINED }, { "n-t+t+t+", GRADE_RULED_OUT },
		{ "t+t+n+n-", GRADE_RULED_OUT },  { "n?n-", GRADE_RULED_OUT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct condition all[LONGEST];
		size_t n = strlen(rows[i].conditions) / 2;
		memset(all, 0, sizeof(all));
		for (size_t k = 0; k < n; k++) {
			char weight = rows[i].conditions[2 * k];
			char met = rows[i].conditions[2 * k + 1];
			all[k].weight = weight == 'n'	? CONDITION_NECESSARY
					: weight == 't' ? CONDITION_TELLING
							: CONDITION_HINT;
			all[k].state = met == '+'   ? CONDITION_MET
				       : met == '-' ? CONDITION_NOT_MET
						    : CONDITION_UNKNOWN;
		}
		if (diagnosis_grade(all, n) != rows[i].grade)
			fail_msg("%s is %s", rows[i].conditions,
				 grade_word(diagnosis_grade(all, n)));
	}
}

/* ---- the best of several ---- */

static void test_best(void **state)
{
	struct diagnosis items[] = {
		{ .cause = CAUSE_KB_817375, .grade = GRADE_POSSIBLE },
		{ .cause = CAUSE_KB_818861, .grade = GRADE_SUPPORTED },
		{ .cause = CAUSE_KB_303221, .grade = GRADE_SUPPORTED },
	};
	struct diagnoses all = { .items = items, .n = 3 };
	struct comparison other;

	(void)state;
	memset(&other, 0, sizeof(other));
	assert_ptr_equal(diagnoses_best(&all, NULL), &items[1]);
	assert_null(diagnoses_best(&all, &other));
	items[1].comparison = &other;
	assert_ptr_equal(diagnoses_best(&all, NULL), &items[2]);
	assert_ptr_equal(diagnoses_best(&all, &other), &items[1]);
	/* Nothing is best of what is undetermined or worse. */
	for (int grade = GRADE_UNDETERMINED; grade <= GRADE_RULED_OUT; grade++) {
		items[0].grade = items[2].grade = (enum grade)grade;
		assert_null(diagnoses_best(&all, NULL));
	}
	all.n = 0;
	assert_null(diagnoses_best(&all, NULL));
}

/* ---- words ---- */

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
	for (int i = CONDITION_LOCAL_SYSTEM_HIVE; i <= CONDITION_ROOTS_DIFFER; i++) {
		assert_word(condition_word((enum condition_id)i));
		assert_true(strlen(condition_statement((enum condition_id)i)) > 0);
		assert_true(strlen(condition_wanted((enum condition_id)i)) > 0);
		for (int k = CONDITION_LOCAL_SYSTEM_HIVE; k < i; k++)
			assert_string_not_equal(condition_word((enum condition_id)i),
						condition_word((enum condition_id)k));
	}
}

static void test_words_of_the_report(void **state)
{
	(void)state;
	assert_string_equal(grade_word(GRADE_SUPPORTED), "supported");
	assert_string_equal(grade_word(GRADE_POSSIBLE), "possible");
	assert_string_equal(grade_word(GRADE_UNDETERMINED), "undetermined");
	assert_string_equal(grade_word(GRADE_UNLIKELY), "unlikely");
	assert_string_equal(grade_word(GRADE_RULED_OUT), "ruled_out");
	assert_string_equal(condition_state_word(CONDITION_MET), "met");
	assert_string_equal(condition_state_word(CONDITION_NOT_MET), "not_met");
	assert_string_equal(condition_state_word(CONDITION_UNKNOWN), "unknown");
	assert_string_equal(condition_weight_word(CONDITION_NECESSARY), "necessary");
	assert_string_equal(condition_weight_word(CONDITION_TELLING), "telling");
	assert_string_equal(condition_weight_word(CONDITION_HINT), "hint");
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
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_words_are_words_and_differ),
		cmocka_unit_test(test_words_of_the_report),
		cmocka_unit_test(test_bases),
	};
	return UNIT_RUN(tests);
}
