/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of profiles: found again by finding or recovered profile; its words. */
#include "help/unit.h"

#include "base/compiler.h"
#include "report/restore/restored.h"

#include <stdlib.h>
#include <string.h>

static void test_of(void **state)
{
	struct finding findings[2] = { { .kind = FINDING_DELETED } };
	struct recovered_profile profile = { .torn = false };
	struct restored items[] = { { .finding = &findings[0] },
				    { .recovered = &profile } };
	struct restores restores = { .items = items, .n = 2 };

	(void)state;
	assert_ptr_equal(restored_of(&restores, &findings[0], NULL), &items[0]);
	assert_ptr_equal(restored_of(&restores, NULL, &profile), &items[1]);
	assert_null(restored_of(&restores, &findings[1], NULL));
	assert_null(restored_of(&restores, &findings[0], &profile));
	assert_null(restored_of(NULL, &findings[0], NULL));
	assert_null(restored_of(&(struct restores){ .n = 0 }, &findings[0], NULL));
	/* The same by the order of their sources. */
	assert_int_equal(restored_sort(&restores), STATUS_OK);
	assert_ptr_equal(restored_of(&restores, &findings[0], NULL), &items[0]);
	assert_ptr_equal(restored_of(&restores, NULL, &profile), &items[1]);
	assert_null(restored_of(&restores, &findings[1], NULL));
	assert_null(restored_of(&restores, &findings[0], &profile));
	free(restores.sorted);
}

/* As many as there are, in no order of what they are of. */
static void test_of_many(void **state)
{
	enum { MANY = 1000 };
	struct finding *findings = calloc(MANY, sizeof(*findings));
	struct recovered_profile *profiles = calloc(MANY, sizeof(*profiles));
	struct restores restores = { .items = calloc(2 * MANY, sizeof(struct restored)),
				     .n = 2 * MANY,
				     .cap = 2 * MANY };

	(void)state;
	assert_non_null(findings);
	assert_non_null(profiles);
	assert_non_null(restores.items);
	/* 7 and 1000 have no common divisor. */
	for (size_t i = 0; i < MANY; i++) {
		restores.items[2 * i].finding = &findings[i * 7 % MANY];
		restores.items[2 * i + 1].recovered = &profiles[i * 7 % MANY];
	}
	assert_int_equal(restored_sort(&restores), STATUS_OK);
	for (size_t i = 0; i < MANY; i++) {
		assert_ptr_equal(restored_of(&restores, &findings[i * 7 % MANY], NULL),
				 &restores.items[2 * i]);
		assert_ptr_equal(restored_of(&restores, NULL, &profiles[i * 7 % MANY]),
				 &restores.items[2 * i + 1]);
	}
	assert_null(restored_of(&restores, &findings[0], &profiles[0]));
	assert_null(restored_of(&restores, NULL, NULL));
	restored_clear(&restores);
	assert_null(restores.sorted);
	free(profiles);
	free(findings);
}

static void test_clear(void **state)
{
	struct restores restores = { .items = calloc(2, sizeof(struct restored)),
				     .n = 2,
				     .cap = 2,
				     .failed = true };

	(void)state;
	assert_non_null(restores.items);
	restores.items[0].path = strdup("/x.reg");
	restored_clear(&restores);
	assert_null(restores.items);
	assert_int_equal(restores.n, 0);
	assert_int_equal(restores.cap, 0);
	assert_false(restores.failed);
	restored_clear(&restores);
}

/* As wmsdiff-report(5) has them. */
static void test_words(void **state)
{
	static const struct {
		enum restore_reason reason;
		const char *word;
	} reasons[] = {
		{ RESTORE_NO_REASON, NULL },
		{ RESTORE_MADE_ANEW, "made_anew" },
		{ RESTORE_IS_BACK, "is_back" },
		{ RESTORE_OTHER_STATE, "other_state" },
		{ RESTORE_INCOMPLETE, "incomplete" },
		{ RESTORE_NAME_TAKEN, "name_taken" },
		{ RESTORE_NAME_LOST, "name_lost" },
		{ RESTORE_NAME_UNFIT, "name_unfit" },
		{ RESTORE_LIST_LOST, "list_lost" },
		{ RESTORE_CODE_PAGE, "code_page" },
		{ RESTORE_MIXED, "mixed" },
		{ RESTORE_MAY_BE_ALIVE, "may_be_alive" },
		{ RESTORE_LIST_IS_LINK, "list_is_link" },
		{ RESTORE_ELSEWHERE, "elsewhere" },
		{ RESTORE_LOSS_UNSURE, "loss_unsure" },
		{ RESTORE_CONTENT_UNSURE, "content_unsure" },
		{ RESTORE_TOO_MANY, "too_many" },
	};
	static const struct {
		enum restore_loss loss;
		const char *word;
	} losses[] = {
		{ RESTORE_TIMES, "times" },
		{ RESTORE_SECURITY, "security" },
		{ RESTORE_CLASS_NAMES, "class_names" },
		{ RESTORE_SECRETS, "secrets" },
		{ RESTORE_OST_KEY, "ost_key" },
		{ RESTORE_DATA, "data" },
		{ RESTORE_NAMES, "names" },
		{ RESTORE_NUL, "nul" },
		{ RESTORE_CONCLUDED, "concluded" },
		{ RESTORE_DOUBTFUL, "doubtful" },
	};

	(void)state;
	assert_int_equal(ARRAY_LEN(reasons), RESTORE_N_REASONS);
	assert_int_equal(ARRAY_LEN(losses), RESTORE_N_LOSSES);
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		const char *word = restored_reason_word(reasons[i].reason);
		assert_int_equal(word == NULL, reasons[i].word == NULL);
		if (word)
			assert_string_equal(word, reasons[i].word);
	}
	for (size_t i = 0; i < ARRAY_LEN(losses); i++)
		assert_string_equal(restored_loss_word(losses[i].loss), losses[i].word);
	assert_string_equal(restored_outcome_word(RESTORE_WRITTEN), "written");
	assert_string_equal(restored_outcome_word(RESTORE_LEFT_OUT), "left_out");
	assert_string_equal(restored_outcome_word(RESTORE_REFUSED), "refused");
}

/* What can be helped by an option names it. */
static void test_sentences(void **state)
{
	static const struct {
		enum restore_reason reason;
		const char *option;
	} rows[] = {
		{ RESTORE_MADE_ANEW, "--restore-profile" },
		{ RESTORE_INCOMPLETE, "--restore-partial" },
		{ RESTORE_NAME_TAKEN, "--restore-as" },
		{ RESTORE_NAME_LOST, "--restore-as" },
		{ RESTORE_NAME_UNFIT, "--restore-as" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_non_null(
			strstr(restored_reason_remedy(rows[i].reason), rows[i].option));
	for (int i = RESTORE_NO_REASON + 1; i < RESTORE_N_REASONS; i++) {
		const char *why = restored_reason_why((enum restore_reason)i);
		assert_true(strlen(why) > 10);
		assert_null(strstr(why, "--restore"));
	}
	for (int i = 0; i < RESTORE_N_LOSSES; i++)
		assert_true(strlen(restored_loss_sentence((enum restore_loss)i)) > 10);
	assert_null(restored_reason_why(RESTORE_NO_REASON));
	assert_null(restored_reason_remedy(RESTORE_NO_REASON));
	assert_null(restored_reason_remedy(RESTORE_IS_BACK));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_of),	  cmocka_unit_test(test_of_many),
		cmocka_unit_test(test_clear),	  cmocka_unit_test(test_words),
		cmocka_unit_test(test_sentences),
	};

	return UNIT_RUN(tests);
}
