/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making a timeline: texts, order, what all formats have in common. */
#include "report/timeline/timeline.h"

#include "base/array.h"
#include "base/filetime.h"
#include "report/timeline/timeline_private.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SECOND UINT64_C(10000000)
#define TICKS_PER_MICROSECOND 10

/* mactime takes 0 for "not known": the first time that all formats can hold. */
#define FIRST_FT (FILETIME_UNIX_EPOCH + TICKS_PER_SECOND)
/* 10000-01-01 00:00 UTC: ISO 8601 has four digits for years. */
#define YEAR_10000_FT (FILETIME_UNIX_EPOCH + UINT64_C(253402300800) * TICKS_PER_SECOND)

const char *timeline_kind_word(enum timeline_kind kind)
{
	static const char *const words[] = {
#define X(constant, word, desc) [constant] = word,
		TIMELINE_KINDS(X)
#undef X
	};

	return words[kind];
}

const char *timeline_kind_desc(enum timeline_kind kind)
{
	static const char *const descs[] = {
#define X(constant, word, desc) [constant] = desc,
		TIMELINE_KINDS(X)
#undef X
	};

	return descs[kind];
}

/* ---- texts ---- */

/* Takes a malloc'ed text; NULL means that memory ran out. */
static const char *keep(struct timeline_draft *draft, char *text)
{
	const char *copy = arena_strdup(draft->timeline->arena, text);

	if (!copy)
		draft->status = STATUS_NOMEM;
	free(text);
	return copy ? copy : "";
}

const char *timeline_print(struct timeline_draft *draft, const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return keep(draft, text);
}

const char *timeline_text(struct timeline_draft *draft, struct text text)
{
	return keep(draft, text_to_utf8(text, NULL));
}

const char *timeline_string(struct timeline_draft *draft, const char *bytes)
{
	struct text units;
	const char *kept;

	if (!text_from_utf8(bytes, strlen(bytes), &units))
		return keep(draft, NULL);
	kept = timeline_text(draft, units);
	text_free(units);
	return kept;
}

const char *timeline_path(struct timeline_draft *draft, const struct evidence *file)
{
	/* Events come file by file, and there may be many of one. */
	if (draft->file != file) {
		draft->path = timeline_string(draft, file->path);
		draft->file = file;
	}
	return draft->path;
}

void timeline_name(struct timeline_draft *draft, struct text name,
		   struct timeline_event *event)
{
	bool lossy = false;

	event->profile = keep(draft, text_to_utf8(name, &lossy));
	if (lossy)
		event->profile_utf16 = keep(draft, text_to_utf16_hex(name));
}

void timeline_store(const struct store *store, struct timeline_event *event)
{
	if (!store)
		return;
	event->list = store_list_word(store->list);
	event->store_path = store->path;
}

void timeline_place(const struct snapshot *snapshot, uint32_t offset,
		    struct timeline_event *event)
{
	size_t log;

	event->file = snapshot->evidence;
	event->offset = DIAG_NOWHERE;
	if (offset == 0)
		return;
	event->file = snapshot_locate(snapshot, &offset, &log);
	event->offset = offset;
}

/* ---- events ---- */

void timeline_add(struct timeline_draft *draft, const struct timeline_event *event)
{
	struct timeline *timeline = draft->timeline;
	enum status status;

	if (event->time_ft == 0 || draft->status != STATUS_OK)
		return;
	if (event->time_ft < FIRST_FT || event->time_ft >= YEAR_10000_FT) {
		timeline->n_left_out++;
		return;
	}
	status = ARRAY_RESERVE(timeline, TIMELINE_MAX);
	if (status == STATUS_LIMIT)
		timeline->n_left_out++;
	else if (status != STATUS_OK)
		draft->status = status;
	if (status != STATUS_OK)
		return;
	struct timeline_event *added = &timeline->items[timeline->n];
	*added = *event;
	added->order = timeline->n++;
	if (added->file)
		added->path = timeline_path(draft, added->file);
}

/* None comes before any. */
static int by_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

/*
 * What two events say: 0 if the same.  One deletion may be told by a change and by
 * what a later snapshot still has; of nameless profiles only the place can tell that
 * they are one.
 */
static int by_content(const struct timeline_event *a, const struct timeline_event *b)
{
	int order;

	if (a->time_ft != b->time_ft)
		return a->time_ft < b->time_ft ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	order = by_text(a->profile, b->profile);
	if (order == 0)
		order = by_text(a->profile_utf16, b->profile_utf16);
	if (order == 0)
		order = by_text(a->store_path, b->store_path);
	if (order == 0 && a->kind == TIMELINE_DELETED && a->profile)
		return 0;
	if (order == 0)
		order = by_text(a->message, b->message);
	if (order != 0 || a->profile || a->kind == TIMELINE_LIST_KEY)
		return order;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return by_text(a->path, b->path);
}

/* Those that a change tells come last; of the others, those of later snapshots. */
static int by_time(const void *left, const void *right)
{
	const struct timeline_event *a = left, *b = right;
	int order = by_content(a, b);

	if (order == 0)
		order = (a->changes != NULL) - (b->changes != NULL);
	return order ? order : a->order < b->order ? -1 : 1;
}

static bool is_repeated(const struct timeline_event *event,
			const struct timeline_event *next)
{
	/* Of a profile whose name and place are lost nothing tells that it is another's. */
	bool nobody = !event->profile && event->offset == DIAG_NOWHERE &&
		      event->kind != TIMELINE_FILE;

	return !nobody && by_content(event, next) == 0;
}

/* What several snapshots show alike is told once, from the last of them. */
static void drop_repeated(struct timeline *timeline)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->n; i++)
		if (i + 1 == timeline->n ||
		    !is_repeated(&timeline->items[i], &timeline->items[i + 1]))
			timeline->items[n++] = timeline->items[i];
	timeline->n = n;
}

static void collect(struct timeline_draft *draft)
{
	const struct machine_system *system =
		draft->companions ? draft->companions->system : NULL;

	if (system && text_length(system->computer_name) > 0)
		draft->timeline->host = timeline_text(draft, system->computer_name);
	timelineprofile_collect(draft);
	timelinechange_collect(draft);
	timelinecompanion_collect(draft);
	if (draft->timeline->n > 1)
		qsort(draft->timeline->items, draft->timeline->n,
		      sizeof(*draft->timeline->items), by_time);
	drop_repeated(draft->timeline);
}

enum status timeline_read(const struct series *series,
			  const struct companions *companions,
			  const struct diagnoses *diagnoses, struct timeline **out)
{
	AUTO(timeline_freep) struct timeline *timeline = calloc(1, sizeof(*timeline));

	if (!timeline)
		return STATUS_NOMEM;
	timeline->arena = arena_new();
	if (!timeline->arena)
		return STATUS_NOMEM;
	struct timeline_draft draft = {
		.timeline = timeline,
		.series = series,
		.companions = companions,
		.diagnoses = diagnoses,
	};
	collect(&draft);
	if (draft.status == STATUS_OK)
		*out = STEAL(timeline);
	return draft.status;
}

void timeline_free(struct timeline *timeline)
{
	if (!timeline)
		return;
	free(timeline->items);
	arena_free(timeline->arena);
	free(timeline);
}

void timeline_freep(struct timeline **timeline)
{
	timeline_free(*timeline);
}

/* ---- formats ---- */

const char *timeline_field_name(enum timeline_field field)
{
	static const char *const names[] = {
#define X(constant, name, number) [constant] = name,
		TIMELINE_FIELDS(X)
#undef X
	};

	return names[field];
}

bool timeline_field_is_number(enum timeline_field field)
{
	static const bool numbers[] = {
#define X(constant, name, number) [constant] = number,
		TIMELINE_FIELDS(X)
#undef X
	};

	return numbers[field];
}

/* The seventh decimal is cut: no reader of these formats takes it. */
static void format_datetime(uint64_t ft, char out[TIMELINE_DATETIME_SIZE])
{
	char time[FILETIME_TEXT_SIZE];

	filetime_format(ft, time);
	(void)snprintf(out, TIMELINE_DATETIME_SIZE, "%.26s+00:00", time);
}

void timeline_row(const struct timeline *timeline, const struct timeline_event *event,
		  struct timeline_row *out)
{
	const char **cells = out->cells;

	*out = (struct timeline_row){ 0 };
	format_datetime(event->time_ft, out->datetime);
	(void)snprintf(out->timestamp, sizeof(out->timestamp), "%" PRIu64,
		       (event->time_ft - FILETIME_UNIX_EPOCH) / TICKS_PER_MICROSECOND);
	(void)snprintf(out->filetime, sizeof(out->filetime), "%" PRIu64, event->time_ft);
	cells[TIMELINE_FIELD_MESSAGE] = event->message;
	cells[TIMELINE_FIELD_DATETIME] = out->datetime;
	cells[TIMELINE_FIELD_TIMESTAMP] = out->timestamp;
	cells[TIMELINE_FIELD_DESC] = timeline_kind_desc(event->kind);
	cells[TIMELINE_FIELD_KIND] = timeline_kind_word(event->kind);
	cells[TIMELINE_FIELD_PROFILE] = event->profile;
	cells[TIMELINE_FIELD_PROFILE_UTF16] = event->profile_utf16;
	cells[TIMELINE_FIELD_LIST] = event->list;
	cells[TIMELINE_FIELD_STORE_PATH] = event->store_path;
	cells[TIMELINE_FIELD_CERTAINTY] = event->certainty;
	cells[TIMELINE_FIELD_CHANGE] = event->changes;
	cells[TIMELINE_FIELD_SOURCE_FILE] = event->path;
	if (event->file) {
		digest_hex(&event->file->sha256, out->sha256);
		cells[TIMELINE_FIELD_SOURCE_SHA256] = out->sha256;
	}
	if (event->offset != DIAG_NOWHERE) {
		(void)snprintf(out->offset, sizeof(out->offset), "%" PRIu64,
			       event->offset);
		cells[TIMELINE_FIELD_OFFSET] = out->offset;
	}
	cells[TIMELINE_FIELD_FILETIME] = out->filetime;
	cells[TIMELINE_FIELD_HOST] = timeline->host;
	cells[TIMELINE_FIELD_TAG] = event->tags;
}

enum timeline_format timeline_format_of(const char *path)
{
	static const struct {
		const char *ending;
		enum timeline_format format;
	} endings[] = {
		{ ".jsonl", TIMELINE_JSONL },
		{ ".csv", TIMELINE_CSV },
		{ ".body", TIMELINE_BODY },
	};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t len = strlen(path), ending = strlen(endings[i].ending);
		if (len >= ending && strcmp(path + len - ending, endings[i].ending) == 0)
			return endings[i].format;
	}
	return TIMELINE_NO_FORMAT;
}

enum status timeline_write(const struct timeline *timeline, enum timeline_format format,
			   struct output *output)
{
	switch (format) {
	case TIMELINE_JSONL:
		return timelinejson_write(timeline, output);
	case TIMELINE_CSV:
		return timelinecsv_write(timeline, output);
	case TIMELINE_BODY:
		return timelinebody_write(timeline, output);
	case TIMELINE_NO_FORMAT:
		break;
	}
	return STATUS_UNSUPPORTED;
}
