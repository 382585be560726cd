/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict.  Only the end of a series counts: a profile that went and came back is
 * no loss, one that went, came back and went again is one loss.  So every loss is
 * followed into the snapshots after it.  What is unresolved is counted apart, and what
 * a single hive shows counts as what a pair shows.
 */
#include "compare/verdict.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

struct deciding {
	const struct series *series;
	struct verdict *out;
	bool *recreated, *damaged; /* by the number of the profile in the last snapshot */
};

static size_t last_of(const struct series *series)
{
	return series->n_snapshots - 1;
}

/* ---- one change ---- */

/* What stands in place of the hive that a lost profile was in. */
static void note_hive(struct deciding *d, size_t comparison,
		      const struct finding *finding, enum verdict_fate fate)
{
	const struct otherhive *other = &d->series->comparisons[comparison]->other;

	if (fate != VERDICT_GONE && fate != VERDICT_RECREATED)
		return;
	d->out->other_hive += fate == VERDICT_GONE && finding->kind == FINDING_OTHER_HIVE;
	d->out->another_hive |= otherhive_is_another(other);
	d->out->older_copy |= other->kind == OTHERHIVE_OLDER_COPY &&
			      finding->kind == FINDING_OTHER_HIVE;
}

static void note_time(struct verdict *out, const struct finding *finding)
{
	uint64_t earliest = finding->at_ft ? finding->at_ft : finding->earliest_ft;
	uint64_t latest = finding->at_ft ? finding->at_ft : finding->latest_ft;

	if (!finding->dated && !finding->at_ft)
		return;
	if (latest && (!out->first_latest_ft || latest < out->first_latest_ft))
		out->first_latest_ft = latest;
	if (earliest > out->last_earliest_ft)
		out->last_earliest_ft = earliest;
}

static size_t number_of(const struct deciding *d, const struct snapshot_profile *profile)
{
	return (size_t)(profile - d->series->snapshots[last_of(d->series)]->profiles);
}

/* True if the last snapshot is surely a later one than that behind the comparison. */
static bool is_end_later(const struct series *series, size_t comparison)
{
	for (size_t i = comparison + 2; i < series->n_snapshots; i++)
		if (!series->snapshots[i]->order_unknown)
			return true;
	return false;
}

/* What comes of a change that took or hurt a profile; *end: the profile at the end. */
static enum verdict_fate settle(const struct series *series, size_t comparison,
				const struct finding *finding, struct series_fate *end)
{
	const struct series_fate *followed =
		series->followed ? series->followed[comparison] : NULL;
	const struct snapshot *before = series->snapshots[comparison];
	bool loss = finding_is_loss(finding);
	bool unresolved = finding->certainty == FINDING_UNRESOLVED;
	bool by_name;

	/* At the end of the series the change itself tells. */
	*end = (struct series_fate){ .after = finding->after, .is_same = !loss };
	if (followed)
		*end = followed[finding->before - before->profiles];
	/* Its namesake is not it again, only because nothing tells them apart. */
	by_name = loss && end->by_name;
	if (by_name)
		end->is_same = end->seen = false;
	if (loss && end->is_same)
		return is_end_later(series, comparison) ? VERDICT_BACK : VERDICT_UNKNOWN;
	/* Gone since is told by another change, too. */
	if (loss ? end->seen : !end->is_same)
		return VERDICT_LATER;
	if (!loss &&
	    profile_same_content(&finding->before->profile, &end->after->profile))
		return VERDICT_WHOLE;
	if (unresolved || (by_name && finding->kind != FINDING_RECREATED))
		return VERDICT_UNKNOWN;
	if (loss)
		return end->after ? VERDICT_RECREATED : VERDICT_GONE;
	return VERDICT_DAMAGED;
}

enum verdict_fate verdict_follow(const struct series *series, size_t comparison,
				 const struct finding *finding)
{
	struct series_fate end;

	if (!finding_is_loss(finding) && finding->kind != FINDING_DAMAGED)
		return VERDICT_NO_FATE;
	return settle(series, comparison, finding, &end);
}

static void decide_change(struct deciding *d, size_t comparison,
			  const struct finding *finding)
{
	struct series_fate end;

	if (!finding_is_loss(finding) && finding->kind != FINDING_DAMAGED)
		return;
	enum verdict_fate fate = settle(d->series, comparison, finding, &end);
	switch (fate) {
	case VERDICT_GONE:
		d->out->gone++;
		break;
	case VERDICT_BACK:
		d->out->back += finding->certainty != FINDING_UNRESOLVED;
		break;
	case VERDICT_RECREATED:
		d->recreated[number_of(d, end.after)] = true;
		break;
	case VERDICT_DAMAGED:
		d->damaged[number_of(d, end.after)] = true;
		break;
	case VERDICT_UNKNOWN:
		if (finding_is_loss(finding))
			d->out->unknown++;
		else
			d->out->unknown_damaged++;
		break;
	case VERDICT_NO_FATE:
	case VERDICT_WHOLE:
	case VERDICT_LATER:
		break;
	}
	note_hive(d, comparison, finding, fate);
	if (fate == VERDICT_GONE || fate == VERDICT_RECREATED)
		note_time(d->out, finding);
}

/*
 * True if the earlier hive may hide profiles: what it may have had, by another name or
 * in a list that was not seen, may have had others beside it, which are gone.
 */
static bool is_hidden_before(const struct finding *finding)
{
	return finding->kind == FINDING_ADDED && finding->certainty == FINDING_UNRESOLVED;
}

/* True if of two hives either may be the later one, and the profile gone in it. */
static bool is_gone_or_added(const struct series *series, const struct finding *finding)
{
	return finding->kind == FINDING_ADDED && series->n_snapshots == 2 &&
	       series->snapshots[1]->order_unknown &&
	       !snapshot_is_export(series->snapshots[0]) &&
	       !snapshot_is_export(series->snapshots[1]);
}

static void decide_changes(struct deciding *d)
{
	for (size_t i = 0; i < d->series->n_comparisons; i++) {
		const struct comparison *comparison = d->series->comparisons[i];
		for (size_t k = 0; k < comparison->n_findings; k++) {
			decide_change(d, i, &comparison->findings[k]);
			d->out->unread |= is_hidden_before(&comparison->findings[k]);
			d->out->unknown +=
				is_gone_or_added(d->series, &comparison->findings[k]);
		}
		d->out->unread |= diag_count_from(comparison->diags, DIAG_ERROR) > 0;
	}
}

/* ---- a single hive ---- */

static enum status decide_recovered(struct deciding *d)
{
	size_t last = last_of(d->series);
	const struct recovery *recovery = d->series->recoveries[last];
	struct verdict *out = d->out;
	bool *reported;

	if (!recovery)
		return STATUS_OK;
	reported = series_reported(d->series, last);
	if (!reported)
		return STATUS_NOMEM;
	out->looked = true;
	out->cannot_recover = recovery->cannot_tell;
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct recovered_profile *profile = &recovery->profiles[i];
		if (recovery_is_left_behind(profile) || reported[i])
			continue;
		if (profile->may_be_alive) {
			out->unknown++;
			continue;
		}
		out->recovered++;
		if (!profile->deleted_ft)
			continue;
		if (!out->first_latest_ft || profile->deleted_ft < out->first_latest_ft)
			out->first_latest_ft = profile->deleted_ft;
		if (profile->deleted_ft > out->last_earliest_ft)
			out->last_earliest_ft = profile->deleted_ft;
	}
	free(reported);
	return STATUS_OK;
}

/* ---- all of it ---- */

enum status verdict_decide(const struct series *series, struct verdict *out)
{
	const struct snapshot *last = series->snapshots[last_of(series)];
	struct deciding d = {
		.series = series,
		.out = out,
		.recreated = calloc(last->n_profiles + 1, sizeof(bool)),
		.damaged = calloc(last->n_profiles + 1, sizeof(bool)),
	};
	enum status status = d.recreated && d.damaged ? STATUS_OK : STATUS_NOMEM;

	*out = (struct verdict){
		/* One hive and its logs are two states, but one hive. */
		.single = series->n_snapshots == 1 || series->snapshots[0]->borrowed,
		.profiles = last->n_profiles,
	};
	/* A file that its logs complete is judged by what comes of both. */
	for (size_t i = 0; i < series->n_snapshots; i++)
		out->unread |= !series->snapshots[i]->borrowed &&
			       !snapshot_is_complete(series->snapshots[i]);
	if (status == STATUS_OK)
		decide_changes(&d);
	if (status == STATUS_OK && out->single)
		status = decide_recovered(&d);
	for (size_t i = 0; status == STATUS_OK && i < last->n_profiles; i++) {
		out->recreated += d.recreated[i];
		out->damaged += d.damaged[i];
	}
	free(d.recreated);
	free(d.damaged);
	return status;
}

const char *verdict_fate_word(enum verdict_fate fate)
{
	static const char *const words[] = {
		[VERDICT_NO_FATE] = NULL,      [VERDICT_GONE] = "gone",
		[VERDICT_BACK] = "back",       [VERDICT_RECREATED] = "recreated",
		[VERDICT_DAMAGED] = "damaged", [VERDICT_WHOLE] = "whole",
		[VERDICT_LATER] = "later",     [VERDICT_UNKNOWN] = "unknown",
	};

	return words[fate];
}

static bool is_lost(const struct verdict *v)
{
	return v->hive_gone || v->gone + v->recreated + v->damaged + v->recovered > 0;
}

static bool is_incomplete(const struct verdict *v)
{
	return v->hive_unknown || v->unread || v->unread_beside || v->uncovered ||
	       v->unwritten || v->unknown + v->unknown_damaged > 0;
}

int verdict_exit_status(const struct verdict *verdict)
{
	return is_incomplete(verdict) ? 2 : is_lost(verdict);
}

bool verdict_is_bad(const struct verdict *verdict)
{
	return is_lost(verdict) || is_incomplete(verdict);
}

/* ---- the sentence ---- */

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static const char *are(size_t n)
{
	return n == 1 ? "is" : "are";
}

/* Of one hive that lost nothing as far as a comparison tells. */
static void put_hive(FILE *out, const struct verdict *v)
{
	fprintf(out, "%zu profile%s in this hive", v->profiles, plural(v->profiles));
	if (v->looked && v->cannot_recover)
		fprintf(out, "; of deleted ones it cannot tell");
	else if (v->looked)
		fprintf(out, ", %zu deleted one%s recovered", v->recovered,
			plural(v->recovered));
}

/* That profiles went with their hive is no deletion of any. */
static void put_hive_replaced(FILE *out, const struct verdict *v)
{
	if (v->another_hive)
		fprintf(out, "another hive stands in place of the earlier one");
	else
		fprintf(out, "an older copy of the hive stands in its place");
	/* By the times of their keys: nothing states it. */
	fprintf(out, " (inferred); ");
}

/* Those of a hive that was replaced are told by themselves. */
static void put_gone(FILE *out, const struct verdict *v)
{
	size_t deleted = v->gone - v->other_hive;

	if (v->other_hive > 0)
		fprintf(out, "%zu profile%s of the earlier one %s not in it%s",
			v->other_hive, plural(v->other_hive), are(v->other_hive),
			deleted > 0 ? "; " : "");
	if (deleted > 0)
		fprintf(out, "%zu %sprofile%s %s gone", deleted,
			v->other_hive > 0 ? "other " : "", plural(deleted), are(deleted));
}

/* What is said first; *unknown and *back: what it leaves to be said. */
static void put_first(FILE *out, const struct verdict *v, size_t *unknown, size_t *back)
{
	if (v->gone > 0) {
		put_gone(out, v);
		if (v->recovered > 0)
			fprintf(out, "; %zu other deleted one%s recovered", v->recovered,
				plural(v->recovered));
	} else if (v->single) {
		put_hive(out, v);
	} else if (v->unknown > 0) {
		fprintf(out, "cannot tell whether %zu profile%s %s gone", v->unknown,
			plural(v->unknown), are(v->unknown));
		*unknown = 0;
	} else if (v->back > 0) {
		fprintf(out, "%zu profile%s gone and %s back", v->back,
			v->back == 1 ? " was" : "s were", are(v->back));
		*back = 0;
	} else {
		fprintf(out, "no profile is gone");
	}
}

static void put_is(FILE *out, size_t n, const char *what)
{
	if (n > 0)
		fprintf(out, "; %zu %s %s", n, are(n), what);
}

static void put_sentence(FILE *out, const struct verdict *v)
{
	size_t unknown = v->unknown, back = v->back;

	if (v->hive_gone)
		fprintf(out, "the whole hive is not in the later collection; ");
	if (v->hive_unknown)
		fprintf(out, "the later collection has no hive to compare with; ");
	if (v->another_hive || v->older_copy)
		put_hive_replaced(out, v);
	put_first(out, v, &unknown, &back);
	put_is(out, v->damaged, "damaged");
	put_is(out, v->recreated, "recreated");
	if (back > 0)
		fprintf(out, "; %zu %s gone and %s back", back,
			back == 1 ? "was" : "were", are(back));
	if (unknown > 0)
		fprintf(out, "; cannot tell whether %zu %s%s gone", unknown,
			v->gone > 0 ? "more " : "", are(unknown));
	if (v->unknown_damaged > 0)
		fprintf(out, "; cannot tell whether %zu %s damaged", v->unknown_damaged,
			are(v->unknown_damaged));
	if (v->unread || v->unread_beside)
		fprintf(out, "; but not everything could be read");
	if (v->uncovered)
		fprintf(out, "; but no event log covers the time");
	if (v->unwritten)
		fprintf(out, "; but not every .reg file could be written");
}

char *verdict_sentence(const struct verdict *verdict)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out)
		put_sentence(out, verdict);
	return text_of_stream(out, &text);
}
