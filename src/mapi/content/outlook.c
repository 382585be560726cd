/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Outlook notes of itself in the sections that every profile has.  Read
 * from real hives: 036f is 144760 in a profile of Outlook 14.0.4760, and so
 * are Outlook\Setup\UpdateProfiles, ImportSRS and RegisterForms beside it.
 */
#include "mapi/content/outlook.h"

#include "mapi/section.h"

#include <inttypes.h>
#include <stdio.h>

/* The build number is the major version times this, plus a build of four digits. */
#define BUILDS_OF_VERSION 10000

/* Outlook 97 and the last that there is. */
#define FIRST_VERSION 8
#define LAST_VERSION 16

void outlook_read(const struct key *profile, struct profile_outlook *out)
{
	const struct key *client = key_child(profile, text_of(SECTION_CLIENT));

	*out = (struct profile_outlook){ 0 };
	if (client)
		out->has_build = section_number(client, 0x036f, &out->build);
}

bool outlook_version(uint32_t build, char out[OUTLOOK_VERSION_SIZE])
{
	uint32_t version = build / BUILDS_OF_VERSION;

	if (version < FIRST_VERSION || version > LAST_VERSION ||
	    build % BUILDS_OF_VERSION == 0)
		return false;
	(void)snprintf(out, OUTLOOK_VERSION_SIZE, "%" PRIu32 ".0.%" PRIu32, version,
		       build % BUILDS_OF_VERSION);
	return true;
}
