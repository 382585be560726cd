/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All series are in memory when it is written: the inputs of all stand before the first
 * series, and all are numbered together.
 */
#include "cli/collectreport.h"

#include "cli/commandline/terminal.h"
#include "cli/outputs.h"
#include "report/document/report.h"
#include "report/output.h"

#include <stdlib.h>
#include <string.h>

bool collectreport_is_wanted(const struct options *options)
{
	return !options->output_dir && options->asks_report;
}

/* What the report is made of: the subjects that could be read. */
struct made {
	struct report_subject *subjects;
	struct report_options *options; /* of each */
	const struct series **series;	/* likewise */
	size_t n;
	struct inputs *inputs; /* of all */
};

static void clear(struct made *made)
{
	inputs_free(made->inputs);
	free(made->series);
	free(made->options);
	free(made->subjects);
}

static enum status gather(struct made *made, struct collectone *const *all,
			  const struct collected *collected)
{
	size_t n = collected->n;

	made->subjects = calloc(n, sizeof(*made->subjects));
	made->options = calloc(n, sizeof(*made->options));
	made->series = calloc(n, sizeof(const struct series *));
	if (!made->subjects || !made->options || !made->series)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++) {
		const struct collectone *one = all[i];
		if (one->status != STATUS_OK) {
			diag_at(collected->diags, DIAG_FILE_UNREADABLE, DIAG_NOWHERE,
				"%s", one->failure.sentence);
			continue;
		}
		struct report_options *options = &made->options[made->n];
		outputs_report_options(&one->run, options);
		made->series[made->n] = one->run.series;
		made->subjects[made->n++] =
			(struct report_subject){ one->run.series, options };
	}
	RETURN_IF_FAILED(inputs_list_all(made->series, made->n,
					 all[0]->shared->companions, &made->inputs));
	for (size_t i = 0; i < made->n; i++)
		made->options[i].inputs = made->inputs;
	return STATUS_OK;
}

/* Each with the numbers that its changes have in the report. */
static enum status fill_index(struct index *index, struct collectone *const *all,
			      size_t n)
{
	size_t n_changes = 0;

	for (size_t i = 0; i < n; i++) {
		RETURN_IF_FAILED(collectone_add_to_index(all[i], index, i, n_changes));
		if (all[i]->status == STATUS_OK)
			n_changes += series_changes_before(
				all[i]->run.series, all[i]->run.series->n_comparisons);
	}
	return STATUS_OK;
}

static enum status write_report(const struct made *made,
				const struct collectone_shared *shared,
				const struct index *index, const struct run *command,
				struct failure *failure)
{
	const struct collected *collected = shared->collected;
	const struct report_collection about = { .finds = collected->finds,
						 .diags = collected->diags };
	struct report_options common;
	struct output *output = NULL;
	struct report_answer answer = { .exit_status = index_exit_status(index),
					.sentence = index_sentence(index) };
	enum status status = answer.sentence ? STATUS_OK : STATUS_NOMEM;

	outputs_report_options(command, &common);
	common.inputs = made->inputs;
	common.companions = shared->companions;
	common.zone = outputs_zone(command->options, common.companions);
	common.collection = &about;
	if (status == STATUS_OK)
		status = output_open(command->options->output, command->kept, &output,
				     failure);
	if (status == STATUS_OK) {
		status = report_write_all(made->subjects, made->n, &common, &answer,
					  output);
		if (status == STATUS_NOMEM)
			output_abort(output);
		else /* a failed write is told by the commit, which knows why */
			status = output_commit(output, failure);
	}
	free(answer.sentence);
	return status;
}

static enum status print(const struct index *index, const struct options *options,
			 struct failure *failure)
{
	const char *path = strcmp(options->output, "-") == 0 ? NULL : options->output;
	FILE *out = path ? stdout : stderr;

	if (options->quiet || options->format != OPTIONS_NO_FORMAT)
		return STATUS_OK;
	struct summary_look look = terminal_look(out, (enum terminal_when)options->color);
	look.redact = index->redact;
	failure_set(failure, "the summary could not be written");
	return index_print(index, "report", path, look, out);
}

enum status collectreport_write(struct collectone *const *all,
				const struct collected *collected, struct index *index,
				const struct run *command, struct failure *failure)
{
	struct made made = { 0 };

	failure_set(failure, "out of memory");
	enum status status = gather(&made, all, collected);
	if (status == STATUS_OK)
		status = fill_index(index, all, collected->n);
	if (status == STATUS_OK)
		status = write_report(&made, all[0]->shared, index, command, failure);
	clear(&made);
	return status == STATUS_OK ? print(index, command->options, failure) : status;
}
