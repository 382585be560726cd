/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What local time was where: how far it was from UTC, from when to when.  A zone is made
 * once, of the data that the system has of a named one (tzdata) or of a rule for each
 * year, and only looked up from then on; it knows nothing of TZ and locale.
 */
#ifndef BASE_TIMEZONE_H
#define BASE_TIMEZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"

/*
 * Years that zones tell of: a registry is no older than Windows NT 3.1, and what a zone
 * will do later is not settled.
 */
#define TIMEZONE_FIRST_YEAR 1993
#define TIMEZONE_END_YEAR 2038 /* the first that is not told */

/* "2024-03-12 08:58:33 +01:00" and the NUL. */
#define TIMEZONE_TEXT_SIZE 32

/* A time from which on local time is UTC + offset_s, until the next begins. */
struct timezone_span {
	uint64_t from_ft; /* FILETIME, UTC */
	int32_t offset_s; /* seconds, whole minutes; east of Greenwich is more than 0 */
};

struct timezone {
	struct timezone_span *spans; /* ascending */
	size_t n, cap;
	uint64_t end_ft; /* from here on nothing is told; 0: no zone */
};

/* A day of each year on which the time is put forward or back, in local time before it. */
struct timezone_day {
	unsigned month;	  /* 1 to 12; 0: there is no such day */
	unsigned week;	  /* 1 to 4: the first to the fourth such weekday; 5: the last */
	unsigned weekday; /* 0 is Sunday */
	unsigned second;  /* of the day */
};

/* A rule that holds for every year. */
struct timezone_rule {
	int32_t standard_s, daylight_s; /* offsets from UTC, in seconds */
	/* When each begins.  Without one of them standard time holds all year. */
	struct timezone_day standard, daylight;
};

/*
 * A zone by its name in tzdata, "Europe/Berlin".  Reads files of the system, and sets TZ
 * while it does: to be called before there are threads, and before the rights to read
 * are given up.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_UNSUPPORTED: the system has
 * none of that name; STATUS_NOMEM.
 */
MUST_CHECK enum status timezone_named(const char *name, struct timezone *out);

/*
 * The zone in which a rule holds.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_MALFORMED: the rule names no
 * day, or an offset that no zone has; STATUS_NOMEM.
 */
MUST_CHECK enum status timezone_ruled(const struct timezone_rule *rule,
				      struct timezone *out);

/*
 * Adds the next span, so that a zone that was written down can be made again.
 * Return: STATUS_OK; STATUS_MALFORMED: not later than the last, or an offset that no
 * zone has; STATUS_LIMIT: more than any zone has; STATUS_NOMEM.
 */
MUST_CHECK enum status timezone_add(struct timezone *zone, uint64_t from_ft,
				    int32_t offset_s);

void timezone_clear(struct timezone *zone);

/* True and *offset_s set if the zone tells of that time; false for a NULL zone. */
bool timezone_offset(const struct timezone *zone, uint64_t ft, int32_t *offset_s);

/* Writes "+01:00". */
void timezone_format_offset(int32_t offset_s, char out[TIMEZONE_TEXT_SIZE]);

/*
 * Writes local time to the second with its offset.  Return: false, and an empty text, if
 * the zone does not tell of that time.
 */
bool timezone_format(const struct timezone *zone, uint64_t ft,
		     char out[TIMEZONE_TEXT_SIZE]);

#endif
