/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page/pagetime.h"

#include <stdint.h>
#include <stdio.h>

/* Digits where the form has them: reports of others may hold anything. */
bool pagetime_is(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00.";

	for (size_t i = 0; text && form[i]; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return text != NULL;
}

static int64_t number(const char *text, size_t n)
{
	int64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = 10 * value + (text[i] - '0');
	return value;
}

/* Days of the proleptic Gregorian calendar, counted from March of year 0. */
static int64_t days(int64_t year, int64_t month, int64_t day)
{
	year -= month < 3;
	month += month < 3 ? 9 : -3;
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
	       day;
}

static int64_t seconds(const char *time)
{
	return ((days(number(time, 4), number(time + 5, 2), number(time + 8, 2)) * 24 +
		 number(time + 11, 2)) *
			60 +
		number(time + 14, 2)) *
		       60 +
	       number(time + 17, 2);
}

/* "8 days 12 h later": two units, so that nobody reads more than was meant. */
void pagetime_distance(const char *from, const char *to, char *out, size_t size)
{
	int64_t s = seconds(to) - seconds(from);
	long long d = s / 86400, h = s / 3600 % 24, m = s / 60 % 60;

	if (d > 0)
		(void)snprintf(out, size, "%lld day%s %lld h later", d, d == 1 ? "" : "s",
			       h);
	else if (h > 0)
		(void)snprintf(out, size, "%lld h %lld min later", h, m);
	else if (m > 0)
		(void)snprintf(out, size, "%lld min %lld s later", m, (long long)s % 60);
	else
		(void)snprintf(out, size, "%lld s later", (long long)s);
}
