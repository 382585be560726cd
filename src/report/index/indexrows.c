/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of the table.  Everything in them was decided elsewhere: what changed, how surely
 * and when by compare/, what caused it by cause/, what was brought back by report/restore/.
 */
#include "report/index/indexrows.h"

#include "base/array.h"
#include "compare/verdict.h"

#include <stdlib.h>
#include <string.h>

enum status indexrows_put(struct index *index, const struct index_row *row)
{
	enum status status = ARRAY_RESERVE(&index->rows, INDEX_MAX_ROWS);

	if (status == STATUS_OK)
		index->rows.items[index->rows.n++] = *row;
	else if (status == STATUS_LIMIT)
		index->n_rows_left_out++;
	return status == STATUS_LIMIT ? STATUS_OK : status;
}

/* Paths of lists are the same for many rows: kept once for all that follow each other. */
static const char *keep_path(const struct index_source *source, const char *path)
{
	const struct index *index = source->index;
	const char *last = NULL;

	if (index->rows.n > source->subject->first_row)
		last = index->rows.items[index->rows.n - 1].store_path;
	if (last && path && strcmp(last, path) == 0)
		return last;
	return indextext_keys(source->texts, path);
}

/* ---- what became of it, and why ---- */

/*
 * What the causes of a comparison explain: its losses.  A cause of those is none of a
 * profile that was only renamed, and what is unresolved was not weighed.
 */
static bool is_explained(const struct finding *finding)
{
	return finding_needs_cause(finding) && finding->kind != FINDING_MOVED &&
	       finding->kind != FINDING_RENAMED &&
	       finding->certainty != FINDING_UNRESOLVED;
}

static void put_cause(const struct index_source *source,
		      const struct comparison *comparison, struct index_row *row)
{
	const struct diagnosis *best =
		source->diagnoses ? diagnoses_best(source->diagnoses, comparison) : NULL;

	if (!best)
		return;
	row->weighed = true;
	row->cause = best->cause;
	row->grade = best->grade;
}

static void put_restored(const struct index_source *source, const struct finding *finding,
			 const struct recovered_profile *profile, struct index_row *row)
{
	const struct restored *restored = restored_of(source->restores, finding, profile);

	if (!restored)
		return;
	row->restore = restored_outcome_word(restored->outcome);
	row->restore_reason = restored_reason_word(restored->reason);
	row->restore_why = restored_reason_why(restored->reason);
	if (restored->path)
		row->restore_file = indextext_file(source->texts, restored->path);
}

/* ---- changes ---- */

static void put_names(const struct index_source *source, const struct finding *finding,
		      struct index_row *row)
{
	const struct snapshot_profile *before = finding->before, *after = finding->after;
	const struct snapshot_profile *profile = before ? before : after;
	const char *new_utf16;

	if (finding->kind == FINDING_DEFAULT_CHANGED) {
		if (text_length(finding->old_default) > 0)
			row->profile = indextext_name(source->texts, finding->old_default,
						      &row->profile_utf16);
		if (text_length(finding->new_default) > 0)
			row->new_name = indextext_name(source->texts,
						       finding->new_default, &new_utf16);
		return;
	}
	if (profile)
		row->profile =
			indextext_name(source->texts, key_name(profile->profile.key),
				       &row->profile_utf16);
	if (before && after &&
	    (finding->kind == FINDING_RENAMED || finding->kind == FINDING_MOVED) &&
	    !text_same(key_name(before->profile.key), key_name(after->profile.key)))
		row->new_name = indextext_name(source->texts,
					       key_name(after->profile.key), &new_utf16);
}

static void put_times(const struct finding *finding, struct index_row *row)
{
	bool conflict = false;

	if (!finding->dated)
		return;
	row->from_ft = finding->earliest_ft;
	row->to_ft = finding->latest_ft;
	row->moment_ft = finding->at_ft;
	for (size_t i = 0; i < finding->n_reasons; i++)
		conflict |= finding->reasons[i] == FINDING_BOUNDS_CONFLICT;
	row->time_certainty =
		indexdata_time_certainty(row, finding->at_confirmed, conflict);
}

static enum status add_change(struct index_source *source, size_t comparison,
			      size_t number, const struct finding *finding)
{
	const struct comparison *pair = source->series->comparisons[comparison];
	size_t later = pair->before_index + 1;
	struct index_row row = {
		.kind = finding_kind_word(finding->kind),
		.certainty = finding_certainty_word(finding->certainty),
		.on_page = finding_needs_cause(finding),
		.change = number,
		.before_file = source->subject->paths[pair->before_index],
		.after_file = source->subject->paths[later],
	};

	row.fate = verdict_fate_word(verdict_follow(source->series, comparison, finding));
	if (finding->store)
		row.store_path = keep_path(source, finding->store->path);
	if (finding->kind == FINDING_MOVED)
		row.new_store_path = indextext_keys(
			source->texts,
			snapshot_store(source->series->snapshots[later], finding->after)
				->path);
	put_names(source, finding, &row);
	put_times(finding, &row);
	if (is_explained(finding))
		put_cause(source, pair, &row);
	put_restored(source, finding, NULL, &row);
	return indexrows_put(source->index, &row);
}

/* ---- recovered profiles ---- */

static enum status add_recovered(struct index_source *source,
				 const struct recovered_profile *profile)
{
	const struct index_subject *subject = source->subject;
	bool single = subject->verdict.single;
	struct index_row row = {
		.kind = "recovered",
		.certainty = profile->may_be_alive
				     ? finding_certainty_word(FINDING_UNRESOLVED)
				     : recovered_certainty_word(profile->certainty),
		.moment_ft = profile->deleted_ft,
		.to_ft = profile->not_after_ft,
		/* Of a pair, only what a change tells is an answer of the comparison. */
		.on_page = single,
		.after_file = subject->paths[subject->n_paths - 1],
	};

	if (single)
		row.fate = verdict_fate_word(profile->may_be_alive ? VERDICT_UNKNOWN
								   : VERDICT_GONE);
	row.time_certainty = indexdata_time_certainty(&row, false, false);
	if (profile->store)
		row.store_path = keep_path(source, profile->store->path);
	/* What is known of an account is no name of the profile. */
	if (text_length(profile->name) > 0 && profile->name_from != RECOVERY_NAME_ACCOUNT)
		row.profile =
			indextext_name(source->texts, profile->name, &row.profile_utf16);
	if (!row.profile)
		row.note = "its name is lost";
	else if (profile->name_certainty != RECOVERED_CERTAIN)
		row.note = "its name is concluded";
	if (!profile->may_be_alive)
		put_cause(source, NULL, &row);
	put_restored(source, NULL, profile, &row);
	return indexrows_put(source->index, &row);
}

/* What lives on was moved, renamed or copied: nothing is lost by it. */
static enum status add_all_recovered(struct index_source *source)
{
	size_t last = source->series->n_snapshots - 1;
	const struct recovery *recovery = source->series->recoveries[last];
	enum status status = STATUS_OK;
	bool *reported;

	if (!recovery || recovery->n_profiles == 0)
		return STATUS_OK;
	reported = series_reported(source->series, last);
	if (!reported)
		return STATUS_NOMEM;
	for (size_t i = 0; status == STATUS_OK && i < recovery->n_profiles; i++)
		if (!reported[i] && !recovery->profiles[i].lives_on)
			status = add_recovered(source, &recovery->profiles[i]);
	free(reported);
	return status;
}

/* ---- all of it ---- */

enum status indexrows_add(struct index_source *source)
{
	const struct series *series = source->series;

	for (size_t i = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		size_t before = source->first_change + series_changes_before(series, i);
		for (size_t k = 0; k < comparison->n_findings; k++)
			RETURN_IF_FAILED(add_change(source, i, before + k + 1,
						    &comparison->findings[k]));
	}
	RETURN_IF_FAILED(add_all_recovered(source));
	return source->texts->nomem ? STATUS_NOMEM : STATUS_OK;
}

enum status indexrows_add_whole(struct index *index, const struct index_subject *subject,
				const char *kind, const char *certainty)
{
	struct index_row row = {
		.kind = kind,
		.certainty = certainty,
		.note = subject->answer,
	};

	size_t n = subject->n_paths;

	/* Of one hive alone, that is the state it is in. */
	if (n > 0 && (subject->side == INDEX_EARLIER_SIDE || n > 1))
		row.before_file = subject->paths[0];
	if (n > 0 && subject->side != INDEX_EARLIER_SIDE)
		row.after_file = subject->paths[n - 1];
	return indexrows_put(index, &row);
}
