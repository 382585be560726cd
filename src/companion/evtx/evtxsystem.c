/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: J. Metz, "Windows XML Event Log (EVTX)", 5.1 "System". */
#include "companion/evtx/evtxsystem.h"

#include "companion/evtx/evtxvalue.h"

#include <stddef.h>

enum evtxsystem_path evtxsystem_below(enum evtxsystem_path path, struct text name)
{
	if (path == EVTXSYSTEM_TOP && text_is(name, "Event"))
		return EVTXSYSTEM_EVENT;
	if (path == EVTXSYSTEM_EVENT && text_is(name, "System"))
		return EVTXSYSTEM_SYSTEM;
	if (path != EVTXSYSTEM_SYSTEM)
		return EVTXSYSTEM_OTHER;
	return text_is(name, "Channel")		? EVTXSYSTEM_CHANNEL
	       : text_is(name, "TimeCreated")	? EVTXSYSTEM_TIME
	       : text_is(name, "EventRecordID") ? EVTXSYSTEM_NUMBER
						: EVTXSYSTEM_OTHER;
}

enum evtxsystem_path evtxsystem_attribute(enum evtxsystem_path path, struct text name)
{
	return path == EVTXSYSTEM_TIME && text_is(name, "SystemTime") ? EVTXSYSTEM_TIME
								      : EVTXSYSTEM_OTHER;
}

/* Digits and nothing else; 0 if it is no number that there can be. */
static uint64_t number_of(struct text text)
{
	uint64_t number = 0;

	for (size_t i = 0; i < text_length(text); i++) {
		uint16_t unit = text_unit(text, i);
		if (unit < '0' || unit > '9' || number > UINT64_MAX / 10 - 1)
			return 0;
		number = number * 10 + (uint64_t)(unit - '0');
	}
	return number;
}

void evtxsystem_text(struct evtxsystem *system, enum evtxsystem_path path,
		     struct text text)
{
	if (path == EVTXSYSTEM_CHANNEL && text_length(system->channel) == 0)
		system->channel = text;
	if (path == EVTXSYSTEM_NUMBER && system->number == 0)
		system->number = number_of(text);
}

/* A number of 64 bits at `value`; 0 if it has not so many. */
static uint64_t wide(struct span value)
{
	uint64_t number = 0;

	return span_le64(value, 0, &number) ? number : 0;
}

void evtxsystem_value(struct evtxsystem *system, enum evtxsystem_path path, uint8_t type,
		      struct span value)
{
	if (type == EVTXVALUE_STRING)
		evtxsystem_text(system, path,
				text_until_nul((struct text){ value, TEXT_UTF16LE }));
	if (type == EVTXVALUE_FILETIME && path == EVTXSYSTEM_TIME &&
	    system->created_ft == 0)
		system->created_ft = wide(value);
	if (type == EVTXVALUE_NUMBER && path == EVTXSYSTEM_NUMBER && system->number == 0)
		system->number = wide(value);
}
