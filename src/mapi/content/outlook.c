/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Outlook notes of itself in the sections that every profile has.  Read
 * from real hives: 036f is 144760 in a profile of Outlook 14.0.4760, and so
 * are Outlook\Setup\UpdateProfiles, ImportSRS and RegisterForms beside it.
 * 0487 and 0442 count minutes since 1601: 0487 is the minute of MTTT, a
 * FILETIME of the key Outlook of the same hive, and of 0032 in the settings of
 * an account; 0442 is six hours before the time in UTC at which the first
 * settings beside it were written, by a clock of that zone.  6002 of section
 * f86ed290... is RulesMachineID of the key Outlook\UserInfo.
 */
#include "mapi/content/outlook.h"

#include "mapi/property.h"
#include "mapi/section.h"

#include <inttypes.h>
#include <stdio.h>

/* The build number is the major version times this, plus a build of four digits. */
#define BUILDS_OF_VERSION 10000

/* Outlook 2000 and the last that there is; of 8, Outlook 98 was 8.5. */
#define FIRST_VERSION 9
#define LAST_VERSION 16

#define TICKS_PER_MINUTE UINT64_C(600000000)
#define TICKS_PER_HOUR (60 * TICKS_PER_MINUTE)
#define MOST_HOURS_AHEAD 14
#define MOST_HOURS_BEHIND 12

/*
 * Minutes outside these years are no time of Outlook: before it there was none, and MAPI
 * writes 4501 for "none".  1990-01-01 and 2200-01-01.
 */
#define FIRST_MINUTE 204593760u
#define LAST_MINUTE 315043200u

static void read_time(const struct key *client, uint16_t id, bool is_local,
		      struct profile_outlook *out)
{
	const struct value *value = section_typed_value(client, PROPTAG_LONG, id);
	uint32_t minutes;

	if (!value || !property_number(value, &minutes) || minutes < FIRST_MINUTE ||
	    minutes >= LAST_MINUTE)
		return;
	out->times[out->n_times++] = (struct profile_noted_time){
		.value = value,
		.id = id,
		.ft = minutes * TICKS_PER_MINUTE,
		.is_local = is_local,
	};
}

static void read_machine(const struct key *profile, struct profile_outlook *out)
{
	const struct key *rules = key_child(profile, text_of(SECTION_RULES));
	const struct value *value =
		rules ? section_typed_value(rules, PROPTAG_CLSID, 0x6002) : NULL;

	if (value && value->type == KEY_TYPE_BINARY && value_head_lost(value) == 0 &&
	    property_is_id(value_data(value)))
		out->machine_id = value_data(value);
}

void outlook_read(const struct key *profile, struct profile_outlook *out)
{
	const struct key *client = key_child(profile, text_of(SECTION_CLIENT));

	*out = (struct profile_outlook){ 0 };
	read_machine(profile, out);
	if (!client)
		return;
	out->has_build = section_number(client, 0x036f, &out->build);
	read_time(client, 0x0442, true, out);
	read_time(client, 0x0487, false, out);
}

uint64_t outlook_not_before(const struct profile_noted_time *time)
{
	return time->is_local ? time->ft - MOST_HOURS_AHEAD * TICKS_PER_HOUR : time->ft;
}

uint64_t outlook_not_after(const struct profile_noted_time *time)
{
	/* The minute is told, not where in it. */
	return time->is_local
		       ? time->ft + MOST_HOURS_BEHIND * TICKS_PER_HOUR + TICKS_PER_MINUTE
		       : time->ft;
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
