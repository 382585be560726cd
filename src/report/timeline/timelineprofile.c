/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands there in each snapshot: keys of profiles and lists, hives, files. */
#include "report/timeline/timelineprofile.h"

#include "mapi/content/outlook.h"
#include "mapi/profilename.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ZONES "the zone is not known"

/* ---- changes that a key has part in ---- */

static void note_change(struct timeline_draft *draft, const char **changes, size_t number)
{
	*changes = *changes ? timelinedraft_print(draft, "%s c%zu", *changes, number)
			    : timelinedraft_print(draft, "c%zu", number);
}

/*
 * The ids of the changes of each profile of a snapshot: one at most from either side,
 * as the state after and as the state before it.  NULL when memory ran out.
 */
static const char **changes_of_profiles(struct timeline_draft *draft, size_t index)
{
	const struct series *series = draft->series;
	const struct snapshot *snapshot = series->snapshots[index];
	const char **changes = arena_calloc(draft->timeline->arena, snapshot->n_profiles,
					    sizeof(*changes));

	for (size_t i = 0; changes && i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		size_t number = series_changes_before(series, i);
		bool before = comparison->before_index == index;
		if (!before && comparison->before_index + 1 != index)
			continue;
		for (size_t k = 0; k < comparison->n_findings; k++) {
			const struct finding *finding = &comparison->findings[k];
			const struct snapshot_profile *profile =
				before ? finding->before : finding->after;
			if (profile)
				note_change(draft, &changes[profile - snapshot->profiles],
					    number + k + 1);
		}
	}
	if (!changes)
		draft->status = STATUS_NOMEM;
	return changes;
}

/* The ids of the changes by which profiles left a list before the snapshot; or NULL. */
static const char *changes_of_list(struct timeline_draft *draft, size_t index,
				   const struct store *store)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const char *kept = NULL;

	for (size_t i = 0; out && i < draft->series->n_comparisons; i++) {
		const struct comparison *comparison = draft->series->comparisons[i];
		size_t number = series_changes_before(draft->series, i);
		if (comparison->before_index + 1 != index)
			continue;
		for (size_t k = 0; k < comparison->n_findings; k++) {
			const struct finding *finding = &comparison->findings[k];
			if (finding->dated && store_is_same(finding->store, store))
				fprintf(out, " c%zu", number + k + 1);
		}
	}
	text = text_of_stream(out, &text);
	if (!text)
		draft->status = STATUS_NOMEM;
	else if (size > 0)
		kept = timelinedraft_print(draft, "%s", text + 1);
	free(text);
	return kept;
}

/* ---- events ---- */

void timelineprofile_made(struct timeline_draft *draft, struct text name,
			  struct timeline_event event)
{
	struct profile_generated_name generated;

	profilename_read(name, &generated);
	if (!generated.present)
		return;
	event.kind = TIMELINE_MADE;
	event.time_ft = generated.created_ft;
	event.tags = NULL;
	event.time_is = NULL;
	event.message = timelinedraft_print(
		draft,
		"Profile \"%s\" in %s: made by process %" PRIu32 ", as its name says",
		event.profile, event.store_path ? event.store_path : TIMELINE_LOST_LIST,
		generated.pid);
	timelinedraft_add(draft, &event);
}

/*
 * What Outlook noted in the profile.  Of a local time the zone is not known, so that only
 * bounds of it have a place among times in UTC.
 */
static void add_noted(struct timeline_draft *draft, const struct snapshot *snapshot,
		      const struct key *profile, struct timeline_event event)
{
	struct profile_outlook outlook;

	outlook_read(profile, &outlook);
	for (size_t i = 0; i < outlook.n_times; i++) {
		const struct profile_noted_time *time = &outlook.times[i];
		const char *says = timelinedraft_print(
			draft,
			"Profile \"%s\" in %s: a time that Outlook noted, to the minute "
			"(inferred from tag %04x)",
			event.profile, event.store_path, time->id);
		timelinedraft_place(snapshot, time->value->record_off, &event);
		event.kind = TIMELINE_NOTED;
		event.time_ft = time->ft;
		event.message = says;
		event.tags = "inferred";
		if (!time->is_local) {
			timelinedraft_add(draft, &event);
			continue;
		}
		event.tags = "bound,inferred";
		event.kind = TIMELINE_NOTED_START;
		event.time_ft = outlook_not_before(time);
		event.message = timelinedraft_print(
			draft,
			"%s in local time: not before this time (a bound: " ZONES ")",
			says);
		timelinedraft_add(draft, &event);
		event.kind = TIMELINE_NOTED_END;
		event.time_ft = outlook_not_after(time);
		event.message = timelinedraft_print(
			draft,
			"%s in local time: not after this time (a bound: " ZONES ")",
			says);
		timelinedraft_add(draft, &event);
	}
}

static void add_profiles(struct timeline_draft *draft, size_t index)
{
	const struct snapshot *snapshot = draft->series->snapshots[index];
	const char **changes =
		snapshot->n_profiles ? changes_of_profiles(draft, index) : NULL;

	for (size_t i = 0; changes && i < snapshot->n_profiles; i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		const struct key *key = profile->profile.key;
		struct timeline_event event = {
			.time_ft = key->mtime_ft,
			.kind = TIMELINE_PROFILE_KEY,
			.changes = changes[i],
		};
		timelinedraft_name(draft, key_name(key), &event);
		timelinedraft_store(draft, snapshot_store(snapshot, profile), &event);
		timelinedraft_place(snapshot, key->record_off, &event);
		event.message = timelinedraft_print(
			draft, "Profile \"%s\" in %s: key last written", event.profile,
			event.store_path);
		timelinedraft_add(draft, &event);
		timelineprofile_made(draft, key_name(key), event);
		add_noted(draft, snapshot, key, event);
	}
}

static void add_lists(struct timeline_draft *draft, size_t index)
{
	const struct snapshot *snapshot = draft->series->snapshots[index];

	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct store *store = &snapshot->stores.items[i];
		if (!store->key)
			continue;
		struct timeline_event event = {
			.time_ft = store->key->mtime_ft,
			.kind = TIMELINE_LIST_KEY,
			.changes = changes_of_list(draft, index, store),
		};
		timelinedraft_store(draft, store, &event);
		timelinedraft_place(snapshot, store->key->record_off, &event);
		event.message = timelinedraft_print(
			draft, "List of profiles %s: key last written", event.store_path);
		timelinedraft_add(draft, &event);
	}
}

/* The header of the hive file, and what the logs make of it. */
static void add_hive(struct timeline_draft *draft, const struct snapshot *snapshot)
{
	uint64_t found_ft = snapshot->found.last_written_ft;
	uint64_t replayed_ft = snapshot->image->base.last_written_ft;
	struct timeline_event event = {
		.time_ft = found_ft,
		.kind = TIMELINE_HIVE,
		.file = snapshot->evidence,
		.offset = IMAGE_AT_LAST_WRITTEN,
	};

	event.message =
		timelinedraft_print(draft, "Hive %s: last written, as its header says",
				    timelinedraft_path(draft, snapshot->evidence));
	timelinedraft_add(draft, &event);
	if (!snapshot_is_replayed(snapshot) || replayed_ft == found_ft)
		return;
	event.time_ft = replayed_ft;
	timelinedraft_place(snapshot, IMAGE_AT_LAST_WRITTEN, &event);
	event.message =
		timelinedraft_print(draft, "Hive %s: last written, as its logs say",
				    timelinedraft_path(draft, snapshot->evidence));
	timelinedraft_add(draft, &event);
}

static void add_file(struct timeline_draft *draft, const struct evidence *file)
{
	struct timeline_event event = {
		.time_ft = file->mtime_ft,
		.kind = TIMELINE_FILE,
		.file = file,
		.offset = DIAG_NOWHERE,
	};

	event.message = timelinedraft_print(
		draft, "File %s: last modified, as the examined copy's file system says",
		timelinedraft_path(draft, file));
	timelinedraft_add(draft, &event);
}

void timelineprofile_collect(struct timeline_draft *draft)
{
	for (size_t i = 0; i < draft->series->n_snapshots; i++) {
		const struct snapshot *snapshot = draft->series->snapshots[i];
		/* The same hive before its logs: one file, one header. */
		if (!snapshot->borrowed) {
			add_hive(draft, snapshot);
			add_file(draft, snapshot->evidence);
		}
		add_lists(draft, i);
		add_profiles(draft, i);
	}
}
