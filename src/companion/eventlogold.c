/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records that eventlogfile finds, read by eventlogrecord, as events with their text. */
#include "companion/eventlogold.h"

#include "base/filetime.h"
#include "base/text.h"
#include "companion/eventlogfile.h"
#include "companion/eventlognumbers.h"
#include "companion/eventlogrecord.h"

#include <inttypes.h>
#include <stdlib.h>

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
			"the strings of event record %" PRIu64
			" cannot be read: none can be where it says they begin",
			event->record);
	if (!whole)
		diag_at(log->diags, DIAG_EVENTLOG_RECORD, event->offset,
			"not all text of event record %" PRIu64 " can be read",
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

enum status eventlogold_add(struct eventlog *log)
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
	eventlognumbers_check(log, &(struct eventlognumbers){
					   .known = file->has_end,
					   .oldest = file->oldest,
					   .next = file->next,
					   .bits = 32,
				   });
	return STATUS_OK;
}
