/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of profiles that a program made for itself. */
#ifndef MAPI_PROFILENAME_H
#define MAPI_PROFILENAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct profile_generated_name {
	bool present;
	struct text prefix;
	uint32_t pid;
	uint64_t created_ft;
};

/*
 * Reads the name of a profile that a program made for itself: 24 lower-case
 * hex digits (8 process id, 8 FILETIME high, 8 FILETIME low), before them
 * nothing or a prefix and a space.  Only a plausible time (1993 to 2100)
 * makes it such a name; else out->present is false.
 */
void profilename_read(struct text name, struct profile_generated_name *out);

#endif
