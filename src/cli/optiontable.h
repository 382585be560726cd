/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All options of the program in one table: what they are called, what they take, where
 * it goes, and how the help shows them.  The command line is read by it, --help is
 * printed from it, and the completions and the manual are checked against it.
 */
#ifndef CLI_OPTIONTABLE_H
#define CLI_OPTIONTABLE_H

#include <stddef.h>

enum optiontable_kind {
	OPTIONTABLE_FLAG,  /* takes nothing: a bool of struct options is set */
	OPTIONTABLE_TEXT,  /* a text; the last one counts */
	OPTIONTABLE_LIST,  /* a text each time that it is given, `most` times */
	OPTIONTABLE_WORDS, /* one of `words`; its number goes to an unsigned */
	OPTIONTABLE_JOBS,  /* a number from 1 to `most`, to an unsigned */
	OPTIONTABLE_LOG,   /* a log of the snapshot before it, `most` times */
	OPTIONTABLE_HELP,
	OPTIONTABLE_VERSION,
};

/* Which runs an option goes with. */
enum optiontable_run {
	OPTIONTABLE_ANY,
	OPTIONTABLE_HIVES,  /* one over hives; refused where a report is read again */
	OPTIONTABLE_UNUSED, /* one over hives; elsewhere it changes nothing */
	OPTIONTABLE_REPORT, /* one that reads a report again */
};

/* Where the first option of each line of the help stands. */
#define OPTIONTABLE_FIRST 10

struct optiontable_row {
	const char *name; /* without "--" */
	char letter;	  /* its short form, or 0 */
	enum optiontable_kind kind;
	enum optiontable_run run;
	const char *argument; /* as the help names it; NULL: it takes none */
	const char *words;    /* "auto|never" */
	size_t at, count_at;  /* offsets in struct options: where it goes */
	size_t most;	      /* times that it may be given, or jobs */
	const char *group;    /* before the line of the help that begins here */
	unsigned char column, help_column; /* 0: two blanks behind what is before it */
	const char *help;		   /* NULL: the name says enough */
};

extern const struct optiontable_row optiontable[];
extern const size_t optiontable_n;

/* "any", "hives" or "report": the runs for which it is offered; static. */
const char *optiontable_run_word(enum optiontable_run run);

#endif
