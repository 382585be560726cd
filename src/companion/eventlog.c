/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Event logs: the file is read by the reader of its kind, and its events put in order. */
#include "companion/eventlog.h"

#include "base/filetime.h"
#include "base/text.h"
#include "companion/eventlognumbers.h"
#include "companion/eventlogold.h"
#include "companion/eventlogxml.h"
#include "companion/evtx/evtxlibrary.h"

#include <inttypes.h>
#include <stdlib.h>

/* Enough for a path shown in a sentence; longer ones are cut there. */
#define SHOWN_PATH_SIZE 4200

void eventlog_free(struct eventlog *log)
{
	if (!log)
		return;
	evidence_free(log->evidence);
	diag_list_free(log->diags);
	arena_free(log->arena);
	free(log);
}

void eventlog_freep(struct eventlog **log)
{
	eventlog_free(*log);
}

bool eventlog_mentions(const struct eventlog_event *event, const char *ascii)
{
	/* UTF-8 taken byte by byte: the bytes of ASCII occur in nothing else. */
	for (size_t i = 0; i < event->n_strings; i++)
		if (text_has(text_of(event->strings[i]), ascii))
			return true;
	return false;
}

const char *eventlog_type_word(uint32_t type)
{
	switch (type) {
	case EVENTLOG_ERROR:
		return "error";
	case EVENTLOG_WARNING:
		return "warning";
	case EVENTLOG_INFORMATION:
		return "information";
	case EVENTLOG_AUDIT_SUCCESS:
		return "audit_success";
	case EVENTLOG_AUDIT_FAILURE:
		return "audit_failure";
	case EVENTLOG_CRITICAL:
		return "critical";
	case EVENTLOG_VERBOSE:
		return "verbose";
	default:
		return NULL;
	}
}

const char *eventlog_format_word(enum eventlog_format format)
{
	return format == EVENTLOG_EVTX ? "evtx" : "evt";
}

const char *eventlog_library_version(void)
{
	return evtxlibrary_version();
}

bool eventlog_is_application(const char *channel)
{
	return !channel || !*channel || text_is(text_of(channel), "Application");
}

bool eventlog_is_searched(const char *channel)
{
	return eventlog_is_application(channel) ||
	       text_is(text_of(channel),
		       "Microsoft-Windows-User Profile Service/Operational");
}

static enum status fail(enum status status, const char *path, struct failure *failure)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: out of memory",
		    failure_path(path, shown, sizeof(shown)));
	return status;
}

static void check_channel(struct eventlog *log)
{
	for (size_t i = 0; i < log->n_events; i++)
		if (eventlog_is_searched(log->events[i].channel))
			return;
	log->other_channel = log->n_events > 0;
	if (log->other_channel)
		diag_at(log->diags, DIAG_EVENTLOG_CHANNEL, DIAG_NOWHERE,
			"this is the log of the channel %s; only those of Application and of "
			"the User Profile Service are searched for events near a loss",
			log->events[0].channel);
}

/*
 * What was before the oldest event of .evtx: why it is gone the file does not tell.  Where
 * the clock was set back, that event is not the one of the earliest time.
 */
static void report_oldest(struct eventlog *log)
{
	char since[FILETIME_TEXT_SIZE] = "";

	for (size_t i = 0; i < log->n_events && !*since; i++)
		if (!log->events[i].recovered && log->events[i].record == log->oldest)
			filetime_format(log->events[i].time_ft, since);
	diag_at(log->diags, DIAG_EVENTLOG_WRAPPED, DIAG_NOWHERE,
		"the oldest event of the log, of %s, is number %" PRIu64
		": those before it are missing, overwritten as the log was full, "
		"cleared, or left out of a copy",
		since, log->oldest);
}

static void report_state(struct eventlog *log)
{
	char since[FILETIME_TEXT_SIZE];

	if (log->dirty)
		diag_at(log->diags, DIAG_EVENTLOG_DIRTY, DIAG_NOWHERE,
			"the log was not closed: it was copied from a running system or "
			"after a crash; its newest events may be missing");
	if (!log->wrapped)
		return;
	filetime_format(log->first_ft, since);
	if (log->format == EVENTLOG_EVTX)
		report_oldest(log);
	else if (log->first_ft)
		diag_at(log->diags, DIAG_EVENTLOG_WRAPPED, DIAG_NOWHERE,
			"the log was full and its oldest events are overwritten: those "
			"before %s are missing",
			since);
	else
		diag_at(log->diags, DIAG_EVENTLOG_WRAPPED, DIAG_NOWHERE,
			"the log was full and its oldest events are overwritten");
}

static enum status read_log(struct eventlog *log)
{
	RETURN_IF_FAILED(eventlogxml_is(log->evidence->bytes) ? eventlogxml_add(log)
							      : eventlogold_add(log));
	check_channel(log);
	eventlognumbers_order(log);
	report_state(log);
	return STATUS_OK;
}

enum status eventlog_read(const struct evidence_opener *opener, const char *path,
			  struct eventlog **out, struct failure *failure)
{
	AUTO(eventlog_freep) struct eventlog *log = calloc(1, sizeof(*log));
	if (!log)
		return fail(STATUS_NOMEM, path, failure);
	RETURN_IF_FAILED(
		evidence_read_through(opener, path, NULL, &log->evidence, failure));
	log->diags = diag_list_new();
	enum status status = log->diags ? read_log(log) : STATUS_NOMEM;
	if (status != STATUS_OK)
		return fail(status, path, failure);
	*out = STEAL(log);
	return STATUS_OK;
}
