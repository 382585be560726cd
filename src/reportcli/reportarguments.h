/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands behind a command: options and one operand, in any order. */
#ifndef REPORTCLI_REPORTARGUMENTS_H
#define REPORTCLI_REPORTARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

/* Options of commands; each takes an argument. */
enum reportarguments_option {
	REPORTARGUMENTS_EVIDENCE = 1, /* --evidence, more than once */
	REPORTARGUMENTS_HTML = 2,     /* --html */
};

/* Folders, archives and files of evidence that are looked through. */
#define REPORTARGUMENTS_MAX_EVIDENCE 64

struct reportarguments {
	const char *operand;
	const char *evidence[REPORTARGUMENTS_MAX_EVIDENCE];
	size_t n_evidence;
	const char *html; /* "-" is standard output; NULL: not given */
};

/*
 * Reads the words behind a command that takes these options.  What stands behind "--" is no
 * option.
 * Return: NULL; or what is wrong, static.
 */
const char *reportarguments_read(char *const *words, size_t n, unsigned options,
				 struct reportarguments *out);

#endif
