/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics: what is kept, what is only counted, and what a sentence shows. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

static struct diag_list *new_list(void)
{
	struct diag_list *list = diag_list_new();

	assert_non_null(list);
	return list;
}

static void fill(struct diag_list *list, enum diag_code code, size_t n)
{
	for (size_t i = 0; i < n; i++)
		diag_at(list, code, i, "number %zu", i);
}

static void test_empty_list(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	assert_int_equal(diag_count(list), 0);
	assert_int_equal(diag_count_from(list, DIAG_INFO), 0);
	assert_int_equal(diag_count_of(list, DIAG_BIN_DAMAGED), 0);
	assert_null(diag_item(list, 0));
	diag_list_freep(&list);
	assert_null(list);
	diag_list_freep(&list);
	diag_list_free(NULL);
}

static void test_items_in_order_of_observation(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	diag_at(list, DIAG_VALUE_DAMAGED, 4096, "value \"%s\" ends %d bytes early", "x",
		3);
	diag_at(list, DIAG_BASE_CHECKSUM, DIAG_NOWHERE, "plain");
	diag_at(list, DIAG_FILE_TAIL, 0, "Zo\xC3\xAB \xF0\x9F\x98\x80");
	assert_int_equal(diag_count(list), 3);

	const struct diag *diag = diag_item(list, 0);

	assert_int_equal(diag->code, DIAG_VALUE_DAMAGED);
	assert_int_equal(diag->offset, 4096);
	assert_string_equal(diag->sentence, "value \"x\" ends 3 bytes early");
	diag = diag_item(list, 1);
	assert_int_equal(diag->code, DIAG_BASE_CHECKSUM);
	assert_true(diag->offset == DIAG_NOWHERE);
	assert_string_equal(diag_item(list, 2)->sentence, "Zo\xC3\xAB \xF0\x9F\x98\x80");
	assert_null(diag_item(list, 3));
	diag_list_free(list);
}

static void test_counts_by_severity_and_code(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	fill(list, DIAG_FILE_TAIL, 5);	 /* info */
	fill(list, DIAG_DIRTY_HIVE, 3);	 /* warning */
	fill(list, DIAG_BIN_DAMAGED, 2); /* error */
	assert_int_equal(diag_count_from(list, DIAG_INFO), 10);
	assert_int_equal(diag_count_from(list, DIAG_WARNING), 5);
	assert_int_equal(diag_count_from(list, DIAG_ERROR), 2);
	assert_int_equal(diag_count_of(list, DIAG_DIRTY_HIVE), 3);
	assert_int_equal(diag_count_of(list, DIAG_CELL_DAMAGED), 0);
	diag_list_free(list);
}

static void test_at_the_cap_all_are_kept(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	fill(list, DIAG_CELL_DAMAGED, DIAG_MAX);
	assert_int_equal(diag_count(list), DIAG_MAX);
	assert_string_equal(diag_item(list, DIAG_MAX - 1)->sentence, "number 999");
	assert_int_equal(diag_item(list, DIAG_MAX - 1)->code, DIAG_CELL_DAMAGED);
	assert_null(diag_item(list, DIAG_MAX));
	diag_list_free(list);
}

static void test_one_past_the_cap_is_counted(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	fill(list, DIAG_CELL_DAMAGED, DIAG_MAX + 1);
	assert_int_equal(diag_count(list), DIAG_MAX + 1);

	const struct diag *last = diag_item(list, DIAG_MAX);

	assert_int_equal(last->code, DIAG_SUPPRESSED);
	assert_true(last->offset == DIAG_NOWHERE);
	assert_string_equal(last->sentence,
			    "1 more observed of cell_damaged, not listed");
	assert_null(diag_item(list, DIAG_MAX + 1));
	assert_int_equal(diag_count_of(list, DIAG_CELL_DAMAGED), DIAG_MAX + 1);
	diag_list_free(list);
}

static void test_suppressed_are_counted_per_code(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	fill(list, DIAG_CELL_DAMAGED, DIAG_MAX);
	fill(list, DIAG_FILE_TAIL, 7);
	fill(list, DIAG_LIST_ORDER, 11);
	fill(list, DIAG_CELL_DAMAGED, 3);
	assert_int_equal(diag_count(list), DIAG_MAX + 3);
	/* In the order of the codes, whatever the order of observation. */
	assert_string_equal(diag_item(list, DIAG_MAX)->sentence,
			    "7 more observed of file_tail, not listed");
	assert_string_equal(diag_item(list, DIAG_MAX + 1)->sentence,
			    "3 more observed of cell_damaged, not listed");
	assert_string_equal(diag_item(list, DIAG_MAX + 2)->sentence,
			    "11 more observed of list_order, not listed");
	assert_null(diag_item(list, DIAG_MAX + 3));
	/* The placeholders are not observations themselves. */
	assert_int_equal(diag_count_from(list, DIAG_ERROR), DIAG_MAX + 3);
	assert_int_equal(diag_count_from(list, DIAG_WARNING), DIAG_MAX + 14);
	assert_int_equal(diag_count_from(list, DIAG_INFO), DIAG_MAX + 21);
	assert_int_equal(diag_count_of(list, DIAG_FILE_TAIL), 7);
	/* An item asked for earlier stays what it was while others are made. */
	const struct diag *first = diag_item(list, DIAG_MAX);
	const struct diag *second = diag_item(list, DIAG_MAX + 1);

	assert_string_equal(first->sentence, "7 more observed of file_tail, not listed");
	assert_ptr_not_equal(first, second);
	diag_list_free(list);
}

/* As if all had been observed there: what is suppressed is counted, whoever did it. */
static void test_appended(void **state)
{
	struct diag_list *list = new_list(), *from = new_list();

	(void)state;
	diag_at(list, DIAG_FILE_TAIL, 1, "first");
	fill(from, DIAG_CELL_DAMAGED, DIAG_MAX);
	fill(from, DIAG_FILE_TAIL, 7);
	diag_list_share(from);
	diag_list_append(list, from);
	assert_string_equal(diag_item(list, 0)->sentence, "first");
	assert_string_equal(diag_item(list, 1)->sentence, diag_item(from, 0)->sentence);
	assert_true(diag_item(list, 1)->offset == diag_item(from, 0)->offset);
	/* One more than there is room for, and those that were left out before. */
	assert_int_equal(diag_count(list), DIAG_MAX + 2);
	assert_string_equal(diag_item(list, DIAG_MAX)->sentence,
			    "7 more observed of file_tail, not listed");
	assert_string_equal(diag_item(list, DIAG_MAX + 1)->sentence,
			    "1 more observed of cell_damaged, not listed");
	assert_int_equal(diag_count_of(list, DIAG_CELL_DAMAGED), DIAG_MAX);
	assert_int_equal(diag_count_of(list, DIAG_FILE_TAIL), 8);
	/* What is added to a list of which was asked is counted on. */
	fill(list, DIAG_FILE_TAIL, 2);
	assert_string_equal(diag_item(list, DIAG_MAX)->sentence,
			    "9 more observed of file_tail, not listed");
	diag_list_free(from);
	diag_list_free(list);
}

static void test_hostile_bytes_are_made_visible(void **state)
{
	struct diag_list *list = new_list();

	(void)state;
	diag_at(list, DIAG_KEY_NAME, 0, "%s", "\x1B[2J\x07\r\n\x7F");
	diag_at(list, DIAG_KEY_NAME, 0, "%s",
		"a\xE2\x80\xAE"
		"b\xD8\x9C");
	diag_at(list, DIAG_KEY_NAME, 0, "%s", "\xFF\xC0\x80\xED\xA0\x80 \xE2\x82");
	diag_at(list, DIAG_KEY_NAME, 0, "%s", "%s%n");
	assert_string_equal(diag_item(list, 0)->sentence,
			    "\\u{1b}[2J\\u{7}\\u{d}\\u{a}\\u{7f}");
	assert_string_equal(diag_item(list, 1)->sentence, "a\\u{202e}b\\u{61c}");
	assert_string_equal(diag_item(list, 2)->sentence,
			    "\\x{ff}\\x{c0}\\x{80}\\x{ed}\\x{a0}\\x{80} \\x{e2}\\x{82}");
	assert_string_equal(diag_item(list, 3)->sentence, "%s%n");
	diag_list_free(list);
}

/* The limit on a sentence: 4095 bytes pass, from 4096 on it is cut. */
static void test_a_long_sentence_is_cut(void **state)
{
	struct diag_list *list = new_list();
	char name[5001];

	(void)state;
	memset(name, 'n', sizeof(name));
	name[4095] = '\0';
	diag_at(list, DIAG_KEY_NAME, 0, "%s", name);
	assert_string_equal(diag_item(list, 0)->sentence, name);
	name[4095] = 'n';
	name[4096] = '\0';
	diag_at(list, DIAG_KEY_NAME, 0, "%s", name);
	assert_int_equal(strlen(diag_item(list, 1)->sentence), 4095);
	assert_string_equal(diag_item(list, 1)->sentence + 4090, "[...]");

	/* Wherever the cut falls in a four-byte character, none is broken. */
	for (size_t shift = 0; shift < 4; shift++) {
		memset(name, 'n', shift);
		for (size_t i = shift; i + 4 < sizeof(name); i += 4)
			memcpy(name + i, "\xF0\x9F\x98\x80", 4);
		name[sizeof(name) - 1] = '\0';
		name[sizeof(name) - 2] = 'n';
		diag_at(list, DIAG_KEY_NAME, 0, "%s", name);

		const char *shown = diag_item(list, 2 + shift)->sentence;

		assert_null(strstr(shown, "\\x{"));
		assert_string_equal(shown + strlen(shown) - 9, "\xF0\x9F\x98\x80[...]");
	}
	diag_list_free(list);
}

static void test_out_of_memory_is_counted(void **state)
{
	struct unit_oom oom = { 0 };

	(void)state;
	for (long k = 0; k < 2; k++) {
		oom.n = k;
		assert_null(UNIT_FAILING(oom, diag_list_new()));
		assert_true(oom.failed);
	}
	/* The first allocation is the array, the second the sentence. */
	for (long k = 0; k < 2; k++) {
		struct diag_list *list = new_list();

		oom.n = k;
		(void)UNIT_FAILING(oom, (diag_at(list, DIAG_BIN_DAMAGED, 0, "lost"), 0));
		assert_true(oom.failed);
		diag_at(list, DIAG_BIN_DAMAGED, 0, "kept");
		assert_int_equal(diag_count(list), 2);
		assert_string_equal(diag_item(list, 0)->sentence, "kept");
		assert_string_equal(diag_item(list, 1)->sentence,
				    "1 more observed of bin_damaged, not listed");
		assert_int_equal(diag_count_from(list, DIAG_ERROR), 2);
		diag_list_free(list);
	}
}

static void test_words_are_plain_and_differ(void **state)
{
	(void)state;
	for (int a = 0; a <= DIAG_SUPPRESSED; a++) {
		const char *word = diag_word((enum diag_code)a);

		assert_non_null(word);
		assert_in_range(strlen(word), 3, 30);
		assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz_"),
				 strlen(word));
		for (int b = 0; b < a; b++)
			assert_string_not_equal(word, diag_word((enum diag_code)b));
	}
	assert_string_equal(diag_word(DIAG_BASE_CHECKSUM), "base_checksum");
	assert_string_equal(diag_word(DIAG_SUPPRESSED), "suppressed");
	assert_int_equal(diag_severity(DIAG_BASE_CHECKSUM), DIAG_ERROR);
	assert_int_equal(diag_severity(DIAG_DIRTY_HIVE), DIAG_WARNING);
	assert_int_equal(diag_severity(DIAG_FILE_TAIL), DIAG_INFO);
	assert_string_equal(diag_severity_word(DIAG_INFO), "info");
	assert_string_equal(diag_severity_word(DIAG_WARNING), "warning");
	assert_string_equal(diag_severity_word(DIAG_ERROR), "error");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_list),
		cmocka_unit_test(test_items_in_order_of_observation),
		cmocka_unit_test(test_counts_by_severity_and_code),
		cmocka_unit_test(test_at_the_cap_all_are_kept),
		cmocka_unit_test(test_one_past_the_cap_is_counted),
		cmocka_unit_test(test_suppressed_are_counted_per_code),
		cmocka_unit_test(test_appended),
		cmocka_unit_test(test_hostile_bytes_are_made_visible),
		cmocka_unit_test(test_a_long_sentence_is_cut),
		cmocka_unit_test(test_out_of_memory_is_counted),
		cmocka_unit_test(test_words_are_plain_and_differ),
	};

	return UNIT_RUN(tests);
}
