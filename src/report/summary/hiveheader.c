/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was compared: each hive, its state, whose it is, and how it was read. */
#include "report/summary/hiveheader.h"

#include "report/summary/pathname.h"
#include "report/summary/wording.h"
#include "snapshot/samesubject.h"

#include <stdio.h>
#include <stdlib.h>

/* What a line of a series needs beside path and state: the number behind its label, two
 * blanks, and ", 2016-03-11 16:58:20 UTC". */
#define SERIES_COLUMNS (2 + 2 + 25)

static const char *state_sentence(const struct snapshot *snapshot, bool brief)
{
	if (snapshot->image->state == IMAGE_NO_BASE)
		return brief ? "damaged: no base block"
			     : "damaged: its base block is lost";
	if (snapshot_is_damaged(snapshot))
		return "damaged";
	if (snapshot_is_export(snapshot))
		return ".reg export";
	if (snapshot_is_replayed(snapshot))
		return brief ? "logs applied" : "brought up to date from its logs";
	switch (snapshot->image->state) {
	case IMAGE_CLEAN:
		return "clean";
	case IMAGE_DIRTY:
		return brief ? "dirty" : "dirty (read as it stands)";
	case IMAGE_DAMAGED:
	case IMAGE_NO_BASE:
		return "damaged";
	}
	return "damaged";
}

static const char *readers_sentence(enum snapshot_readers readers)
{
	switch (readers) {
	case SNAPSHOT_AGREE:
		return "both readers agree";
	case SNAPSHOT_DIFFER:
		return "THE READERS DIFFER";
	case SNAPSHOT_HIVEX:
		return "read by hivex alone";
	case SNAPSHOT_OWN:
		return "read by the own reader alone";
	case SNAPSHOT_TEXT:
		return "read from text";
	}
	return "";
}

static void begin_snapshot(struct summary *summary, size_t index)
{
	const struct series *series = summary->series;
	const char *label = series->snapshots[index]->borrowed ? "as found"
			    : series->n_snapshots == 1	       ? "snapshot"
			    : index == 0		       ? "before"
							       : "after";
	char numbered[32];

	/* Of many, the number is what the changes name. */
	if (series->n_snapshots > 2) {
		(void)snprintf(numbered, sizeof(numbered), "snapshot %zu", index + 1);
		label = numbered;
	}
	screen_line(summary->screen, 0, SUMMARY_HANG, SCREEN_PLAIN, label);
}

static void put_subject(struct screen *screen, const struct subject *subject)
{
	char *who = subject_describe(subject);

	if (who)
		screen_utf8(screen, who);
	else
		status_note_nomem();
	free(who);
}

/* From Windows 8.1 on the header's time is not kept up: then keys are newer. */
static bool is_header_stale(const struct snapshot *snapshot)
{
	uint64_t header_ft = snapshot->image->base.last_written_ft;

	return header_ft != 0 && (header_ft < snapshot->newest_ft ||
				  !snapshot_time_holds(snapshot, header_ft));
}

static uint64_t last_written(const struct snapshot *snapshot)
{
	return is_header_stale(snapshot) ? snapshot->newest_ft
					 : snapshot->image->base.last_written_ft;
}

static void put_snapshot(struct summary *summary, size_t index)
{
	const struct snapshot *snapshot = summary->series->snapshots[index];
	struct screen *screen = summary->screen;

	begin_snapshot(summary, index);
	screen_path(screen, snapshot->evidence->path);
	screen_line(screen, SUMMARY_HANG, SUMMARY_HANG, SCREEN_PLAIN, "");
	put_subject(screen, &snapshot->subject);
	screen_print(screen, "; %s, %s; %zu profile%s", state_sentence(snapshot, false),
		     readers_sentence(snapshot->readers), snapshot->n_profiles,
		     wording_plural(snapshot->n_profiles));
	if (!last_written(snapshot))
		return;
	screen_line(screen, SUMMARY_HANG, SUMMARY_HANG, SCREEN_PLAIN, "");
	screen_print(screen, "last written ");
	screen_time(screen, last_written(snapshot));
	screen_utc(screen);
	if (!is_header_stale(snapshot))
		return;
	screen_print(screen, " by its keys; the header says ");
	screen_time(screen, snapshot->image->base.last_written_ft);
	screen_utc(screen);
}

/* What was read beside the hives: in a collection the program chose it itself. */
static void put_beside(struct summary *summary)
{
	const struct inputs *inputs = summary->options->inputs;
	struct screen *screen = summary->screen;
	bool first = true;

	for (size_t i = 0; inputs && i < inputs->n; i++) {
		const struct input *input = &inputs->items[i];
		if (input->kind != INPUT_COMPANION || !input->evidence)
			continue;
		screen_line(screen, first ? 0 : SUMMARY_HANG, SUMMARY_HANG, SCREEN_PLAIN,
			    first ? "beside" : "");
		screen_path(screen, input->evidence->path);
		screen_print(screen, " (%s)", inputs_role_word(input));
		first = false;
	}
}

/* Which local time is shown, and who says so. */
static void put_zone(struct summary *summary)
{
	const struct report_zone *zone = &summary->options->zone;
	struct screen *screen = summary->screen;

	if (!zone->zone && !zone->missing)
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "local");
	if (zone->missing) {
		screen_print(screen, "not shown: no SYSTEM hive tells a rule of its time "
				     "zone");
	} else if (zone->system) {
		screen_text(screen, zone->system->time_zone);
		screen_print(screen, "%sby the rule of the SYSTEM hive when it was saved",
			     text_length(zone->system->time_zone) > 0 ? ", " : "");
	} else {
		screen_utf8(screen, zone->name);
		screen_print(screen, ", as named by --time-zone");
	}
}

void hiveheader_write(struct summary *summary)
{
	for (size_t i = 0; i < summary->series->n_snapshots; i++)
		put_snapshot(summary, i);
	put_beside(summary);
	put_zone(summary);
}

/* ---- in brief ---- */

/* Of two hives of one subject, the one that tells more of it. */
static const struct subject *better_subject(const struct subject *a,
					    const struct subject *b)
{
	bool tells_more = (!a->user && b->user) || a->role == SUBJECT_UNKNOWN;

	return tells_more ? b : a;
}

/* A hive and its state: of a pair on two lines, of a series on one if that is long enough. */
static void put_brief_snapshot(struct summary *summary, size_t index)
{
	const struct snapshot *snapshot = summary->series->snapshots[index];
	uint64_t written_ft = last_written(snapshot);
	bool many = summary->series->n_snapshots > 2;
	struct screen *screen = summary->screen;
	char state[64];

	int n = snprintf(state, sizeof(state), "%zu profile%s, %s", snapshot->n_profiles,
			 wording_plural(snapshot->n_profiles),
			 state_sentence(snapshot, true));
	begin_snapshot(summary, index);
	pathname_put(summary, snapshot->evidence->path,
		     many ? (size_t)n + SERIES_COLUMNS : 0);
	if (many)
		screen_print(screen, "  ");
	else
		screen_line(screen, SUMMARY_HANG, SUMMARY_HANG, SCREEN_PLAIN, "");
	screen_print(screen, "%s", state);
	if (written_ft) {
		screen_print(screen, many			 ? ", "
				     : is_header_stale(snapshot) ? ", newest key "
								 : ", last written ");
		screen_time(screen, written_ft);
		screen_utc(screen);
	}
	if (snapshot->readers != SNAPSHOT_AGREE)
		screen_print(screen, ", %s", readers_sentence(snapshot->readers));
}

void hiveheader_brief(struct summary *summary)
{
	const struct series *series = summary->series;
	struct screen *screen = summary->screen;
	const struct subject *subject = NULL;
	bool agree = true;

	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		bool last = i + 1 == series->n_snapshots;
		put_brief_snapshot(summary, i);
		agree &= snapshot->readers == SNAPSHOT_AGREE;
		subject = subject ? better_subject(subject, &snapshot->subject)
				  : &snapshot->subject;
		if (!last && !samesubject_difference(snapshot, series->snapshots[i + 1]))
			continue;
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "hive of");
		put_subject(screen, subject);
		subject = NULL;
		if (last && agree)
			screen_print(screen, "; %s", readers_sentence(SNAPSHOT_AGREE));
	}
	put_zone(summary);
	screen_gap(screen);
}
