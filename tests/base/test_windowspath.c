/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "base/windowspath.h"

static void test_full(void **state)
{
	(void)state;
	assert_true(windowspath_is_full(text_of("C:\\a.pst")));
	assert_true(windowspath_is_full(text_of("z:\\")));
	assert_true(windowspath_is_full(text_of("\\\\server\\share\\a.pst")));
}

static void test_not_full(void **state)
{
	static const char *const other[] = {
		"",	     "C",  "C:",      "C:a.pst",  "C:/a.pst",	    "1:\\a.pst",
		"[:\\a.pst", "\\", "\\a.pst", "a\\b.pst", "//server/share",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		assert_false(windowspath_is_full(text_of(other[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_not_full),
	};

	return UNIT_RUN(tests);
}
