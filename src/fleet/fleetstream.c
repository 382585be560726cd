/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetstream.h"

#include "report/document/namespaces.h"

#include <stdlib.h>
#include <string.h>

/* Known elements that are open inside each other: restore in profile in recovered in
 * snapshot in series in report is 6. */
#define MAX_OPEN 8

#define NO_PARENT FLEETSTREAM_N_ELEMENTS

/* What of an element is known: where it stands, and whether its text counts. */
static const struct {
	const char *space, *name;
	enum fleetstream_element parent;
	bool has_text;
} elements[FLEETSTREAM_N_ELEMENTS] = {
#define OWN(name, parent)                                                                \
	{                                                                                \
		REPORT_NAMESPACE, name, FLEETSTREAM_##parent, false                      \
	}
#define OWN_TEXT(name, parent)                                                           \
	{                                                                                \
		REPORT_NAMESPACE, name, FLEETSTREAM_##parent, true                       \
	}
#define DFXML(name, parent)                                                              \
	{                                                                                \
		XML_DFXML, name, FLEETSTREAM_##parent, false                             \
	}
#define DFXML_TEXT(name, parent)                                                         \
	{                                                                                \
		XML_DFXML, name, FLEETSTREAM_##parent, true                              \
	}
	[FLEETSTREAM_REPORT] = { REPORT_NAMESPACE, "report", NO_PARENT, false },
	[FLEETSTREAM_CREATOR] = DFXML("creator", REPORT),
	[FLEETSTREAM_PROGRAM_VERSION] = DFXML_TEXT("version", CREATOR),
	[FLEETSTREAM_COLLECTION] = OWN("collection", REPORT),
	[FLEETSTREAM_INPUT] = OWN("input", REPORT),
	[FLEETSTREAM_FILE] = DFXML("fileobject", INPUT),
	[FLEETSTREAM_FILE_NAME] = DFXML_TEXT("filename", FILE),
	[FLEETSTREAM_FILE_SIZE] = DFXML_TEXT("filesize", FILE),
	[FLEETSTREAM_FILE_HASH] = DFXML_TEXT("hashdigest", FILE),
	[FLEETSTREAM_LISTING] = OWN("listing", INPUT),
	[FLEETSTREAM_HOLDER] = OWN("holder", LISTING),
	[FLEETSTREAM_SYSTEM] = OWN("system", INPUT),
	[FLEETSTREAM_SERIES] = OWN("series", REPORT),
	[FLEETSTREAM_SNAPSHOT] = OWN("snapshot", SERIES),
	[FLEETSTREAM_RECOVERED] = OWN("recovered", SNAPSHOT),
	[FLEETSTREAM_RECOVERED_PROFILE] = OWN("profile", RECOVERED),
	[FLEETSTREAM_RECOVERED_RESTORE] = OWN("restore", RECOVERED_PROFILE),
	[FLEETSTREAM_COMPARISON] = OWN("comparison", SERIES),
	[FLEETSTREAM_CHANGE] = OWN("change", COMPARISON),
	[FLEETSTREAM_DELETION] = OWN("deletion", CHANGE),
	[FLEETSTREAM_REASON] = OWN("reason", CHANGE),
	[FLEETSTREAM_RESTORE] = OWN("restore", CHANGE),
	[FLEETSTREAM_DIAGNOSIS] = OWN("diagnosis", SERIES),
	[FLEETSTREAM_ADVICE] = OWN_TEXT("advice", DIAGNOSIS),
	[FLEETSTREAM_UNPAIRED] = OWN_TEXT("unpaired", SERIES),
	[FLEETSTREAM_DIAGNOSTIC] = OWN_TEXT("diagnostic", REPORT),
	[FLEETSTREAM_SUMMARY] = OWN("summary", REPORT),
#undef OWN
#undef OWN_TEXT
#undef DFXML
#undef DFXML_TEXT
};

struct fleetstream {
	struct fleetstream_reader reader;
	struct reportparser *parser;
	enum fleetstream_element open[MAX_OPEN];
	size_t n_open;
	size_t n_skipped; /* open elements that are passed over */
	bool began;
	struct {
		char *items;
		size_t n, cap;
	} text;
};

static enum status refuse(struct failure *failure, enum status status, const char *why)
{
	failure_set(failure, "%s", why);
	return status;
}

/* ---- attributes ---- */

struct span fleetstream_value(const struct reportparser_attributes *attributes,
			      const char *name)
{
	const struct span none = { NULL, 0 };

	for (size_t i = 0; i < attributes->n; i++)
		if (!reportparser_space(attributes, i) &&
		    strcmp(reportparser_name(attributes, i), name) == 0)
			return reportparser_value(attributes, i);
	return none;
}

/* ---- elements ---- */

/* The element of that name where the reading stands; FLEETSTREAM_N_ELEMENTS: not known. */
static enum fleetstream_element element_of(const struct fleetstream *stream,
					   const char *space, const char *name)
{
	enum fleetstream_element parent =
		stream->n_open > 0 ? stream->open[stream->n_open - 1] : NO_PARENT;

	for (unsigned i = 0; i < FLEETSTREAM_N_ELEMENTS; i++)
		if (elements[i].parent == parent && strcmp(elements[i].name, name) == 0 &&
		    space && strcmp(elements[i].space, space) == 0)
			return i;
	return FLEETSTREAM_N_ELEMENTS;
}

/* Reports of one major version can be read by what reads its 1.0. */
static bool is_known_version(struct span version)
{
	if (version.len < 3 || !span_starts(version, 0, "1.", 2))
		return false;
	for (size_t i = 2; i < version.len; i++) {
		uint8_t digit = 0;
		if (!span_u8(version, i, &digit) || digit < '0' || digit > '9')
			return false;
	}
	return true;
}

static enum status check_root(const char *space, const char *name,
			      const struct reportparser_attributes *attributes,
			      struct failure *failure)
{
	static const char family[] = "urn:wmsdiff:report:";
	bool own = space && strcmp(space, REPORT_NAMESPACE) == 0;

	if (strcmp(name, "report") != 0 || !space ||
	    strncmp(space, family, sizeof(family) - 1) != 0)
		return refuse(failure, STATUS_MALFORMED, "is no report of wmsdiff");
	if (!own || !is_known_version(fleetstream_value(attributes, "version")))
		return refuse(failure, STATUS_UNSUPPORTED,
			      "is a report of another version of the format than 1");
	return STATUS_OK;
}

static enum status start_element(void *data, const char *space, const char *name,
				 const struct reportparser_attributes *attributes,
				 struct failure *failure)
{
	struct fleetstream *stream = data;

	if (!stream->began)
		RETURN_IF_FAILED(check_root(space, name, attributes, failure));
	stream->began = true;
	enum fleetstream_element element =
		stream->n_skipped > 0 || stream->n_open == MAX_OPEN
			? FLEETSTREAM_N_ELEMENTS
			: element_of(stream, space, name);
	if (element == FLEETSTREAM_N_ELEMENTS) {
		stream->n_skipped++;
		return STATUS_OK;
	}
	stream->open[stream->n_open++] = element;
	stream->text.n = 0;
	return stream->reader.open(stream->reader.data, element, attributes, failure);
}

static enum status end_element(void *data, struct failure *failure)
{
	struct fleetstream *stream = data;

	if (stream->n_skipped > 0) {
		stream->n_skipped--;
		return STATUS_OK;
	}
	enum fleetstream_element element = stream->open[--stream->n_open];
	bool told = elements[element].has_text && stream->text.n > 0;
	enum status status = stream->reader.close(
		stream->reader.data, element, told ? stream->text.items : "", failure);
	stream->text.n = 0;
	return status;
}

/* Room for n bytes more and a NUL. */
static enum status make_room(struct fleetstream *stream, size_t n,
			     struct failure *failure)
{
	size_t cap = stream->text.cap ? stream->text.cap : 1024;
	char *grown;

	if (n > FLEETSTREAM_MAX_TEXT - stream->text.n)
		return refuse(failure, STATUS_MALFORMED,
			      "has a path or sentence of more than 1,048,576 bytes");
	while (cap < stream->text.n + n + 1)
		cap *= 2;
	grown = cap > stream->text.cap ? realloc(stream->text.items, cap)
				       : stream->text.items;
	if (!grown)
		return STATUS_NOMEM;
	stream->text.items = grown;
	stream->text.cap = cap;
	return STATUS_OK;
}

static enum status add_text(void *data, struct span text, struct failure *failure)
{
	struct fleetstream *stream = data;

	if (stream->n_skipped > 0 || stream->n_open == 0 ||
	    !elements[stream->open[stream->n_open - 1]].has_text)
		return STATUS_OK;
	RETURN_IF_FAILED(make_room(stream, text.len, failure));
	if (span_copy(text, 0, stream->text.items + stream->text.n, text.len))
		stream->text.n += text.len;
	stream->text.items[stream->text.n] = '\0';
	return STATUS_OK;
}

/* ---- the whole ---- */

enum status fleetstream_new(const struct fleetstream_reader *reader,
			    struct fleetstream **out)
{
	struct fleetstream *stream = calloc(1, sizeof(*stream));
	const struct reportparser_reader own = { .data = stream,
						 .open = start_element,
						 .close = end_element,
						 .text = add_text };

	if (!stream)
		return STATUS_NOMEM;
	stream->reader = *reader;
	enum status status = reportparser_new(&own, &stream->parser);
	if (status == STATUS_OK)
		*out = stream;
	else
		fleetstream_free(stream);
	return status;
}

void fleetstream_free(struct fleetstream *stream)
{
	if (!stream)
		return;
	reportparser_free(stream->parser);
	free(stream->text.items);
	free(stream);
}

bool fleetstream_take(struct fleetstream *stream, struct span bytes)
{
	return reportparser_take(stream->parser, bytes);
}

enum status fleetstream_finish(struct fleetstream *stream, struct failure *failure)
{
	return reportparser_finish(stream->parser, failure);
}
