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
	free(run->protected);
	inputs_free(run->inputs);
	companions_free(run->companions);
	series_free(run->series);
	*run = (struct run){ .options = run->options,
			     .arguments = run->arguments,
			     .n_arguments = run->n_arguments,
			     .started_ft = run->started_ft,
			     .silent = run->silent,
			     .given = run->given };
}

/* What the collection says beside its hives. */
static void judge_collection(const struct report_collection *collection,
			     struct verdict *verdict)
{
	const struct pairing_subject *subject = collection->subject;

	verdict->hive_gone = subject->gap == PAIRING_HIVE_GONE;
	verdict->hive_unknown = subject->gap == PAIRING_CANNOT_TELL;
	verdict->unread_beside |= collection->incomplete || subject->n_left_out > 0;
}

enum status run_judge(struct run *run, struct failure *failure)
{
	struct verdict *verdict = &run->verdict;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(verdict_decide(run->series, verdict));
	verdict->unread_beside = !companions_are_complete(run->companions);
	verdict->uncovered = companions_logs_miss(
		run->companions, verdict->first_latest_ft, verdict->last_earliest_ft);
	verdict->unwritten = run->restores.failed;
	if (run->given)
		judge_collection(run->given->collection, verdict);
	return STATUS_OK;
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
		.same_subject = options->same_subject,
		.order = options->by_time ? SERIES_BY_TIME : SERIES_AS_GIVEN,
		.watch = run->watch,
	};
	enum status status;

	if (run->given) {
		how.order = run->given->order;
		for (size_t i = 0; i < run->given->n; i++) {
			sources[i] = run->given->sources[i];
			sources[i].watch = run->watch;
			sources[i].number = i;
		}
		return series_read(sources, run->given->n, &how, &run->series, failure);
	}
	status = discover_sources(options, run->watch, sources, failure);

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

/* What the list of inputs names, and what else was given. */
static enum status protect(struct run *run)
{
	const struct run_given *given = run->given;
	size_t n = given ? given->n_protected : 0;

	run->protected = calloc(run->inputs->n + n + 1, sizeof(*run->protected));
	if (!run->protected)
		return STATUS_NOMEM;
	for (size_t i = 0; i < run->inputs->n; i++)
		run->protected[run->n_protected++] = run->inputs->paths[i];
	for (size_t i = 0; i < n; i++)
		run->protected[run->n_protected++] = given->protected[i];
	return STATUS_OK;
}

static enum status read_companions(struct run *run, struct failure *failure)
{
	static struct companions_source source;
	enum status status = STATUS_OK;
	struct stage stage;

	if (run->given) {
		source = run->given->companions;
		source.system.watch = source.software.watch = run->watch;
		source.system.number = source.software.number = STAGE_NO_HIVE;
	} else {
		status = discover_companions(run->options, run->watch, &source, failure);
	}
	if (status == STATUS_OK && has_companions(&source))
		stage_begin(&stage, run->watch, STAGE_COMPANIONS, NULL, STAGE_NO_HIVE);
	else
		stage = (struct stage){ 0 };

	if (status == STATUS_OK)
		status = companions_read(&source, &run->companions, failure);
	if (status == STATUS_OK)
		status = inputs_list(run->series, run->companions, &run->inputs);
	if (status == STATUS_OK)
		status = protect(run);
	if (!run->given) {
		discover_clear(&source.system, 1);
		discover_clear(&source.software, 1);
	}
	stage_end(&stage, status == STATUS_OK ? inputs_bytes_beside(run->inputs) : 0);
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
	stage_begin(&stage, run->watch, STAGE_WEIGH, NULL, STAGE_NO_HIVE);
	enum status status =
		diagnoses_read(run->series, run->companions, &run->diagnoses);
	stage_note(&stage, "%zu weighed", run->diagnoses.n);
	stage_end(&stage, 0); /* all of them are in memory */
	return status;
}
