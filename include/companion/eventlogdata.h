/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is read of an event log of Windows, the same of .evt (NT to 2003) and of .evtx
 * (Vista and later).  Records hold source, number and strings; the sentences are in DLLs
 * and not known.
 */
#ifndef COMPANION_EVENTLOGDATA_H
#define COMPANION_EVENTLOGDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "regf/evidence.h"

enum eventlog_type {
	EVENTLOG_ERROR = 1,
	EVENTLOG_WARNING = 2,
	EVENTLOG_INFORMATION = 4,
	EVENTLOG_AUDIT_SUCCESS = 8,
	EVENTLOG_AUDIT_FAILURE = 16,
	/* Levels of .evtx that .evt has not; no type of .evt is so large. */
	EVENTLOG_CRITICAL = 0x10001,
	EVENTLOG_VERBOSE = 0x10005,
	EVENTLOG_NO_TYPE = 0x1ffff,
};

struct eventlog_event {
	uint64_t time_ft;    /* when it was generated, FILETIME; of .evt whole seconds */
	char *source;	     /* UTF-8; of .evtx the provider */
	char *computer;	     /* UTF-8 */
	const char *channel; /* of .evtx, UTF-8; NULL: not told, as in .evt */
	const char *sid;     /* of .evtx: the user's; NULL: not told */
	uint32_t id;	     /* all 32 bits */
	uint32_t type;	     /* enum eventlog_type or any other number */
	uint16_t category;
	char **strings; /* UTF-8 */
	size_t n_strings;
	uint64_t record; /* its number in the log */
	uint64_t offset; /* of the record in the file, bytes */
	/* .evt: outside the ring, left from earlier use; .evtx: that, or of a damaged chunk */
	bool recovered;
};

/* The number that people see: without severity, customer and facility bits. */
static inline uint32_t eventlog_code(const struct eventlog_event *event)
{
	return event->id & 0xffff;
}

/* Records that are not there, though the numbers of those beside them say they were. */
struct eventlog_gap {
	uint64_t first, last; /* their numbers */
	uint64_t from_ft,
		to_ft; /* between these events; 0: nothing stands on that side */
};

/* Gaps that are told one by one; a log with more is torn all over. */
#define EVENTLOG_MAX_GAPS 16

enum eventlog_format { EVENTLOG_EVT, EVENTLOG_EVTX };

struct eventlog {
	struct evidence *evidence;
	struct diag_list *diags;
	enum eventlog_format format;
	struct arena *arena; /* of the events and all their text */
	bool dirty;	     /* flag of the header */
	bool wrapped;	     /* flag of the header, or seen in the records */
	uint64_t oldest;     /* of .evtx: number of the oldest event; 0: there is none */
	struct eventlog_event *events; /* by time, then record */
	size_t n_events;
	struct eventlog_gap gaps[EVENTLOG_MAX_GAPS]; /* as they stand */
	size_t n_gaps, n_more_gaps;
	bool other_channel;  /* all are of a channel that is not searched: only shown */
	bool clock_set_back; /* numbers rise while times fall: these are no order */
	bool foreign; /* it is not this machine's, or nothing tells whose: only shown */
	uint64_t first_ft, last_ft; /* times of the oldest and newest event that is no
				       recovered one; 0 if there is none */
};

#endif
