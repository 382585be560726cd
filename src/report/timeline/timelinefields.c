/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An event as the texts of its fields. */
#include "report/timeline/timelinefields.h"

#include "base/diag.h"
#include "base/filetime.h"

#include <inttypes.h>
#include <stdio.h>

#define TICKS_PER_MICROSECOND 10

const char *timelinefields_name(enum timeline_field field)
{
	static const char *const names[] = {
#define X(constant, name, number) [constant] = name,
		TIMELINE_FIELDS(X)
#undef X
	};

	return names[field];
}

bool timelinefields_is_number(enum timeline_field field)
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

void timelinefields_row(const struct timeline *timeline,
			const struct timeline_event *event, struct timeline_row *out)
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
	cells[TIMELINE_FIELD_DESC] = timelineevents_kind_desc(event->kind);
	cells[TIMELINE_FIELD_KIND] = timelineevents_kind_word(event->kind);
	cells[TIMELINE_FIELD_PROFILE] = event->profile;
	cells[TIMELINE_FIELD_PROFILE_UTF16] = event->profile_utf16;
	cells[TIMELINE_FIELD_LIST] = event->list;
	cells[TIMELINE_FIELD_STORE_PATH] = event->store_path;
	cells[TIMELINE_FIELD_CHANGE_CERTAINTY] = event->certainty;
	cells[TIMELINE_FIELD_TIME_IS] = event->time_is;
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
	if (timezone_format(timeline->zone, event->time_ft, out->local))
		cells[TIMELINE_FIELD_LOCAL] = out->local;
}
