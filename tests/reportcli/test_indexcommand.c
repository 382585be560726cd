/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exit status of wmsdiff-report index; what it prints is in tests/reportcli/main.sh. */
#include "help/collections.h"

#include "reportcli/indexcommand.h"

#include <string.h>

static int run(const char *folder)
{
	return indexcommand_run(&(struct reportarguments){ .operand = folder });
}

static void test_exit_status(void **state)
{
	char *folder = collections_new();

	(void)state;
	assert_int_equal(run("/nowhere/at/all"), 2);
	assert_int_equal(run(folder), 0);
	COLLECTIONS_TEXT(folder, "pc1.xml", "<x/>");
	assert_int_equal(run(folder), 2);
	collections_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exit_status),
	};
	return UNIT_RUN(tests);
}
