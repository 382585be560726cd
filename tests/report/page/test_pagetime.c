/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as the page reckons with them. */
#include "help/unit.h"

#include "report/page/pagetime.h"

static void assert_later(const char *from, const char *to, const char *expected)
{
	char out[64];

	pagetime_distance(from, to, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void test_times(void **state)
{
	(void)state;
	assert_true(pagetime_is("2003-03-18T09:14:07.2968750Z"));
	assert_false(pagetime_is("2003-03-18T09:14:07Z"));
	assert_false(pagetime_is("2003-03-18 09:14:07.0"));
	assert_false(pagetime_is(""));
	assert_false(pagetime_is(NULL));
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T09:14:09.0Z", "2 s later");
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T09:15:02.0Z", "55 s later");
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T11:42:36.0Z",
		     "2 h 28 min later");
	/* `date -d` counts the same: 29 days of February in 2004, 28 in 2100. */
	assert_later("2004-02-28T00:00:00.0Z", "2004-03-01T01:00:00.0Z",
		     "2 days 1 h later");
	assert_later("2100-02-28T00:00:00.0Z", "2100-03-01T00:00:00.0Z",
		     "1 day 0 h later");
	assert_later("1601-01-01T00:00:00.0Z", "1970-01-01T00:00:00.0Z",
		     "134774 days 0 h later");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),
	};

	return UNIT_RUN(tests);
}
