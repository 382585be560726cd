/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pieces of HTML: everything that is not the program's own passes through here, and
 * comes out with nothing in it that acts.
 */
#ifndef REPORT_INDEX_INDEXMARKUP_H
#define REPORT_INDEX_INDEXMARKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "report/output.h"

/* A page that is being written. */
struct index_markup {
	struct output *output;
	bool nomem; /* something is missing for lack of memory */
};

/* Markup of the program's own, as it is. */
void indexmarkup_put(struct index_markup *page, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* Words of the program, which may hold "<" and the like. */
void indexmarkup_words(struct index_markup *page, const char *utf8);

/*
 * Text of the evidence, of any bytes or of its units in hex: apart from what stands around
 * it, cut if it is very long, with characters that act or do not show as \u{hex}.
 */
void indexmarkup_text(struct index_markup *page, const char *bytes, const char *utf16);

/* A link to a file, by its path from the folder of the page, with a text. */
void indexmarkup_link(struct index_markup *page, const char *path, const char *text);

/* "2003-03-18 09:14:07 UTC": for reading; the report has the ticks. */
void indexmarkup_time(struct index_markup *page, uint64_t filetime);

/*
 * The page from its first byte to the beginning of the body: title, policy and look, and a
 * way to the answer (#page-answer) for those who read by keyboard.
 */
void indexmarkup_head(struct index_markup *page, const char *sentence);

/* A word with a frame, its underscores as blanks; never told by colour alone. */
void indexmarkup_badge(struct index_markup *page, const char *word);

#endif
