/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logs of a snapshot's hive: which apply, what became of each, and the states between. */
#include "snapshot/snapshotlog.h"

#include "regf/record.h"

#include <stdlib.h>

/* What became of each log; one that is there but cannot be used is an error. */
static void tell_logs(struct snapshot *snapshot, bool lone_log)
{
	size_t n = 0;
	const struct replay_log *logs = replay_logs(snapshot->replay, &n);

	for (size_t i = 0; i < n; i++) {
		char path[4200];
		failure_path(snapshot->logs[i]->path, path, sizeof(path));
		if (logs[i].outcome == REPLAY_REFUSED)
			diag_at(snapshot->diags, DIAG_LOG_REFUSED, DIAG_NOWHERE,
				"log %s is not applied: %s", path,
				logs[i].reason == REPLAY_LOG_FAULT
					? txlog_fault_sentence(logs[i].fault)
					: replay_reason_sentence(logs[i].reason));
		if (logs[i].outcome != REPLAY_APPLIED)
			continue;
		if (logs[i].other_name)
			diag_at(snapshot->diags, DIAG_LOG_NAME, DIAG_NOWHERE,
				"log %s is applied although it keeps another hive's name: "
				"its numbers are those that the hive lacks, and the hive is "
				"sound with it",
				path);
		if (logs[i].log->cut_short)
			diag_at(snapshot->diags, DIAG_LOG_CUT, DIAG_NOWHERE,
				"log %s ends inside an entry; what that held is missing",
				path);
		if (logs[i].reason == REPLAY_COMPLETES_NEWER)
			diag_at(snapshot->diags, DIAG_LOG_NEWER, DIAG_NOWHERE,
				"log %s carries a newer time than the hive", path);
		if (lone_log)
			diag_at(snapshot->diags, DIAG_LOG_LONE, DIAG_NOWHERE,
				"log %s is applied although its counterpart is missing; "
				"that might hold other changes",
				path);
	}
}

/* Applies what applies, with nothing kept: a machine's hive has no stores. */
static enum status apply_all_logs(struct snapshot *snapshot)
{
	uint32_t sequence = 0;
	size_t log = 0;
	enum status status;

	do
		status = replay_step(snapshot->replay, &sequence, &log);
	while (status == STATUS_OK);
	return status == STATUS_ABSENT
		       ? replay_store(snapshot->replay, &snapshot->replayed)
		       : status;
}

/* Applies what applies, keeping the stores of each state on the way. */
static enum status apply_logs(struct snapshot *snapshot)
{
	struct states *states = &snapshot->states;
	uint32_t sequence = 0;
	size_t log = 0;
	enum status status;

	if (replay_count(snapshot->replay) == 0)
		return STATUS_OK;
	if (snapshot->machine)
		return apply_all_logs(snapshot);
	RETURN_IF_FAILED(states_add(states, snapshot->evidence->bytes, true, 0, 0, NULL));
	while ((status = replay_step(snapshot->replay, &sequence, &log)) == STATUS_OK) {
		struct txlog_pages pages = replay_pages(snapshot->replay);
		RETURN_IF_FAILED(states_add(states, replay_bytes(snapshot->replay), false,
					    sequence, log, &pages));
	}
	if (status != STATUS_ABSENT)
		return status;
	if (states->n_left_out > 0)
		diag_at(snapshot->diags, DIAG_STATES_LEFT_OUT, DIAG_NOWHERE,
			"%zu log entries were applied without looking at the profiles "
			"after each: more than %d, or than may be walked of %d times the "
			"hive",
			states->n_left_out, STATES_MAX, STATES_MAX_WALKS);
	for (size_t i = 0; i < states->n; i++)
		if (!states->items[i].walkable)
			diag_at(snapshot->diags, DIAG_STATE_UNWALKABLE, DIAG_NOWHERE,
				states->items[i].first
					? "the hive file by itself cannot be walked whole"
					: "the state after log entry %u cannot be walked whole",
				states->items[i].sequence);
	return replay_store(snapshot->replay, &snapshot->replayed);
}

/* A hive that needs no log, and so none that is missing or unsound. */
static bool is_clean(const struct image_base *base)
{
	return base->checksum_ok && base->primary_sequence == base->secondary_sequence;
}

/* A log that is there but cannot even be read is told like any other. */
static enum status read_log_files(struct snapshot *snapshot,
				  const struct snapshot_source *source)
{
	for (size_t i = 0; i < source->n_logs; i++) {
		struct failure *failure = calloc(1, sizeof(*failure));
		enum status status = STATUS_NOMEM;
		if (failure)
			status = evidence_read_through(
				source->opener, source->logs[i], NULL,
				&snapshot->logs[snapshot->n_logs], failure);
		if (status == STATUS_OK)
			snapshot->n_logs++;
		else if (status != STATUS_NOMEM && !is_clean(&snapshot->found))
			diag_at(snapshot->diags, DIAG_LOG_REFUSED, DIAG_NOWHERE,
				"a log is not applied: %s", failure->sentence);
		free(failure);
		if (status == STATUS_NOMEM)
			return status;
	}
	return STATUS_OK;
}

static size_t count_applied(const struct snapshot *snapshot)
{
	size_t n = 0, applied = 0;
	const struct replay_log *logs =
		snapshot->replay ? replay_logs(snapshot->replay, &n) : NULL;

	for (size_t i = 0; i < n; i++)
		applied += logs[i].outcome == REPLAY_APPLIED;
	return applied;
}

/* How many errors a hive has in its frame and keys; SIZE_MAX if it is none. */
static enum status count_errors(struct span hive, size_t *n)
{
	AUTO(diag_list_freep) struct diag_list *diags = diag_list_new();
	AUTO(image_freep) struct image *image = NULL;
	AUTO(key_tree_freep) struct key_tree *keys = NULL;

	if (!diags)
		return STATUS_NOMEM;
	enum status status = image_open(hive, diags, &image, NULL);
	if (status == STATUS_OK)
		status = record_read(image, diags, NULL, &keys);
	*n = status == STATUS_OK ? diag_count_from(diags, DIAG_ERROR) : SIZE_MAX;
	return status == STATUS_UNSUPPORTED || status == STATUS_MALFORMED ? STATUS_OK
									  : status;
}

/*
 * True if the logs, of which some keeps another name, make a hive of it that is at
 * least as sound as the file: another hive's pages would break lists and cells.
 */
static enum status check_fit(struct replay *trial, struct span hive, bool *fits)
{
	size_t before = 0, after = 0, log = 0;
	uint32_t sequence = 0;
	enum status status;

	do
		status = replay_step(trial, &sequence, &log);
	while (status == STATUS_OK);
	if (status != STATUS_ABSENT)
		return status;
	RETURN_IF_FAILED(count_errors(hive, &before));
	RETURN_IF_FAILED(count_errors(replay_bytes(trial), &after));
	*fits = after != SIZE_MAX && after <= before;
	return STATUS_OK;
}

static enum status plan(struct snapshot *snapshot, const struct span *bytes)
{
	const struct memfile *file = &snapshot->evidence->file;
	AUTO(replay_freep) struct replay *trial = NULL;
	bool fits = false;

	RETURN_IF_FAILED(replay_plan(file, bytes, snapshot->n_logs, &snapshot->replay));
	if (!replay_applies_other_name(snapshot->replay))
		return STATUS_OK;
	RETURN_IF_FAILED(replay_plan(file, bytes, snapshot->n_logs, &trial));
	RETURN_IF_FAILED(check_fit(trial, file->bytes, &fits));
	if (fits)
		return STATUS_OK;
	replay_free(snapshot->replay);
	snapshot->replay = NULL;
	return replay_plan_named(file, bytes, snapshot->n_logs, &snapshot->replay);
}

static enum status use_logs(struct snapshot *snapshot,
			    const struct snapshot_source *source, uint64_t *n_bytes)
{
	struct span bytes[REPLAY_MAX_LOGS];

	for (size_t i = 0; i < snapshot->n_logs; i++) {
		bytes[i] = snapshot->logs[i]->bytes;
		*n_bytes += bytes[i].len;
	}
	if (snapshot->n_logs == 0)
		return STATUS_OK;
	RETURN_IF_FAILED(plan(snapshot, bytes));
	tell_logs(snapshot, source->lone_log);
	return apply_logs(snapshot);
}

enum status snapshotlog_read(struct snapshot *snapshot,
			     const struct snapshot_source *source)
{
	struct stage stage;
	uint64_t n_bytes = 0;

	if (source->n_logs == 0)
		return STATUS_OK;
	stage_begin(&stage, snapshot->watch, STAGE_LOGS, source->path, snapshot->number);
	enum status status = read_log_files(snapshot, source);
	if (status == STATUS_OK)
		status = use_logs(snapshot, source, &n_bytes);
	stage_note(&stage, "%zu log%s, %zu applied", snapshot->n_logs,
		   snapshot->n_logs == 1 ? "" : "s", count_applied(snapshot));
	stage_end(&stage, n_bytes);
	return status;
}
