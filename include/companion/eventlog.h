/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An event log of Windows NT to 2003 (.evt).  Records hold source, number and
 * strings; the sentences are in DLLs and not known.
 */
#ifndef COMPANION_EVENTLOG_H
#define COMPANION_EVENTLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/status.h"
#include "regf/evidence.h"

enum eventlog_type {
	EVENTLOG_ERROR = 1,
	EVENTLOG_WARNING = 2,
	EVENTLOG_INFORMATION = 4,
	EVENTLOG_AUDIT_SUCCESS = 8,
	EVENTLOG_AUDIT_FAILURE = 16,
};

struct eventlog_event {
	uint64_t time_ft; /* when it was generated, FILETIME; whole seconds */
	char *source;	  /* UTF-8 */
	char *computer;	  /* UTF-8 */
	uint32_t id;	  /* all 32 bits */
	uint16_t type;	  /* enum eventlog_type or any other number */
	uint16_t category;
	char **strings; /* UTF-8 */
	size_t n_strings;
	uint32_t record; /* its number in the log */
	uint64_t offset; /* of the record in the file, bytes */
	bool recovered;	 /* outside the log's ring: left from earlier use */
};

/* The number that people see: without severity, customer and facility bits. */
static inline uint32_t eventlog_code(const struct eventlog_event *event)
{
	return event->id & 0xffff;
}

/* Records that are not there, though the numbers of those beside them say they were. */
struct eventlog_gap {
	uint32_t first, last; /* their numbers */
	uint64_t from_ft,
		to_ft; /* between these events; 0: nothing stands on that side */
};

/* Gaps that are told one by one; a log with more is torn all over. */
#define EVENTLOG_MAX_GAPS 16

struct eventlog {
	struct evidence *evidence;
	struct diag_list *diags;
	struct arena *arena;	       /* of the events and all their text */
	bool dirty;		       /* flag of the header */
	bool wrapped;		       /* flag of the header, or seen in the records */
	struct eventlog_event *events; /* by time, then record */
	size_t n_events;
	struct eventlog_gap gaps[EVENTLOG_MAX_GAPS]; /* as they stand */
	size_t n_gaps, n_more_gaps;
	bool clock_set_back; /* numbers rise while times fall: these are no order */
	bool foreign; /* it is not this machine's, or nothing tells whose: only shown */
	uint64_t first_ft, last_ft; /* times of the oldest and newest event that is no
				       recovered one; 0 if there is none */
};

/*
 * Reads an event log.  What is none becomes DIAG_WRONG_KIND; a log that was
 * not closed DIAG_EVENTLOG_DIRTY; one whose oldest events are overwritten
 * DIAG_EVENTLOG_WRAPPED; records that cannot be read DIAG_EVENTLOG_RECORD; where
 * all can be read, and numbers are missing, DIAG_EVENTLOG_GAP; where times fall while
 * the numbers rise, DIAG_EVENTLOG_CLOCK.
 * All text is fit for XML as text_to_utf8() makes it.
 * Past EVENTLOGFILE_MAX_RECORDS the rest is left out: DIAG_COUNT_LIMIT.
 * The opener is borrowed; NULL: the system.
 * Return: STATUS_OK and *out given; else as evidence_read_through().
 */
MUST_CHECK enum status eventlog_read(const struct evidence_opener *opener,
				     const char *path, struct eventlog **out,
				     struct failure *failure);
void eventlog_free(struct eventlog *log);
void eventlog_freep(struct eventlog **log);

/* True if one of the event's strings, without case, holds the ASCII text. */
bool eventlog_mentions(const struct eventlog_event *event, const char *ascii);

/*
 * "error", "warning", "information", "audit_success" or "audit_failure"; NULL
 * for a type that has no name.
 */
const char *eventlog_type_word(uint16_t type);

#endif
