/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs: the records that eventlogfile finds, read by eventlogrecord, as
 * events with their text.  Windows numbers records one by one as it writes them: numbers
 * that are left out tell of records that are gone, and times that fall tell of a clock
 * that was set back.
 */
#include "companion/eventlog.h"

#include "base/arena.h"
#include "base/filetime.h"
#include "base/text.h"
#include "companion/eventlogfile.h"
#include "companion/eventlogrecord.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

const char *eventlog_type_word(uint16_t type)
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
	default:
		return NULL;
	}
}

static enum status fail(enum status status, const char *path, struct failure *failure)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: out of memory",
		    failure_path(path, shown, sizeof(shown)));
	return status;
}

/* ---- records ---- */

/* True if every surrogate has its other half; where not, bytes were changed. */
static bool is_paired(struct text text)
{
	size_t length = text_length(text);

	for (size_t i = 0; i < length;)
		if (unicode_is_surrogate(text_next(text, &i)))
			return false;
	return true;
}

/*
 * As UTF-8 in the arena; *whole becomes false if it is damaged.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
static enum status keep(struct arena *arena, struct text text, char **out, bool *whole)
{
	*whole &= is_paired(text);
	char *utf8 = text_to_utf8(text, NULL);

	*out = utf8 ? arena_strdup(arena, utf8) : NULL;
	free(utf8);
	return *out ? STATUS_OK : STATUS_NOMEM;
}

static enum status keep_strings(struct eventlog *log, const struct eventlogrecord *record,
				struct eventlog_event *event, bool *whole)
{
	struct span rest = record->strings;
	struct text text;
	size_t n = 0;
	bool ended = false;

	/* The NULs that only fill up the record would be strings too. */
	while (n < record->n_strings && eventlogrecord_string(&rest, &text, NULL))
		n++;
	*whole &= n == record->n_strings;
	if (n == 0)
		return STATUS_OK;
	event->strings = arena_calloc(log->arena, n, sizeof(*event->strings));
	if (!event->strings)
		return STATUS_NOMEM;
	rest = record->strings;
	while (event->n_strings < n && eventlogrecord_string(&rest, &text, &ended)) {
		*whole &= ended;
		RETURN_IF_FAILED(keep(log->arena, text,
				      &event->strings[event->n_strings++], whole));
	}
	return STATUS_OK;
}

static void report_damage(struct eventlog *log, const struct eventlogrecord *record,
			  const struct eventlog_event *event, bool whole)
{
	if (record->strings_lost)
		diag_at(log->diags, DIAG_EVENTLOG_RECORD, event->offset,
			"the strings of event record %" PRIu32
			" cannot be read: none can be where it says they begin",
			event->record);
	if (!whole)
		diag_at(log->diags, DIAG_EVENTLOG_RECORD, event->offset,
			"not all text of event record %" PRIu32 " can be read",
			event->record);
}

static enum status add_event(struct eventlog *log, struct span bytes,
			     const struct eventlogfile_record *place)
{
	struct eventlog_event event = { .offset = place->offset,
					.recovered = !place->live };
	struct eventlogrecord record;
	bool whole;

	if (!eventlogrecord_read(bytes, &record))
		return STATUS_OK; /* cannot be: eventlogfile saw to its length */
	event.record = record.number;
	event.time_ft = filetime_from_unix(record.time, 0);
	event.id = record.id;
	event.type = record.type;
	event.category = record.category;
	whole = record.names_end;
	RETURN_IF_FAILED(keep(log->arena, record.source, &event.source, &whole));
	RETURN_IF_FAILED(keep(log->arena, record.computer, &event.computer, &whole));
	RETURN_IF_FAILED(keep_strings(log, &record, &event, &whole));
	report_damage(log, &record, &event, whole);
	log->events[log->n_events++] = event;
	return STATUS_OK;
}

static void free_buffer(uint8_t **buffer)
{
	free(*buffer);
}

static enum status add_events(struct eventlog *log, const struct eventlogfile *file)
{
	AUTO(free_buffer) uint8_t *buffer = NULL;

	if (file->n == 0)
		return STATUS_OK;
	log->arena = arena_new();
	buffer = malloc(EVENTLOGRECORD_MOST);
	if (!log->arena || !buffer)
		return STATUS_NOMEM;
	log->events = arena_calloc(log->arena, file->n, sizeof(*log->events));
	if (!log->events)
		return STATUS_NOMEM;
	for (size_t i = 0; i < file->n; i++) {
		const struct eventlogfile_record *place = &file->items[i];
		if (eventlogfile_copy(file->ring, place->offset, buffer, place->len))
			RETURN_IF_FAILED(
				add_event(log, span_of(buffer, place->len), place));
	}
	return STATUS_OK;
}

/* ---- what the numbers tell ---- */

/* Events of several programs are written minutes apart from the time they carry. */
#define CLOCK_TOLERANCE (UINT64_C(3600) * 10000000)

static void add_gap(struct eventlog *log, struct eventlog_gap gap, uint64_t offset)
{
	if (log->n_gaps == EVENTLOG_MAX_GAPS) {
		log->n_more_gaps++;
		return;
	}
	log->gaps[log->n_gaps++] = gap;
	diag_at(log->diags, DIAG_EVENTLOG_GAP, offset,
		"event records %" PRIu32 " to %" PRIu32 " (%" PRIu32
		") are missing, though those beside them are there: what "
		"they told is not known",
		gap.first, gap.last, gap.last - gap.first + 1);
}

static void report_clock(struct eventlog *log, const struct eventlog_event *last,
			 const struct eventlog_event *event)
{
	char was[FILETIME_TEXT_SIZE], is[FILETIME_TEXT_SIZE];

	if (log->clock_set_back)
		return;
	log->clock_set_back = true;
	filetime_format(last->time_ft, was);
	filetime_format(event->time_ft, is);
	diag_at(log->diags, DIAG_EVENTLOG_CLOCK, event->offset,
		"event record %" PRIu32 " is of %s, and %" PRIu32
		" behind it of %s: the clock was set back; the times of this log are no "
		"order",
		last->record, was, event->record, is);
}

/* The events as they stand; those left from earlier use are in no row with the others. */
static void check_numbers(struct eventlog *log, const struct eventlogfile *file)
{
	const struct eventlog_event *last = NULL;
	bool sound = diag_count_of(log->diags, DIAG_EVENTLOG_RECORD) == 0;
	uint32_t next = file->oldest;
	bool counts = sound && file->has_end && file->oldest > 0;

	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		if (event->recovered)
			continue;
		/* Numbers run round as unsigned ones do; lower ones are another row. */
		if (counts && event->record - next - 1 < UINT32_MAX / 2)
			add_gap(log,
				(struct eventlog_gap){ next, event->record - 1,
						       last ? last->time_ft : 0,
						       event->time_ft },
				event->offset);
		if (last && last->time_ft > event->time_ft &&
		    last->time_ft - event->time_ft > CLOCK_TOLERANCE)
			report_clock(log, last, event);
		next = event->record + 1;
		counts = sound;
		last = event;
	}
	if (last && sound && file->has_end && file->next - next - 1 < UINT32_MAX / 2)
		add_gap(log,
			(struct eventlog_gap){ next, file->next - 1, last->time_ft, 0 },
			last->offset);
}

/* ---- the events together ---- */

static int by_time(const void *left, const void *right)
{
	const struct eventlog_event *a = left, *b = right;

	if (a->time_ft != b->time_ft)
		return a->time_ft < b->time_ft ? -1 : 1;
	if (a->record != b->record)
		return a->record < b->record ? -1 : 1;
	if (a->recovered != b->recovered)
		return a->recovered ? 1 : -1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static void put_in_order(struct eventlog *log)
{
	size_t n = 0;

	if (log->n_events == 0)
		return;
	qsort(log->events, log->n_events, sizeof(*log->events), by_time);
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		const struct eventlog_event *last = n ? &log->events[n - 1] : NULL;
		/* The remains of a record that the log still has say nothing new. */
		if (last && event->recovered && last->time_ft == event->time_ft &&
		    last->record == event->record)
			continue;
		log->events[n++] = *event;
	}
	log->n_events = n;
	for (size_t i = 0; i < n; i++) {
		if (log->events[i].recovered)
			continue;
		if (!log->first_ft)
			log->first_ft = log->events[i].time_ft;
		log->last_ft = log->events[i].time_ft;
	}
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
	if (log->first_ft)
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
	AUTO(eventlogfile_freep) struct eventlogfile *file = NULL;

	if (!eventlogfile_is_log(log->evidence->bytes, log->diags))
		return STATUS_OK;
	RETURN_IF_FAILED(eventlogfile_read(log->evidence->bytes, log->diags, &file));
	RETURN_IF_FAILED(add_events(log, file));
	log->dirty = (file->flags & EVENTLOGFILE_DIRTY) != 0;
	log->wrapped = file->wraps || (file->flags & EVENTLOGFILE_WRAPPED) != 0;
	/* The flags of a log that was not closed are as old as the rest of its header. */
	if (log->dirty && file->shifted)
		log->wrapped = true;
	check_numbers(log, file);
	put_in_order(log);
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
