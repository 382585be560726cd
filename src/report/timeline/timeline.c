/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading a timeline: what becomes an event (timelineprofile: keys of profiles and
 * lists, hives, files; timelinechange: when profiles went; timelinecompanion: events of
 * logs and hotfixes), put in order (timelineorder); and writing it (timelinejson,
 * timelinecsv, timelinebody).
 */
#include "report/timeline/timeline.h"

#include "report/timeline/timelinebody.h"
#include "report/timeline/timelinechange.h"
#include "report/timeline/timelinecompanion.h"
#include "report/timeline/timelinecsv.h"
#include "report/timeline/timelinedraft.h"
#include "report/timeline/timelinejson.h"
#include "report/timeline/timelineorder.h"
#include "report/timeline/timelineprofile.h"

#include <stdlib.h>
#include <string.h>

static void collect(struct timeline_draft *draft)
{
	const struct machine_system *system =
		draft->companions ? draft->companions->system : NULL;

	if (system && text_length(system->computer_name) > 0)
		draft->timeline->host = timelinedraft_text(draft, system->computer_name);
	timelineprofile_collect(draft);
	timelinechange_collect(draft);
	timelinecompanion_collect(draft);
	timelineorder_sort(draft->timeline);
}

enum status timeline_read(const struct series *series,
			  const struct companions *companions,
			  const struct diagnoses *diagnoses, struct redact *redact,
			  struct timeline **out)
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
		.redact = redact,
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
