/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetdata.h"

#include "base/array.h"
#include "base/text.h"
#include "cause/cause.h"
#include "cause/incident/holder.h"
#include "compare/finding.h"
#include "fleet/fleetrows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Machines, reports and lines of advice; numbers of 32 bits name them. */
#define MAX_ITEMS ((size_t)1 << 22)

enum status fleetdata_new(struct fleetdata **out)
{
	struct fleetdata *data = calloc(1, sizeof(*data));

	if (!data)
		return STATUS_NOMEM;
	data->arena = arena_new();
	if (!data->arena) {
		free(data);
		return STATUS_NOMEM;
	}
	*out = data;
	return STATUS_OK;
}

void fleetdata_free(struct fleetdata *data)
{
	if (!data)
		return;
	free(data->machines.items);
	free(data->reports.items);
	free(data->losses.items);
	free(data->processes.items);
	free(data->process_names.items);
	free(data->advices.items);
	hashtable_clear(&data->process_numbers);
	arena_free(data->arena);
	free(data);
}

void fleetdata_freep(struct fleetdata **data)
{
	fleetdata_free(*data);
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* *out: a copy of the text, or NULL for NULL. */
static enum status keep(struct fleetdata *data, const char *text, const char **out)
{
	*out = text ? arena_strdup(data->arena, text) : NULL;
	return text && !*out ? STATUS_NOMEM : STATUS_OK;
}

static struct fleetdata_machine *last_machine(const struct fleetdata *data)
{
	return &data->machines.items[data->machines.n - 1];
}

enum status fleetdata_add_machine(struct fleetdata *data,
				  const struct fleetdata_machine *machine)
{
	struct fleetdata_machine copy = *machine;
	const char **texts[] = {
		&copy.name,
		&copy.computer_name,
		&copy.errors,
		&copy.outcome.outcome,
		&copy.outcome.status,
		&copy.outcome.reason,
		&copy.outcome.host,
		&copy.outcome.started,
		&copy.outcome.seconds,
		&copy.outcome.identity,
		&copy.outcome.wmsdiff,
	};

	RETURN_IF_FAILED(ARRAY_RESERVE(&data->machines, MAX_ITEMS));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		RETURN_IF_FAILED(keep(data, *texts[i], texts[i]));
	data->machines.items[data->machines.n++] = copy;
	return STATUS_OK;
}

enum status fleetdata_add_unread(struct fleetdata *data, const char *path,
				 const char *trouble)
{
	struct fleetdata_report line = { .machine = (uint32_t)data->machines.n - 1 };

	RETURN_IF_FAILED(ARRAY_RESERVE(&data->reports, MAX_ITEMS));
	RETURN_IF_FAILED(keep(data, path, &line.path));
	RETURN_IF_FAILED(keep(data, trouble, &line.trouble));
	data->reports.items[data->reports.n++] = line;
	last_machine(data)->n_reports++;
	last_machine(data)->n_unread++;
	return STATUS_OK;
}

/* ---- losses ---- */

static const enum finding_certainty certainties[] = { FINDING_CERTAIN, FINDING_PROBABLE,
						      FINDING_POSSIBLE };

const char *fleetdata_certainty_word(uint8_t certainty)
{
	return finding_certainty_word(certainties[certainty < ARRAY_LEN(certainties)
							  ? certainty
							  : ARRAY_LEN(certainties) - 1]);
}

/* A word that is not among them is no surer than the last of them. */
static uint8_t certainty_of(const char *word)
{
	uint8_t i = 0;

	while (i + 1u < ARRAY_LEN(certainties) &&
	       !same(word, finding_certainty_word(certainties[i])))
		i++;
	return i;
}

/* By the hash of the hive in which the loss is seen: the later one of the pair. */
static uint64_t evidence_of(const struct fleetreport *report, const char *path)
{
	for (size_t i = report->snapshots.n; path && i > 0; i--) {
		const struct fleetreport_input *input =
			fleetreport_input_of(report, report->snapshots.items[i - 1].id);
		if (!input || !input->sha256 || !same(input->path, path))
			continue;
		return hashtable_hash(1, span_of(input->sha256, strlen(input->sha256)));
	}
	return 0;
}

static enum status add_loss(struct fleetdata *data, const struct index_row *row,
			    uint64_t finding, uint64_t evidence)
{
	struct fleetdata_loss loss = {
		.finding = finding,
		.report = (uint32_t)data->reports.n,
		.cause = row->weighed ? (uint32_t)row->cause : FLEETDATA_NONE,
		.grade = row->grade,
		.certainty = certainty_of(row->certainty),
		.evidence = evidence,
	};
	enum status status = ARRAY_RESERVE(&data->losses, FLEETDATA_MAX_LOSSES);

	if (status == STATUS_LIMIT) {
		data->n_losses_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	if (!same(row->time_certainty, "contradictory")) {
		loss.is_moment = row->moment_ft > 0;
		loss.from_ft = loss.is_moment ? row->moment_ft : row->from_ft;
		loss.to_ft = loss.is_moment ? row->moment_ft : row->to_ft;
	}
	RETURN_IF_FAILED(keep(data, row->profile, &loss.profile));
	data->losses.items[data->losses.n++] = loss;
	return STATUS_OK;
}

static enum status add_losses(struct fleetdata *data, const struct fleetreport *report,
			      const struct index *index, struct fleetdata_report *line)
{
	/* Rows of one comparison follow each other, and name the file by one text. */
	const char *file = NULL;
	uint64_t evidence = 0;

	for (size_t i = 0; i < index->rows.n; i++) {
		const struct index_row *row = &index->rows.items[i];
		if (!fleetrows_is_loss(row))
			continue;
		if (row->after_file != file)
			evidence = evidence_of(report, row->after_file);
		file = row->after_file;
		line->n_losses++;
		RETURN_IF_FAILED(add_loss(data, row, data->n_findings + i + 1, evidence));
	}
	return STATUS_OK;
}

/* ---- processes and advice ---- */

/* A program of Windows, or one that hosts others, holds it on many machines anyway. */
static bool tells_apart(const struct fleetreport_process *process)
{
	return process->image &&
	       (same(process->class, holder_class_word(HOLDER_THIRD_PARTY)) ||
		same(process->class, holder_class_word(HOLDER_EXCHANGE)));
}

/*
 * The number of the program, whatever the case of its name; FLEETDATA_NONE where another
 * name has the same hash, which only one who wants that can bring about.
 */
static enum status number_of(struct fleetdata *data, const char *image, uint32_t *out)
{
	size_t len = strlen(image), number = data->process_names.n;
	char *folded = malloc(len + 1);
	bool known = false;

	if (!folded)
		return STATUS_NOMEM;
	for (size_t i = 0; i <= len; i++)
		folded[i] = image[i] >= 'A' && image[i] <= 'Z'
				    ? (char)(image[i] - 'A' + 'a')
				    : image[i];
	enum status status = ARRAY_RESERVE(&data->process_names, MAX_ITEMS);
	const char *name = status == STATUS_OK ? arena_strdup(data->arena, folded) : NULL;
	if (status == STATUS_OK && !name)
		status = STATUS_NOMEM;
	if (status == STATUS_OK)
		status = hashtable_add(&data->process_numbers,
				       hashtable_hash(1, span_of(folded, len)), &number,
				       &known);
	if (status == STATUS_OK && !known)
		data->process_names.items[data->process_names.n++] = name;
	*out = (uint32_t)number;
	if (known && !same(data->process_names.items[number], folded))
		*out = FLEETDATA_NONE;
	free(folded);
	return status;
}

static bool has_process(const struct fleetdata *data, const struct fleetdata_report *line,
			uint32_t number)
{
	for (size_t i = line->first_process; i < data->processes.n; i++)
		if (data->processes.items[i] == number)
			return true;
	return false;
}

static enum status add_processes(struct fleetdata *data, const struct fleetreport *report,
				 struct fleetdata_report *line)
{
	line->first_process = (uint32_t)data->processes.n;
	for (size_t i = 0;
	     i < report->processes.n && line->n_processes < FLEETDATA_MAX_PROCESSES;
	     i++) {
		uint32_t number = 0;
		if (!tells_apart(&report->processes.items[i]))
			continue;
		RETURN_IF_FAILED(
			number_of(data, report->processes.items[i].image, &number));
		if (number == FLEETDATA_NONE || has_process(data, line, number))
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(&data->processes, MAX_ITEMS));
		data->processes.items[data->processes.n++] = number;
		line->n_processes++;
	}
	return STATUS_OK;
}

static bool is_the_fault(const struct fleetreport_cause *cause)
{
	return same(cause->cause, cause_word(CAUSE_KB_817375)) &&
	       same(cause->grade, grade_word(GRADE_SUPPORTED));
}

/* What the report says is to be done where the fault is supported, each once. */
static enum status add_advices(struct fleetdata *data, const struct fleetreport *report,
			       struct fleetdata_report *line)
{
	line->first_advice = (uint32_t)data->advices.n;
	for (size_t i = 0; i < report->advices.n; i++) {
		const struct fleetreport_advice *advice = &report->advices.items[i];
		bool told = false;
		if (!advice->text ||
		    !is_the_fault(&report->causes.items[advice->cause]) ||
		    line->n_advices == FLEETDATA_MAX_ADVICES)
			continue;
		for (size_t k = line->first_advice; k < data->advices.n; k++)
			told |= same(data->advices.items[k], advice->text);
		if (told)
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(&data->advices, MAX_ITEMS));
		RETURN_IF_FAILED(
			keep(data, advice->text, &data->advices.items[data->advices.n]));
		data->advices.n++;
		line->n_advices++;
	}
	return STATUS_OK;
}

/* ---- a report ---- */

static enum status fill(struct fleetdata *data, const struct fleetreport *report,
			const struct index *index, struct fleetdata_report *line)
{
	const struct index_subject *subject = &index->subjects.items[0];

	line->state = subject->state;
	line->incomplete = subject->exit_status == 2 || report->partly;
	RETURN_IF_FAILED(keep(data, subject->report, &line->path));
	RETURN_IF_FAILED(keep(data, subject->page, &line->page));
	RETURN_IF_FAILED(keep(data, subject->name, &line->subject));
	RETURN_IF_FAILED(keep(data, subject->answer, &line->answer));
	RETURN_IF_FAILED(add_losses(data, report, index, line));
	RETURN_IF_FAILED(add_processes(data, report, line));
	for (size_t i = 0; i < report->causes.n; i++)
		line->has_fault |= is_the_fault(&report->causes.items[i]);
	return add_advices(data, report, line);
}

enum status fleetdata_add_report(struct fleetdata *data, const struct fleetreport *report,
				 const struct index *index)
{
	struct fleetdata_report line = { .machine = (uint32_t)data->machines.n - 1 };
	struct fleetdata_machine *machine = last_machine(data);

	RETURN_IF_FAILED(ARRAY_RESERVE(&data->reports, MAX_ITEMS));
	RETURN_IF_FAILED(fill(data, report, index, &line));
	data->reports.items[data->reports.n++] = line;
	data->n_findings += index->rows.n;
	data->n_rows_left_out += index->n_rows_left_out;
	machine->n_reports++;
	machine->lost |= line.state == INDEX_LOST || line.state == INDEX_MISSING;
	machine->incomplete |= line.incomplete;
	if (!machine->computer_name)
		RETURN_IF_FAILED(
			keep(data, report->computer_name, &machine->computer_name));
	return STATUS_OK;
}
