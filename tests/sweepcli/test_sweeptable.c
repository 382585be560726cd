/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables agree with themselves. */
#include "help/unit.h"

#include "sweepcli/sweeptable.h"

#include <string.h>

static void test_rows(void **state)
{
	(void)state;
	assert_true(sweeptable_n > 10);
	for (size_t i = 0; i < sweeptable_n; i++) {
		const struct sweeptable_row *row = &sweeptable[i];
		bool bare = row->kind == SWEEPTABLE_FLAG ||
			    row->kind == SWEEPTABLE_HELP ||
			    row->kind == SWEEPTABLE_VERSION;
		assert_int_equal(strspn(row->name, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(row->name));
		assert_int_equal(row->argument == NULL, bare);
		assert_int_equal(row->words != NULL, row->kind == SWEEPTABLE_WORDS);
		assert_int_equal(row->most > 0, row->kind == SWEEPTABLE_NUMBER ||
							row->kind == SWEEPTABLE_LIST);
		assert_true(row->at < sizeof(struct sweep_options));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(row->name, sweeptable[k].name);
	}
}

static void test_commands(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SWEEPTABLE_NO_COMMAND; i++) {
		assert_true(sweeptable_commands[i].least > 0);
		assert_true(sweeptable_commands[i].least <= sweeptable_commands[i].most);
		assert_true(sweeptable_commands[i].most <= 2);
		/* Only what engines call is in no help. */
		assert_int_equal(sweeptable_commands[i].help == NULL,
				 i == SWEEPTABLE_UNIT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_commands),
	};
	return UNIT_RUN(tests);
}
