/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Outlook notes of itself in a profile: its build, times, and
 * the id of the machine that its rules are for.  What the
 * numbers mean was never published; what is told of them is inferred.
 */
#ifndef MAPI_CONTENT_OUTLOOK_H
#define MAPI_CONTENT_OUTLOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "regf/key.h"

/* A time to the minute. */
struct profile_noted_time {
	const struct value *value; /* that tells it */
	uint16_t id;		   /* of its tag */
	uint64_t ft;		   /* FILETIME; of a local time, as if it were UTC */
	bool is_local;		   /* the zone is not known */
};

#define PROFILE_NOTED_TIMES 2

struct profile_outlook {
	bool has_build;
	uint32_t build; /* 036f of the client section, as it stands there */
	struct profile_noted_time times[PROFILE_NOTED_TIMES];
	size_t n_times;
	struct span machine_id; /* 6002, 16 bytes; empty: there is none */
};

/* "16.0.65535" and the NUL. */
#define OUTLOOK_VERSION_SIZE 16

/* Reads the profile's own sections; nothing is allocated. */
void outlook_read(const struct key *profile, struct profile_outlook *out);

/*
 * Between which times UTC a local time can lie: clocks were never further from
 * UTC than 14 hours ahead and 12 behind (tz database, Pacific/Kiritimati and
 * Etc/GMT+12); and how far into its minute it was is not known.
 */
uint64_t outlook_not_before(const struct profile_noted_time *time);
uint64_t outlook_not_after(const struct profile_noted_time *time);

/*
 * The version that a build number spells: 144760 is 14.0.4760.
 * Return: false for a number that is not of that form; builds of five digits
 * are none, for which of two ways Outlook writes them is not known.
 */
bool outlook_version(uint32_t build, char out[OUTLOOK_VERSION_SIZE]);

#endif
