/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines for a person, on a terminal or in a ticket: none is wider than 80
 * columns, whatever script the names are in.  What comes from evidence is shown
 * with everything that could act on a terminal made visible.
 */
#ifndef REPORT_SUMMARY_SCREEN_H
#define REPORT_SUMMARY_SCREEN_H

#include <stdint.h>
#include <stdio.h>

#include "base/compiler.h"
#include "base/status.h"
#include "base/text.h"
#include "base/timezone.h"
#include "report/summary/look.h"

/* Columns of a line: what terminals and tickets show since there are terminals. */
#define SCREEN_WIDTH 80

/* How words stand out.  Nothing is told by it alone. */
enum screen_style {
	SCREEN_PLAIN,
	SCREEN_STRONG,
	SCREEN_BAD,	/* something is gone, or broken */
	SCREEN_CHANGED, /* something is not as it was */
	SCREEN_GOOD,
};

/* The version of libunistring: 0x010002 is 1.0.2. */
unsigned screen_library_version(void);

struct screen;

/* Return: NULL when out of memory.  out is borrowed. */
struct screen *screen_new(FILE *out, struct summary_look look) MUST_CHECK;
/*
 * Ends the last line and frees the screen; NULL is allowed.
 * Return: STATUS_OK; STATUS_NOMEM if a line is missing for lack of memory;
 * STATUS_IO if one could not be written.
 */
enum status screen_free(struct screen *screen);

/*
 * Begins a line with a label at a column; the text that is put then begins at
 * column hang, and so do the lines that it is broken into.  A label that
 * reaches hang is followed by a blank.
 */
void screen_line(struct screen *screen, unsigned column, unsigned hang,
		 enum screen_style style, const char *label);
/*
 * The same with a name from evidence for a label; one that reaches hang stands
 * on lines of its own.
 */
void screen_row(struct screen *screen, unsigned column, unsigned hang, struct text name);
/* An empty line; none at the beginning, and never two. */
void screen_gap(struct screen *screen);

/* Words of the program itself, UTF-8. */
void screen_print(struct screen *screen, const char *format, ...) PRINTF_LIKE(2, 3);
/* Well-formed UTF-8, a text of the evidence, a path as given (any bytes). */
void screen_utf8(struct screen *screen, const char *utf8);
void screen_text(struct screen *screen, struct text text);
void screen_path(struct screen *screen, const char *path);
/*
 * A path that takes no more than so many columns: whole, or by its end, with an
 * ellipsis for the folders left out, as few as possible.  The last `least` bytes
 * of the path, and its last name, are never left out, even if that is too wide.
 */
void screen_path_end(struct screen *screen, const char *path, unsigned columns,
		     size_t least);
/* Local time is shown beside UTC from now on; borrowed.  NULL: UTC alone. */
void screen_set_zone(struct screen *screen, const struct timezone *zone);
/* "2012-04-06 15:52:25", in UTC: the report has the ticks.  screen_utc() comes behind. */
void screen_time(struct screen *screen, uint64_t filetime);
/*
 * " UTC", and, with a zone, the local times of what screen_time() put since the last:
 * " UTC (2012-04-06 17:52:25 +02:00)".
 */
void screen_utc(struct screen *screen);
/* How what is put from now on looks, until the line ends. */
void screen_style(struct screen *screen, enum screen_style style);

/* Columns that a text takes when it is put. */
unsigned screen_columns(const struct screen *screen, struct text text);

#endif
