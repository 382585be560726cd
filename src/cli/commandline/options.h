/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line. */
#ifndef CLI_COMMANDLINE_OPTIONS_H
#define CLI_COMMANDLINE_OPTIONS_H

#include "cli/commandline/optiontable.h"

/* Exit status when something could not be done, or not be read whole. */
#define EXIT_TROUBLE 2

/* Reads argv, which the options borrow from. */
enum options_verdict options_read(int argc, char *argv[], struct options *out);

#endif
