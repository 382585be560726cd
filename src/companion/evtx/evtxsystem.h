/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the element System of an event tells and the library does not give: the channel,
 * the time of the event, and its number in the log in which it was written.
 */
#ifndef COMPANION_EVTX_EVTXSYSTEM_H
#define COMPANION_EVTX_EVTXSYSTEM_H

#include <stdint.h>

#include "base/span.h"
#include "base/text.h"

/* What an element is, as far as it is of interest. */
enum evtxsystem_path {
	EVTXSYSTEM_TOP,
	EVTXSYSTEM_EVENT,
	EVTXSYSTEM_SYSTEM,
	EVTXSYSTEM_CHANNEL,
	EVTXSYSTEM_TIME,
	EVTXSYSTEM_NUMBER,
	EVTXSYSTEM_OTHER,
};

struct evtxsystem {
	struct text channel; /* borrowed; empty: it does not tell */
	uint64_t created_ft; /* TimeCreated, FILETIME; 0: it does not tell */
	uint64_t number;     /* EventRecordID; 0: it does not tell */
};

/* The element of that name in another; the attribute of that name of an element. */
enum evtxsystem_path evtxsystem_below(enum evtxsystem_path path, struct text name);
enum evtxsystem_path evtxsystem_attribute(enum evtxsystem_path path, struct text name);

/* Takes text, or a value of a type (evtxvalue.h), that stands there; the first counts. */
void evtxsystem_text(struct evtxsystem *system, enum evtxsystem_path path,
		     struct text text);
void evtxsystem_value(struct evtxsystem *system, enum evtxsystem_path path, uint8_t type,
		      struct span value);

#endif
