/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes and profiles spelled out in the summary, each with all its lines. */
#include "report/summary/detail.h"

#include "report/summary/causelines.h"
#include "report/summary/officelines.h"
#include "report/summary/profilelines.h"
#include "report/summary/recoveredlines.h"
#include "report/summary/wording.h"

static void put_more(struct screen *screen, size_t n, const char *what)
{
	if (n <= SUMMARY_MAX_CHANGES)
		return;
	n -= SUMMARY_MAX_CHANGES;
	screen_gap(screen);
	screen_line(screen, 0, 0, SCREEN_PLAIN, "");
	screen_print(screen, "... and %zu more %s%s in the report", n, what,
		     wording_plural(n));
}

/* ---- changes ---- */

static void put_when(struct screen *screen, const struct finding *finding)
{
	if (!wording_is_dated(finding))
		return;
	wording_line(screen, "when");
	wording_when(screen, finding);
	/* How sure the time is, beside how sure the change is. */
	if (finding->at_ft)
		screen_print(screen, finding->at_confirmed
					     ? ", by its own record and its list's"
					     : ", by its own record");
	if (!finding->at_ft && finding->earliest_ft && finding->latest_ft &&
	    finding->earliest_ft > finding->latest_ft)
		screen_print(screen, ", which contradict each other");
}

static void put_state(struct screen *screen, const struct finding *finding)
{
	const struct state *state = finding->state;

	if (!state)
		return;
	wording_line(screen, "stands in");
	if (state->first)
		screen_print(screen, "the hive file itself");
	else
		screen_print(screen, "the log only, from entry %u on", state->sequence);
}

/* Reasons worth a line: those that lower the certainty or point at a trace. */
static bool is_telling(enum finding_reason reason)
{
	return reason != FINDING_ABSENT_AFTER && reason != FINDING_ABSENT_BEFORE &&
	       reason != FINDING_READERS_AGREE && reason != FINDING_CONTENT_DIFFERS &&
	       reason != FINDING_SAME_NAME && reason != FINDING_DEFAULT_DIFFERS;
}

static void put_reasons(struct screen *screen, const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (is_telling(finding->reasons[i])) {
			wording_line(screen, "because");
			screen_print(screen, "%s",
				     finding_reason_sentence(finding->reasons[i]));
		}
}

/* How much of a lost profile the later hive still holds. */
static void put_remains(struct screen *screen, const struct recovery *recovery,
			const struct recovered_share *share)
{
	size_t n_keys = share->n_keys + share->n_keys_lost;
	size_t n_values = share->n_values + share->n_values_lost;

	wording_line(screen, "left");
	switch (recoveredshare_completeness(share)) {
	case RECOVERED_SHARE_NONE:
		screen_print(screen, recovery->cannot_tell
					     ? "cannot tell: the hive has been packed"
					     : "nothing in the later hive");
		return;
	case RECOVERED_SHARE_WHOLE:
		screen_print(screen, "whole in unreferenced bytes of the later hive");
		return;
	case RECOVERED_SHARE_PARTIAL:
		screen_print(screen, "%zu of %zu key%s, %zu of %zu value%s",
			     share->n_keys, n_keys, wording_plural(n_keys),
			     share->n_values, n_values, wording_plural(n_values));
		recoveredlines_lost(screen, false, 0, share->n_data_lost,
				    share->n_heads_lost);
		return;
	}
}

/* The first few differences; the report has them all, with their bytes. */
static void put_differences(struct screen *screen, const struct finding *finding)
{
	const struct differences *all = &finding->differences;
	size_t n = all->n + all->n_left_out, shown = 0;

	if (n == 0)
		return;
	wording_line(screen, "differs");
	screen_print(screen, "%zu key%s or value%s", n, wording_plural(n),
		     wording_plural(n));
	for (size_t i = 0; i < all->n && shown < SUMMARY_MAX_ITEMS; i++) {
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
		wording_line(screen, "");
		screen_print(screen, "%s ", difference_word(difference->kind));
		screen_text(screen, path);
		text_free(path);
		shown++;
	}
}

static void put_finding(struct summary *summary, const struct comparison *comparison,
			const struct finding *finding)
{
	const struct snapshot *after =
		summary->series->snapshots[comparison->before_index + 1];
	const struct recovery *recovery = series_recovery(summary->series, after);
	bool lost = finding_is_loss(finding);
	struct screen *screen = summary->screen;

	if (summary->n_shown++ >= SUMMARY_MAX_CHANGES)
		return;
	screen_gap(screen);
	screen_line(screen, 0, 16, wording_style(finding->kind),
		    finding_kind_word(finding->kind));
	wording_names(screen, finding);
	screen_print(screen, "  [%s]", finding_certainty_word(finding->certainty));
	wording_line(screen, "in");
	wording_list(screen, finding->store);
	if (finding->kind == FINDING_MOVED) {
		wording_line(screen, "to");
		wording_list(screen, snapshot_store(after, finding->after));
	}
	put_when(screen, finding);
	put_state(screen, finding);
	if (lost)
		profilelines_write(screen, &finding->before->profile);
	if (lost && recovery)
		put_remains(screen, recovery, &finding->recovered);
	causelines_restored(screen,
			    restored_of(summary->options->restores, finding, NULL));
	put_differences(screen, finding);
	if (finding->differences.n > 0)
		profilelines_write_losses(screen, &finding->before->profile,
					  &finding->after->profile);
	put_reasons(screen, finding);
}

static void put_keys(struct screen *screen, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->n_keys; i++) {
		const struct compared_key *key = &comparison->keys[i];
		screen_gap(screen);
		screen_line(screen, 0, 16, SCREEN_PLAIN, "compared key");
		screen_path(screen, key->path);
		wording_line(screen, "differs");
		screen_print(screen, "%zu",
			     key->differences.n + key->differences.n_left_out);
	}
}

void detail_changes(struct summary *summary, const struct comparison *comparison)
{
	for (size_t i = 0; i < WORDING_N_KINDS; i++)
		for (size_t k = 0; k < comparison->n_findings; k++)
			if (comparison->findings[k].kind == wording_kind(i))
				put_finding(summary, comparison,
					    &comparison->findings[k]);
	causelines_write(summary, comparison);
	put_keys(summary->screen, comparison);
	/* After the last comparison: the limit is of them all. */
	const struct series *series = summary->series;
	if (comparison == series->comparisons[series->n_comparisons - 1])
		put_more(summary->screen, summary->n_shown, "change");
}

/* ---- profiles of a single snapshot ---- */

void detail_profiles(struct summary *summary, const struct snapshot *snapshot)
{
	struct screen *screen = summary->screen;

	for (size_t i = 0; i < snapshot->n_profiles && i < SUMMARY_MAX_CHANGES; i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		screen_gap(screen);
		screen_line(screen, 0, 16, SCREEN_PLAIN, "profile");
		screen_style(screen, SCREEN_STRONG);
		screen_text(screen, key_name(profile->profile.key));
		screen_style(screen, SCREEN_PLAIN);
		if (profile->is_default)
			screen_print(screen, "  (default)");
		wording_line(screen, "in");
		wording_list(screen, snapshot_store(snapshot, profile));
		profilelines_write(screen, &profile->profile);
	}
	put_more(screen, snapshot->n_profiles, "profile");
	officelines_write(screen, snapshot);
}

/* ---- recovered profiles ---- */

/* What went from profiles that are still there; the report has it, key by key. */
static void put_inside(struct screen *screen, const struct recovery *recovery)
{
	if (recovery->n_inside_keys + recovery->n_inside_values == 0)
		return;
	screen_gap(screen);
	screen_line(screen, 0, 16, SCREEN_PLAIN, "recovered");
	screen_print(screen,
		     "%zu key%s and %zu value%s, deleted inside profiles or lists that "
		     "are still there: see the report",
		     recovery->n_inside_keys, wording_plural(recovery->n_inside_keys),
		     recovery->n_inside_values,
		     wording_plural(recovery->n_inside_values));
}

void detail_recovered(struct summary *summary, const struct recovery *recovery)
{
	size_t n = 0;

	for (size_t i = 0; i < recovery->n_profiles; i++)
		/* What a profile left behind when it moved is in the report. */
		if (!recovery_is_left_behind(&recovery->profiles[i]) &&
		    !summary->reported[i] && n++ < SUMMARY_MAX_CHANGES) {
			recoveredlines_write(summary->screen, &recovery->profiles[i]);
			causelines_restored(summary->screen,
					    restored_of(summary->options->restores, NULL,
							&recovery->profiles[i]));
		}
	put_inside(summary->screen, recovery);
	put_more(summary->screen, n, "recovered profile");
}
