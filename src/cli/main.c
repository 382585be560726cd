/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wmsdiff: which MAPI profiles vanished from a user's registry hive.
 *
 * main() is the table of contents: options, evidence, comparison, report,
 * summary.  Only here is anything printed about trouble.
 */
#include "cli/options.h"

#include "base/filetime.h"
#include "cli/discover.h"
#include "report/output.h"
#include "report/report.h"
#include "report/saveimage.h"
#include "report/summary.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

static int trouble(const struct failure *failure)
{
	fprintf(stderr, "wmsdiff: %s\n", failure->sentence);
	return EXIT_TROUBLE;
}

/* One line for each input that could not be read whole: the report has the rest. */
static void print_errors(const struct series *series)
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		size_t n = diag_count_from(snapshot->diags, DIAG_ERROR);
		char path[4200];
		for (size_t k = 0;
		     n > 0 && !snapshot->borrowed && k < diag_count(snapshot->diags);
		     k++) {
			const struct diag *diag = diag_item(snapshot->diags, k);
			if (diag_severity(diag->code) != DIAG_ERROR)
				continue;
			uint32_t offset = (uint32_t)diag->offset;
			size_t log;
			const struct evidence *file =
				diag->offset <= UINT32_MAX
					? snapshot_locate(snapshot, &offset, &log)
					: snapshot->evidence;
			fprintf(stderr, "wmsdiff: %s",
				failure_path(file->path, path, sizeof(path)));
			if (diag->offset <= UINT32_MAX)
				fprintf(stderr, ": 0x%" PRIx32, offset);
			fprintf(stderr, ": %s", diag->sentence);
			if (n > 1)
				fprintf(stderr, " (and %zu more, see the report)", n - 1);
			fputc('\n', stderr);
			break;
		}
	}
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

/* Every file that was read, so that none is written to.  Return: their number. */
static size_t list_evidence(const struct series *series, const char **paths)
{
	size_t n = 0;

	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		if (!snapshot->borrowed)
			paths[n++] = snapshot->evidence->path;
		for (size_t k = 0; k < snapshot->n_logs; k++)
			paths[n++] = snapshot->logs[k]->path;
	}
	return n;
}

static enum status write_report(const struct options *options,
				const char *const *arguments, size_t n_arguments,
				uint64_t started_ft, const struct series *series,
				struct failure *failure)
{
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
	};
	const char *evidence[SERIES_MAX * (REPLAY_MAX_LOGS + 1)];
	struct output *output = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(output_open(options->output, evidence,
				     list_evidence(series, evidence), &output, failure));
	status = report_write(series, &report, output);
	if (status == STATUS_NOMEM) {
		output_abort(output);
		return status;
	}
	/* A failed write is told by the commit, which knows why. */
	return output_commit(output, failure);
}

static enum status write_summary(const struct options *options,
				 const struct series *series)
{
	bool to_stdout = strcmp(options->output, "-") != 0;

	if (options->quiet)
		return STATUS_OK;
	return summary_write(series, to_stdout ? options->output : NULL,
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

int main(int argc, char *argv[])
{
	static struct failure failure;
	static struct options options;
	static struct snapshot_source sources[SERIES_MAX];
	AUTO(series_freep) struct series *series = NULL;
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
	failure_set(&failure, "out of memory");
	enum status status = discover_sources(&options, sources, &failure);
	struct series_options how = {
		.n_threads = options.jobs,
		.paths = options.keys,
		.n_paths = options.n_keys,
		.recover = !options.no_recover,
	};
	if (status == STATUS_OK)
		status = series_read(sources, options.n_snapshots, &how, &series,
				     &failure);
	discover_clear(sources, options.n_snapshots);
	if (status != STATUS_OK)
		return trouble(&failure);
	if (options.verbose)
		print_stages(series);
	if (options.image_folder &&
	    saveimage_write(series, options.image_folder, &failure) != STATUS_OK)
		return trouble(&failure);
	if (write_report(&options, arguments, (size_t)argc, started_ft, series,
			 &failure) != STATUS_OK)
		return trouble(&failure);
	print_errors(series);
	if (write_summary(&options, series) != STATUS_OK) {
		failure_set(&failure, "the summary could not be written");
		return trouble(&failure);
	}
	int found = series_exit_status(series);
	return found == 1 && options.exit_zero ? EXIT_SUCCESS : found;
}
