/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/condition/wanted.h"

const char *wanted_option(enum wanted wanted)
{
	switch (wanted) {
	case WANTED_EARLIER_HIVE:
	case WANTED_LATER_HIVE:
	case WANTED_ORIGINAL_PATH:
		return NULL;
	case WANTED_MAPI32:
		return "--mapi32";
	case WANTED_MODULES:
		return "--modules";
	case WANTED_SYSTEM:
		return "--system";
	case WANTED_SOFTWARE:
		return "--software";
	case WANTED_EVENTS:
		return "--events";
	}
	return NULL;
}

unsigned wanted_by_option(unsigned set)
{
	return set & (WANTED_MAPI32 | WANTED_MODULES | WANTED_SYSTEM | WANTED_SOFTWARE |
		      WANTED_EVENTS);
}

unsigned wanted_given(const struct companions *companions)
{
	unsigned given = 0;

	if (!companions)
		return 0;
	if (companions->mapi32)
		given |= WANTED_MAPI32;
	if (companions->system)
		given |= WANTED_SYSTEM;
	if (companions->software)
		given |= WANTED_SOFTWARE;
	for (size_t i = 0; i < companions->n_events; i++)
		if (!companions->events[i]->foreign)
			given |= WANTED_EVENTS;
	return given;
}
