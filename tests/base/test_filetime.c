/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FILETIME as text, held against known values and against the C library. */
#include "help/unit.h"

#include "base/filetime.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY UINT64_C(864000000000)

static void assert_text(uint64_t ft, const char *expected)
{
	char out[FILETIME_TEXT_SIZE];

	memset(out, 'x', sizeof(out));
	filetime_format(ft, out);
	assert_string_equal(out, expected);
}

static void test_known_values(void **state)
{
	(void)state;
	assert_text(0, "1601-01-01T00:00:00.0000000Z");
	assert_text(1, "1601-01-01T00:00:00.0000001Z");
	assert_text(9999999, "1601-01-01T00:00:00.9999999Z");
	assert_text(10000000, "1601-01-01T00:00:01.0000000Z");
	assert_text(DAY - 1, "1601-01-01T23:59:59.9999999Z");
	assert_text(DAY, "1601-01-02T00:00:00.0000000Z");
	assert_text(FILETIME_UNIX_EPOCH - 1, "1969-12-31T23:59:59.9999999Z");
	assert_text(FILETIME_UNIX_EPOCH, "1970-01-01T00:00:00.0000000Z");
	assert_text(UINT64_C(130000000000000000), "2012-12-14T23:06:40.0000000Z");
	/* The last write of the profiles in an NTUSER.DAT of 2012. */
	assert_text(UINT64_C(129781987135122600), "2012-04-06T15:11:53.5122600Z");
	assert_text(UINT64_MAX, "60056-05-28T05:36:10.9551615Z");
}

static void test_the_longest_text_fits(void **state)
{
	char out[FILETIME_TEXT_SIZE + 1];

	(void)state;
	out[FILETIME_TEXT_SIZE] = 'x';
	filetime_format(UINT64_MAX, out);
	assert_true(strlen(out) < FILETIME_TEXT_SIZE);
	assert_int_equal(out[FILETIME_TEXT_SIZE], 'x');
}

static void test_leap_years(void **state)
{
	/* Seconds since 1970 of the last second of 28 February. */
	static const struct {
		int64_t seconds;
		const char *next;
	} cases[] = {
		{ INT64_C(951782399), "2000-02-29T00:00:00.0000000Z" },
		{ INT64_C(1330473599), "2012-02-29T00:00:00.0000000Z" },
		{ INT64_C(1362095999), "2013-03-01T00:00:00.0000000Z" },
		{ INT64_C(-2203891201), "1900-03-01T00:00:00.0000000Z" },
		{ INT64_C(4107542399), "2100-03-01T00:00:00.0000000Z" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_text(filetime_from_unix(cases[i].seconds + 1, 0), cases[i].next);
}

static long number(const char *text, size_t len)
{
	long value = 0;

	for (size_t i = 0; i < len; i++) {
		assert_in_range(text[i], '0', '9');
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* The text of ft, piece by piece, against what the C library makes of it. */
static void check_against_gmtime(uint64_t ft)
{
	time_t seconds = (time_t)(ft / 10000000) - (time_t)INT64_C(11644473600);
	struct tm tm;
	char out[FILETIME_TEXT_SIZE];

	assert_non_null(gmtime_r(&seconds, &tm));
	filetime_format(ft, out);

	const char *dash = strchr(out, '-');

	assert_non_null(dash);
	if (number(out, (size_t)(dash - out)) != tm.tm_year + 1900L ||
	    number(dash + 1, 2) != tm.tm_mon + 1 || number(dash + 4, 2) != tm.tm_mday ||
	    number(dash + 7, 2) != tm.tm_hour || number(dash + 10, 2) != tm.tm_min ||
	    number(dash + 13, 2) != tm.tm_sec ||
	    number(dash + 16, 7) != (long)(ft % 10000000))
		fail_msg("%s differs from gmtime_r()", out);
}

static void test_every_day_of_nine_millennia(void **state)
{
	(void)state;
	/* To the year 10000, with a time of day that wanders. */
	for (uint64_t day = 0; day < 3068000; day++)
		check_against_gmtime(day * DAY + day * UINT64_C(7919000013) % DAY);
}

static void test_to_the_end_of_time(void **state)
{
	(void)state;
	for (uint64_t day = 3068000; day < UINT64_MAX / DAY; day += 101)
		check_against_gmtime(day * DAY);
	check_against_gmtime(UINT64_MAX);
}

static void test_from_unix_at_its_limits(void **state)
{
	/* The last second that FILETIME can hold whole ends in ...0955. */
	const int64_t last = INT64_C(1844674407370) - INT64_C(11644473600);

	(void)state;
	assert_int_equal(filetime_from_unix(0, 0), FILETIME_UNIX_EPOCH);
	assert_int_equal(filetime_from_unix(0, 99), FILETIME_UNIX_EPOCH);
	assert_int_equal(filetime_from_unix(0, 100), FILETIME_UNIX_EPOCH + 1);
	assert_int_equal(filetime_from_unix(0, 999999999), FILETIME_UNIX_EPOCH + 9999999);
	assert_int_equal(filetime_from_unix(-1, 0), FILETIME_UNIX_EPOCH - 10000000);
	assert_int_equal(filetime_from_unix(INT64_C(-11644473600), 0), 0);
	assert_int_equal(filetime_from_unix(INT64_C(-11644473600), 100), 1);
	assert_int_equal(filetime_from_unix(INT64_C(-11644473601), 999999999), 0);
	assert_int_equal(filetime_from_unix(INT64_MIN, 0), 0);
	assert_int_equal(filetime_from_unix(last, 955161500), UINT64_MAX);
	assert_int_equal(filetime_from_unix(last, 955161400), UINT64_MAX - 1);
	assert_int_equal(filetime_from_unix(last, 955161600), UINT64_MAX);
	assert_int_equal(filetime_from_unix(last + 1, 0), UINT64_MAX);
	assert_int_equal(filetime_from_unix(INT64_MAX, 0), UINT64_MAX);
}

static void test_source_date_epoch(void **state)
{
	/* The last second that fits, and the next. */
	static const char last[] = "1833029933770";
	static const char *const refused[] = {
		"",
		" 1",
		"1 ",
		"+1",
		"-1",
		"0x10",
		"1.5",
		"now",
		"1833029933771",
		"18446744073709551615",
		"18446744073709551616",
		/* Ten times a prefix is 4 modulo 2^64. */
		"18446744073709551620",
		"99999999999999999999999",
	};
	bool overridden = false;

	(void)state;
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1333725113", 1), 0);
	assert_int_equal(filetime_now(&overridden), UINT64_C(129781987130000000));
	assert_true(overridden);
	overridden = false;
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", "0", 1), 0);
	assert_int_equal(filetime_now(&overridden), FILETIME_UNIX_EPOCH);
	assert_true(overridden);
	overridden = false;
	assert_int_equal(setenv("SOURCE_DATE_EPOCH", last, 1), 0);
	assert_int_equal(filetime_now(&overridden), UINT64_C(18446744073700000000));
	assert_true(overridden);
	assert_int_equal(filetime_now(NULL), UINT64_C(18446744073700000000));

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		uint64_t earliest = filetime_from_unix(time(NULL) - 1, 0);

		overridden = true;
		assert_int_equal(setenv("SOURCE_DATE_EPOCH", refused[i], 1), 0);
		assert_in_range(filetime_now(&overridden), earliest, earliest + DAY);
		assert_false(overridden);
	}
	overridden = true;
	assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
	assert_true(filetime_now(&overridden) > UINT64_C(130000000000000000));
	assert_false(overridden);
}

static void assert_parsed(const char *text, uint64_t expected)
{
	uint64_t ft = 1;

	assert_true(filetime_parse(text, &ft));
	assert_int_equal(ft, expected);
}

static void test_parse(void **state)
{
	(void)state;
	assert_parsed("1601-01-01T00:00:00.0000000Z", 0);
	assert_parsed("1601-01-01T23:59:59.9999999Z", DAY - 1);
	assert_parsed("1970-01-01T00:00:00.0000000Z", FILETIME_UNIX_EPOCH);
	assert_parsed("2012-04-06T15:11:53.5122600Z", UINT64_C(129781987135122600));
	assert_parsed("60056-05-28T05:36:10.9551615Z", UINT64_MAX);
	/* Every day of eight hundred years, and what it is the day after. */
	for (unsigned day = 0; day < 2 * 146097; day++) {
		char text[FILETIME_TEXT_SIZE];
		uint64_t ft = DAY * day + day;
		filetime_format(ft, text);
		assert_parsed(text, ft);
	}
}

static void test_parse_refuses(void **state)
{
	static const char *const texts[] = {
		"",
		"2012-04-06",
		"2012-04-06T15:11:53Z",
		"2012-04-06T15:11:53.5122600",
		"2012-04-06T15:11:53.5122600Z ",
		" 2012-04-06T15:11:53.5122600Z",
		"2012-04-06 15:11:53.5122600Z",
		"2012-04-06T15:11:53.512260Z",
		"2012-04-31T15:11:53.5122600Z",
		"2011-02-29T15:11:53.5122600Z",
		"2012-00-06T15:11:53.5122600Z",
		"2012-13-06T15:11:53.5122600Z",
		"2012-04-00T15:11:53.5122600Z",
		"2012-04-06T24:11:53.5122600Z",
		"2012-04-06T15:60:53.5122600Z",
		"2012-04-06T15:11:60.5122600Z",
		"2012-04-+6T15:11:53.5122600Z",
		"2012-04--6T15:11:53.5122600Z",
		"1600-12-31T23:59:59.9999999Z",
		"0000-01-01T00:00:00.0000000Z",
		"60056-05-28T05:36:10.9551616Z",
		"99999-01-01T00:00:00.0000000Z",
	};
	uint64_t ft;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (filetime_parse(texts[i], &ft))
			fail_msg("%s was taken", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_values),
		cmocka_unit_test(test_the_longest_text_fits),
		cmocka_unit_test(test_leap_years),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_every_day_of_nine_millennia),
		cmocka_unit_test(test_to_the_end_of_time),
		cmocka_unit_test(test_from_unix_at_its_limits),
		cmocka_unit_test(test_source_date_epoch),
	};

	return UNIT_RUN(tests);
}
