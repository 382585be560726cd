/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser calls back for each element and builds nothing.  As in report/page/pagedoc.c,
 * XML_PARSE_NOENT only asks for "&amp;" as one character: other entities would have to be
 * declared, and a declaration ends the reading.
 */
#include "fleet/fleetstream.h"

#include "base/text.h"
#include "report/document/namespaces.h"
#include "report/tagguard.h"

#include <libxml/parser.h>

#include <stdio.h>
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
	xmlSAXHandler sax;
	xmlParserCtxtPtr parser;
	struct tagguard guard;
	enum fleetstream_element open[MAX_OPEN];
	size_t n_open;
	size_t n_skipped; /* open elements that are passed over */
	bool began;
	struct {
		char *items;
		size_t n, cap;
	} text;
	enum status status;
	struct failure failure;
};

static void fail(struct fleetstream *stream, enum status status, const char *why)
{
	if (stream->status != STATUS_OK)
		return;
	stream->status = status;
	failure_set(&stream->failure, "%s", why);
}

/* ---- attributes ---- */

struct span fleetstream_value(const struct fleetstream_attributes *attributes,
			      const char *name)
{
	const struct span none = { NULL, 0 };

	for (size_t i = 0; i < attributes->n; i++) {
		const unsigned char **five = attributes->five + 5 * i;
		if (!five[2] && strcmp((const char *)five[0], name) == 0)
			return span_of(five[3], (size_t)(five[4] - five[3]));
	}
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

static void check_root(struct fleetstream *stream, const char *space, const char *name,
		       const struct fleetstream_attributes *attributes)
{
	static const char family[] = "urn:wmsdiff:report:";
	bool own = space && strcmp(space, REPORT_NAMESPACE) == 0;

	stream->began = true;
	if (strcmp(name, "report") != 0 || !space ||
	    strncmp(space, family, sizeof(family) - 1) != 0)
		fail(stream, STATUS_MALFORMED, "is no report of wmsdiff");
	else if (!own || !is_known_version(fleetstream_value(attributes, "version")))
		fail(stream, STATUS_UNSUPPORTED,
		     "is a report of another version of the format than 1");
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
			  const xmlChar *uri, int n_spaces, const xmlChar **spaces,
			  int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct fleetstream *stream = context;
	struct fleetstream_attributes given = { attributes, (size_t)n_attributes };
	enum fleetstream_element element;
	enum status status;

	(void)prefix, (void)n_spaces, (void)spaces, (void)n_defaulted;
	if (stream->status != STATUS_OK)
		return;
	if (!stream->began)
		check_root(stream, (const char *)uri, (const char *)name, &given);
	if (stream->status != STATUS_OK)
		return;
	element = stream->n_skipped > 0 || stream->n_open == MAX_OPEN
			  ? FLEETSTREAM_N_ELEMENTS
			  : element_of(stream, (const char *)uri, (const char *)name);
	if (element == FLEETSTREAM_N_ELEMENTS) {
		stream->n_skipped++;
		return;
	}
	stream->open[stream->n_open++] = element;
	stream->text.n = 0;
	status = stream->reader.open(stream->reader.data, element, &given,
				     &stream->failure);
	if (status != STATUS_OK)
		stream->status = status;
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
			const xmlChar *uri)
{
	struct fleetstream *stream = context;
	enum fleetstream_element element;
	enum status status;

	(void)name, (void)prefix, (void)uri;
	if (stream->status != STATUS_OK)
		return;
	if (stream->n_skipped > 0) {
		stream->n_skipped--;
		return;
	}
	element = stream->open[--stream->n_open];
	status = stream->reader.close(stream->reader.data, element,
				      elements[element].has_text && stream->text.n > 0
					      ? stream->text.items
					      : "",
				      &stream->failure);
	stream->text.n = 0;
	if (status != STATUS_OK)
		stream->status = status;
}

/* Room for n bytes more and a NUL. */
static bool make_room(struct fleetstream *stream, size_t n)
{
	size_t cap = stream->text.cap ? stream->text.cap : 1024;
	char *grown;

	if (n > FLEETSTREAM_MAX_TEXT - stream->text.n) {
		fail(stream, STATUS_MALFORMED,
		     "has a path or sentence of more than 1,048,576 bytes");
		return false;
	}
	while (cap < stream->text.n + n + 1)
		cap *= 2;
	grown = cap > stream->text.cap ? realloc(stream->text.items, cap)
				       : stream->text.items;
	if (!grown) {
		fail(stream, STATUS_NOMEM, "out of memory");
		return false;
	}
	stream->text.items = grown;
	stream->text.cap = cap;
	return true;
}

static void add_text(void *context, const xmlChar *text, int len)
{
	struct fleetstream *stream = context;
	size_t n = (size_t)len;

	if (stream->status != STATUS_OK || stream->n_skipped > 0 || stream->n_open == 0 ||
	    !elements[stream->open[stream->n_open - 1]].has_text || !make_room(stream, n))
		return;
	memcpy(stream->text.items + stream->text.n, text, n);
	stream->text.n += n;
	stream->text.items[stream->text.n] = '\0';
}

/* Stopped at once, before a declaration of an entity is read. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
			   const xmlChar *system)
{
	struct fleetstream *stream = context;

	(void)name, (void)external, (void)system;
	fail(stream, STATUS_MALFORMED,
	     "has a document type declaration; a report has none, and it is not read");
	xmlStopParser(stream->parser);
}

static void note_error(void *context, xmlErrorPtr error)
{
	struct fleetstream *stream = context;
	char why[512];

	if (error->level < XML_ERR_ERROR)
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		fail(stream, STATUS_NOMEM, "out of memory");
		return;
	}
	(void)snprintf(why, sizeof(why), "line %d: no well-formed XML: %s", error->line,
		       error->message ? error->message : "");
	why[strcspn(why, "\n")] = '\0';
	fail(stream, STATUS_MALFORMED, why);
}

/* ---- the whole ---- */

enum status fleetstream_new(const struct fleetstream_reader *reader,
			    struct fleetstream **out)
{
	struct fleetstream *stream = calloc(1, sizeof(*stream));

	if (!stream)
		return STATUS_NOMEM;
	stream->reader = *reader;
	stream->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = add_text,
		.cdataBlock = add_text,
		.internalSubset = refuse_doctype,
		.serror = note_error,
	};
	stream->parser = xmlCreatePushParserCtxt(&stream->sax, stream, NULL, 0, NULL);
	if (!stream->parser) {
		fleetstream_free(stream);
		return STATUS_NOMEM;
	}
	(void)xmlCtxtUseOptions(stream->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	*out = stream;
	return STATUS_OK;
}

void fleetstream_free(struct fleetstream *stream)
{
	if (!stream)
		return;
	xmlFreeParserCtxt(stream->parser);
	free(stream->text.items);
	free(stream);
}

bool fleetstream_take(struct fleetstream *stream, struct span bytes)
{
	char piece[16384];

	while (bytes.len > 0 && stream->status == STATUS_OK) {
		struct span part = span_clip(bytes, sizeof(piece));
		if (!span_copy(part, 0, piece, part.len))
			return false;
		if (!tagguard_take(&stream->guard, part)) {
			fail(stream, STATUS_MALFORMED, stream->guard.why);
			return false;
		}
		(void)xmlParseChunk(stream->parser, piece, (int)part.len, 0);
		bytes = span_from(bytes, part.len);
	}
	return stream->status == STATUS_OK;
}

enum status fleetstream_finish(struct fleetstream *stream, struct failure *failure)
{
	char *shown;

	if (stream->status == STATUS_OK)
		(void)xmlParseChunk(stream->parser, "", 0, 1);
	/* Cut in its first tag, it tells no version because that is what is missing. */
	if (stream->status == STATUS_UNSUPPORTED && !stream->parser->wellFormed)
		stream->status = STATUS_OK;
	if (!stream->parser->wellFormed || !stream->began)
		fail(stream, STATUS_MALFORMED, "is no report of wmsdiff");
	if (stream->status == STATUS_OK)
		return STATUS_OK;
	/* The parser quotes what it met. */
	shown = text_visible(stream->failure.sentence);
	if (!shown)
		return STATUS_NOMEM;
	failure_set(failure, "%s", shown);
	free(shown);
	return stream->status;
}
