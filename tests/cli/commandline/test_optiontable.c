/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of options agrees with itself, and leaves the help room. */
#include "help/unit.h"

#include "cli/commandline/optiontable.h"

#include "base/compiler.h"
#include "cli/commandline/options.h"

#include <string.h>

static void test_names_are_plain_and_once(void **state)
{
	(void)state;
	assert_true(optiontable_n > 30);
	for (size_t i = 0; i < optiontable_n; i++) {
		const char *name = optiontable[i].name;
		assert_true(*name);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
				 strlen(name));
		for (size_t k = 0; k < i; k++) {
			assert_string_not_equal(name, optiontable[k].name);
			if (optiontable[i].letter)
				assert_int_not_equal(optiontable[i].letter,
						     optiontable[k].letter);
		}
	}
}

/* What each kind needs, and nothing that it does not. */
static void test_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < optiontable_n; i++) {
		const struct optiontable_row *row = &optiontable[i];
		enum optiontable_kind kind = row->kind;
		bool bare = kind == OPTIONTABLE_FLAG || kind == OPTIONTABLE_HELP ||
			    kind == OPTIONTABLE_VERSION;
		bool counts = kind == OPTIONTABLE_LIST || kind == OPTIONTABLE_LOG ||
			      kind == OPTIONTABLE_JOBS;
		assert_int_equal(row->argument == NULL, bare);
		assert_int_equal(row->words != NULL, kind == OPTIONTABLE_WORDS);
		assert_int_equal(row->most > 0, counts);
		assert_int_equal(row->count_at > 0, kind == OPTIONTABLE_LIST);
		assert_true(row->at < sizeof(struct options));
	}
}

/* Two options that write to one place would undo each other. */
static void test_each_has_a_place_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < optiontable_n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct optiontable_row *a = &optiontable[i],
						     *b = &optiontable[k];
			if (a->kind >= OPTIONTABLE_LOG || b->kind >= OPTIONTABLE_LOG)
				continue;
			assert_int_not_equal(a->at, b->at);
			if (a->count_at)
				assert_int_not_equal(a->count_at, b->count_at);
		}
}

/* Words of an option, such as "a|b": at least two, none of them empty. */
static void test_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < optiontable_n; i++) {
		const char *words = optiontable[i].words;
		if (!words)
			continue;
		assert_non_null(strchr(words, '|'));
		assert_null(strstr(words, "||"));
		assert_true(words[0] != '|' && words[strlen(words) - 1] != '|');
	}
}

/* Lines of the help begin with their group, and go on further to the right. */
static void test_places_in_the_help(void **state)
{
	unsigned last = 0;

	(void)state;
	assert_int_equal(optiontable[0].column, OPTIONTABLE_FIRST);
	for (size_t i = 0; i < optiontable_n; i++) {
		const struct optiontable_row *row = &optiontable[i];
		bool begins = row->column == OPTIONTABLE_FIRST;
		assert_int_equal(row->group != NULL, begins);
		assert_true(!row->group || strlen(row->group) < OPTIONTABLE_FIRST);
		assert_true(begins || row->column == 0 || row->column > last);
		assert_true(row->help_column == 0 || row->help_column > row->column);
		assert_true(row->help_column == 0 || row->help);
		last = row->column;
	}
}

static void test_words_for_runs(void **state)
{
	(void)state;
	assert_string_equal(optiontable_run_word(OPTIONTABLE_ANY), "any");
	assert_string_equal(optiontable_run_word(OPTIONTABLE_HIVES), "hives");
	assert_string_equal(optiontable_run_word(OPTIONTABLE_UNUSED), "hives");
	assert_string_equal(optiontable_run_word(OPTIONTABLE_REPORT), "report");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_plain_and_once),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_each_has_a_place_of_its_own),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_places_in_the_help),
		cmocka_unit_test(test_words_for_runs),
	};

	return UNIT_RUN(tests);
}
