/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: reading all that was given. */
#include "cli/run.h"

#include "cli/discover.h"

#include <stdlib.h>
#include <sys/stat.h>

void run_clear(struct run *run)
{
	progress_stop(run->progress);
	restored_clear(&run->restores);
	diagnoses_clear(&run->diagnoses);
	free(run->protected);
	inputs_free(run->inputs);
	companions_free(run->own);
	series_free(run->series);
	*run = (struct run){ .options = run->options,
			     .arguments = run->arguments,
			     .n_arguments = run->n_arguments,
			     .started_ft = run->started_ft,
			     .confine = run->confine,
			     .redact = run->redact,
			     .kept = run->kept,
			     .silent = run->silent,
			     .n_threads = run->n_threads };
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
	struct snapshot_source *sources = run->sources;
	struct series_options how = {
		.n_threads = run->n_threads ? run->n_threads : options->jobs,
		.paths = options->keys,
		.n_paths = options->n_keys,
		.recover = !options->no_recover,
		.same_subject = options->same_subject,
		.order = options->by_time ? SERIES_BY_TIME : SERIES_AS_GIVEN,
		.watch = run->watch,
	};
	size_t n = run->given ? run->given->n : options->n_snapshots;
	enum status status = STATUS_OK;

	if (run->given) {
		how.order = run->given->order;
		for (size_t i = 0; i < n; i++) {
			sources[i] = run->given->sources[i];
			sources[i].watch = run->watch;
			sources[i].number = i;
		}
	} else {
		status = discover_sources(options, run->watch, sources, failure);
	}
	if (status == STATUS_OK)
		status = series_read(sources, n, &how, &run->series, failure);
	if (!run->given)
		discover_clear(sources, n);
	return status;
}

static bool has_companions(const struct companions_source *source)
{
	return source->mapi32 || source->n_listings > 0 || source->n_events > 0 ||
	       source->patterns || source->system.path || source->software.path;
}

/* For the manifest: whether it can be read again by its path is asked now. */
static enum status list_input(struct filelist *list, const struct evidence *evidence)
{
	struct stat st;
	bool is_file = stat(evidence->path, &st) == 0 && S_ISREG(st.st_mode) &&
		       filemark_equal(filemark_of(&st), evidence->mark) &&
		       (uint64_t)st.st_size == evidence->bytes.len;

	return filelist_add(list, is_file ? FILELIST_INPUT : FILELIST_PART,
			    evidence->path, &evidence->sha256, evidence->mark);
}

/* Inputs, as they were when they were read, and the logs beside them. */
static enum status keep_inputs(struct run *run)
{
	for (size_t i = 0; i < run->inputs->n; i++) {
		const struct input *input = &run->inputs->items[i];
		RETURN_IF_FAILED(
			kept_add(run->kept, input->evidence->mark, KEPT_EVIDENCE));
		if (kept_list(run->kept))
			RETURN_IF_FAILED(
				list_input(kept_list(run->kept), input->evidence));
		if (input->snapshot && input->kind != INPUT_LOG)
			RETURN_IF_FAILED(
				kept_add_beside(run->kept, input->evidence->path));
	}
	return STATUS_OK;
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
	return keep_inputs(run);
}

enum status run_read_companions(struct companions_source *source,
				struct stage_watch *watch, struct companions **out,
				struct failure *failure)
{
	struct stage stage = { 0 };

	source->system.watch = source->software.watch = watch;
	source->system.number = source->software.number = STAGE_NO_HIVE;
	if (has_companions(source))
		stage_begin(&stage, watch, STAGE_COMPANIONS, NULL, STAGE_NO_HIVE);
	enum status status = companions_read(source, out, failure);
	stage_end(&stage, status == STATUS_OK ? companions_bytes(*out) : 0);
	return status;
}

static enum status read_own(struct run *run, struct failure *failure)
{
	struct companions_source source;

	if (run->given) {
		source = run->given->companions;
		return run_read_companions(&source, run->watch, &run->own, failure);
	}
	enum status status =
		discover_companions(run->options, run->watch, &source, failure);
	if (status == STATUS_OK)
		status = run_read_companions(&source, run->watch, &run->own, failure);
	discover_clear(&source.system, 1);
	discover_clear(&source.software, 1);
	return status;
}

static enum status read_companions(struct run *run, struct failure *failure)
{
	run->companions = run->given ? run->given->lent : NULL;
	if (!run->companions) {
		RETURN_IF_FAILED(read_own(run, failure));
		run->companions = run->own;
	}
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(inputs_list(run->series, run->companions, &run->inputs));
	return protect(run);
}

enum status run_read(struct run *run, struct failure *failure)
{
	struct stage stage;

	run->watch = run->given ? run->given->watch : NULL;
	if (!run->watch) {
		run->progress = progress_for(run->options);
		run->watch = progress_watch(run->progress);
	}
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
