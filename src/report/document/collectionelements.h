/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the hives of a report were found: what was given, what was looked at and left, the
 * places of each snapshot, and what it means that a collection lacks the subject.  Without
 * a collection nothing is written.
 */
#ifndef REPORT_DOCUMENT_COLLECTIONELEMENTS_H
#define REPORT_DOCUMENT_COLLECTIONELEMENTS_H

#include "report/document/writer/parts.h"

/* One element for each operand. */
void collectionelements_write(struct parts *parts);
/* The word for how it was found whose the hives are: of all of them the least certain. */
const char *collectionelements_paired_by(const struct parts *parts);
/* True if it is known by a name alone that several security ids have. */
bool collectionelements_is_ambiguous(const struct parts *parts);
/* The places of a snapshot: of its hive, and of those that have the same bytes. */
void collectionelements_places(struct parts *parts, const struct snapshot *snapshot);
/* What the collections lack of the subject, if they lack something. */
void collectionelements_unpaired(struct parts *parts);
/* 1 if the subject has no counterpart in the other collection; else 0. */
uint64_t collectionelements_n_unpaired(const struct parts *parts);
/* What was observed while the operands were looked through. */
void collectionelements_diagnostics(struct parts *parts);

#endif
