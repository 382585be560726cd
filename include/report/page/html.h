/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page for a browser: one file, made from the XML report by the built-in
 * stylesheet.  It has no script and asks for nothing; the stylesheet cannot
 * read or write anything.
 */
#ifndef REPORT_PAGE_HTML_H
#define REPORT_PAGE_HTML_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "report/output.h"

/* Changes and recovered profiles that the page spells out; it says so if there are more. */
#define HTML_MAX_CHANGES 200
/* Keys and values that it spells out of each. */
#define HTML_MAX_CELLS 300
/* Rows of a table. */
#define HTML_MAX_ROWS 500

struct html;
struct pagedoc;

/* The version of the library that transforms; NULL if built without it. */
const char *html_library_version(void);

/*
 * Sets what the library keeps for the whole process: once, before the first page, while
 * there is one thread.  Then several threads may make pages.
 */
void html_prepare(void);

/* Starts a page.  Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED if built without. */
MUST_CHECK enum status html_start(struct html **out);

/*
 * The page of a report that check_report() has read; the doc is taken, whatever comes of
 * it.  Return: as html_start().
 */
MUST_CHECK enum status html_of(struct pagedoc *doc, struct html **out);

/* Takes the next bytes of the report; fit to be given to output_watch(). */
void html_take(void *html, struct span bytes);

/*
 * Writes the page of the report that was taken.  notice is shown on top if
 * it is not NULL.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_MALFORMED with *failure set (what
 * was taken is no report).  A failed write is told by the output's commit.
 */
MUST_CHECK enum status html_write(struct html *html, const char *notice,
				  struct output *output, struct failure *failure);

/* NULL is allowed. */
void html_free(struct html *html);

#endif
