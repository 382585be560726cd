/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs made for a test, read from a file that is gone again at once, and what is
 * read from them held against the recipe.
 */
#ifndef TESTS_HELP_EVENTLOGS_H
#define TESTS_HELP_EVENTLOGS_H

#include "help/unit.h"

#include "companion/eventlog.h"

#include "samples/evt.h"

/* Sizes of logs. */
enum { SMALL = 0x800, BIG = 0x4000 };

/* Fields of header, records and end record (Event Log File Format). */
enum {
	HEADER_MINOR = 0x0c,
	HEADER_BEGIN = 0x10,
	HEADER_END = 0x14,
	HEADER_FLAGS = 0x24,
	RECORD_N_STRINGS = 0x18, /* in the upper half */
	RECORD_STRINGS = 0x24,
	RECORD_SID_LENGTH = 0x28,
	RECORD_SID = 0x2c,
	RECORD_DATA_LENGTH = 0x30,
	RECORD_DATA = 0x34,
	END_BEGIN = 0x14,
	END_OFFSET = 0x18,
	END_NEXT = 0x1c,
};

/* A FILETIME of the seconds since 1970 that an event log counts. */
uint64_t eventlogs_ft(uint32_t seconds);

/* Event i of a log: no two are of the same length or time. */
struct evt_event eventlogs_plain(unsigned i);
/* Adds events from `from` up to before `to`. */
void eventlogs_add(struct evt *evt, unsigned from, unsigned to);
/* A closed log of the first n events. */
struct evt *eventlogs_new(uint32_t size, unsigned n);
/* A log of 6 events in a file in which 10 stood; the end record is on the 7th. */
struct evt *eventlogs_shortened(void);

/* Reads a file of these bytes, or of what the recipe holds; it must come to STATUS_OK. */
struct eventlog *eventlogs_read_bytes(const uint8_t *bytes, size_t len);
struct eventlog *eventlogs_read(struct evt *evt);

/* Event number k of the log is event i of the recipe. */
void eventlogs_check_event(const struct eventlog *log, size_t k, unsigned i);
/* The log's events are those from `from` up to before `to`, none of them recovered. */
void eventlogs_check_run(const struct eventlog *log, unsigned from, unsigned to);
/* So many diagnostics of each kind, and no others. */
void eventlogs_check_diags(const struct eventlog *log, size_t dirty, size_t wrapped,
			   size_t records);
/* The one diagnostic of that code; its sentence holds the text. */
const struct diag *eventlogs_find_diag(const struct eventlog *log, enum diag_code code,
				       const char *text);

#endif
