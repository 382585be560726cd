/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of an index, its sentence and its exit status. */
#include "help/indexes.h"

#include <stdlib.h>
#include <string.h>

/* As wmsdiff(1) lists the first ones; the others are words of the page's addresses. */
static void test_words(void **state)
{
	static const char *const words[] = { "lost",	   "missing",	"in_doubt",
					     "unreadable", "unpaired",	"back",
					     "changed",	   "unchanged", "none_found" };

	(void)state;
	assert_int_equal(ARRAY_LEN(words), INDEX_N_STATES);
	for (unsigned i = 0; i < INDEX_N_STATES; i++) {
		assert_string_equal(indexdata_state_word(i), words[i]);
		assert_true(strlen(indexdata_state_title(i)) > 0);
	}
}

static struct index *index_of(const struct index_subject *subjects, size_t n)
{
	struct index *index = indexes_new();

	for (size_t i = 0; i < n; i++)
		indexes_put(index, subjects[i], NULL, 0);
	return index;
}

static void expect(const struct index_subject *subjects, size_t n, const char *sentence,
		   int status)
{
	struct index *index = index_of(subjects, n);
	char *said = indexdata_sentence(index);

	assert_non_null(said);
	assert_string_equal(said, sentence);
	assert_int_equal(indexdata_exit_status(index), status);
	free(said);
	index_free(index);
}

#define EXPECT(sentence, status, ...)                                                    \
	do {                                                                             \
		const struct index_subject given_[] = { __VA_ARGS__ };                   \
		expect(given_, ARRAY_LEN(given_), sentence, status);                     \
	} while (0)

#define S(what, exit, ...)                                                               \
	{                                                                                \
		.state = (what), .exit_status = (exit), __VA_ARGS__                      \
	}

/* The worst of all is the status, and the sentence says why. */
static void test_sentences(void **state)
{
	(void)state;
	expect(NULL, 0, "no subject was found", 0);
	EXPECT("none of 1 subject is known to have lost profiles", 0,
	       S(INDEX_UNCHANGED, 0));
	EXPECT("none of 2 subjects is known to have lost profiles", 0,
	       S(INDEX_UNCHANGED, 0), S(INDEX_BACK, 0));
	EXPECT("1 of 2 subjects lost profiles", 1, S(INDEX_LOST, 1), S(INDEX_CHANGED, 0));
	EXPECT("none of 1 subject is known to have lost profiles; 1 whole hive is "
	       "missing",
	       1, S(INDEX_MISSING, 1));
	EXPECT("1 of 3 subjects lost profiles; 1 cannot be told; 1 could not be read", 2,
	       S(INDEX_LOST, 1), S(INDEX_IN_DOUBT, 2), S(INDEX_UNREADABLE, 2));
	EXPECT("1 of 1 subject lost profiles; 1 is incomplete", 2, S(INDEX_LOST, 2));
	EXPECT("none of 3 subjects is known to have lost profiles; 1 is only in the "
	       "earlier collection; 2 are only in the later collection",
	       2, S(INDEX_UNPAIRED, 2, .side = INDEX_EARLIER_SIDE),
	       S(INDEX_UNPAIRED, 0, .side = INDEX_LATER_SIDE),
	       S(INDEX_UNPAIRED, 0, .side = INDEX_LATER_SIDE));
}

static void test_counts(void **state)
{
	const struct index_subject subjects[] = {
		S(INDEX_LOST, 1), S(INDEX_LOST, 2), S(INDEX_IN_DOUBT, 2),
		S(INDEX_UNPAIRED, 0, .side = INDEX_LATER_SIDE), S(INDEX_UNCHANGED, 2)
	};
	struct index *index = index_of(subjects, ARRAY_LEN(subjects));
	struct index_counts counts;

	(void)state;
	indexdata_count(index, &counts);
	assert_int_equal(counts.subjects, 5);
	assert_int_equal(counts.by_state[INDEX_LOST], 2);
	assert_int_equal(counts.by_state[INDEX_UNPAIRED], 1);
	assert_int_equal(counts.by_state[INDEX_MISSING], 0);
	assert_int_equal(counts.only_later, 1);
	/* What is in doubt says so by its state. */
	assert_int_equal(counts.incomplete, 2);
	index_free(index);
}

/* Nor is what could not be read, be it known by name or not. */
static void test_unread(void **state)
{
	struct index *index = indexes_new();
	struct index_row row;

	(void)state;
	assert_int_equal(indexdata_n_unread(index), 0);
	assert_int_equal(index_add_unread(index, "a: damaged"), STATUS_OK);
	assert_int_equal(indexdata_exit_status(index), 2);
	assert_int_equal(indexdata_n_unread(index), 1);
	indexdata_unread_row(index, 0, &row);
	assert_string_equal(row.kind, "unread");
	assert_string_equal(row.note, "a: damaged");
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(index_add_unread(index, NULL), STATUS_OK);
	assert_int_equal(indexdata_n_unread(index), 2);
	indexdata_unread_row(index, 1, &row);
	assert_string_equal(row.note, "more that could not be read is not listed");
	char *said = indexdata_sentence(index);
	assert_string_equal(said,
			    "no subject was found; not all that was given could be read");
	free(said);
	index_free(index);
}

/* Findings that are left out are no answer. */
static void test_left_out(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	index->n_rows_left_out = 3;
	char *said = indexdata_sentence(index);
	assert_string_equal(said, "no subject was found; 3 findings are left out");
	assert_int_equal(indexdata_exit_status(index), 2);
	free(said);
	index_free(index);
}

static void expect_certainty(struct index_row row, bool confirmed, bool conflict,
			     const char *expected)
{
	const char *word = indexdata_time_certainty(&row, confirmed, conflict);

	if (expected)
		assert_string_equal(word, expected);
	else
		assert_null(word);
}

static void test_time_certainty(void **state)
{
	(void)state;
	expect_certainty((struct index_row){ 0 }, false, false, NULL);
	expect_certainty((struct index_row){ .to_ft = 5 }, false, false, "bounds");
	expect_certainty((struct index_row){ .from_ft = 5 }, true, false, "bounds");
	expect_certainty((struct index_row){ .moment_ft = 5 }, false, false, "moment");
	expect_certainty((struct index_row){ .moment_ft = 5 }, true, false, "confirmed");
	expect_certainty((struct index_row){ .from_ft = 5, .to_ft = 5 }, false, false,
			 "bounds");
	expect_certainty((struct index_row){ .from_ft = 6, .to_ft = 5, .moment_ft = 5 },
			 true, false, "contradictory");
	expect_certainty((struct index_row){ .moment_ft = 5 }, true, true,
			 "contradictory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_time_certainty), cmocka_unit_test(test_words),
		cmocka_unit_test(test_sentences),      cmocka_unit_test(test_counts),
		cmocka_unit_test(test_left_out),       cmocka_unit_test(test_unread),
	};
	return UNIT_RUN(tests);
}
