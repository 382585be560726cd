/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is written to an output, as text. */
#ifndef TESTS_HELP_CAUGHT_H
#define TESTS_HELP_CAUGHT_H

#include "help/unit.h"

#include "report/output.h"

/* An output; one at a time. */
struct output *caught_begin(void);
/* Ends it: all that was written, with NUL behind; until the next one is begun. */
const char *caught_end(void);

/* How often a string stands in a text. */
size_t caught_count(const char *text, const char *what);
/* Fails the test unless it stands there, or if it does. */
void caught_has(const char *text, const char *what);
void caught_lacks(const char *text, const char *what);

#endif
