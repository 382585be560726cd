/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Outlook notes of itself in a profile: its build.  What the numbers
 * mean was never published; what is told of them is inferred.
 */
#ifndef MAPI_CONTENT_OUTLOOK_H
#define MAPI_CONTENT_OUTLOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "regf/key.h"

struct profile_outlook {
	bool has_build;
	uint32_t build; /* 036f of the client section, as it stands there */
};

/* "16.0.65535" and the NUL. */
#define OUTLOOK_VERSION_SIZE 16

/* Reads the profile's own sections; nothing is allocated. */
void outlook_read(const struct key *profile, struct profile_outlook *out);

/*
 * The version that a build number spells: 144760 is 14.0.4760.
 * Return: false for a number that is not of that form; builds of five digits
 * are none, for which of two ways Outlook writes them is not known.
 */
bool outlook_version(uint32_t build, char out[OUTLOOK_VERSION_SIZE]);

#endif
