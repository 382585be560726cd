/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pieces of the page for a person.  What comes from evidence is shown with
 * everything that could act on a terminal made visible.
 */
#ifndef REPORT_LINE_H
#define REPORT_LINE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "case/incident.h"
#include "case/snapshot.h"
#include "report/restore.h"

/* The words at the beginning of a line. */
#define LINE_LABEL "    %-10s"

/* Things of one kind that are told; the report has them all. */
#define LINE_MAX_ITEMS 4

/* Well-formed UTF-8, a text of the evidence, a path as given (any bytes). */
void line_utf8(FILE *out, const char *utf8);
void line_text(FILE *out, struct text text);
void line_path(FILE *out, const char *path);

/* "2012-04-06 15:52:25", in UTC: the report has the ticks. */
void line_time(FILE *out, uint64_t filetime);

/* "s" unless n is 1; static storage. */
const char *line_plural(size_t n);

/* Lines that tell what a profile held: counts, mailboxes, files, accounts. */
void held_write(FILE *out, const struct profile *profile);

/* A recovered profile: how it is called, when it went, what it held, what is lost. */
void recovered_write(FILE *out, const struct recovered_profile *profile);
/* A line of what is lost of a profile and its values; none if nothing is. */
void recovered_lost(FILE *out, bool own_key, size_t n_values, size_t n_data,
		    size_t n_heads);
/*
 * What a profile that is still there has lost: accounts and services, by name.
 * Nothing if the profile after is too large to be read whole.
 */
void held_write_losses(FILE *out, const struct profile *before,
		       const struct profile *after);
/* Which list: "Profiles of Windows Messaging Subsystem", and the end of the line. */
void line_list(FILE *out, const struct store *store);

/* Text after a label, broken at blanks so that it stays in 80 columns. */
void line_wrapped(FILE *out, const char *label, const char *utf8);

/* What caused the changes of a comparison (NULL: of a single hive), and what to do. */
void verdict_write(FILE *out, const struct diagnoses *diagnoses,
		   const struct comparison *comparison);
/* Whether a profile was written to a .reg file; nothing if that was not asked for. */
void verdict_restored(FILE *out, const struct restored *restored);

/* Warnings and errors about everything that was read; companions may be NULL. */
void notes_write(FILE *out, const struct series *series,
		 const struct companions *companions);

#endif
