/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots in time order.  Reading them is independent work, so a few
 * threads share it; each snapshot keeps all its state to itself, and what is
 * compared afterwards does not depend on who finished first.
 */
#include "compare/series.h"

#include "base/workers.h"
#include "compare/match.h"
#include "recovery/recover.h"
#include "snapshot/samesubject.h"
#include "snapshot/snapshotorder.h"
#include "snapshot/snapshotprofiles.h"
#include "snapshot/snapshotread.h"

#include <stdlib.h>

struct job {
	struct snapshot_source source; /* what it points to is the caller's */
	struct snapshot *snapshot;
	struct recovery *recovery;
	const struct snapshot *earlier[SERIES_MAX]; /* the newest first */
	size_t n_earlier;
	struct samebytes same; /* of this snapshot and the one before it */
	unsigned n_threads;    /* for its recovery */
	struct failure failure;
	enum status status;
};

/* Nothing that two of them do touches the same. */
static void read_one(void *context, size_t number)
{
	struct job *job = (struct job *)context + number;

	job->status = snapshotread_source(&job->source, &job->snapshot, &job->failure);
}

static void recover_one(void *context, size_t number)
{
	struct job *job = (struct job *)context + number;

	/* An export holds nothing that was deleted. */
	job->status =
		snapshot_is_export(job->snapshot)
			? STATUS_OK
			: recover_profiles(job->snapshot, job->earlier, job->n_earlier,
					   job->n_threads, &job->recovery, &job->failure);
}

/* The first operand that failed. */
static enum status first_failure(const struct job *jobs, size_t n,
				 struct failure *failure)
{
	for (size_t i = 0; i < n; i++)
		if (jobs[i].status != STATUS_OK) {
			*failure = jobs[i].failure;
			return jobs[i].status;
		}
	return STATUS_OK;
}

/* One after the other: what is the same as in the snapshot before is taken from it. */
static enum status read_profiles(struct series *series, struct job *jobs,
				 unsigned n_threads)
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *before = i > 0 ? series->snapshots[i - 1] : NULL;
		if (before)
			RETURN_IF_FAILED(samebytes_read(before, series->snapshots[i],
							&jobs[i].same));
		RETURN_IF_FAILED(snapshotprofiles_read(series->snapshots[i], before,
						       &jobs[i].same, n_threads));
	}
	return STATUS_OK;
}

/* Puts the only snapshot's hive file, as it was found, before it. */
static enum status add_as_found(struct series *series, struct failure *failure)
{
	struct snapshot *found = NULL;

	RETURN_IF_FAILED(snapshotread_as_found(series->snapshots[0], &found, failure));
	series->snapshots[1] = series->snapshots[0];
	series->snapshots[0] = found;
	series->n_snapshots = 2;
	return STATUS_OK;
}

/* Only now: where deleted keys stood is told by the snapshots before. */
static enum status recover_all(struct series *series, struct job *jobs,
			       unsigned n_threads, struct failure *failure)
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		jobs[i].snapshot = series->snapshots[i];
		jobs[i].n_earlier = i;
		jobs[i].n_threads = n_threads / (unsigned)series->n_snapshots;
		for (size_t k = 0; k < i; k++)
			jobs[i].earlier[k] = series->snapshots[i - 1 - k];
	}
	workers_run(series->n_snapshots, n_threads, recover_one, jobs);
	for (size_t i = 0; i < series->n_snapshots; i++)
		series->recoveries[i] = jobs[i].recovery;
	return first_failure(jobs, series->n_snapshots, failure);
}

/* ---- losses, followed to the end ---- */

static bool is_followed(const struct finding *finding)
{
	return finding_is_loss(finding) || finding->kind == FINDING_DAMAGED;
}

static size_t number_of(const struct snapshot *snapshot,
			const struct snapshot_profile *profile)
{
	return (size_t)(profile - snapshot->profiles);
}

/* True if one of the profiles has not been seen. */
static bool is_any_missing(const struct snapshot *snapshot,
			   const struct comparison *comparison,
			   const struct series_fate *followed)
{
	for (size_t i = 0; i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (is_followed(finding) &&
		    !followed[number_of(snapshot, finding->before)].seen)
			return true;
	}
	return false;
}

/* Matches begin with those of the earlier snapshot's profiles, in their order. */
static void note_matches(const struct matches *matches, size_t n_profiles, bool is_last,
			 struct series_fate *followed)
{
	for (size_t i = 0; i < n_profiles; i++) {
		const struct match *match = &matches->items[i];
		bool is_same = match->after && match->basis != MATCH_NONE &&
			       match->basis != MATCH_OTHER_INSTANCE &&
			       match->basis != MATCH_OTHER_SECTIONS;
		if (is_last) {
			followed[i].after = match->after;
			followed[i].is_same = is_same;
			followed[i].by_name = match->basis == MATCH_NAME;
		}
		followed[i].seen |= is_same;
	}
}

/*
 * Follows what the comparison of that number tells to be lost or damaged; all of it at
 * once, for matching two snapshots for each of many losses would cost their product.
 * *out stays NULL where there is nothing to follow.
 */
static enum status follow(const struct series *series, size_t from,
			  struct series_fate **out)
{
	const struct comparison *comparison = series->comparisons[from];
	const struct snapshot *before = series->snapshots[from];
	size_t n = series->n_snapshots;
	struct series_fate *followed = calloc(before->n_profiles + 1, sizeof(*followed));

	*out = NULL;
	if (!followed)
		return STATUS_NOMEM;
	for (size_t i = n - 1;
	     i > from + 1 && is_any_missing(before, comparison, followed); i--) {
		struct matches matches = { 0 };
		if (match_profiles(before, series->snapshots[i], &matches) != STATUS_OK) {
			free(followed);
			return STATUS_NOMEM;
		}
		note_matches(&matches, before->n_profiles, i == n - 1, followed);
		matches_clear(&matches);
		*out = followed;
	}
	if (!*out)
		free(followed);
	return STATUS_OK;
}

/* What both have in common is known, unless one is a file as it was found. */
static enum status compare_two(struct series *series, size_t before, struct job *after,
			       const struct series_options *options)
{
	struct snapshot **pair = &series->snapshots[before];

	if (!after->same.lines)
		RETURN_IF_FAILED(samebytes_read(pair[0], pair[1], &after->same));
	return compare_with(pair[0], pair[1], series->recoveries[before + 1], before,
			    options->paths, options->n_paths, &after->same,
			    &series->comparisons[before]);
}

static enum status compare_all(struct series *series, struct job *jobs,
			       const struct series_options *options)
{
	struct stage stage;
	size_t n_changes = 0;
	uint64_t bytes = 0;

	if (series->n_snapshots < 2)
		return STATUS_OK;
	stage_begin(&stage, options->watch, STAGE_COMPARE, NULL, STAGE_NO_HIVE);
	for (size_t i = 0; i + 1 < series->n_snapshots; i++) {
		stage_advance(&stage, i, series->n_snapshots);
		RETURN_IF_FAILED(compare_two(series, i, &jobs[i + 1], options));
		n_changes += series->comparisons[i]->n_findings;
		bytes += series->comparisons[i]->n_bytes;
		series->n_comparisons++;
	}
	for (size_t i = 0; i < series->n_comparisons; i++)
		RETURN_IF_FAILED(follow(series, i, &series->followed[i]));
	stage_note(&stage, "%zu change%s", n_changes, n_changes == 1 ? "" : "s");
	stage_end(&stage, bytes);
	return STATUS_OK;
}

/* What one user's hive lacks says nothing of another's: all must be one subject's. */
static enum status check_subjects(struct series *series, bool same_subject,
				  struct failure *failure)
{
	const struct snapshot *known = NULL;

	for (size_t i = 0; i < series->n_snapshots; i++) {
		struct snapshot *snapshot = series->snapshots[i];
		snapshot->subject.stated_same = same_subject;
		if (!subject_is_known(&snapshot->subject))
			continue;
		/* What lies between and does not tell whose it is, tells nothing. */
		if (known)
			RETURN_IF_FAILED(samesubject_check(known, snapshot, failure));
		known = snapshot;
	}
	return STATUS_OK;
}

/* What was read, in the order in which it is compared. */
static enum status put_in_order(struct series *series, const struct job *jobs,
				enum series_order order)
{
	struct snapshotorder_item items[SERIES_MAX];
	size_t n = series->n_snapshots;

	if (order == SERIES_AS_GIVEN)
		return STATUS_OK;
	for (size_t i = 0; i < n; i++)
		items[i] = (struct snapshotorder_item){ &jobs[i].source,
							series->snapshots[i] };
	enum status status = snapshotorder_sort(items, &n, order == SERIES_BY_TIME);
	series->n_snapshots = n;
	for (size_t i = 0; i < n; i++)
		series->snapshots[i] = items[i].snapshot;
	return status;
}

static enum status read_all(struct series *series, struct job *jobs, size_t n,
			    const struct series_options *options, struct failure *failure)
{
	workers_run(n, options->n_threads, read_one, jobs);
	for (size_t i = 0; i < n; i++)
		series->snapshots[series->n_snapshots++] = jobs[i].snapshot;
	RETURN_IF_FAILED(first_failure(jobs, n, failure));
	RETURN_IF_FAILED(put_in_order(series, jobs, options->order));
	RETURN_IF_FAILED(read_profiles(series, jobs, options->n_threads));
	RETURN_IF_FAILED(check_subjects(series, options->same_subject, failure));
	if (series->n_snapshots == 1 && snapshot_is_replayed(series->snapshots[0]))
		RETURN_IF_FAILED(add_as_found(series, failure));
	if (options->recover)
		RETURN_IF_FAILED(recover_all(series, jobs, options->n_threads, failure));
	return compare_all(series, jobs, options);
}

enum status series_read(const struct snapshot_source *sources, size_t n,
			const struct series_options *options, struct series **out,
			struct failure *failure)
{
	AUTO(series_freep) struct series *series = calloc(1, sizeof(*series));
	struct job *jobs = NULL;
	enum status status = STATUS_NOMEM;

	failure_set(failure, "out of memory");
	if (series) {
		series->snapshots = calloc(n + 1, sizeof(struct snapshot *));
		series->recoveries = calloc(n + 1, sizeof(struct recovery *));
		series->comparisons = calloc(n + 1, sizeof(struct comparison *));
		series->followed = calloc(n + 1, sizeof(struct series_fate *));
		/* One more: a single hive may become two states. */
		jobs = calloc(n + 1, sizeof(*jobs));
	}
	for (size_t i = 0; jobs && i < n; i++) {
		jobs[i].source = sources[i];
		if (options->n_threads >= n)
			jobs[i].source.spare_threads =
				(unsigned)(options->n_threads / n) - 1;
		jobs[i].source.profiles_later = true;
	}
	if (jobs && series->snapshots && series->recoveries && series->comparisons &&
	    series->followed)
		status = read_all(series, jobs, n, options, failure);
	for (size_t i = 0; jobs && i <= n; i++)
		samebytes_clear(&jobs[i].same);
	free(jobs);
	if (series)
		series->n_threads = options->n_threads;
	RETURN_IF_FAILED(status);
	*out = STEAL(series);
	return STATUS_OK;
}

/* Snapshots are independent of each other but for what one borrows, which is not touched. */
static void free_one(void *context, size_t number)
{
	struct series *series = context;

	snapshot_free(series->snapshots[number]);
}

void series_free(struct series *series)
{
	if (!series)
		return;
	for (size_t i = 0; i < series->n_comparisons; i++) {
		free(series->followed[i]);
		comparison_free(series->comparisons[i]);
	}
	/* What was recovered borrows from this snapshot and the earlier ones. */
	for (size_t i = 0; i < series->n_snapshots; i++)
		recovery_free(series->recoveries[i]);
	workers_run(series->n_snapshots, series->n_threads, free_one, series);
	free(series->followed);
	free(series->comparisons);
	free(series->recoveries);
	free(series->snapshots);
	free(series);
}

void series_freep(struct series **series)
{
	series_free(*series);
}

const struct recovery *series_recovery(const struct series *series,
				       const struct snapshot *snapshot)
{
	for (size_t i = 0; i < series->n_snapshots; i++)
		if (series->snapshots[i] == snapshot)
			return series->recoveries[i];
	return NULL;
}

void series_count(const struct series *series, struct series_counts *out)
{
	*out = (struct series_counts){ .complete = true };
	out->profiles_before = series->snapshots[0]->n_profiles;
	const struct snapshot *last = series->snapshots[series->n_snapshots - 1];
	out->profiles_after = last->n_profiles;
	const struct recovery *recovery = series->recoveries[series->n_snapshots - 1];
	out->recovered = recovery ? recovery->n_gone : 0;
	for (size_t i = 0; i < series->n_snapshots; i++)
		/* A file that its logs complete is judged by what comes of both. */
		if (!series->snapshots[i]->borrowed &&
		    !snapshot_is_complete(series->snapshots[i]))
			out->complete = false;
	for (size_t i = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		for (size_t k = 0; k < comparison->n_findings; k++)
			out->by_kind[comparison->findings[k].kind]++;
		if (diag_count_from(comparison->diags, DIAG_ERROR) > 0)
			out->complete = false;
	}
}

size_t series_changes_before(const struct series *series, size_t comparison)
{
	size_t n = 0;

	for (size_t i = 0; i < comparison; i++)
		n += series->comparisons[i]->n_findings;
	return n;
}

size_t series_change_number(const struct series *series, const struct finding *finding)
{
	for (size_t i = 0; i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		if (finding >= comparison->findings &&
		    finding < comparison->findings + comparison->n_findings)
			return series_changes_before(series, i) +
			       (size_t)(finding - comparison->findings) + 1;
	}
	return 0;
}

bool *series_reported(const struct series *series, size_t snapshot)
{
	const struct recovery *recovery = series->recoveries[snapshot];
	bool *reported =
		calloc((recovery ? recovery->n_profiles : 0) + 1, sizeof(*reported));

	for (size_t i = 0; reported && recovery && i < series->n_comparisons; i++) {
		const struct comparison *comparison = series->comparisons[i];
		if (comparison->before_index + 1 != snapshot)
			continue;
		for (size_t k = 0; k < comparison->n_findings; k++) {
			const struct recovered_profile *profile =
				comparison->findings[k].recovered.profile;
			if (profile)
				reported[profile - recovery->profiles] = true;
		}
	}
	return reported;
}
