/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What wmsdiff-report does: a table, of which help, completions and manual tell the same. */
#ifndef REPORTCLI_SUBCOMMANDS_H
#define REPORTCLI_SUBCOMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "reportcli/reportarguments.h"

struct subcommand {
	const char *name;
	const char *operand; /* what it takes, and its options, as the help shows them */
	const char *help;    /* a line */
	unsigned options;    /* enum reportarguments_option */
	bool changes;	     /* its operand is a folder, in which it makes files */
	/* Does it.  Return: the exit status; what went wrong is told on standard error. */
	int (*run)(const struct reportarguments *arguments);
};

extern const struct subcommand subcommands[];
extern const size_t subcommands_n;

/* The one of that name, or NULL. */
const struct subcommand *subcommands_find(const char *name);

/* Prints --help and --version. */
void subcommands_print_help(void);
void subcommands_print_version(void);

#endif
