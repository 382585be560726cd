/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Named zones are asked of libc, day by day, and each change is then searched for to the
 * second: libc reads tzdata, whatever form that has.
 */
#include "base/timezone.h"

#include "base/array.h"
#include "base/filetime.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TICKS_PER_SECOND UINT64_C(10000000)
#define SECONDS_PER_DAY 86400

/* No zone has been farther from UTC since there are registries. */
#define MAX_OFFSET_S (15 * 3600)

/* Two for each year; Morocco has four in some. */
#define MAX_SPANS 512

/* The longest name in tzdata has 32 letters. */
#define MAX_NAME 64

static uint64_t year_begin(unsigned year)
{
	char text[FILETIME_TEXT_SIZE];
	uint64_t ft = 0;

	(void)snprintf(text, sizeof(text), "%04u-01-01T00:00:00.0000000Z", year);
	return filetime_parse(text, &ft) ? ft : 0;
}

void timezone_clear(struct timezone *zone)
{
	free(zone->spans);
	*zone = (struct timezone){ 0 };
}

enum status timezone_add(struct timezone *zone, uint64_t from_ft, int32_t offset_s)
{
	struct {
		struct timezone_span *items;
		size_t n, cap;
	} spans = { zone->spans, zone->n, zone->cap };

	if (offset_s < -MAX_OFFSET_S || offset_s > MAX_OFFSET_S || offset_s % 60)
		return STATUS_MALFORMED;
	if (zone->n > 0 && from_ft <= zone->spans[zone->n - 1].from_ft)
		return STATUS_MALFORMED;
	enum status status = ARRAY_RESERVE(&spans, MAX_SPANS);
	zone->spans = spans.items;
	zone->cap = spans.cap;
	if (status == STATUS_OK)
		zone->spans[zone->n++] = (struct timezone_span){ from_ft, offset_s };
	return status;
}

/* ---- by name ---- */

/* Letters, digits, and what names in tzdata have beside them; no way out of its folder. */
static bool is_name(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n < MAX_NAME && name[0] != '/' && !strstr(name, "..") &&
	       !strstr(name, "//") &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			    "0123456789_+-/") == n;
}

/* libc takes an unknown name for UTC: so the file is looked for (RFC 8536: "TZif"). */
static bool is_there(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[512], magic[4] = "";

	if (snprintf(path, sizeof(path), "%s/%s", folder ? folder : "/usr/share/zoneinfo",
		     name) >= (int)sizeof(path))
		return false;
	FILE *file = fopen(path, "rbe");
	if (!file)
		return false;
	bool read = fread(magic, sizeof(magic), 1, file) == 1;
	(void)fclose(file);
	return read && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

static int32_t offset_at(int64_t unix_s)
{
	time_t t = (time_t)unix_s;
	struct tm tm = { 0 };

	return localtime_r(&t, &tm) ? (int32_t)tm.tm_gmtoff : INT32_MAX;
}

/* The first second in (low, high] at which the offset is no more that of low. */
static int64_t change_between(int64_t low, int64_t high)
{
	int32_t was = offset_at(low);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (offset_at(middle) == was)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static uint64_t to_filetime(int64_t unix_s)
{
	return filetime_from_unix(unix_s, 0);
}

/* Of the zone that TZ names. */
static enum status ask_libc(struct timezone *out)
{
	int64_t epoch = (int64_t)(FILETIME_UNIX_EPOCH / TICKS_PER_SECOND);
	int64_t end = (int64_t)(year_begin(TIMEZONE_END_YEAR) / TICKS_PER_SECOND) - epoch;
	int64_t t = (int64_t)(year_begin(TIMEZONE_FIRST_YEAR) / TICKS_PER_SECOND) - epoch;

	RETURN_IF_FAILED(timezone_add(out, to_filetime(t), offset_at(t)));
	for (; t + SECONDS_PER_DAY < end; t += SECONDS_PER_DAY) {
		int64_t next = t + SECONDS_PER_DAY;
		if (offset_at(next) == offset_at(t))
			continue;
		next = change_between(t, next);
		RETURN_IF_FAILED(timezone_add(out, to_filetime(next), offset_at(next)));
	}
	out->end_ft = year_begin(TIMEZONE_END_YEAR);
	return STATUS_OK;
}

/* Sets TZ, or takes it away. */
static bool set_zone(const char *name)
{
	bool done = (name ? setenv("TZ", name, 1) : unsetenv("TZ")) == 0;

	tzset();
	return done;
}

enum status timezone_named(const char *name, struct timezone *out)
{
	struct timezone zone = { 0 };
	const char *was = getenv("TZ");
	char *kept = was ? strdup(was) : NULL;
	enum status status = was && !kept ? STATUS_NOMEM : STATUS_OK;

	if (status == STATUS_OK && (!is_name(name) || !is_there(name)))
		status = STATUS_UNSUPPORTED;
	if (status == STATUS_OK) {
		status = set_zone(name) ? ask_libc(&zone) : STATUS_NOMEM;
		if (!set_zone(kept) && status == STATUS_OK)
			status = STATUS_NOMEM;
	}
	free(kept);
	/* No zone of today or since 1993 is malformed; one that is serves nobody. */
	if (status == STATUS_MALFORMED || status == STATUS_LIMIT)
		status = STATUS_UNSUPPORTED;
	if (status == STATUS_OK)
		*out = zone;
	else
		timezone_clear(&zone);
	return status;
}

/* ---- by a rule ---- */

static bool is_day(const struct timezone_day *day)
{
	return day->month >= 1 && day->month <= 12 && day->week >= 1 && day->week <= 5 &&
	       day->weekday <= 6 && day->second <= SECONDS_PER_DAY;
}

/* Days from 1601-01-01, a Monday, to the first of a month. */
static uint64_t month_begin(unsigned year, unsigned month)
{
	char text[FILETIME_TEXT_SIZE];
	uint64_t ft = 0;

	(void)snprintf(text, sizeof(text), "%04u-%02u-01T00:00:00.0000000Z",
		       month > 12 ? year + 1 : year, month > 12 ? 1 : month);
	return filetime_parse(text, &ft) ? ft / (TICKS_PER_SECOND * SECONDS_PER_DAY) : 0;
}

/* The moment of that day in a year, of a clock that shows UTC + offset_s until then. */
static uint64_t moment_of(const struct timezone_day *day, unsigned year, int32_t offset_s)
{
	uint64_t first = month_begin(year, day->month);
	uint64_t weekday = (first + 1) % 7;
	uint64_t at = first + (day->weekday + 7 - weekday) % 7 + 7 * (day->week - 1);

	while (at >= month_begin(year, day->month + 1))
		at -= 7;
	return (uint64_t)((int64_t)(at * SECONDS_PER_DAY + day->second) - offset_s) *
	       TICKS_PER_SECOND;
}

/* Both changes of a year in their order; those before `first` only tell what held then. */
static enum status add_year(const struct timezone_rule *rule, unsigned year,
			    uint64_t first, struct timezone *zone)
{
	struct timezone_span both[2] = {
		{ moment_of(&rule->daylight, year, rule->standard_s), rule->daylight_s },
		{ moment_of(&rule->standard, year, rule->daylight_s), rule->standard_s },
	};

	if (both[0].from_ft > both[1].from_ft) {
		struct timezone_span later = both[0];
		both[0] = both[1];
		both[1] = later;
	}
	for (size_t i = 0; i < 2; i++) {
		if (both[i].from_ft > first)
			RETURN_IF_FAILED(
				timezone_add(zone, both[i].from_ft, both[i].offset_s));
		else if (zone->n > 0)
			zone->spans[0].offset_s = both[i].offset_s;
	}
	return STATUS_OK;
}

static enum status follow(const struct timezone_rule *rule, struct timezone *zone)
{
	uint64_t first = year_begin(TIMEZONE_FIRST_YEAR);
	bool changes = rule->standard.month && rule->daylight.month &&
		       rule->standard_s != rule->daylight_s;

	RETURN_IF_FAILED(timezone_add(zone, first, rule->standard_s));
	zone->end_ft = year_begin(TIMEZONE_END_YEAR);
	if (!changes)
		return STATUS_OK;
	if (!is_day(&rule->standard) || !is_day(&rule->daylight))
		return STATUS_MALFORMED;
	for (unsigned year = TIMEZONE_FIRST_YEAR - 1; year < TIMEZONE_END_YEAR; year++)
		RETURN_IF_FAILED(add_year(rule, year, first, zone));
	return STATUS_OK;
}

enum status timezone_ruled(const struct timezone_rule *rule, struct timezone *out)
{
	struct timezone zone = { 0 };
	enum status status = follow(rule, &zone);

	if (status == STATUS_OK)
		*out = zone;
	else
		timezone_clear(&zone);
	return status;
}

/* ---- looking up ---- */

bool timezone_offset(const struct timezone *zone, uint64_t ft, int32_t *offset_s)
{
	if (!zone || ft >= zone->end_ft)
		return false;
	size_t n = ARRAY_COUNT_BEFORE(zone->spans, zone->n, span, span->from_ft <= ft);
	if (n == 0)
		return false;
	*offset_s = zone->spans[n - 1].offset_s;
	return true;
}

void timezone_format_offset(int32_t offset_s, char out[TIMEZONE_TEXT_SIZE])
{
	int32_t minutes = offset_s / 60, size = minutes < 0 ? -minutes : minutes;

	(void)snprintf(out, TIMEZONE_TEXT_SIZE, "%c%02" PRId32 ":%02" PRId32,
		       minutes < 0 ? '-' : '+', size / 60 % 100, size % 60);
}

bool timezone_format(const struct timezone *zone, uint64_t ft,
		     char out[TIMEZONE_TEXT_SIZE])
{
	char local[FILETIME_TEXT_SIZE], offset[TIMEZONE_TEXT_SIZE];
	int32_t offset_s = 0;

	out[0] = '\0';
	if (!timezone_offset(zone, ft, &offset_s))
		return false;
	filetime_format(ft + (uint64_t)((int64_t)offset_s * (int64_t)TICKS_PER_SECOND),
			local);
	timezone_format_offset(offset_s, offset);
	(void)snprintf(out, TIMEZONE_TEXT_SIZE, "%.10s %.8s %.6s", local, local + 11,
		       offset);
	return true;
}
