/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calendar of FILETIME, computed here: strftime() and gmtime() depend on
 * locale and range, and a report must not.
 */
#include "base/filetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TICKS_PER_SECOND UINT64_C(10000000)
#define SECONDS_PER_DAY UINT64_C(86400)

/* Seconds from 1601-01-01 to 1970-01-01. */
#define UNIX_EPOCH_SECONDS (FILETIME_UNIX_EPOCH / TICKS_PER_SECOND)

/* The Gregorian calendar repeats every 400 years; 1601 begins such a cycle. */
#define DAYS_PER_400_YEARS 146097u
#define DAYS_PER_100_YEARS 36524u
#define DAYS_PER_4_YEARS 1461u
#define DAYS_PER_YEAR 365u

struct date {
	unsigned year, month, day;
};

static unsigned min_of(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned days_in_month(unsigned month, bool leap)
{
	static const unsigned char days[12] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};

	return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* The date that is so many days after 1601-01-01. */
static struct date date_of(unsigned day)
{
	unsigned cycles = day / DAYS_PER_400_YEARS;

	day %= DAYS_PER_400_YEARS;
	/* The last century and the last year of a cycle are a day longer: min. */
	unsigned centuries = min_of(day / DAYS_PER_100_YEARS, 3);

	day -= centuries * DAYS_PER_100_YEARS;
	unsigned fours = day / DAYS_PER_4_YEARS;

	day %= DAYS_PER_4_YEARS;
	unsigned years = min_of(day / DAYS_PER_YEAR, 3);

	day -= years * DAYS_PER_YEAR;

	bool leap = years == 3 && (fours != 24 || centuries == 3);
	struct date date = {
		.year = 1601 + cycles * 400 + centuries * 100 + fours * 4 + years,
		.month = 1,
	};

	while (day >= days_in_month(date.month, leap)) {
		day -= days_in_month(date.month, leap);
		date.month++;
	}
	date.day = day + 1;
	return date;
}

/* At least `digits` decimal digits, then the separator.  Return: past it. */
static char *put(char *p, unsigned value, int digits, char separator)
{
	char reversed[10];
	int n = 0;

	do {
		reversed[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value || n < digits);
	while (n > 0)
		*p++ = reversed[--n];
	*p++ = separator;
	return p;
}

void filetime_format(uint64_t ft, char out[FILETIME_TEXT_SIZE])
{
	uint64_t seconds = ft / TICKS_PER_SECOND;
	unsigned second = (unsigned)(seconds % SECONDS_PER_DAY);
	struct date date = date_of((unsigned)(seconds / SECONDS_PER_DAY));
	char *p = out;

	p = put(p, date.year, 4, '-');
	p = put(p, date.month, 2, '-');
	p = put(p, date.day, 2, 'T');
	p = put(p, second / 3600, 2, ':');
	p = put(p, second / 60 % 60, 2, ':');
	p = put(p, second % 60, 2, '.');
	p = put(p, (unsigned)(ft % TICKS_PER_SECOND), 7, 'Z');
	*p = '\0';
}

/* Days from 1601-01-01 to the first day of that year. */
static uint64_t days_before(uint64_t year)
{
	uint64_t years = year - 1601;

	return years * DAYS_PER_YEAR + years / 4 - years / 100 + years / 400;
}

bool filetime_parse(const char *text, uint64_t *out)
{
	unsigned year, month, day, hour, minute, second, ticks;
	char again[FILETIME_TEXT_SIZE];
	uint64_t days;
	int end = 0;

	if (strlen(text) >= sizeof(again) ||
	    sscanf(text, "%5u-%2u-%2uT%2u:%2u:%2u.%7uZ%n", &year, &month, &day, &hour,
		   &minute, &second, &ticks, &end) != 7 ||
	    end == 0 || year < 1601 || month < 1 || month > 12)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	days = days_before(year) + day - 1;
	for (unsigned i = 1; i < month; i++)
		days += days_in_month(i, leap);
	*out = ((days * 24 + hour) * 60 + minute) * 60 + second;
	*out = *out * TICKS_PER_SECOND + ticks;
	/* What is no date, or past the last time, is written otherwise. */
	filetime_format(*out, again);
	return strcmp(again, text) == 0;
}

uint64_t filetime_from_unix(int64_t seconds, uint32_t nanoseconds)
{
	int64_t since_1601;
	uint64_t ft;

	if (ckd_add(&since_1601, seconds, (int64_t)UNIX_EPOCH_SECONDS))
		return UINT64_MAX;
	if (since_1601 < 0)
		return 0;
	if (ckd_mul(&ft, (uint64_t)since_1601, TICKS_PER_SECOND) ||
	    ckd_add(&ft, ft, (uint64_t)(nanoseconds / 100)))
		return UINT64_MAX;
	return ft;
}

/*
 * Decimal digits and nothing else, as the specification of SOURCE_DATE_EPOCH
 * asks (reproducible-builds.org), and a time that FILETIME can hold.
 */
static bool parse_epoch(const char *text, uint64_t *ft)
{
	uint64_t seconds = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		if (ckd_mul(&seconds, seconds, UINT64_C(10)) ||
		    ckd_add(&seconds, seconds, (uint64_t)(*text - '0')))
			return false;
	}
	return !ckd_mul(ft, seconds, TICKS_PER_SECOND) &&
	       !ckd_add(ft, *ft, FILETIME_UNIX_EPOCH);
}

uint64_t filetime_now(bool *overridden)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t ft;
	bool set = epoch && parse_epoch(epoch, &ft);

	if (overridden)
		*overridden = set;
	if (set)
		return ft;

	struct timespec now = { 0 };

	/* Cannot fail with this clock; if it did, 1970 would show it. */
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return filetime_from_unix(now.tv_sec, (uint32_t)now.tv_nsec);
}
