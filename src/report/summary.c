/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page for a person.  Names from evidence are shown with everything that
 * could act on a terminal made visible.
 */
#include "report/summary.h"

#include "report/line.h"

#include <stdlib.h>
#include <string.h>

struct page {
	FILE *out;
	const struct series *series;
	const struct report_options *options;
	size_t n_changes;
};

/* ---- the head: verdict and what was compared ---- */

static void put_only_hive(struct page *page, const struct series_counts *counts)
{
	const struct recovery *recovery = page->series->snapshots[0]->recovery;

	fprintf(page->out, "%zu profile%s in this hive", counts->profiles_before,
		line_plural(counts->profiles_before));
	if (recovery && recovery->cannot_tell)
		fputs("; of deleted ones it cannot tell", page->out);
	else if (recovery)
		fprintf(page->out, ", %zu deleted one%s recovered", counts->recovered,
			line_plural(counts->recovered));
}

static void put_verdict(struct page *page, const struct series_counts *counts)
{
	size_t gone = counts->by_kind[FINDING_DELETED];

	fputs("wmsdiff: ", page->out);
	if (page->series->n_snapshots == 1)
		put_only_hive(page, counts);
	else if (gone > 0)
		fprintf(page->out, "%zu profile%s gone", gone,
			gone == 1 ? " is" : "s are");
	else
		fputs("no profile is gone", page->out);
	fputs(counts->complete ? "\n\n" : "; but not everything could be read\n\n",
	      page->out);
}

static const char *state_sentence(const struct snapshot *snapshot)
{
	if (snapshot_is_damaged(snapshot))
		return "damaged";
	if (snapshot_is_replayed(snapshot))
		return "brought up to date from its logs";
	switch (snapshot->image->state) {
	case IMAGE_CLEAN:
		return "clean";
	case IMAGE_DIRTY:
		return "dirty (read as it stands)";
	case IMAGE_DAMAGED:
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
	}
	return "";
}

static void put_snapshot(struct page *page, size_t index)
{
	const struct snapshot *snapshot = page->series->snapshots[index];
	const char *label = snapshot->borrowed		     ? "as found"
			    : page->series->n_snapshots != 2 ? "snapshot"
			    : index == 0		     ? "before"
							     : "after";
	char *who = subject_describe(&snapshot->subject);

	fprintf(page->out, "%-9s ", label);
	line_path(page->out, snapshot->evidence->path);
	fputs("\n          ", page->out);
	line_utf8(page->out, who ? who : "?");
	fprintf(page->out, "; %s, %s; %zu profile%s\n", state_sentence(snapshot),
		readers_sentence(snapshot->readers), snapshot->n_profiles,
		line_plural(snapshot->n_profiles));
	if (snapshot->image->base.last_written_ft) {
		fputs("          last written ", page->out);
		line_time(page->out, snapshot->image->base.last_written_ft);
		fputs(" UTC\n", page->out);
	}
	free(who);
}

/* ---- changes ---- */

static void put_when(FILE *out, const struct finding *finding)
{
	if (!finding->dated || (!finding->earliest_ft && !finding->latest_ft))
		return;
	fprintf(out, LINE_LABEL, "when");
	if (finding->at_ft) {
		fputs("at ", out);
		line_time(out, finding->at_ft);
	} else if (!finding->earliest_ft) {
		fputs("not after ", out);
		line_time(out, finding->latest_ft);
	} else if (!finding->latest_ft) {
		fputs("not before ", out);
		line_time(out, finding->earliest_ft);
	} else if (finding->earliest_ft > finding->latest_ft) {
		fputs("not before ", out);
		line_time(out, finding->earliest_ft);
		fputs(", not after ", out);
		line_time(out, finding->latest_ft);
		fputs(" UTC,\n              which contradict each other\n", out);
		return;
	} else {
		fputs("between ", out);
		line_time(out, finding->earliest_ft);
		fputs(" and ", out);
		line_time(out, finding->latest_ft);
	}
	fputs(" UTC\n", out);
}

static void put_state(FILE *out, const struct finding *finding)
{
	const struct state *state = finding->state;

	if (state && state->first)
		fprintf(out, LINE_LABEL "the hive file itself\n", "stands in");
	else if (state)
		fprintf(out, LINE_LABEL "the log only, from entry %u on\n", "stands in",
			state->sequence);
}

/* The name, and for a rename or move the new one. */
static void put_names(FILE *out, const struct finding *finding)
{
	if (finding->kind == FINDING_DEFAULT_CHANGED) {
		line_text(out, finding->old_default);
		fputs(" -> ", out);
		line_text(out, finding->new_default);
		return;
	}
	if (finding->before)
		line_text(out, key_name(finding->before->profile.key));
	else if (finding->after)
		line_text(out, key_name(finding->after->profile.key));
	if (finding->before && finding->after &&
	    !text_same(key_name(finding->before->profile.key),
		       key_name(finding->after->profile.key))) {
		fputs(" -> ", out);
		line_text(out, key_name(finding->after->profile.key));
	}
}

/* Reasons worth a line: those that lower the certainty or point at a trace. */
static bool is_telling(enum finding_reason reason)
{
	return reason != FINDING_ABSENT_AFTER && reason != FINDING_ABSENT_BEFORE &&
	       reason != FINDING_READERS_AGREE && reason != FINDING_CONTENT_DIFFERS &&
	       reason != FINDING_SAME_NAME && reason != FINDING_DEFAULT_DIFFERS;
}

static void put_reasons(FILE *out, const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (is_telling(finding->reasons[i]))
			fprintf(out, LINE_LABEL "%s\n", "because",
				finding_reason_sentence(finding->reasons[i]));
}

/* How much of a lost profile the later hive still holds. */
static void put_remains(FILE *out, const struct recovery *recovery,
			const struct remains *remains)
{
	size_t n_keys = remains->n_keys + remains->n_keys_lost;
	size_t n_values = remains->n_values + remains->n_values_lost;

	fprintf(out, LINE_LABEL, "left");
	switch (remains_completeness(remains)) {
	case REMAINS_NONE:
		fputs(recovery->cannot_tell ? "cannot tell: the hive has been packed\n"
					    : "nothing in the later hive\n",
		      out);
		return;
	case REMAINS_WHOLE:
		fputs("whole in unreferenced bytes of the later hive\n", out);
		return;
	case REMAINS_PARTIAL:
		fprintf(out, "%zu of %zu key%s, %zu of %zu value%s", remains->n_keys,
			n_keys, line_plural(n_keys), remains->n_values, n_values,
			line_plural(n_values));
		fputc('\n', out);
		recovered_lost(out, false, 0, remains->n_data_lost,
			       remains->n_heads_lost);
		return;
	}
}

/* The first few differences; the report has them all, with their bytes. */
static void put_differences(FILE *out, const struct finding *finding)
{
	const struct differences *all = &finding->differences;
	size_t n = all->n + all->n_left_out, told = 0;

	if (n == 0)
		return;
	fprintf(out, LINE_LABEL "%zu key%s or value%s\n", "differs", n, line_plural(n),
		line_plural(n));
	for (size_t i = 0; i < all->n && told < LINE_MAX_ITEMS; i++) {
		const struct difference *difference = &all->items[i];
		bool in_before = difference->before_key != NULL;
		const struct value *value =
			difference->before ? difference->before : difference->after;
		struct text path;
		/* What went or came with its whole key is told by the key. */
		if (value && (!difference->before_key || !difference->after_key))
			continue;
		if (!key_path(in_before ? difference->before_key : difference->after_key,
			      in_before ? finding->before->profile.key
					: finding->after->profile.key,
			      "", value, &path))
			return;
		fprintf(out, LINE_LABEL "%s ", "", difference_word(difference->kind));
		line_text(out, path);
		fputc('\n', out);
		text_free(path);
		told++;
	}
}

static void put_finding(struct page *page, const struct comparison *comparison,
			const struct finding *finding)
{
	const struct snapshot *after =
		page->series->snapshots[comparison->before_index + 1];
	bool lost = finding_is_loss(finding);
	FILE *out = page->out;

	if (page->n_changes++ >= SUMMARY_MAX_CHANGES)
		return;
	fprintf(out, "\n%-16s", finding_kind_word(finding->kind));
	put_names(out, finding);
	fprintf(out, "  [%s]\n", finding_certainty_word(finding->certainty));
	fprintf(out, LINE_LABEL, "in");
	line_list(out, finding->store);
	if (finding->kind == FINDING_MOVED) {
		fprintf(out, LINE_LABEL, "to");
		line_list(out, snapshot_store(after, finding->after));
	}
	put_when(out, finding);
	put_state(out, finding);
	if (lost)
		held_write(out, &finding->before->profile);
	if (lost && after->recovery)
		put_remains(out, after->recovery, &finding->remains);
	verdict_restored(out, restore_of(page->options->restores, finding, NULL));
	put_differences(out, finding);
	if (finding->differences.n > 0)
		held_write_losses(out, &finding->before->profile,
				  &finding->after->profile);
	put_reasons(out, finding);
}

/* What is worst comes first; the report keeps the order of places. */
static void put_findings(struct page *page, const struct comparison *comparison)
{
	static const enum finding_kind order[] = {
		FINDING_STORE_REMOVED, FINDING_DELETED, FINDING_DAMAGED,
		FINDING_RECREATED,     FINDING_MOVED,	FINDING_RENAMED,
		FINDING_MODIFIED,      FINDING_ADDED,	FINDING_DEFAULT_CHANGED,
	};

	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		for (size_t k = 0; k < comparison->n_findings; k++)
			if (comparison->findings[k].kind == order[i])
				put_finding(page, comparison, &comparison->findings[k]);
}

static void put_changes(struct page *page)
{
	for (size_t i = 0; i < page->series->n_comparisons; i++) {
		const struct comparison *comparison = page->series->comparisons[i];
		if (page->series->n_snapshots > 2)
			fprintf(page->out, "\nfrom snapshot %zu to %zu:\n", i + 1, i + 2);
		put_findings(page, comparison);
		if (page->options->diagnoses)
			verdict_write(page->out, page->options->diagnoses, comparison);
		if (page->series->n_snapshots > 2 && comparison->n_findings == 0)
			fputs("    no change\n", page->out);
		for (size_t k = 0; k < comparison->n_keys; k++) {
			const struct compared_key *key = &comparison->keys[k];
			fputs("\ncompared key    ", page->out);
			line_path(page->out, key->path);
			fprintf(page->out, "\n" LINE_LABEL "%zu\n", "differs",
				key->differences.n + key->differences.n_left_out);
		}
	}
	if (page->n_changes > SUMMARY_MAX_CHANGES)
		fprintf(page->out, "\n... and %zu more change%s in the report\n",
			page->n_changes - SUMMARY_MAX_CHANGES,
			line_plural(page->n_changes - SUMMARY_MAX_CHANGES));
}

/* A single snapshot: what it holds. */
static void put_profiles(struct page *page)
{
	const struct snapshot *snapshot = page->series->snapshots[0];

	for (size_t i = 0; i < snapshot->n_profiles && i < SUMMARY_MAX_CHANGES; i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		fputs("\nprofile         ", page->out);
		line_text(page->out, key_name(profile->profile.key));
		fprintf(page->out, "%s\n" LINE_LABEL,
			profile->is_default ? "  (default)" : "", "in");
		line_list(page->out, snapshot_store(snapshot, profile));
		held_write(page->out, &profile->profile);
	}
	if (snapshot->n_profiles > SUMMARY_MAX_CHANGES)
		fprintf(page->out, "\n... and %zu more profile%s in the report\n",
			snapshot->n_profiles - SUMMARY_MAX_CHANGES,
			line_plural(snapshot->n_profiles - SUMMARY_MAX_CHANGES));
}

/* ---- recovered profiles ---- */

/* True if a change tells of the profile already. */
static bool is_told(const struct series *series, const struct recovered_profile *profile)
{
	const struct comparison *last =
		series->n_comparisons ? series->comparisons[series->n_comparisons - 1]
				      : NULL;

	for (size_t i = 0; last && i < last->n_findings; i++)
		if (last->findings[i].remains.profile == profile)
			return true;
	return false;
}

/* What went from profiles that are still there; the report has it, key by key. */
static void put_inside(struct page *page, const struct recovery *recovery)
{
	if (!recovery || recovery->n_inside_keys + recovery->n_inside_values == 0)
		return;
	fprintf(page->out,
		"\nrecovered       %zu key%s and %zu value%s, deleted inside profiles or lists\n"
		"                that are still there: see the report\n",
		recovery->n_inside_keys, line_plural(recovery->n_inside_keys),
		recovery->n_inside_values, line_plural(recovery->n_inside_values));
}

/* What the last hive holds of deleted profiles that no change tells of. */
static void put_recovered(struct page *page)
{
	const struct series *series = page->series;
	const struct recovery *recovery =
		series->snapshots[series->n_snapshots - 1]->recovery;
	size_t n = 0;

	for (size_t i = 0; recovery && i < recovery->n_profiles; i++)
		/* What a live profile left behind when it moved is in the report. */
		if (!recovery->profiles[i].lives_on &&
		    !is_told(series, &recovery->profiles[i]) &&
		    n++ < SUMMARY_MAX_CHANGES) {
			recovered_write(page->out, &recovery->profiles[i]);
			verdict_restored(page->out,
					 restore_of(page->options->restores, NULL,
						    &recovery->profiles[i]));
		}
	put_inside(page, recovery);
	if (n > SUMMARY_MAX_CHANGES)
		fprintf(page->out,
			"\n... and %zu more recovered profile%s in the report\n",
			n - SUMMARY_MAX_CHANGES, line_plural(n - SUMMARY_MAX_CHANGES));
}

/* ---- the foot: counts and diagnostics ---- */

static void put_counts(struct page *page, const struct series_counts *counts)
{
	static const enum finding_kind order[] = {
		FINDING_DELETED, FINDING_MOVED,	   FINDING_RENAMED, FINDING_RECREATED,
		FINDING_ADDED,	 FINDING_MODIFIED, FINDING_DAMAGED,
	};
	const char *separator = "";

	fprintf(page->out, "\nprofiles  %zu before, %zu after: ", counts->profiles_before,
		counts->profiles_after);
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		if (counts->by_kind[order[i]] == 0)
			continue;
		fprintf(page->out, "%s%zu %s", separator, counts->by_kind[order[i]],
			finding_kind_word(order[i]));
		separator = ", ";
	}
	fputs(*separator ? "\n" : "no change\n", page->out);
}

enum status summary_write(const struct series *series,
			  const struct report_options *options, const char *report_path,
			  FILE *out)
{
	struct page page = { .out = out, .series = series, .options = options };
	struct series_counts counts;

	series_count(series, &counts);
	put_verdict(&page, &counts);
	for (size_t i = 0; i < series->n_snapshots; i++)
		put_snapshot(&page, i);
	if (series->n_snapshots == 1)
		put_profiles(&page);
	put_changes(&page);
	put_recovered(&page);
	if (series->n_comparisons == 0 && options->diagnoses)
		verdict_write(out, options->diagnoses, NULL);
	if (series->n_snapshots > 1)
		put_counts(&page, &counts);
	else
		fputc('\n', out);
	notes_write(out, series, options->companions);
	if (report_path) {
		fputs("report    ", out);
		line_path(out, report_path);
		fprintf(out, " (exit status %d)\n", options->exit_status);
	}
	return fflush(out) == 0 && !ferror(out) ? STATUS_OK : STATUS_IO;
}
