/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wmsdiff: which MAPI profiles vanished from a user's registry hive.
 *
 * main() is the table of contents: options, evidence, comparison, report,
 * summary.
 */
#include "base/filetime.h"
#include "cli/collect.h"
#include "cli/commandline/options.h"
#include "cli/commandline/terminal.h"
#include "cli/manifestrun.h"
#include "cli/outputs.h"
#include "cli/redactlist.h"
#include "cli/reread.h"
#include "cli/rights/confine.h"
#include "cli/run.h"
#include "cli/signer.h"
#include "report/page/html.h"
#include "report/signals.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int trouble(const struct failure *failure)
{
	terminal_complain("%s", failure->sentence);
	return EXIT_TROUBLE;
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

/* What was said or shown may lack something, and why is said then. */
static bool lacked_memory(struct failure *failure)
{
	if (status_had_nomem())
		failure_set(failure, "out of memory");
	return status_had_nomem();
}

static int reread(const struct options *options, struct sandbox *sandbox,
		  struct failure *failure)
{
	bool valid = false;
	enum status status = reread_run(options, sandbox, &valid, failure);

	if (status != STATUS_OK || lacked_memory(failure))
		return trouble(failure);
	return fflush(stdout) == 0 && !ferror(stdout) && (valid || !options->validate)
		       ? EXIT_SUCCESS
		       : EXIT_TROUBLE;
}

/* Hives of different subjects are each compared with their own, if there are several. */
static enum status run_parted(struct run *run, int *found, struct failure *failure)
{
	struct failure *refusal = malloc(sizeof(*refusal));
	enum status status = STATUS_NOMEM;
	bool compared = false;

	if (refusal) {
		*refusal = *failure;
		status = collect_run(run, true, found, &compared, failure);
	}
	/* Why they are not compared says more than that one report cannot hold them. */
	if (status == STATUS_ABSENT || status == STATUS_UNSUPPORTED) {
		failure_set(failure, "%s%s", refusal->sentence,
			    status == STATUS_ABSENT
				    ? ""
				    : ", --output-dir reports each by itself");
		status = STATUS_UNSUPPORTED;
	}
	/* Two hives look like a pair: that they are none must not be overlooked. */
	if (status == STATUS_OK && run->options->n_snapshots == 2 && !compared)
		terminal_complain_of(NULL, run->redact, refusal->sentence);
	free(refusal);
	return status;
}

static enum status run_hives(struct run *run, int *found, struct failure *failure)
{
	const struct options *options = run->options;
	enum status status = run_read(run, failure);

	/* Hives that do not belong together are read again, each with its own. */
	if (status == STATUS_OK) {
		sandbox_end_reading(run->confine->sandbox);
		status = outputs_write(run, failure);
	}
	if (status == STATUS_OK)
		status = redactlist_write(options, run->redact, run->kept, failure);
	if (status == STATUS_OK)
		*found = verdict_exit_status(&run->verdict);
	run_clear(run);
	if (status == STATUS_UNSUPPORTED && options->n_snapshots > 1 &&
	    options->n_logs == 0 && !options->same_subject)
		return run_parted(run, found, failure);
	return status;
}

static enum status run_any(struct run *run, int *found, struct failure *failure)
{
	bool compared;

	return collect_is_wanted(run->options)
		       ? collect_run(run, false, found, &compared, failure)
		       : run_hives(run, found, failure);
}

/*
 * Hives, or what is found in folders and archives.  signer: NULL: nobody signs.
 * Return: the exit status.
 */
static int compare(struct run *run, struct signer *signer, struct failure *failure)
{
	AUTO(kept_freep) struct kept *kept = NULL;
	AUTO(filelist_freep) struct filelist *list = NULL;
	struct digest sha256;
	int found = EXIT_TROUBLE;
	enum status status = kept_new(&kept);

	failure_set(failure, "out of memory");
	run->kept = kept;
	if (status == STATUS_OK && run->options->manifest)
		status = filelist_new(&list);
	if (status == STATUS_OK)
		kept_list_outputs(kept, list);
	if (status == STATUS_OK)
		status = run_any(run, &found, failure);
	if (status == STATUS_OK && list)
		status = manifestrun_write(run, list, &sha256, failure);
	if (status == STATUS_OK && signer && !signer_tell(signer, &sha256)) {
		failure_set(failure, "the manifest could not be handed to the signer");
		status = STATUS_IO;
	}
	if (lacked_memory(failure) || status != STATUS_OK)
		return trouble(failure);
	return found == 1 && run->options->exit_zero ? EXIT_SUCCESS : found;
}

int main(int argc, char *argv[])
{
	static struct failure failure;
	static struct options options;
	static struct run run;
	static struct confine confine;
	AUTO(free_arguments) const char **arguments = copy_arguments(argc, argv);
	AUTO(signer_freep) struct signer *signer = NULL;
	bool overridden = false;
	uint64_t started_ft = filetime_now(&overridden);

	if (!occupy_standard_descriptors())
		return EXIT_TROUBLE;
	signals_set_up();
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
	if (options.sign_with) {
		int exit_status = EXIT_TROUBLE;
		enum status status = signer_new(&options, &signer, &failure);
		if (status == STATUS_OK)
			status = signer_part(signer, &exit_status, &failure);
		if (status != STATUS_OK)
			return status == STATUS_ABSENT ? exit_status : trouble(&failure);
	}
	if (options.html)
		html_prepare();
	if (confine_run(&options, &confine, &failure) != STATUS_OK)
		return trouble(&failure);
	run = (struct run){ .options = &options,
			    .confine = &confine,
			    .arguments = arguments,
			    .n_arguments = (size_t)argc,
			    .started_ft = started_ft,
			    .silent = options.quiet ||
				      options.format != OPTIONS_NO_FORMAT };
	if (options.redacts) {
		run.redact = redact_new();
		if (!run.redact) {
			failure_set(&failure, "out of memory");
			return trouble(&failure);
		}
	}
	int exit_status = options.validate || options.render
				  ? reread(&options, confine.sandbox, &failure)
				  : compare(&run, signer, &failure);
	redact_free(run.redact);
	confine_clear(&confine);
	return exit_status;
}
