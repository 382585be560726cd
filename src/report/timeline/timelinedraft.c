/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Adding events to a timeline: texts that live as long as it, places of bytes, and
 * which times all formats can hold.
 */
#include "report/timeline/timelinedraft.h"

#include "base/array.h"
#include "base/filetime.h"
#include "report/redact/redacttext.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SECOND UINT64_C(10000000)

/* mactime takes 0 for "not known": the first time that all formats can hold. */
#define FIRST_FT (FILETIME_UNIX_EPOCH + TICKS_PER_SECOND)
/* 10000-01-01 00:00 UTC: ISO 8601 has four digits for years. */
#define YEAR_10000_FT (FILETIME_UNIX_EPOCH + UINT64_C(253402300800) * TICKS_PER_SECOND)

/* Takes a malloc'ed text; NULL means that memory ran out. */
static const char *keep(struct timeline_draft *draft, char *text)
{
	const char *copy = arena_strdup(draft->timeline->arena, text);

	if (!copy)
		draft->status = STATUS_NOMEM;
	free(text);
	return copy ? copy : "";
}

const char *timelinedraft_print(struct timeline_draft *draft, const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return keep(draft, text);
}

const char *timelinedraft_text(struct timeline_draft *draft, struct text text)
{
	char *utf8 = text_to_utf8(text, NULL), *shown = NULL;

	if (!draft->redact || !utf8)
		return keep(draft, utf8);
	shown = redacttext_evidence(draft->redact, utf8);
	free(utf8);
	return keep(draft, shown);
}

const char *timelinedraft_string(struct timeline_draft *draft, const char *bytes)
{
	struct text units;
	const char *kept;

	if (draft->redact)
		return keep(draft, redacttext_evidence(draft->redact, bytes));
	if (!text_from_utf8(bytes, strlen(bytes), &units))
		return keep(draft, NULL);
	kept = timelinedraft_text(draft, units);
	text_free(units);
	return kept;
}

const char *timelinedraft_path(struct timeline_draft *draft, const struct evidence *file)
{
	/* Events come file by file, and there may be many of one. */
	if (draft->file != file) {
		draft->path = draft->redact
				      ? keep(draft, redact_as(draft->redact, REDACT_PATH,
							      file->path))
				      : timelinedraft_string(draft, file->path);
		draft->file = file;
	}
	return draft->path;
}

void timelinedraft_name(struct timeline_draft *draft, struct text name,
			struct timeline_event *event)
{
	bool lossy = false;

	if (draft->redact) {
		event->profile = timelinedraft_text(draft, name);
		return;
	}
	event->profile = keep(draft, text_to_utf8(name, &lossy));
	if (lossy)
		event->profile_utf16 = keep(draft, text_to_utf16_hex(name));
}

const char *timelinedraft_store_path(struct timeline_draft *draft,
				     const struct store *store)
{
	return draft->redact
		       ? keep(draft, redacttext_evidence(draft->redact, store->path))
		       : store->path;
}

void timelinedraft_store(struct timeline_draft *draft, const struct store *store,
			 struct timeline_event *event)
{
	if (!store)
		return;
	event->list = store_list_word(store->list);
	event->store_path = timelinedraft_store_path(draft, store);
}

void timelinedraft_place(const struct snapshot *snapshot, uint32_t offset,
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

void timelinedraft_add(struct timeline_draft *draft, const struct timeline_event *event)
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
		added->path = timelinedraft_path(draft, added->file);
}
