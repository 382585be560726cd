/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that may hold personal data anywhere.  What is not known to be harmless is
 * replaced: harmless are the words that the program itself uses, numbers that tell of no
 * one, times, and texts that redact_as() leaves as they are.  While the table gathers, and
 * without a table, all stays as it is.
 */
#ifndef REPORT_REDACT_REDACTTEXT_H
#define REPORT_REDACT_REDACTTEXT_H

#include "report/redact/redact.h"

/*
 * A text of the evidence: between backslashes each part stays whole if it has nothing but
 * harmless words, or is replaced whole.
 * Return: malloc'ed; NULL when out of memory.
 */
char *redacttext_evidence(struct redact *redact, const char *utf8) MUST_CHECK;

/*
 * A sentence of the program with texts of the evidence in it: what was met before, what is
 * quoted, looks like a path, address or the like, and every word that the program does not
 * use, is replaced; offsets and counts stay.
 * Return: likewise.
 */
char *redacttext_sentence(struct redact *redact, const char *utf8) MUST_CHECK;

/*
 * Words and numbers of the program: what holds another word is replaced whole.
 * Return: likewise.
 */
char *redacttext_words(struct redact *redact, const char *utf8) MUST_CHECK;

/*
 * An argument of the command line: names of options and words of their values stay.
 * Return: likewise.
 */
char *redacttext_argument(struct redact *redact, const char *bytes) MUST_CHECK;

#endif
