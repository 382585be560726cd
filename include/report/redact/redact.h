/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stand-ins for personal data: the same text, without case, has the same one in all
 * outputs of a run ("user-1", "path-3"), numbered in the order in which they are met.
 * Used by one thread at a time.  Wherever a struct redact is NULL nothing is redacted.
 */
#ifndef REPORT_REDACT_REDACT_H
#define REPORT_REDACT_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "report/output.h"
#include "report/redact/redactkind.h"

struct redact;

/* Return: a table without stand-ins; NULL when out of memory. */
struct redact *redact_new(void) MUST_CHECK;
/* NULL is allowed. */
void redact_free(struct redact *redact);

/*
 * While it gathers, texts of a known kind get their stand-ins, and what is looked through
 * for them (redacttext.h) stays as it is: a report is written once so, to nowhere, before
 * anything is put out.  Then a sentence at the beginning of it is redacted by what stands
 * at its end.
 */
void redact_gather(struct redact *redact, bool gathering);
bool redact_is_gathering(const struct redact *redact);

/*
 * The stand-in of a text of this kind; one that was met as another kind keeps that.  What
 * is alike on every machine stays: names that programs give to profiles, accounts and
 * security ids that Windows has everywhere.
 * Return: malloc'ed; NULL when out of memory.
 */
char *redact_as(struct redact *redact, enum redact_kind kind,
		const char *utf8) MUST_CHECK;

/*
 * What is shown of the text if it was met before; borrowed, NULL if it was not.  len bytes.
 */
const char *redact_known(struct redact *redact, const char *utf8, size_t len);

/*
 * The longest text that was met before and stands at `at` in utf8, as words of their own.
 * Texts of no known kind are not looked for: they have no other place.
 * Return: its bytes in utf8, 0 if there is none; *shown is borrowed.
 */
size_t redact_known_at(struct redact *redact, const char *utf8, size_t at,
		       const char **shown);

/* True for one of its stand-ins. */
bool redact_is_standin(const struct redact *redact, const char *utf8, size_t len);

/* Counts anew, for another document: how many texts were replaced, in how many places. */
void redact_count_anew(struct redact *redact);
size_t redact_n_texts(const struct redact *redact, enum redact_kind kind);
size_t redact_n_places(const struct redact *redact, enum redact_kind kind);
/*
 * "3 user, 1 path; raw data is left out": the stand-ins of the whole run.
 * Return: malloc'ed; NULL when out of memory.
 */
char *redact_sentence(const struct redact *redact) MUST_CHECK;

/* "user" and so on; static storage. */
const char *redact_kind_word(enum redact_kind kind);

/*
 * The list of stand-ins, a line each: the stand-in, a tab, the text as it was first met,
 * with what would break the line as \u{hex}.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status redact_write_list(const struct redact *redact,
					 struct output *output);

#endif
