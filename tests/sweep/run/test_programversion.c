/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first line of what a program says of its version. */
#include "help/unit.h"

#include "sweep/run/programversion.h"

#include <string.h>

static void test_asks(void **state)
{
	char version[PROGRAMVERSION_SIZE];
	struct failure failure = { "" };

	(void)state;
	/* "echo --version" prints what it is asked. */
	assert_int_equal(programversion_ask("/usr/bin/printf", version, &failure),
			 STATUS_OK);
	assert_non_null(strstr(version, "printf"));
	assert_null(strchr(version, '\n'));
	assert_int_equal(programversion_ask("/bin/false", version, &failure), STATUS_IO);
	assert_string_equal(failure.sentence, "/bin/false: does not tell its version");
	assert_int_equal(programversion_ask("/nowhere", version, &failure), STATUS_IO);
	assert_string_equal(failure.sentence, "/nowhere: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_asks) };

	return UNIT_RUN(tests);
}
