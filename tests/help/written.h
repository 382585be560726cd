/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A part of the report as a test lets it be written: a document in memory with a root
 * element of its own, to be asked by XPath once it is ended.
 */
#ifndef TESTS_HELP_WRITTEN_H
#define TESTS_HELP_WRITTEN_H

#include "help/unit.h"

#include "help/pair.h"
#include "help/world.h"
#include "help/xpath.h"

#include "report/document/writer/parts.h"
#include "report/output.h"

struct written {
	struct report_subject subject; /* the only one */
	struct parts parts; /* for the part that is tested; its options are below */
	struct report_options options;
	struct series series; /* of a pair */
	struct snapshot *snapshots[2];
	struct inputs *inputs;
	char *path;
	struct output *output;
	char *bytes; /* what was written, NUL behind it */
	size_t n;
	struct _xmlDoc *tree; /* once it is ended */
};

/* Begins a document; its root is open.  To be ended and freed. */
void written_start(struct written *w);
/* The same, redacted. */
void written_start_redacted(struct written *w, struct redact *redact);
/* What the part is written from; the inputs are listed.  Companions may be NULL. */
void written_of(struct written *w, const struct series *series,
		const struct companions *companions, const struct diagnoses *diagnoses);
/* The two hives of a pair, read and compared; or the later one alone. */
void written_of_pair(struct written *w, struct pair *pair);
void written_of_later(struct written *w, struct pair *pair);
/* Reads what a world has given so far and begins a document of it; nobody weighs it. */
void written_start_unweighed(struct written *w, struct world *world);
/* Begins a document of all that a world has given and read. */
void written_start_world(struct written *w, struct world *world);
/* Closes root and document, and reads it.  Fails the test if it is not well-formed. */
void written_end(struct written *w);
void written_free(struct written *w);

/* As xpath_is(), of the document. */
void written_is(const struct written *w, const char *expression, const char *expected);

#endif
