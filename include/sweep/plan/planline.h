/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One unit, and the line that it is in a plan: its name and the arguments that wmsdiff gets,
 * divided by tabs.  In a field, \\ \t \n \r stand for a backslash, a tab and ends of lines;
 * every other byte stands for itself.
 */
#ifndef SWEEP_PLAN_PLANLINE_H
#define SWEEP_PLAN_PLANLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "sweep/plan/unitname.h"

/* Arguments of one unit: wmsdiff takes 64 snapshots, each with logs and options. */
#define PLANLINE_MAX_ARGUMENTS 256

/* Bytes of a line: the longest paths of Linux (4096) for some of them. */
#define PLANLINE_MAX 65536

struct unit {
	char name[UNITNAME_SIZE];
	char **arguments; /* n of them, and a NULL behind; one allocation for each */
	size_t n;
	size_t line; /* of the plan that it comes from, from 1; 0: of none */
};

enum planline_fault {
	PLANLINE_GOOD,
	PLANLINE_NOMEM,
	PLANLINE_NAME,	   /* no name, or none that a file can have */
	PLANLINE_BARE,	   /* nothing to compare */
	PLANLINE_ESCAPE,   /* a backslash before something else, or at the end */
	PLANLINE_TOO_MANY, /* more than PLANLINE_MAX_ARGUMENTS */
	PLANLINE_EMPTY,	   /* an empty argument */
	PLANLINE_FOLDER,   /* --output-dir, which the sweep itself gives */
};

/*
 * Reads a line without its end.  Where encoded is false, the name is any text, and
 * encoded here; else it must be a name of a unit already.
 * Return: PLANLINE_GOOD and *out filled, to be cleared by planline_clear(); else what is wrong.
 */
MUST_CHECK enum planline_fault planline_read(const char *line, bool encoded,
					     struct unit *out);

/* What is wrong, in words; static. */
const char *planline_sentence(enum planline_fault fault);

/*
 * The line, with its end.
 * Return: malloc'ed; NULL when out of memory.
 */
char *planline_text(const struct unit *unit) MUST_CHECK;

/* One field as it stands in a line, and back.  Return: malloc'ed; NULL when out of memory,
 * and for planline_unescape() also for a text that no field can be. */
char *planline_escape(const char *text) MUST_CHECK;
char *planline_unescape(const char *field, size_t n) MUST_CHECK;

void planline_clear(struct unit *unit);

#endif
