/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The summary from its head to its foot, in brief or spelled out.  Names from
 * evidence are shown with everything that could act on a terminal made visible.
 */
#include "report/summary/summary.h"

#include "report/summary/brief.h"
#include "report/summary/causelines.h"
#include "report/summary/detail.h"
#include "report/summary/hiveheader.h"
#include "report/summary/pathname.h"
#include "report/summary/screen.h"
#include "report/summary/summarystate.h"
#include "report/summary/warnings.h"
#include "report/summary/wording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Warnings and errors that are shown of each input. */
#define BRIEF_WARNINGS 3
#define DETAIL_WARNINGS 6

unsigned summary_library_version(void)
{
	return screen_library_version();
}

/* ---- the verdict ---- */

static void put_verdict(struct summary *summary)
{
	const struct verdict *verdict = summary->options->verdict;
	struct screen *screen = summary->screen;
	char *sentence = verdict_sentence(verdict);

	screen_line(screen, 0, 9, SCREEN_PLAIN, "wmsdiff:");
	screen_style(screen, verdict_is_bad(verdict) ? SCREEN_BAD : SCREEN_GOOD);
	screen_print(screen, "%s", sentence ? sentence : "out of memory");
	free(sentence);
}

/* ---- the foot ---- */

static void put_counts(struct summary *summary, const struct series_counts *counts)
{
	static const enum finding_kind order[] = {
		FINDING_DELETED,   FINDING_OTHER_HIVE, FINDING_MOVED,	 FINDING_RENAMED,
		FINDING_RECREATED, FINDING_ADDED,      FINDING_MODIFIED, FINDING_DAMAGED,
	};
	struct screen *screen = summary->screen;
	size_t n = 0;

	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "profiles");
	screen_print(screen, "%zu before, %zu after: ", counts->profiles_before,
		     counts->profiles_after);
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		if (counts->by_kind[order[i]] > 0)
			screen_print(screen, "%s%zu %s", n++ > 0 ? ", " : "",
				     counts->by_kind[order[i]],
				     finding_kind_word(order[i]));
	if (n == 0)
		screen_print(screen, "no change");
}

static void put_report(struct summary *summary, const char *path)
{
	char behind[64];

	if (!path)
		return;
	(void)snprintf(behind, sizeof(behind), " (exit status %d)%s",
		       verdict_exit_status(summary->options->verdict),
		       summary->options->full ? "" : "; --full spells out more");
	screen_line(summary->screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "report");
	pathname_put(summary, path, strlen(behind));
	screen_print(summary->screen, "%s", behind);
}

static void put_redaction(struct summary *summary)
{
	const struct redact *redact = summary->options->redact;
	char *counts = redact ? redact_sentence(redact) : NULL;

	if (!redact)
		return;
	screen_line(summary->screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "redacted");
	screen_print(summary->screen, "%s", counts ? counts : "out of memory");
	free(counts);
}

/* ---- in brief ---- */

/* "; 6 not: its service remakes it": of each reason, without what to do about it. */
static char *why_not(const size_t *n_left_out)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	for (size_t i = 0; out && i < RESTORE_N_REASONS; i++)
		if (n_left_out[i] > 0)
			fprintf(out, "; %zu not: %s", n_left_out[i],
				restored_reason_why((enum restore_reason)i));
	return text_of_stream(out, &text);
}

/* How many .reg files were written where, and why others were not. */
static void put_brief_restores(struct summary *summary)
{
	const struct restores *restores = summary->options->restores;
	struct screen *screen = summary->screen;
	size_t n_left_out[RESTORE_N_REASONS] = { 0 }, n = 0, n_incomplete = 0;
	const char *written = NULL;
	char head[96];

	if (!restores || restores->n == 0)
		return;
	for (size_t i = 0; i < restores->n; i++) {
		const struct restored *restored = &restores->items[i];
		if (restored->path) {
			written = restored->path;
			n_incomplete += restored->incomplete;
			n++;
		} else {
			n_left_out[restored->reason]++;
		}
	}
	char *why = why_not(n_left_out);
	int used = snprintf(head, sizeof(head), "%zu of %zu written", n, restores->n);
	if (n_incomplete > 0)
		used += snprintf(head + used, sizeof(head) - (size_t)used,
				 " (%zu INCOMPLETE)", n_incomplete);
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "restore");
	screen_print(screen, "%s%s", head, written ? " to " : "");
	if (written)
		pathname_put_folder(summary, written,
				    (size_t)used + strlen(" to ") +
					    strlen(why ? why : ""));
	screen_print(screen, "%s", why ? why : "");
	free(why);
}

static bool has_nothing(const struct summary *summary,
			const struct comparison *comparison)
{
	return comparison->n_findings == 0 && comparison->n_keys == 0 &&
	       !causelines_is_due(summary, comparison);
}

static void write_brief(struct summary *summary, const struct series_counts *counts)
{
	const struct series *series = summary->series;
	const struct recovery *recovery = series->recoveries[series->n_snapshots - 1];

	hiveheader_brief(summary);
	if (series->n_snapshots == 1)
		brief_profiles(summary, series->snapshots[0]);
	for (size_t i = 0, first = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		bool is_last = i + 1 == series->n_comparisons;
		/* Those in a row that have nothing to tell do so together. */
		if (!is_last && has_nothing(summary, comparison) &&
		    has_nothing(summary, series->comparisons[i + 1]))
			continue;
		if (series->n_snapshots > 2) {
			screen_line(summary->screen, 0, 0, SCREEN_PLAIN, "");
			screen_print(summary->screen, "from snapshot %zu to %zu:%s",
				     first + 1, i + 2,
				     comparison->n_findings ? "" : " no change");
		}
		brief_changes(summary, comparison);
		if (is_last && recovery)
			brief_recovered(summary, recovery);
		causelines_brief(summary, comparison);
		first = i + 1;
	}
	if (series->n_comparisons == 0) {
		if (recovery)
			brief_recovered(summary, recovery);
		causelines_brief(summary, NULL);
	}
	put_brief_restores(summary);
	if (series->n_snapshots > 1 && summary->n_shown >= SUMMARY_MAX_ROWS)
		put_counts(summary, counts);
	warnings_write(summary, BRIEF_WARNINGS);
}

/* ---- spelled out ---- */

static void write_changes(struct summary *summary)
{
	const struct series *series = summary->series;
	bool many = series->n_snapshots > 2;

	for (size_t i = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		if (many) {
			screen_gap(summary->screen);
			screen_line(summary->screen, 0, 0, SCREEN_PLAIN, "");
			screen_print(summary->screen, "from snapshot %zu to %zu:", i + 1,
				     i + 2);
		}
		if (many && comparison->n_findings == 0) {
			screen_line(summary->screen, 4, 4, SCREEN_PLAIN, "");
			screen_print(summary->screen, "no change");
		}
		detail_changes(summary, comparison);
	}
}

static void write_detail(struct summary *summary, const struct series_counts *counts)
{
	const struct series *series = summary->series;
	const struct snapshot *last = series->snapshots[series->n_snapshots - 1];
	const struct recovery *recovery = series->recoveries[series->n_snapshots - 1];

	screen_gap(summary->screen);
	hiveheader_write(summary);
	if (series->n_snapshots == 1)
		detail_profiles(summary, last);
	write_changes(summary);
	if (recovery)
		detail_recovered(summary, recovery);
	if (series->n_comparisons == 0)
		causelines_write(summary, NULL);
	screen_gap(summary->screen);
	if (series->n_snapshots > 1)
		put_counts(summary, counts);
	warnings_write(summary, DETAIL_WARNINGS);
}

/* ---- all of it ---- */

enum status summary_write(const struct series *series,
			  const struct report_options *options, const char *report_path,
			  struct summary_look look, FILE *out)
{
	struct series_counts counts;
	struct summary summary = {
		.screen = screen_new(out, look),
		.series = series,
		.options = options,
	};
	bool *reported = series_reported(series, series->n_snapshots - 1);

	if (!summary.screen || !reported) {
		(void)!screen_free(summary.screen);
		free(reported);
		return STATUS_NOMEM;
	}
	summary.reported = reported;
	screen_set_zone(summary.screen, options->zone.zone);
	series_count(series, &counts);
	put_verdict(&summary);
	if (options->full)
		write_detail(&summary, &counts);
	else
		write_brief(&summary, &counts);
	put_redaction(&summary);
	put_report(&summary, report_path);
	free(reported);
	return screen_free(summary.screen);
}
