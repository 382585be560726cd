/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --help and --version print, on standard output. */
#ifndef CLI_COMMANDLINE_HELP_H
#define CLI_COMMANDLINE_HELP_H

/* All options in groups, on one screen of 80 columns and 24 lines. */
void help_print(void);
/* The versions of the program and of the libraries that it was built with. */
void help_print_version(void);

#endif
