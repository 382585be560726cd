/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is shown of the evidence on a terminal: nothing of it acts there.  Control
 * characters, and what hides or reorders text, are shown as \u{hex}.
 */
#ifndef REPORT_SUMMARY_TERMINALESCAPE_H
#define REPORT_SUMMARY_TERMINALESCAPE_H

#include <stdbool.h>

#include "base/text.h"

/* Characters of one text of evidence that are shown: the longest name of a key. */
#define TERMINALESCAPE_MAX_TEXT 255

/*
 * Each gives what is shown, in UTF-8, with ascii in ASCII, or NULL when out of memory:
 * of well-formed UTF-8;
 */
char *terminalescape_utf8(const char *utf8, bool ascii);
/* of a text of the evidence, with " [...]" behind what is longer than the limit; */
char *terminalescape_text(struct text text, bool ascii);
/* of a path as it was given, any bytes: what is no UTF-8 becomes U+FFFD. */
char *terminalescape_path(const char *path, bool ascii);

#endif
