/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/collectone.h"

#include "cli/commandline/terminal.h"
#include "cli/findings.h"
#include "cli/outputs.h"

#include <stdlib.h>
#include <string.h>

static void fill_given(struct collectone *one)
{
	const struct collectone_shared *shared = one->shared;
	const struct pairing_subject *subject = one->subject;
	const struct collected *collected = shared->collected;
	struct run_given *given = &one->given;

	given->n = subject->n;
	given->order = shared->options->by_time ? SERIES_BY_TIME : SERIES_BY_GROUP;
	given->companions = collected->beside;
	given->lent = shared->companions;
	given->watch = shared->watch;
	given->protected = collected->protected;
	given->n_protected = collected->n_protected;
	given->collection = &one->about;
	for (size_t i = 0; i < subject->n; i++) {
		const struct pairing_source *from = &subject->sources[i];
		struct snapshot_source *source = &given->sources[i];
		*source = (struct snapshot_source){
			.path = from->found->path,
			.root = from->hive->root,
			.opener = &collected->opener.opener,
			.group = from->found->operand,
			.rank = from->rank,
			.lone_log = from->lone_log,
			.n_logs = shared->options->skip_logs ? 0 : from->n_logs,
		};
		memcpy(source->logs, from->logs, sizeof(from->logs));
	}
}

struct collectone *collectone_new(const struct collectone_shared *shared,
				  const struct pairing_subject *subject)
{
	struct collectone *one = calloc(1, sizeof(*one));

	if (!one)
		return NULL;
	one->shared = shared;
	one->subject = subject;
	one->about = (struct report_collection){
		.finds = shared->collected->finds,
		.subject = subject,
		.diags = shared->collected->diags,
		/* Of several that is told once, for all of them. */
		.incomplete = shared->outputs == COLLECTONE_AS_ASKED &&
			      shared->collected->incomplete,
	};
	one->run = (struct run){
		.options = shared->options,
		.arguments = shared->arguments,
		.n_arguments = shared->n_arguments,
		.started_ft = shared->started_ft,
		.confine = shared->confine,
		.kept = shared->kept,
		.n_threads = shared->n_threads,
		.redact = shared->redact,
		.silent = shared->options->quiet ||
			  shared->options->format != OPTIONS_NO_FORMAT,
	};
	fill_given(one);
	return one;
}

void collectone_clear(struct collectone *one)
{
	run_clear(&one->run);
	if (one->n_exports > 0)
		exportshare_return(one->shared->exports, one->exports, one->n_exports);
	one->n_exports = 0;
}

void collectone_free(struct collectone *one)
{
	if (!one)
		return;
	collectone_clear(one);
	collectnames_clear(&one->names);
	free(one->told);
	free(one);
}

/* It is called by the subject, or by what stands for that. */
static enum status choose_folder(struct collectone *one)
{
	const struct collectone_shared *shared = one->shared;
	const struct collected *collected = shared->collected;
	char *name = redact_as(shared->redact, REDACT_USER, one->subject->file_name);

	if (!name)
		return STATUS_NOMEM;
	enum status status = collectnames_of(shared->options, name, collected->finds,
					     collected->protected, collected->n_protected,
					     &one->names, &one->failure);
	free(name);
	return status;
}

/* Where what it writes goes. */
static enum status choose_outputs(struct collectone *one)
{
	const struct collectone_shared *shared = one->shared;
	const struct collected *collected = shared->collected;

	switch (shared->outputs) {
	case COLLECTONE_AS_ASKED:
		return collectnames_check_outputs(shared->options, collected->finds,
						  &one->failure);
	case COLLECTONE_IN_FOLDER:
		one->run.options = &one->names.options;
		return choose_folder(one);
	case COLLECTONE_NONE:
		one->options = *shared->options;
		one->options.quiet = true;
		one->run.options = &one->options;
		break;
	}
	return STATUS_OK;
}

/* Exports among its files are read once for all who have keys in them. */
static enum status take_exports(struct collectone *one)
{
	const char *paths[SERIES_MAX] = { NULL };
	struct snapshot_source *sources[SERIES_MAX];
	size_t n = 0;

	if (!one->shared->exports)
		return STATUS_OK;
	for (size_t i = 0; i < one->given.n; i++) {
		if (one->subject->sources[i].found->kind != FILEKIND_REG)
			continue;
		sources[n] = &one->given.sources[i];
		paths[n++] = one->given.sources[i].path;
	}
	RETURN_IF_FAILED(exportshare_take(one->shared->exports, paths, n, one->exports,
					  &one->failure));
	one->n_exports = n;
	for (size_t i = 0; i < n; i++)
		sources[i]->export = one->exports[i];
	return STATUS_OK;
}

static enum status do_all(struct collectone *one)
{
	struct run *run = &one->run;

	RETURN_IF_FAILED(take_exports(one));
	RETURN_IF_FAILED(choose_outputs(one));
	run->given = &one->given;
	RETURN_IF_FAILED(run_read(run, &one->failure));
	/* Others of several may still be reading. */
	if (one->shared->outputs == COLLECTONE_AS_ASKED)
		sandbox_end_reading(run->confine->sandbox);
	if (one->shared->outputs != COLLECTONE_NONE)
		return outputs_write(run, &one->failure);
	RETURN_IF_FAILED(run_judge(run, &one->failure));
	outputs_tell(run);
	return outputs_gather(run, &one->failure);
}

void collectone_do(struct collectone *one)
{
	bool alone = one->shared->outputs == COLLECTONE_AS_ASKED;

	failure_set(&one->failure, "out of memory");
	if (!alone) {
		one->run.told = open_memstream(&one->told, &one->told_size);
		if (!one->run.told) {
			one->status = STATUS_NOMEM;
			return;
		}
	}
	one->status = do_all(one);
	if (!alone) {
		if (one->status != STATUS_OK && one->status != STATUS_NOMEM)
			terminal_complain_of(one->run.told, one->run.redact,
					     one->failure.sentence);
		if (fclose(one->run.told) != 0 && one->status == STATUS_OK)
			one->status = STATUS_NOMEM;
		one->run.told = NULL;
	}
}

int collectone_exit_status(const struct collectone *one)
{
	return one->status == STATUS_OK ? verdict_exit_status(&one->run.verdict)
					: EXIT_TROUBLE;
}

enum status collectone_add_to_index(const struct collectone *one, struct index *index,
				    size_t number, size_t first_change)
{
	const struct pairing_subject *subject = one->subject;
	const char *paths[SERIES_MAX];
	struct index_given given = { .how = INDEX_FAILED, .why = one->failure.sentence };

	if (one->status == STATUS_OK)
		findings_fill(&one->run, &given);
	given.number = number;
	given.first_change = first_change;
	given.name = paired_name(subject);
	given.sid = subject->sid;
	given.role = subject_role_word(subject->role);
	given.paths = paths;
	given.n_paths = subject->n;
	for (size_t i = 0; i < subject->n; i++)
		paths[i] = subject->sources[i].found->path;
	return index_add_subject(index, &given);
}
