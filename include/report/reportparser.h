/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A report read again, piece by piece: its elements and texts are told as they come, and
 * nothing is built or kept.  The bytes are hostile: a document type declaration ends the
 * reading, and with it every entity; nothing is ever fetched.  Bounds of the parser itself
 * hold too: 256 elements deep, 10 million bytes of one tag or text.
 */
#ifndef REPORT_REPORTPARSER_H
#define REPORT_REPORTPARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"

/* Attributes of the element that opens; lent for the call. */
struct reportparser_attributes {
	const unsigned char **five; /* as the parser has them: five pointers each */
	size_t n;
};

const char *reportparser_name(const struct reportparser_attributes *attributes, size_t i);
/* The namespace; NULL: the attribute has none, as those of a report. */
const char *reportparser_space(const struct reportparser_attributes *attributes,
			       size_t i);
struct span reportparser_value(const struct reportparser_attributes *attributes,
			       size_t i);

/*
 * Who is told.  Any status but STATUS_OK ends the reading; *failure is set then, except
 * with STATUS_NOMEM.
 */
struct reportparser_reader {
	void *data;
	/* space: NULL: in no namespace. */
	enum status (*open)(void *data, const char *space, const char *name,
			    const struct reportparser_attributes *attributes,
			    struct failure *failure);
	enum status (*close)(void *data, struct failure *failure);
	/* A part of a text, UTF-8. */
	enum status (*text)(void *data, struct span text, struct failure *failure);
};

struct reportparser;

/* Begins.  Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status reportparser_new(const struct reportparser_reader *reader,
					struct reportparser **out);
/* NULL is allowed. */
void reportparser_free(struct reportparser *parser);

/* Takes the next bytes.  Return: false when more are of no use: a failure came. */
bool reportparser_take(struct reportparser *parser, struct span bytes);

/*
 * Ends the reading; the second time it says the same again.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_MALFORMED (no well-formed XML, one with a
 * document type declaration, or nothing at all); what the reader said; but with
 * STATUS_NOMEM, *failure is set.
 */
MUST_CHECK enum status reportparser_finish(struct reportparser *parser,
					   struct failure *failure);

#endif
