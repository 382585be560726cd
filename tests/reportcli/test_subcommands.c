/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of what wmsdiff-report does. */
#include "help/unit.h"

#include "reportcli/subcommands.h"

#include <string.h>

static void test_find(void **state)
{
	(void)state;
	for (size_t i = 0; i < subcommands_n; i++)
		assert_ptr_equal(subcommands_find(subcommands[i].name), &subcommands[i]);
	assert_null(subcommands_find("inde"));
	assert_null(subcommands_find(""));
	assert_null(subcommands_find("--help"));
}

static void test_rows(void **state)
{
	(void)state;
	assert_true(subcommands_n > 0);
	for (size_t i = 0; i < subcommands_n; i++) {
		assert_non_null(subcommands[i].run);
		assert_true(strlen(subcommands[i].help) > 0);
		/* "  NAME OPERAND HELP" fits a line of 79 columns. */
		assert_true(strlen(subcommands[i].name) <= 8);
		assert_true(strlen(subcommands[i].operand) <= 28);
		assert_true(strlen(subcommands[i].help) <= 39);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_rows),
	};
	return UNIT_RUN(tests);
}
