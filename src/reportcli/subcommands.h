/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What wmsdiff-report does: a table, of which help, completions and manual tell the same. */
#ifndef REPORTCLI_SUBCOMMANDS_H
#define REPORTCLI_SUBCOMMANDS_H

#include <stddef.h>

struct subcommand {
	const char *name;
	const char *operand; /* what it takes, one of it */
	const char *help;    /* a line */
	/* Does it.  Return: the exit status; what went wrong is told on standard error. */
	int (*run)(const char *operand);
};

extern const struct subcommand subcommands[];
extern const size_t subcommands_n;

/* The one of that name, or NULL. */
const struct subcommand *subcommands_find(const char *name);

/* Prints --help and --version. */
void subcommands_print_help(void);
void subcommands_print_version(void);

#endif
