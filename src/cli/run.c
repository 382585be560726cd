/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: reading all that was given. */
#include "cli/run.h"

#include "cli/discover.h"

#include <stdlib.h>

void run_clear(struct run *run)
{
	progress_stop(run->progress);
	restored_clear(&run->restores);
	diagnoses_clear(&run->diagnoses);
	companions_free(run->companions);
	series_free(run->series);
}

int run_exit_status(const struct run *run)
{
	int found = series_exit_status(run->series);

	return run->restores.failed || !companions_are_complete(run->companions)
		       ? EXIT_TROUBLE
		       : found;
}

static size_t add_logs(const struct snapshot *snapshot, const char **paths)
{
	for (size_t i = 0; i < snapshot->n_logs; i++)
		paths[i] = snapshot->logs[i]->path;
	return snapshot->n_logs;
}

/* Every file that was read, so that none is written to. */
static void list_evidence(struct run *run)
{
	struct companion beside[COMPANIONS_MAX];
	size_t n_beside = companions_list(run->companions, beside), n = 0;
	const struct series *series = run->series;
	const char **paths = run->evidence;

	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		if (!snapshot->borrowed)
			paths[n++] = snapshot->evidence->path;
		n += add_logs(snapshot, paths + n);
	}
	for (size_t i = 0; i < n_beside; i++) {
		paths[n++] = beside[i].evidence->path;
		if (beside[i].snapshot)
			n += add_logs(beside[i].snapshot, paths + n);
	}
	run->n_evidence = n;
}

static enum status read_series(struct run *run, struct failure *failure)
{
	const struct options *options = run->options;
	static struct snapshot_source sources[SERIES_MAX];
	struct series_options how = {
		.n_threads = options->jobs,
		.paths = options->keys,
		.n_paths = options->n_keys,
		.recover = !options->no_recover,
		.watch = run->watch,
	};
	enum status status = discover_sources(options, run->watch, sources, failure);

	if (status == STATUS_OK)
		status = series_read(sources, options->n_snapshots, &how, &run->series,
				     failure);
	discover_clear(sources, options->n_snapshots);
	return status;
}

static bool has_companions(const struct companions_source *source)
{
	return source->mapi32 || source->n_listings > 0 || source->n_events > 0 ||
	       source->patterns || source->system.path || source->software.path;
}

/* What was read of them, with the logs of the machine's hives. */
static uint64_t companions_bytes(const struct companions *companions)
{
	struct companion all[COMPANIONS_MAX];
	size_t n = companions_list(companions, all);
	uint64_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		const struct snapshot *snapshot = all[i].snapshot;
		bytes += all[i].evidence->bytes.len;
		for (size_t k = 0; snapshot && k < snapshot->n_logs; k++)
			bytes += snapshot->logs[k]->bytes.len;
	}
	return bytes;
}

static enum status read_companions(struct run *run, struct failure *failure)
{
	static struct companions_source source;
	enum status status =
		discover_companions(run->options, run->watch, &source, failure);
	struct stage stage;

	if (status == STATUS_OK && has_companions(&source))
		stage_begin(&stage, run->watch, STAGE_COMPANIONS, NULL, STAGE_NO_HIVE);
	else
		stage = (struct stage){ 0 };

	if (status == STATUS_OK)
		status = companions_read(&source, &run->companions, failure);
	discover_clear(&source.system, 1);
	discover_clear(&source.software, 1);
	stage_end(&stage, status == STATUS_OK ? companions_bytes(run->companions) : 0);
	return status;
}

enum status run_read(struct run *run, struct failure *failure)
{
	struct stage stage;

	run->progress = progress_for(run->options);
	run->watch = progress_watch(run->progress);
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(read_series(run, failure));
	RETURN_IF_FAILED(read_companions(run, failure));
	failure_set(failure, "out of memory");
	list_evidence(run);
	stage_begin(&stage, run->watch, STAGE_WEIGH, NULL, STAGE_NO_HIVE);
	enum status status =
		diagnoses_read(run->series, run->companions, &run->diagnoses);
	stage_note(&stage, "%zu weighed", run->diagnoses.n);
	stage_end(&stage, 0); /* all of them are in memory */
	return status;
}
