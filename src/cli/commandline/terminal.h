/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the place where something is written can show. */
#ifndef CLI_COMMANDLINE_TERMINAL_H
#define CLI_COMMANDLINE_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "base/compiler.h"
#include "report/redact/redact.h"
#include "report/summary/summary.h"

/* The words of --color, in their order. */
enum terminal_when { TERMINAL_AUTO, TERMINAL_ALWAYS, TERMINAL_NEVER };

/* True for a terminal on which a line can be drawn anew. */
bool terminal_is_one(FILE *file);

/*
 * Colour: as asked for; by itself on a terminal, unless the environment has
 * NO_COLOR with anything in it.  ASCII alone: on a terminal whose locale is not
 * of UTF-8, which would take the bytes of UTF-8 for something else.
 */
struct summary_look terminal_look(FILE *file, enum terminal_when color);

/*
 * A text as that place can show it, with nothing that acts on a terminal.
 * Return: malloc'ed; NULL when out of memory.
 */
char *terminal_shown(FILE *file, const char *utf8) MUST_CHECK;

/* Writes a line on standard error, with the name of the program before it. */
void terminal_complain(const char *format, ...) PRINTF_LIKE(1, 2);

/*
 * The same line, kept in a file until it is its turn to stand on standard error; NULL:
 * it is now.
 */
void terminal_complain_to(FILE *kept, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * The same of a sentence about what was given, redacted, where redact is not NULL.  kept:
 * as above.
 */
void terminal_complain_of(FILE *kept, struct redact *redact, const char *sentence);

#endif
