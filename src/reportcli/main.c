/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report: work on the reports that wmsdiff wrote. */
#include "base/status.h"
#include "report/page/html.h"
#include "report/signals.h"
#include "reportcli/rights.h"
#include "reportcli/subcommands.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

/* Makes sure that descriptors 0 to 2 are taken: no file that is written may become one. */
static bool occupy_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

static int wrong(const char *why)
{
	fprintf(stderr, "wmsdiff-report: %s; see --help\n", why);
	return EXIT_TROUBLE;
}

static int run(int argc, char *argv[])
{
	const struct subcommand *command;
	struct reportarguments arguments;

	if (argc < 2)
		return wrong("no command was given");
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "--version") == 0) {
		if (argc > 2)
			return wrong("nothing goes with --help and --version");
		if (strcmp(argv[1], "--help") == 0)
			subcommands_print_help();
		else
			subcommands_print_version();
		return EXIT_SUCCESS;
	}
	command = subcommands_find(argv[1]);
	if (!command)
		return wrong(argv[1][0] == '-' ? "there is no such option"
					       : "there is no such command");
	const char *why = reportarguments_read(argv + 2, (size_t)argc - 2,
					       command->options, &arguments);
	if (why)
		return wrong(why);
	if ((command->options & REPORTARGUMENTS_HTML) && !arguments.html)
		return wrong("--html is missing");
	/* What loads libraries comes before rights are given up. */
	if (arguments.html)
		html_prepare();
	struct sandbox *sandbox = rights_begin(command, &arguments);
	int exit_status = command->run(&arguments);
	sandbox_free(sandbox);
	return exit_status;
}

int main(int argc, char *argv[])
{
	int exit_status;

	if (!occupy_standard_descriptors())
		return EXIT_TROUBLE;
	signals_set_up();
	exit_status = run(argc, argv);
	if (status_had_nomem() && exit_status != EXIT_TROUBLE) {
		fputs("wmsdiff-report: out of memory\n", stderr);
		exit_status = EXIT_TROUBLE;
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? exit_status : EXIT_TROUBLE;
}
