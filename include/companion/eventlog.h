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

#endif
