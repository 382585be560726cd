/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The closed list of words that tell nothing of anybody: all that stand in the texts and
 * tables of the program itself (src/tsv/words.awk makes it), and a few more.
 */
#ifndef REPORT_REDACT_REDACTWORDS_H
#define REPORT_REDACT_REDACTWORDS_H

#include <stdbool.h>
#include <stddef.h>

/* True for one of them, without case; a word is letters, digits and underscores. */
bool redactwords_has(const char *word, size_t len);

#endif
