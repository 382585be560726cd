/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs, record by record through libevt.  It is never given the evidence
 * but the copy that eventlogfile makes, so what it says of places is told back
 * as places of the evidence; what it says of events stands as it is.
 */
#include "companion/eventlog.h"

#include "base/arena.h"
#include "base/filetime.h"
#include "base/text.h"
#include "companion/eventlogfile.h"

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

static enum status told(enum status status, const char *path, struct failure *failure,
			const char *why)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return status;
}

#ifdef HAVE_LIBEVT

/*
 * libevt was built with libbfio, but Debian's package of its header does not
 * bring that library's; the calls that need it are not needed here.
 */
#include <libevt/features.h>
#undef LIBEVT_HAVE_BFIO
#include <libevt.h>

bool eventlog_is_supported(void)
{
	return true;
}

const char *eventlog_library_version(void)
{
	return EVT_VERSION;
}

/* ---- text ---- */

/* True if UTF-8 as libevt makes it can be shown as it is. */
static bool is_plain(const char *utf8)
{
	for (; *utf8; utf8++)
		if ((unsigned char)*utf8 >= 0x80 ||
		    ((unsigned char)*utf8 < 0x20 && *utf8 != '\t' && *utf8 != '\n' &&
		     *utf8 != '\r'))
			return false;
	return true;
}

/* The same as well-formed UTF-8 that XML can hold, in the arena; NULL: out of memory. */
static char *fit(struct arena *arena, char *utf8)
{
	struct text text;

	if (is_plain(utf8))
		return utf8;
	if (!text_from_utf8(utf8, strlen(utf8), &text))
		return NULL;
	char *made = text_to_utf8(text, NULL);
	text_free(text);
	char *kept = arena_strdup(arena, made);
	free(made);
	return kept;
}

/* What one of the six calls below asks libevt for. */
enum part { PART_SOURCE, PART_COMPUTER, PART_STRING };

static int part_size(libevt_record_t *record, enum part part, int i, size_t *size)
{
	switch (part) {
	case PART_SOURCE:
		return libevt_record_get_utf8_source_name_size(record, size, NULL);
	case PART_COMPUTER:
		return libevt_record_get_utf8_computer_name_size(record, size, NULL);
	case PART_STRING:
		return libevt_record_get_utf8_string_size(record, i, size, NULL);
	}
	return -1;
}

static int part_text(libevt_record_t *record, enum part part, int i, char *out,
		     size_t size)
{
	uint8_t *bytes = (uint8_t *)out;

	switch (part) {
	case PART_SOURCE:
		return libevt_record_get_utf8_source_name(record, bytes, size, NULL);
	case PART_COMPUTER:
		return libevt_record_get_utf8_computer_name(record, bytes, size, NULL);
	case PART_STRING:
		return libevt_record_get_utf8_string(record, i, bytes, size, NULL);
	}
	return -1;
}

/*
 * One text of the record into *out.  Where libevt has none, that is U+FFFD, and
 * *readable becomes false.  Return: STATUS_OK; STATUS_NOMEM.
 */
static enum status read_part(struct arena *arena, libevt_record_t *record, enum part part,
			     int i, char **out, bool *readable)
{
	static const char unreadable[] = "\xef\xbf\xbd";
	size_t size = 0;
	bool sized = part_size(record, part, i, &size) == 1;

	if (!sized || size < sizeof(unreadable))
		size = sizeof(unreadable);
	/* One more, so that it ends in a NUL whatever libevt does. */
	char *raw = arena_calloc(arena, size + 1, 1);
	if (!raw)
		return STATUS_NOMEM;
	if (!sized || part_text(record, part, i, raw, size) != 1) {
		*readable = false;
		memcpy(raw, unreadable, sizeof(unreadable));
	}
	*out = fit(arena, raw);
	return *out ? STATUS_OK : STATUS_NOMEM;
}

static enum status read_strings(struct eventlog *log, libevt_record_t *record,
				const struct eventlogfile_record *place,
				struct eventlog_event *event, bool *readable)
{
	int n = 0;

	if (place->n_strings == 0)
		return STATUS_OK;
	/* libevt counts NULs, those that only fill up the record too. */
	if (libevt_record_get_number_of_strings(record, &n, NULL) != 1 || n < 0)
		n = 0;
	if (n < place->n_strings)
		*readable = false;
	else
		n = place->n_strings;
	if (n == 0)
		return STATUS_OK;
	event->strings = arena_calloc(log->arena, (size_t)n, sizeof(*event->strings));
	if (!event->strings)
		return STATUS_NOMEM;
	for (int i = 0; i < n; i++)
		RETURN_IF_FAILED(read_part(log->arena, record, PART_STRING, i,
					   &event->strings[event->n_strings++],
					   readable));
	return STATUS_OK;
}

/* ---- records ---- */

static void free_record(libevt_record_t **record)
{
	if (*record)
		(void)libevt_record_free(record, NULL);
}

static enum status read_record(struct eventlog *log, libevt_record_t *record,
			       const struct eventlogfile_record *place)
{
	struct eventlog_event event = { .offset = place->offset,
					.recovered = !place->live };
	uint32_t seconds = 0;
	bool readable = true;

	if (libevt_record_get_identifier(record, &event.record, NULL) != 1 ||
	    libevt_record_get_creation_time(record, &seconds, NULL) != 1 ||
	    libevt_record_get_event_identifier(record, &event.id, NULL) != 1 ||
	    libevt_record_get_event_type(record, &event.type, NULL) != 1 ||
	    libevt_record_get_event_category(record, &event.category, NULL) != 1)
		return STATUS_OK; /* cannot be: libevt has read it */
	event.time_ft = filetime_from_unix(seconds, 0);
	RETURN_IF_FAILED(
		read_part(log->arena, record, PART_SOURCE, 0, &event.source, &readable));
	RETURN_IF_FAILED(read_part(log->arena, record, PART_COMPUTER, 0, &event.computer,
				   &readable));
	RETURN_IF_FAILED(read_strings(log, record, place, &event, &readable));
	if (!readable)
		diag_at(log->diags, DIAG_EVENTLOG_RECORD, place->offset,
			"not all text of event record %" PRIu32 " can be read",
			event.record);
	log->events[log->n_events++] = event;
	return STATUS_OK;
}

typedef int count_call(libevt_file_t *, int *, libevt_error_t **);
typedef int get_call(libevt_file_t *, int, libevt_record_t **, libevt_error_t **);

/* Reads the records of one of libevt's two lists; taken[i]: that of item i was. */
static enum status read_list(struct eventlog *log, const struct eventlogfile *file,
			     libevt_file_t *evt, bool *taken, count_call *count,
			     get_call *get)
{
	int n = 0;

	if (count(evt, &n, NULL) != 1)
		return STATUS_OK;
	for (int i = 0; i < n; i++) {
		AUTO(free_record) libevt_record_t *record = NULL;
		off64_t off = 0;
		if (get(evt, i, &record, NULL) != 1 ||
		    libevt_record_get_offset(record, &off, NULL) != 1)
			continue;
		const struct eventlogfile_record *place =
			eventlogfile_at(file, (uint64_t)off);
		if (!place || taken[place - file->items])
			continue;
		taken[place - file->items] = true;
		RETURN_IF_FAILED(read_record(log, record, place));
	}
	return STATUS_OK;
}

static void free_file(libevt_file_t **evt)
{
	if (*evt)
		(void)libevt_file_free(evt, NULL);
}

static enum status read_through(struct eventlog *log, const struct eventlogfile *file,
				bool *taken)
{
	AUTO(free_file) libevt_file_t *evt = NULL;
	char path[MEMFILE_PATH_SIZE];

	memfile_path(&file->copy, path);
	if (libevt_file_initialize(&evt, NULL) != 1)
		return STATUS_NOMEM;
	if (libevt_file_open(evt, path, libevt_get_access_flags_read(), NULL) != 1)
		return STATUS_IO;
	RETURN_IF_FAILED(read_list(log, file, evt, taken,
				   libevt_file_get_number_of_records,
				   libevt_file_get_record_by_index));
	/* Those behind one that it refuses; there should be none. */
	return read_list(log, file, evt, taken,
			 libevt_file_get_number_of_recovered_records,
			 libevt_file_get_recovered_record_by_index);
}

static enum status read_events(struct eventlog *log, const struct eventlogfile *file)
{
	if (file->n == 0)
		return STATUS_OK;
	log->arena = arena_new();
	if (!log->arena)
		return STATUS_NOMEM;
	bool *taken = arena_calloc(log->arena, file->n, sizeof(*taken));
	log->events = arena_calloc(log->arena, file->n, sizeof(*log->events));
	if (!taken || !log->events)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(read_through(log, file, taken));
	for (size_t i = 0; i < file->n; i++)
		if (!taken[i])
			diag_at(log->diags, DIAG_EVENTLOG_RECORD, file->items[i].offset,
				"the event record here cannot be read");
	return STATUS_OK;
}

#else

bool eventlog_is_supported(void)
{
	return false;
}

const char *eventlog_library_version(void)
{
	return NULL;
}

static enum status read_events(struct eventlog *log, const struct eventlogfile *file)
{
	(void)log;
	(void)file;
	return STATUS_UNSUPPORTED;
}

#endif

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

static void tell_state(struct eventlog *log)
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
	RETURN_IF_FAILED(read_events(log, file));
	log->dirty = (file->flags & EVENTLOGFILE_DIRTY) != 0;
	log->wrapped = file->wraps || (file->flags & EVENTLOGFILE_WRAPPED) != 0;
	/* The flags of a log that was not closed are as old as the rest of its header. */
	if (log->dirty && file->shifted)
		log->wrapped = true;
	put_in_order(log);
	tell_state(log);
	return STATUS_OK;
}

enum status eventlog_read(const char *path, struct eventlog **out,
			  struct failure *failure)
{
	if (!eventlog_is_supported())
		return told(STATUS_UNSUPPORTED, path, failure,
			    "this wmsdiff was built without libevt, which reads event "
			    "logs");
	AUTO(eventlog_freep) struct eventlog *log = calloc(1, sizeof(*log));
	if (!log)
		return told(STATUS_NOMEM, path, failure, "out of memory");
	RETURN_IF_FAILED(evidence_read(path, &log->evidence, failure));
	log->diags = diag_list_new();
	enum status status = log->diags ? read_log(log) : STATUS_NOMEM;
	if (status != STATUS_OK)
		return told(status, path, failure,
			    status == STATUS_NOMEM
				    ? "out of memory"
				    : "the copy made for libevt cannot be read");
	*out = STEAL(log);
	return STATUS_OK;
}
