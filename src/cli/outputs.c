/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: putting out all that was asked for. */
#include "cli/outputs.h"

#include "cli/commandline/terminal.h"
#include "cli/findings.h"
#include "report/document/report.h"
#include "report/output.h"
#include "report/page/html.h"
#include "report/redact/redacttext.h"
#include "report/restore/restore.h"
#include "report/saveimage.h"
#include "report/summary/summary.h"
#include "report/timeline/timeline.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- inputs that could not be read whole ---- */

static bool has_error(const struct input *input)
{
	return input->diags && diag_count_from(input->diags, DIAG_ERROR) > 0;
}

#define SHOWN_SIZE 4200

/* The path as a line on standard error names it. */
static void show_path(struct redact *redact, const char *path, char shown[SHOWN_SIZE])
{
	char *redacted = redact_as(redact, REDACT_PATH, path);

	if (!redacted)
		status_note_nomem();
	failure_path(redacted ? redacted : "?", shown, SHOWN_SIZE);
	free(redacted);
}

/*
 * One line for an input that could not be read whole: the report has the rest.
 * Return: whether there was something to tell.
 */
static bool print_error(const struct input *input, struct redact *redact, FILE *told)
{
	size_t n = input->diags ? diag_count_from(input->diags, DIAG_ERROR) : 0;
	const char *path = input->evidence->path;
	char shown[SHOWN_SIZE], where[32] = "", more[64] = "";

	for (size_t k = 0; n > 0 && k < diag_count(input->diags); k++) {
		const struct diag *diag = diag_item(input->diags, k);
		uint64_t offset = diag->offset;
		if (diag_severity(diag->code) != DIAG_ERROR)
			continue;
		if (input->snapshot)
			path = snapshot_diag_file(input->snapshot, diag, &offset)->path;
		show_path(redact, path, shown);
		if (offset != DIAG_NOWHERE)
			(void)snprintf(where, sizeof(where), ": 0x%" PRIx64, offset);
		if (n > 1)
			(void)snprintf(more, sizeof(more),
				       " (and %zu more, see the report)", n - 1);
		char *says = redacttext_sentence(redact, diag->sentence);
		terminal_complain_to(told, "%s%s: %s%s", shown, where,
				     says ? says : "out of memory", more);
		free(says);
		return true;
	}
	return false;
}

/* That it cannot be told, or what was not done, where no input is to blame. */
static void print_verdict(const struct run *run)
{
	const struct series *series = run->series;
	const char *path = series->snapshots[series->n_snapshots - 1]->evidence->path;
	char *sentence = verdict_sentence(&run->verdict), shown[SHOWN_SIZE];

	show_path(run->redact, path, shown);
	terminal_complain_to(run->told, "%s: %s", shown,
			     sentence ? sentence : "not everything could be told");
	free(sentence);
}

void outputs_tell(const struct run *run)
{
	const struct report_collection *collection =
		run->given ? run->given->collection : NULL;
	bool own = run->own != NULL;
	/* What of a collection could not be used was told when it was looked through. */
	bool told = collection && collection->incomplete;

	if (run->restores.n_over > 0) {
		terminal_complain_to(
			run->told,
			"%zu more profiles could be brought back: no more than "
			"%d .reg files are written",
			run->restores.n_over, RESTORE_MAX_FILES);
		told = true;
	}
	/* What is lent is told once, by who lends it. */
	for (size_t i = 0; i < run->inputs->n; i++)
		if (own || !run->inputs->items[i].beside)
			told |= print_error(&run->inputs->items[i], run->redact,
					    run->told);
		else
			told |= has_error(&run->inputs->items[i]);
	if (run->silent && !told && verdict_exit_status(&run->verdict) == 2)
		print_verdict(run);
}

void outputs_tell_errors_beside(const struct inputs *inputs, struct redact *redact)
{
	for (size_t i = 0; i < inputs->n; i++)
		if (inputs->items[i].beside)
			(void)print_error(&inputs->items[i], redact, NULL);
}

/* ---- documents ---- */

/* NULL for standard output, which has no name, and where nothing is written. */
static const char *file_of(const char *path)
{
	return path && strcmp(path, "-") != 0 ? path : NULL;
}

/* None of what was read is written to.  A page's report that nobody asked for is in no list. */
static enum status open_output(const char *path, const struct run *run,
			       struct output **output, struct failure *failure)
{
	failure_set(failure, "out of memory");
	return output_open(path, strcmp(path, "/dev/null") == 0 ? NULL : run->kept,
			   output, failure);
}

static enum status write_report(const struct run *run, struct report_options *options,
				struct html *html, struct failure *failure)
{
	/* A page is made of a report, even if nobody wants to keep that. */
	const char *path = run->options->output ? run->options->output : "/dev/null";
	struct output *output = NULL;
	struct stage stage;
	enum status status;

	RETURN_IF_FAILED(open_output(path, run, &output, failure));
	if (html)
		output_watch(output, html_take, html);
	stage_begin(&stage, run->watch, STAGE_REPORT, file_of(path), STAGE_NO_HIVE);
	options->stage = &stage;
	status = report_write(run->series, options, output);
	options->stage = NULL;
	stage_end(&stage, output_written(output));
	if (status == STATUS_NOMEM) {
		output_abort(output);
		return status;
	}
	/* A failed write is told by the commit, which knows why. */
	return output_commit(output, failure);
}

static enum status write_timeline(const char *path, const struct timeline *timeline,
				  const struct run *run, struct failure *failure)
{
	struct output *output = NULL;
	struct stage stage;
	enum status status;

	RETURN_IF_FAILED(open_output(path, run, &output, failure));
	stage_begin(&stage, run->watch, STAGE_TIMELINE, path, STAGE_NO_HIVE);
	status = timeline_write(timeline, timeline_format_of(path), output);
	stage_end(&stage, output_written(output));
	if (status != STATUS_OK) {
		output_abort(output);
		return status;
	}
	return output_commit(output, failure);
}

/* *n_left_out: events that no timeline can tell. */
static enum status write_timelines(const struct run *run, size_t *n_left_out,
				   struct failure *failure)
{
	const struct options *options = run->options;
	AUTO(timeline_freep) struct timeline *timeline = NULL;

	if (options->n_timelines == 0)
		return STATUS_OK;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(timeline_read(run->series, run->companions, &run->diagnoses,
				       run->redact, &timeline));
	timeline->zone = outputs_zone(options, run->companions).zone;
	for (size_t i = 0; i < options->n_timelines; i++)
		RETURN_IF_FAILED(
			write_timeline(options->timelines[i], timeline, run, failure));
	*n_left_out = timeline->n_left_out;
	return STATUS_OK;
}

/* The page of exactly the report that was written. */
static enum status write_page(struct run *run, struct html *html, struct failure *failure)
{
	const char *path = run->options->html;
	struct output *output = NULL;
	struct stage stage;
	enum status status;

	RETURN_IF_FAILED(open_output(path, run, &output, failure));
	stage_begin(&stage, run->watch, STAGE_PAGE, file_of(path), STAGE_NO_HIVE);
	status = html_write(html, NULL, output, failure);
	stage_end(&stage, output_written(output));
	if (status == STATUS_OK)
		return output_commit(output, failure);
	if (status == STATUS_MALFORMED) {
		char why[512];
		(void)snprintf(why, sizeof(why), "%.500s", failure->sentence);
		failure_set(failure, "the page was not made: the report, %s", why);
	}
	output_abort(output);
	return status;
}

static enum status write_documents(struct run *run, struct report_options *report,
				   struct failure *failure)
{
	struct html *html = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	if (!run->options->output && !run->options->html)
		return STATUS_OK;
	if (run->options->html)
		RETURN_IF_FAILED(html_start(&html));
	status = write_report(run, report, html, failure);
	if (status == STATUS_OK && html)
		status = write_page(run, html, failure);
	html_free(html);
	return status;
}

static enum status write_images(const struct run *run, struct failure *failure)
{
	struct stage stage;

	if (!run->options->image_folder)
		return STATUS_OK;
	stage_begin(&stage, run->watch, STAGE_IMAGES, NULL, STAGE_NO_HIVE);
	enum status status =
		saveimage_write(run->series, run->options->image_folder, run->protected,
				run->n_protected, run->kept, failure);
	uint64_t bytes = 0;
	for (size_t i = 0; i < run->series->n_snapshots; i++)
		bytes += run->series->snapshots[i]->replayed.bytes.len;
	stage_end(&stage, bytes);
	return status;
}

static enum status write_restores(struct run *run, struct failure *failure)
{
	struct restore_options *options = &run->options->restore;
	struct stage stage;

	options->started_ft = run->started_ft;
	if (!options->folder)
		return STATUS_OK;
	stage_begin(&stage, run->watch, STAGE_RESTORE, NULL, STAGE_NO_HIVE);
	options->stage = &stage;
	options->kept = run->kept;
	enum status status =
		restore_write(run->series, &run->companions->names, options,
			      run->protected, run->n_protected, &run->restores, failure);
	options->stage = NULL;
	options->kept = NULL;
	uint64_t bytes = 0;
	for (size_t i = 0; i < run->restores.n; i++)
		bytes += run->restores.items[i].n_bytes;
	stage_end(&stage, bytes);
	return status;
}

static enum status write_summary(const struct run *run,
				 const struct report_options *report,
				 struct failure *failure)
{
	const struct options *options = run->options;
	const char *path = file_of(options->output);
	FILE *out = path && !(options->html && !file_of(options->html)) ? stdout : stderr;

	struct summary_look look = terminal_look(out, (enum terminal_when)options->color);

	failure_set(failure, "the summary could not be written");
	if (options->quiet)
		return STATUS_OK;
	look.redact = run->redact;
	return summary_write(run->series, report, path, look, out);
}

struct report_zone outputs_zone(const struct options *options,
				const struct companions *companions)
{
	const struct machine_system *system = companions ? companions->system : NULL;

	if (!options->time_zone)
		return (struct report_zone){ .zone = NULL };
	if (strcmp(options->time_zone, OPTIONS_SYSTEM_ZONE) != 0)
		return (struct report_zone){ .zone = &options->named_zone,
					     .name = options->time_zone };
	if (!system || system->zone.n == 0)
		return (struct report_zone){ .missing = true };
	return (struct report_zone){ .zone = &system->zone, .system = system };
}

void outputs_report_options(const struct run *run, struct report_options *out)
{
	const struct options *options = run->options;

	*out = (struct report_options){
		.case_id = options->case_id,
		.examiner = options->examiner,
		.note = options->note,
		.zone = outputs_zone(options, run->companions),
		.custodies = options->custodies,
		.n_custodies = options->n_custodies,
		.full = options->full,
		.keys = options->keys,
		.n_keys = options->n_keys,
		.arguments = run->arguments,
		.n_arguments = run->n_arguments,
		.started_ft = run->started_ft,
		.sandbox = sandbox_state(run->confine->sandbox),
		.inputs = run->inputs,
		.companions = run->companions,
		.diagnoses = &run->diagnoses,
		.restores = &run->restores,
		.verdict = &run->verdict,
		.redact = run->redact,
		.collection = run->given ? run->given->collection : NULL,
	};
}

enum status outputs_gather(const struct run *run, struct failure *failure)
{
	struct report_options report;
	struct output *output = NULL;

	if (!run->redact)
		return STATUS_OK;
	outputs_report_options(run, &report);
	RETURN_IF_FAILED(open_output("/dev/null", run, &output, failure));
	redact_gather(run->redact, true);
	enum status status = report_write(run->series, &report, output);
	redact_gather(run->redact, false);
	output_abort(output);
	return status;
}

enum status outputs_write(struct run *run, struct failure *failure)
{
	const struct options *options = run->options;
	size_t n_left_out = 0;

	RETURN_IF_FAILED(write_images(run, failure));
	RETURN_IF_FAILED(write_restores(run, failure));
	RETURN_IF_FAILED(run_judge(run, failure));
	RETURN_IF_FAILED(outputs_gather(run, failure));
	struct report_options report;
	outputs_report_options(run, &report);
	RETURN_IF_FAILED(write_documents(run, &report, failure));
	RETURN_IF_FAILED(write_timelines(run, &n_left_out, failure));
	/* What is told from here on stands where the progress did. */
	progress_stop(run->progress);
	run->progress = NULL;
	run->watch = NULL;
	if (n_left_out > 0)
		terminal_complain_to(run->told,
				     "timeline: %zu event%s left out: before 1970, after "
				     "9999, or more than %d",
				     n_left_out, n_left_out == 1 ? "" : "s",
				     TIMELINE_MAX);
	outputs_tell(run);
	if (options->format != OPTIONS_NO_FORMAT)
		return findings_write(run, failure);
	return write_summary(run, &report, failure);
}
