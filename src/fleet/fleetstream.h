/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A report as a stream of the elements that an index needs.  The bytes are hostile, and read
 * by report/reportparser.h: what is not known is passed over with all that is in it, and
 * nothing is kept but the text of the open element.
 */
#ifndef FLEET_FLEETSTREAM_H
#define FLEET_FLEETSTREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "report/reportparser.h"

/* The elements that are told; wmsdiff-report(5) explains them. */
enum fleetstream_element {
	FLEETSTREAM_REPORT,
	FLEETSTREAM_CREATOR,
	FLEETSTREAM_PROGRAM_VERSION, /* text */
	FLEETSTREAM_COLLECTION,
	FLEETSTREAM_INPUT,
	FLEETSTREAM_FILE,
	FLEETSTREAM_FILE_NAME, /* text */
	FLEETSTREAM_FILE_SIZE, /* text */
	FLEETSTREAM_FILE_HASH, /* text */
	FLEETSTREAM_LISTING,
	FLEETSTREAM_HOLDER,
	FLEETSTREAM_SYSTEM,
	FLEETSTREAM_SERIES,
	FLEETSTREAM_SNAPSHOT,
	FLEETSTREAM_RECOVERED,
	FLEETSTREAM_RECOVERED_PROFILE,
	FLEETSTREAM_RECOVERED_RESTORE,
	FLEETSTREAM_COMPARISON,
	FLEETSTREAM_CHANGE,
	FLEETSTREAM_DELETION,
	FLEETSTREAM_REASON,
	FLEETSTREAM_RESTORE,
	FLEETSTREAM_DIAGNOSIS,
	FLEETSTREAM_ADVICE,	/* text */
	FLEETSTREAM_UNPAIRED,	/* text */
	FLEETSTREAM_DIAGNOSTIC, /* text */
	FLEETSTREAM_SUMMARY,
	FLEETSTREAM_N_ELEMENTS
};

/* Bytes of one text: more than any path or sentence has. */
#define FLEETSTREAM_MAX_TEXT ((size_t)1 << 20)

/* Bytes of the value of an attribute of the report's own namespace; NULL: not there. */
struct span fleetstream_value(const struct reportparser_attributes *attributes,
			      const char *name);

/* Who is told.  Any status but STATUS_OK ends the reading. */
struct fleetstream_reader {
	void *data;
	enum status (*open)(void *data, enum fleetstream_element element,
			    const struct reportparser_attributes *attributes,
			    struct failure *failure);
	/* text: UTF-8 of those that have one, else "". */
	enum status (*close)(void *data, enum fleetstream_element element,
			     const char *text, struct failure *failure);
};

struct fleetstream;

/* Begins.  Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status fleetstream_new(const struct fleetstream_reader *reader,
				       struct fleetstream **out);
/* NULL is allowed. */
void fleetstream_free(struct fleetstream *stream);

/* Takes the next bytes.  Return: false when more are of no use: a failure came. */
bool fleetstream_take(struct fleetstream *stream, struct span bytes);

/*
 * Ends the reading.
 * Return: STATUS_OK; STATUS_NOMEM; what the reader said; STATUS_UNSUPPORTED (of another
 * version of the format) or STATUS_MALFORMED (no report, or not all of one), each with
 * *failure set.
 */
MUST_CHECK enum status fleetstream_finish(struct fleetstream *stream,
					  struct failure *failure);

#endif
