/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs: .evt of Windows NT to 2003, and .evtx of Windows Vista and later.
 */
#ifndef COMPANION_EVENTLOG_H
#define COMPANION_EVENTLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/status.h"
#include "companion/eventlogdata.h"
#include "regf/evidence.h"

/*
 * Reads an event log.  What is none becomes DIAG_WRONG_KIND; a log that was
 * not closed DIAG_EVENTLOG_DIRTY; one whose oldest events are overwritten
 * DIAG_EVENTLOG_WRAPPED; records that cannot be read DIAG_EVENTLOG_RECORD; where
 * all can be read, and numbers are missing, DIAG_EVENTLOG_GAP; where times fall while
 * the numbers rise, DIAG_EVENTLOG_CLOCK.
 * Of .evtx: a log none of whose events is of a channel that is searched for signs becomes
 * DIAG_EVENTLOG_CHANNEL; one that this build cannot read, DIAG_EVENTLOG_UNREAD.
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
 * "critical", "error", "warning", "information", "verbose", "audit_success" or
 * "audit_failure"; NULL for a type that has no name.
 */
const char *eventlog_type_word(uint32_t type);

/*
 * True for the channel "Application" (all programs, and the User Profiles Service) and for
 * "Microsoft-Windows-User Profile Service/Operational": the others are not searched.  NULL
 * or "", what tells no channel, is searched.
 */
bool eventlog_is_searched(const char *channel);

/* True if what is not found in a log of that channel was not logged: Application only. */
bool eventlog_is_application(const char *channel);

/* Version of the library that reads .evtx; NULL if the program was built without it. */
const char *eventlog_library_version(void);

/* "evt" or "evtx". */
const char *eventlog_format_word(enum eventlog_format format);

#endif
