/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is put into a finding, and the words for it. */
#include "help/unit.h"

#include "base/compiler.h"
#include "compare/finding.h"

#include <string.h>

/* ---- reasons and certainty ---- */

static void test_most_reasons(void **state)
{
	struct finding finding = { 0 };

	(void)state;
	for (size_t i = 0; i < FINDING_MAX_REASONS; i++)
		finding_add_reason(&finding, FINDING_SAME_NAME);
	assert_int_equal(finding.n_reasons, FINDING_MAX_REASONS);
	finding_add_reason(&finding, FINDING_BOUNDS_CONFLICT);
	assert_int_equal(finding.n_reasons, FINDING_MAX_REASONS);
	assert_int_equal(finding.reasons[FINDING_MAX_REASONS - 1], FINDING_SAME_NAME);
}

/* Lowered, but never raised; the reason is told either way. */
static void test_certainty_only_falls(void **state)
{
	struct finding finding = { 0 };

	(void)state;
	assert_int_equal(finding.certainty, FINDING_CERTAIN);
	finding_lower(&finding, FINDING_POSSIBLE, FINDING_PAIR_DOUBTFUL);
	assert_int_equal(finding.certainty, FINDING_POSSIBLE);
	finding_lower(&finding, FINDING_PROBABLE, FINDING_ONE_READER);
	assert_int_equal(finding.certainty, FINDING_POSSIBLE);
	finding_lower(&finding, FINDING_UNRESOLVED, FINDING_AFTER_INCOMPLETE);
	assert_int_equal(finding.certainty, FINDING_UNRESOLVED);
	assert_int_equal(finding.n_reasons, 3);
	assert_int_equal(finding.reasons[0], FINDING_PAIR_DOUBTFUL);
	assert_int_equal(finding.reasons[1], FINDING_ONE_READER);
	assert_int_equal(finding.reasons[2], FINDING_AFTER_INCOMPLETE);
}

static void test_losses(void **state)
{
	(void)state;
	for (int kind = FINDING_DELETED; kind <= FINDING_DEFAULT_CHANGED; kind++) {
		struct finding finding = { .kind = (enum finding_kind)kind };
		assert_int_equal(finding_is_loss(&finding),
				 kind == FINDING_DELETED || kind == FINDING_RECREATED ||
					 kind == FINDING_OTHER_HIVE);
	}
}

/* What only came or changed needs no cause. */
static void test_needs_cause(void **state)
{
	static const enum finding_kind none[] = { FINDING_ADDED, FINDING_MODIFIED,
						  FINDING_DEFAULT_CHANGED };

	(void)state;
	for (int kind = FINDING_DELETED; kind <= FINDING_DEFAULT_CHANGED; kind++) {
		struct finding finding = { .kind = (enum finding_kind)kind };
		bool needs = true;
		for (size_t i = 0; i < ARRAY_LEN(none); i++)
			needs &= finding.kind != none[i];
		assert_int_equal(finding_needs_cause(&finding), needs);
	}
}

/* ---- words, as wmsdiff-report(5) lists them ---- */

static void test_kinds_and_certainties(void **state)
{
	static const char *const kinds[] = {
		"deleted",  "moved",   "renamed",    "recreated",     "added",
		"modified", "damaged", "other_hive", "store_removed", "default_changed"
	};
	static const char *const certainties[] = { "certain", "probable", "possible",
						   "unresolved" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		assert_string_equal(finding_kind_word((enum finding_kind)i), kinds[i]);
	assert_int_equal(FINDING_DEFAULT_CHANGED, ARRAY_LEN(kinds) - 1);
	for (size_t i = 0; i < ARRAY_LEN(certainties); i++)
		assert_string_equal(finding_certainty_word((enum finding_certainty)i),
				    certainties[i]);
	assert_int_equal(FINDING_UNRESOLVED, ARRAY_LEN(certainties) - 1);
}

static void test_sources(void **state)
{
	static const char *const words[] = { "profile_key_time",   "hive_key_time",
					     "header_time",	   "list_key_time",
					     "ancestor_key_time",  "new_list_key_time",
					     "recovered_key_time", "new_hive_key_time" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_string_equal(finding_source_word((enum finding_source)i),
				    words[i]);
	assert_int_equal(FINDING_NEW_HIVE_KEY_TIME, ARRAY_LEN(words) - 1);
}

/* Each has a word of its own, and a sentence that goes on in another one. */
static void test_reasons(void **state)
{
	(void)state;
	for (int i = 0; i <= FINDING_TIMES_BACKWARDS; i++) {
		const char *word = finding_reason_word((enum finding_reason)i);
		const char *sentence = finding_reason_sentence((enum finding_reason)i);
		assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz_"),
				 strlen(word));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				word, finding_reason_word((enum finding_reason)k));
		assert_true(strlen(sentence) > strlen("no more"));
		assert_int_not_equal(sentence[strlen(sentence) - 1], '.');
	}
	assert_string_equal(finding_reason_word(FINDING_ABSENT_AFTER), "absent_after");
	assert_string_equal(finding_reason_word(FINDING_BOUNDS_CONFLICT),
			    "bounds_conflict");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_most_reasons),
		cmocka_unit_test(test_certainty_only_falls),
		cmocka_unit_test(test_losses),
		cmocka_unit_test(test_needs_cause),
		cmocka_unit_test(test_kinds_and_certainties),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_reasons),
	};

	return UNIT_RUN(tests);
}
