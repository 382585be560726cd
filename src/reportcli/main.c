/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wmsdiff-report: work on the reports that wmsdiff wrote. */
#include "base/status.h"
#include "report/signals.h"
#include "reportcli/subcommands.h"
#include "sandbox/sandbox.h"

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
	/* An operand that begins with a dash stands behind "--". */
	if (argc > 2 && strcmp(argv[2], "--") == 0) {
		argv++;
		argc--;
	} else if (argc > 2 && argv[2][0] == '-') {
		return wrong("there is no such option");
	}
	if (argc != 3)
		return wrong(argc < 3 ? "the operand is missing"
				      : "there are too many operands");
	/* Reports are input: a command works on its operand and needs nothing else. */
	const char *operand = argv[2];
	struct sandbox *sandbox =
		sandbox_begin(&(struct sandbox_paths){ &operand, 1, &operand, 1 });
	int exit_status = command->run(operand);
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
