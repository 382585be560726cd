/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. */
#ifndef CLI_COMMANDLINE_OPTIONS_H
#define CLI_COMMANDLINE_OPTIONS_H

#include "cli/commandline/optiontable.h"

/* Exit status when something could not be done, or not be read whole. */
#define EXIT_TROUBLE 2

/* What main() is to do with the options. */
enum options_verdict {
	OPTIONS_RUN,
	OPTIONS_DONE,  /* --help or --version was answered */
	OPTIONS_WRONG, /* a message was printed */
};

/* Reads argv, which the options borrow from. */
enum options_verdict options_read(int argc, char *argv[], struct options *out);

#endif
