/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expected times are those of the tz database as published for these years, and were
 * looked at with date(1); zones of a rule are compared with the named zone that has it.
 */
#include "help/unit.h"

#include "base/filetime.h"
#include "base/timezone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t ft_of(const char *utc)
{
	char text[FILETIME_TEXT_SIZE];
	uint64_t ft = 0;

	(void)snprintf(text, sizeof(text), "%s.0000000Z", utc);
	assert_true(filetime_parse(text, &ft));
	return ft;
}

static void assert_local(const struct timezone *zone, const char *utc, const char *local)
{
	char text[TIMEZONE_TEXT_SIZE];

	assert_true(timezone_format(zone, ft_of(utc), text));
	assert_string_equal(text, local);
}

/* A system without tzdata has no named zones: nothing can be tested of them there. */
static void named_or_skip(const char *name, struct timezone *zone)
{
	if (timezone_named(name, zone) != STATUS_OK)
		skip();
}

static void test_named(void **state)
{
	struct timezone zone = { 0 };

	(void)state;
	named_or_skip("Europe/Berlin", &zone);
	assert_local(&zone, "2024-03-31T00:59:59", "2024-03-31 01:59:59 +01:00");
	assert_local(&zone, "2024-03-31T01:00:00", "2024-03-31 03:00:00 +02:00");
	/* The hour that comes twice is told apart by the offset. */
	assert_local(&zone, "2024-10-27T00:30:00", "2024-10-27 02:30:00 +02:00");
	assert_local(&zone, "2024-10-27T01:30:00", "2024-10-27 02:30:00 +01:00");
	/* Until 1995 summer ended in September. */
	assert_local(&zone, "1994-10-01T12:00:00", "1994-10-01 13:00:00 +01:00");
	assert_local(&zone, "2003-12-31T23:30:00", "2004-01-01 00:30:00 +01:00");
	timezone_clear(&zone);
	named_or_skip("Australia/Adelaide", &zone);
	assert_local(&zone, "2024-01-15T00:00:00", "2024-01-15 10:30:00 +10:30");
	assert_local(&zone, "2024-07-15T00:00:00", "2024-07-15 09:30:00 +09:30");
	timezone_clear(&zone);
	named_or_skip("America/St_Johns", &zone);
	assert_local(&zone, "2024-01-15T00:00:00", "2024-01-14 20:30:00 -03:30");
	timezone_clear(&zone);
}

static void test_no_name(void **state)
{
	static const char *const names[] = {
		"",	    "Europe/Atlantis", "../zoneinfo/UTC", "/etc/localtime",
		"Europe",   "Europe//Berlin",  "CET-1CEST",	  "Europe/Berlin\n",
		"zone.tab", ":Europe/Berlin",
	};
	struct timezone zone = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_int_equal(timezone_named(names[i], &zone), STATUS_UNSUPPORTED);
	assert_null(zone.spans);
}

static void test_tz_is_left_alone(void **state)
{
	struct timezone zone = { 0 };

	(void)state;
	assert_int_equal(setenv("TZ", "Asia/Tokyo", 1), 0);
	if (timezone_named("Europe/Berlin", &zone) == STATUS_OK)
		timezone_clear(&zone);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	assert_int_equal(unsetenv("TZ"), 0);
	if (timezone_named("Europe/Berlin", &zone) == STATUS_OK)
		timezone_clear(&zone);
	assert_null(getenv("TZ"));
}

/* ---- rules ---- */

/* "last Sunday of March, 02:00" and so on. */
#define DAY(month, week, weekday, hour)                                                  \
	{                                                                                \
		month, week, weekday, (hour)*3600                                        \
	}

/* Over these years the named zone kept to the rule. */
static void assert_same(const struct timezone_rule *rule, const char *name,
			const char *from, const char *to)
{
	struct timezone ruled = { 0 }, named = { 0 };

	assert_int_equal(timezone_ruled(rule, &ruled), STATUS_OK);
	named_or_skip(name, &named);
	for (uint64_t ft = ft_of(from); ft < ft_of(to); ft += UINT64_C(1800) * 10000000) {
		int32_t a = -1, b = -2;
		assert_true(timezone_offset(&ruled, ft, &a));
		assert_true(timezone_offset(&named, ft, &b));
		assert_int_equal(a, b);
	}
	timezone_clear(&ruled);
	timezone_clear(&named);
}

static void test_rules(void **state)
{
	static const struct timezone_rule berlin = {
		3600,
		7200,
		DAY(10, 5, 0, 3),
		DAY(3, 5, 0, 2),
	};
	static const struct timezone_rule los_angeles = {
		-8 * 3600,
		-7 * 3600,
		DAY(11, 1, 0, 2),
		DAY(3, 2, 0, 2),
	};
	/* Summer goes over the new year. */
	static const struct timezone_rule sydney = {
		10 * 3600,
		11 * 3600,
		DAY(4, 1, 0, 3),
		DAY(10, 1, 0, 2),
	};
	static const struct timezone_rule kolkata = {
		19800,
		19800,
		{ 0, 0, 0, 0 },
		{ 0, 0, 0, 0 },
	};

	(void)state;
	assert_same(&berlin, "Europe/Berlin", "1996-01-01T00:00:00",
		    "2024-01-01T00:00:00");
	assert_same(&los_angeles, "America/Los_Angeles", "2007-01-01T00:00:00",
		    "2024-01-01T00:00:00");
	assert_same(&sydney, "Australia/Sydney", "2008-07-01T00:00:00",
		    "2024-01-01T00:00:00");
	assert_same(&kolkata, "Asia/Kolkata", "1993-01-01T00:00:00",
		    "2024-01-01T00:00:00");
}

static void test_begin_of_year(void **state)
{
	static const struct timezone_rule south = {
		10 * 3600,
		11 * 3600,
		DAY(4, 1, 0, 3),
		DAY(10, 1, 0, 2),
	};
	struct timezone zone = { 0 };

	(void)state;
	assert_int_equal(timezone_ruled(&south, &zone), STATUS_OK);
	assert_local(&zone, "1993-01-01T00:00:00", "1993-01-01 11:00:00 +11:00");
	timezone_clear(&zone);
}

static void test_no_rule(void **state)
{
	static const struct timezone_rule rules[] = {
		{ 3600, 7200, DAY(13, 5, 0, 3), DAY(3, 5, 0, 2) },
		{ 3600, 7200, DAY(10, 6, 0, 3), DAY(3, 5, 0, 2) },
		{ 3600, 7200, DAY(10, 5, 7, 3), DAY(3, 5, 0, 2) },
		{ 3600, 7200, DAY(10, 5, 0, 25), DAY(3, 5, 0, 2) },
		{ 3600, 7200, DAY(10, 0, 0, 3), DAY(3, 5, 0, 2) },
		{ 16 * 3600, 7200, DAY(10, 5, 0, 3), DAY(3, 5, 0, 2) },
		{ 3600, 3630, DAY(10, 5, 0, 3), DAY(3, 5, 0, 2) },
		/* Both at one moment. */
		{ 3600, 7200, DAY(3, 5, 0, 3), DAY(3, 5, 0, 2) },
	};
	struct timezone zone = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		assert_int_equal(timezone_ruled(&rules[i], &zone), STATUS_MALFORMED);
	assert_null(zone.spans);
}

/* ---- looking up ---- */

static void test_outside(void **state)
{
	static const struct timezone_rule rule = { .standard_s = -5 * 3600 };
	struct timezone zone = { 0 };
	char text[TIMEZONE_TEXT_SIZE] = "x";
	int32_t offset = 0;

	(void)state;
	assert_int_equal(timezone_ruled(&rule, &zone), STATUS_OK);
	assert_false(timezone_format(&zone, 0, text));
	assert_string_equal(text, "");
	assert_false(timezone_offset(&zone, ft_of("1992-12-31T23:59:59"), &offset));
	assert_true(timezone_offset(&zone, ft_of("1993-01-01T00:00:00"), &offset));
	assert_true(timezone_offset(&zone, ft_of("2037-12-31T23:59:59"), &offset));
	assert_false(timezone_offset(&zone, ft_of("2038-01-01T00:00:00"), &offset));
	assert_false(timezone_offset(&zone, UINT64_MAX, &offset));
	assert_false(timezone_offset(NULL, ft_of("2024-01-01T00:00:00"), &offset));
	timezone_clear(&zone);
}

static void test_add(void **state)
{
	struct timezone zone = { 0 };

	(void)state;
	assert_int_equal(timezone_add(&zone, 100, 3600), STATUS_OK);
	assert_int_equal(timezone_add(&zone, 100, 7200), STATUS_MALFORMED);
	assert_int_equal(timezone_add(&zone, 101, 7201), STATUS_MALFORMED);
	assert_int_equal(timezone_add(&zone, 101, -99999960), STATUS_MALFORMED);
	for (uint64_t i = 1; i < 512; i++)
		assert_int_equal(timezone_add(&zone, 100 + i, 0), STATUS_OK);
	assert_int_equal(timezone_add(&zone, 1000, 0), STATUS_LIMIT);
	timezone_clear(&zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_no_name),
		cmocka_unit_test(test_tz_is_left_alone),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_begin_of_year),
		cmocka_unit_test(test_no_rule),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_add),
	};

	return UNIT_RUN(tests);
}
