/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots in time order.  Reading them is independent work, so a few
 * threads share it; each snapshot keeps all its state to itself, and what is
 * compared afterwards does not depend on who finished first.
 */
#include "case/series.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
	const struct snapshot_source *source;
	struct snapshot *snapshot;
	struct failure failure;
	enum status status;
};

struct work {
	struct job *jobs;
	size_t n, next;
	pthread_mutex_t lock;
};

/* Takes jobs until none is left. */
static void *run(void *argument)
{
	struct work *work = argument;

	for (;;) {
		pthread_mutex_lock(&work->lock);
		size_t i = work->next++;
		pthread_mutex_unlock(&work->lock);
		if (i >= work->n)
			return NULL;
		struct job *job = &work->jobs[i];
		job->status =
			snapshot_read_source(job->source, &job->snapshot, &job->failure);
	}
}

/* The calling thread works too, so n_threads = 1 starts none. */
static void run_all(struct work *work, unsigned n_threads)
{
	pthread_t threads[SERIES_MAX];
	size_t started = 0;

	while (started + 1 < n_threads && started + 1 < work->n &&
	       pthread_create(&threads[started], NULL, run, work) == 0)
		started++;
	run(work);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}

/* Hands the snapshots over, or reports the first operand that failed. */
static enum status collect(struct job *jobs, size_t n, struct series *series,
			   struct failure *failure)
{
	for (size_t i = 0; i < n; i++)
		series->snapshots[series->n_snapshots++] = jobs[i].snapshot;
	for (size_t i = 0; i < n; i++)
		if (jobs[i].status != STATUS_OK) {
			*failure = jobs[i].failure;
			return jobs[i].status;
		}
	return STATUS_OK;
}

/* Puts the only snapshot's hive file, as it was found, before it. */
static enum status add_as_found(struct series *series, struct failure *failure)
{
	struct snapshot *found = NULL;

	RETURN_IF_FAILED(snapshot_as_found(series->snapshots[0], &found, failure));
	series->snapshots[1] = series->snapshots[0];
	series->snapshots[0] = found;
	series->n_snapshots = 2;
	return STATUS_OK;
}

static enum status compare_all(struct series *series, const char *const *paths,
			       size_t n_paths)
{
	for (size_t i = 0; i + 1 < series->n_snapshots; i++) {
		RETURN_IF_FAILED(compare_snapshots(series->snapshots[i],
						   series->snapshots[i + 1], i, paths,
						   n_paths, &series->comparisons[i]));
		series->n_comparisons++;
	}
	return STATUS_OK;
}

enum status series_read(const struct snapshot_source *sources, size_t n,
			unsigned n_threads, const char *const *paths, size_t n_paths,
			struct series **out, struct failure *failure)
{
	AUTO(series_freep) struct series *series = calloc(1, sizeof(*series));
	struct job *jobs = NULL;

	failure_set(failure, "out of memory");
	if (series) {
		series->snapshots = calloc(n + 1, sizeof(struct snapshot *));
		series->comparisons = calloc(n + 1, sizeof(struct comparison *));
		jobs = calloc(n, sizeof(*jobs));
	}
	if (!jobs || !series->snapshots || !series->comparisons) {
		free(jobs);
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < n; i++)
		jobs[i].source = &sources[i];

	struct work work = { .jobs = jobs, .n = n, .lock = PTHREAD_MUTEX_INITIALIZER };
	run_all(&work, n_threads);
	enum status status = collect(jobs, n, series, failure);
	free(jobs);
	RETURN_IF_FAILED(status);
	if (n == 1 && snapshot_is_replayed(series->snapshots[0]))
		RETURN_IF_FAILED(add_as_found(series, failure));
	RETURN_IF_FAILED(compare_all(series, paths, n_paths));
	*out = STEAL(series);
	return STATUS_OK;
}

void series_free(struct series *series)
{
	if (!series)
		return;
	for (size_t i = 0; i < series->n_comparisons; i++)
		comparison_free(series->comparisons[i]);
	for (size_t i = 0; i < series->n_snapshots; i++)
		snapshot_free(series->snapshots[i]);
	free(series->comparisons);
	free(series->snapshots);
	free(series);
}

void series_freep(struct series **series)
{
	series_free(*series);
}

void series_count(const struct series *series, struct series_counts *out)
{
	*out = (struct series_counts){ .complete = true };
	out->profiles_before = series->snapshots[0]->n_profiles;
	out->profiles_after = series->snapshots[series->n_snapshots - 1]->n_profiles;
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

int series_exit_status(const struct series *series)
{
	struct series_counts counts;

	series_count(series, &counts);
	if (!counts.complete)
		return 2;
	return counts.by_kind[FINDING_DELETED] || counts.by_kind[FINDING_STORE_REMOVED]
		       ? 1
		       : 0;
}
