/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wmsdiff: which MAPI profiles vanished from a user's registry hive.
 *
 * main() is the table of contents: options, evidence, comparison, report,
 * summary.  Only here is anything printed about trouble.
 */
#include "cli/options.h"

#include "base/filetime.h"
#include "case/companions.h"
#include "case/incident.h"
#include "cli/discover.h"
#include "cli/reread.h"
#include "report/html.h"
#include "report/output.h"
#include "report/report.h"
#include "report/restore.h"
#include "report/saveimage.h"
#include "report/summary.h"
#include "report/timeline.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

/* Each snapshot and each companion has a file and at most so many logs. */
#define MAX_EVIDENCE ((SERIES_MAX + COMPANIONS_MAX) * (REPLAY_MAX_LOGS + 1))

/* Everything that a run makes, freed in reverse order by clear(). */
struct run {
	struct series *series;
	struct companions *companions;
	struct diagnoses diagnoses;
	struct restores restores;
	const char *evidence[MAX_EVIDENCE + 1]; /* paths of all that was read; one more */
	size_t n_evidence;
};

static void clear(struct run *run)
{
	restores_clear(&run->restores);
	diagnoses_clear(&run->diagnoses);
	companions_free(run->companions);
	series_free(run->series);
}

static int trouble(const struct failure *failure)
{
	fprintf(stderr, "wmsdiff: %s\n", failure->sentence);
	return EXIT_TROUBLE;
}

/* One line for an input that could not be read whole: the report has the rest. */
static void print_error(const struct diag_list *diags, const struct snapshot *snapshot,
			const char *path)
{
	size_t n = diag_count_from(diags, DIAG_ERROR);
	char shown[4200];

	for (size_t k = 0; n > 0 && k < diag_count(diags); k++) {
		const struct diag *diag = diag_item(diags, k);
		uint64_t offset = diag->offset;
		uint32_t place = (uint32_t)diag->offset;
		size_t log;
		if (diag_severity(diag->code) != DIAG_ERROR)
			continue;
		if (snapshot && offset <= UINT32_MAX) {
			path = snapshot_locate(snapshot, &place, &log)->path;
			offset = place;
		}
		fprintf(stderr, "wmsdiff: %s", failure_path(path, shown, sizeof(shown)));
		if (offset != DIAG_NOWHERE)
			fprintf(stderr, ": 0x%" PRIx64, offset);
		fprintf(stderr, ": %s", diag->sentence);
		if (n > 1)
			fprintf(stderr, " (and %zu more, see the report)", n - 1);
		fputc('\n', stderr);
		return;
	}
}

static void print_errors(const struct run *run)
{
	struct companion beside[COMPANIONS_MAX];
	size_t n = companions_list(run->companions, beside);

	for (size_t i = 0; i < run->series->n_snapshots; i++) {
		const struct snapshot *snapshot = run->series->snapshots[i];
		if (!snapshot->borrowed)
			print_error(snapshot->diags, snapshot, snapshot->evidence->path);
	}
	for (size_t i = 0; i < n; i++)
		if (beside[i].diags)
			print_error(beside[i].diags, beside[i].snapshot,
				    beside[i].evidence->path);
}

static void print_recovery(const char *path, const struct recovery *recovery)
{
	double seconds = (double)recovery->nanoseconds / 1e9;
	double bytes = (double)recovery->remnants->n_searched;

	fprintf(stderr,
		"wmsdiff: %s: recovery: %" PRIu64
		" bytes searched in %.3f s (%.0f MB/s), "
		"%zu deleted keys, %zu values, %zu profile%s\n",
		path, recovery->remnants->n_searched, seconds,
		seconds > 0 ? bytes / seconds / 1e6 : 0, recovery->remnants->n_keys,
		recovery->remnants->n_values, recovery->n_profiles,
		recovery->n_profiles == 1 ? "" : "s");
}

static void print_stages(const struct series *series)
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		char path[4200];
		fprintf(stderr,
			"wmsdiff: %s: %zu bytes read, %" PRIu64 " keys, %" PRIu64
			" values, %zu profile%s, readers: %s\n",
			failure_path(snapshot->evidence->path, path, sizeof(path)),
			snapshot->evidence->bytes.len,
			snapshot->keys ? snapshot->keys->n_keys : 0,
			snapshot->keys ? snapshot->keys->n_values : 0,
			snapshot->n_profiles, snapshot->n_profiles == 1 ? "" : "s",
			snapshot_readers_word(snapshot->readers));
		if (snapshot->recovery)
			print_recovery(path, snapshot->recovery);
	}
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

/* As with diff(1); what was given beside the hives and asked of them counts too. */
static int exit_status(const struct run *run)
{
	int found = series_exit_status(run->series);

	return run->restores.failed || !companions_are_complete(run->companions)
		       ? EXIT_TROUBLE
		       : found;
}

static enum status write_report(const char *path, const struct run *run,
				const struct report_options *options, struct html *html,
				struct failure *failure)
{
	struct output *output = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(
		output_open(path, run->evidence, run->n_evidence, &output, failure));
	if (html)
		output_watch(output, html_take, html);
	status = report_write(run->series, options, output);
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
	enum status status;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(
		output_open(path, run->evidence, run->n_evidence, &output, failure));
	status = timeline_write(timeline, timeline_format_of(path), output);
	if (status != STATUS_OK) {
		output_abort(output);
		return status;
	}
	return output_commit(output, failure);
}

static enum status write_timelines(const struct options *options, const struct run *run,
				   struct failure *failure)
{
	AUTO(timeline_freep) struct timeline *timeline = NULL;

	if (options->n_timelines == 0)
		return STATUS_OK;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(
		timeline_read(run->series, run->companions, &run->diagnoses, &timeline));
	for (size_t i = 0; i < options->n_timelines; i++)
		RETURN_IF_FAILED(
			write_timeline(options->timelines[i], timeline, run, failure));
	if (timeline->n_left_out > 0)
		fprintf(stderr,
			"wmsdiff: timeline: %zu event%s left out: before 1970, after 9999, "
			"or more than %d\n",
			timeline->n_left_out, timeline->n_left_out == 1 ? "" : "s",
			TIMELINE_MAX);
	return STATUS_OK;
}

/* The page of exactly the report that was written. */
static enum status write_page(const char *path, struct run *run, struct html *html,
			      const char *report, struct failure *failure)
{
	struct output *output = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	/* The evidence's list has room for one more: neither may become the other. */
	run->evidence[run->n_evidence] = report;
	RETURN_IF_FAILED(output_open(path, run->evidence,
				     run->n_evidence + (strcmp(report, "-") != 0),
				     &output, failure));
	status = html_write(html, NULL, output, failure);
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

static enum status write_documents(const struct options *options, struct run *run,
				   const struct report_options *report,
				   struct failure *failure)
{
	struct html *html = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	if (options->html)
		RETURN_IF_FAILED(html_start(&html));
	status = write_report(options->output, run, report, html, failure);
	if (status == STATUS_OK && html)
		status = write_page(options->html, run, html, options->output, failure);
	html_free(html);
	return status;
}

static enum status write_summary(const struct options *options, const struct run *run,
				 const struct report_options *report,
				 struct failure *failure)
{
	bool to_stdout = strcmp(options->output, "-") != 0 &&
			 !(options->html && strcmp(options->html, "-") == 0);

	failure_set(failure, "the summary could not be written");
	if (options->quiet)
		return STATUS_OK;
	return summary_write(run->series, report,
			     strcmp(options->output, "-") != 0 ? options->output : NULL,
			     to_stdout ? stdout : stderr);
}

/* The arguments in the order given: getopt_long() moves them about. */
static const char **copy_arguments(int argc, char *argv[])
{
	const char **copy = calloc((size_t)argc + 1, sizeof(*copy));

	for (int i = 0; copy && i < argc; i++)
		copy[i] = argv[i];
	return copy;
}

static void free_arguments(const char ***arguments)
{
	free(*arguments);
}

/*
 * Makes sure that descriptors 0 to 2 are taken: a report that became "standard
 * output" because that was closed would get the summary written into it.
 * Opened for the wrong direction, so that using them fails as it should.
 */
static bool occupy_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

static enum status read_series(const struct options *options, struct run *run,
			       struct failure *failure)
{
	static struct snapshot_source sources[SERIES_MAX];
	struct series_options how = {
		.n_threads = options->jobs,
		.paths = options->keys,
		.n_paths = options->n_keys,
		.recover = !options->no_recover,
	};
	enum status status = discover_sources(options, sources, failure);

	if (status == STATUS_OK)
		status = series_read(sources, options->n_snapshots, &how, &run->series,
				     failure);
	discover_clear(sources, options->n_snapshots);
	return status;
}

static enum status read_companions(const struct options *options, struct run *run,
				   struct failure *failure)
{
	static struct companions_source source;
	enum status status = discover_companions(options, &source, failure);

	if (status == STATUS_OK)
		status = companions_read(&source, &run->companions, failure);
	discover_clear(&source.system, 1);
	discover_clear(&source.software, 1);
	return status;
}

static enum status read_all(const struct options *options, struct run *run,
			    struct failure *failure)
{
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(read_series(options, run, failure));
	RETURN_IF_FAILED(read_companions(options, run, failure));
	failure_set(failure, "out of memory");
	list_evidence(run);
	return diagnoses_read(run->series, run->companions, &run->diagnoses);
}

static enum status write_all(struct options *options, struct run *run,
			     const char *const *arguments, size_t n_arguments,
			     uint64_t started_ft, struct failure *failure)
{
	if (options->verbose)
		print_stages(run->series);
	if (options->image_folder)
		RETURN_IF_FAILED(saveimage_write(run->series, options->image_folder,
						 run->evidence, run->n_evidence,
						 failure));
	options->restore.started_ft = started_ft;
	if (options->restore.folder)
		RETURN_IF_FAILED(restore_write(run->series, &run->companions->names,
					       &options->restore, run->evidence,
					       run->n_evidence, &run->restores, failure));
	struct report_options report = {
		.case_id = options->case_id,
		.examiner = options->examiner,
		.note = options->note,
		.full = options->full,
		.keys = options->keys,
		.n_keys = options->n_keys,
		.arguments = arguments,
		.n_arguments = n_arguments,
		.started_ft = started_ft,
		.companions = run->companions,
		.diagnoses = &run->diagnoses,
		.restores = &run->restores,
		.exit_status = exit_status(run),
	};
	RETURN_IF_FAILED(write_documents(options, run, &report, failure));
	RETURN_IF_FAILED(write_timelines(options, run, failure));
	print_errors(run);
	return write_summary(options, run, &report, failure);
}

static int reread(const struct options *options, struct failure *failure)
{
	bool valid = false;
	enum status status = reread_run(options, &valid, failure);

	if (status != STATUS_OK)
		return trouble(failure);
	return fflush(stdout) == 0 && !ferror(stdout) && (valid || !options->validate)
		       ? EXIT_SUCCESS
		       : EXIT_TROUBLE;
}

int main(int argc, char *argv[])
{
	static struct failure failure;
	static struct options options;
	static struct run run;
	AUTO(free_arguments) const char **arguments = copy_arguments(argc, argv);
	bool overridden = false;
	uint64_t started_ft = filetime_now(&overridden);

	if (!occupy_standard_descriptors())
		return EXIT_TROUBLE;
	if (!arguments) {
		failure_set(&failure, "out of memory");
		return trouble(&failure);
	}

	switch (options_read(argc, argv, &options)) {
	case OPTIONS_RUN:
		break;
	case OPTIONS_DONE:
		return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS
							      : EXIT_TROUBLE;
	case OPTIONS_WRONG:
		return EXIT_TROUBLE;
	}
	if (options.validate || options.render)
		return reread(&options, &failure);
	enum status status = read_all(&options, &run, &failure);
	if (status == STATUS_OK)
		status = write_all(&options, &run, arguments, (size_t)argc, started_ft,
				   &failure);
	int found = status == STATUS_OK ? exit_status(&run) : trouble(&failure);
	clear(&run);
	return found == 1 && options.exit_zero ? EXIT_SUCCESS : found;
}
