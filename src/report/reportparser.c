/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XML_PARSE_NOENT only asks for "&amp;" as one character: other entities of a document would
 * have to be declared in it, and a declaration ends the reading.
 */
#include "report/reportparser.h"

#include "base/text.h"
#include "report/tagguard.h"
#include "report/xmlmemory.h"

#include <libxml/parser.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reportparser {
	struct reportparser_reader reader;
	xmlSAXHandler sax;
	struct tagguard guard;
	xmlParserCtxtPtr parser;
	bool began, finished;
	unsigned long begun; /* xmlmemory_begin() */
	enum status status;  /* the first failure */
	struct failure failure;
};

/*
 * From here on nothing more is told.  The parser is not stopped, which would free what a
 * caller still holds of it; it ends with the piece that it has.
 */
static void fail(struct reportparser *parser, enum status status, const char *why)
{
	if (parser->status != STATUS_OK)
		return;
	parser->status = status;
	failure_set(&parser->failure, "%s", why);
}

/* ---- attributes ---- */

static const char *chars(const unsigned char *text)
{
	return (const char *)text;
}

const char *reportparser_name(const struct reportparser_attributes *attributes, size_t i)
{
	return chars(attributes->five[5 * i]);
}

const char *reportparser_space(const struct reportparser_attributes *attributes, size_t i)
{
	return chars(attributes->five[5 * i + 2]);
}

struct span reportparser_value(const struct reportparser_attributes *attributes, size_t i)
{
	const unsigned char **five = attributes->five + 5 * i;

	return span_of(five[3], (size_t)(five[4] - five[3]));
}

/* ---- what the parser calls ---- */

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix,
			  const xmlChar *uri, int n_spaces, const xmlChar **spaces,
			  int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct reportparser *parser = context;
	struct reportparser_attributes given = { attributes, (size_t)n_attributes };

	(void)prefix, (void)n_spaces, (void)spaces, (void)n_defaulted;
	if (parser->status != STATUS_OK)
		return;
	parser->began = true;
	parser->status = parser->reader.open(parser->reader.data, chars(uri), chars(name),
					     &given, &parser->failure);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix,
			const xmlChar *uri)
{
	struct reportparser *parser = context;

	(void)name, (void)prefix, (void)uri;
	if (parser->status == STATUS_OK)
		parser->status =
			parser->reader.close(parser->reader.data, &parser->failure);
}

static void add_text(void *context, const xmlChar *text, int len)
{
	struct reportparser *parser = context;

	if (parser->status == STATUS_OK)
		parser->status =
			parser->reader.text(parser->reader.data,
					    span_of(text, (size_t)len), &parser->failure);
}

/* Stopped at once, before a declaration of an entity is read. */
static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
			   const xmlChar *system)
{
	struct reportparser *parser = context;

	(void)name, (void)external, (void)system;
	fail(parser, STATUS_MALFORMED,
	     "has a document type declaration; a report has none, and it is not read");
	xmlStopParser(parser->parser);
}

/* libxml2 has bounds of its own on one text, of 10 million bytes. */
static bool is_too_large(const char *message)
{
	return strstr(message, "Huge input") || strstr(message, "too long") ||
	       strstr(message, "huge text");
}

static void note_error(void *context, xmlErrorPtr error)
{
	struct reportparser *parser = context;
	const char *message = error->message ? error->message : "";
	char why[512];

	if (error->level < XML_ERR_ERROR)
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		fail(parser, STATUS_NOMEM, "out of memory");
		return;
	}
	if (is_too_large(message))
		(void)snprintf(why, sizeof(why),
			       "line %d: a text of more than 10,000,000 bytes: too large "
			       "to be checked or shown",
			       error->line);
	else
		(void)snprintf(why, sizeof(why), "line %d: no well-formed XML: %s",
			       error->line, message);
	why[strcspn(why, "\n")] = '\0';
	fail(parser, STATUS_MALFORMED, why);
}

/* ---- the whole ---- */

enum status reportparser_new(const struct reportparser_reader *reader,
			     struct reportparser **out)
{
	struct reportparser *parser = calloc(1, sizeof(*parser));

	if (!parser)
		return STATUS_NOMEM;
	parser->reader = *reader;
	parser->begun = xmlmemory_begin();
	parser->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start_element,
		.endElementNs = end_element,
		.characters = add_text,
		.cdataBlock = add_text,
		.internalSubset = refuse_doctype,
		.serror = note_error,
	};
	parser->parser = xmlCreatePushParserCtxt(&parser->sax, parser, NULL, 0, NULL);
	if (!parser->parser) {
		reportparser_free(parser);
		return STATUS_NOMEM;
	}
	(void)xmlCtxtUseOptions(parser->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	*out = parser;
	return STATUS_OK;
}

void reportparser_free(struct reportparser *parser)
{
	if (!parser)
		return;
	xmlFreeParserCtxt(parser->parser);
	free(parser);
}

bool reportparser_take(struct reportparser *parser, struct span bytes)
{
	char piece[16384];

	while (bytes.len > 0 && parser->status == STATUS_OK) {
		struct span part = span_clip(bytes, sizeof(piece));
		if (!span_copy(part, 0, piece, part.len))
			return false;
		if (!tagguard_take(&parser->guard, part)) {
			fail(parser, STATUS_MALFORMED, parser->guard.why);
			return false;
		}
		(void)xmlParseChunk(parser->parser, piece, (int)part.len, 0);
		bytes = span_from(bytes, part.len);
	}
	return parser->status == STATUS_OK;
}

enum status reportparser_finish(struct reportparser *parser, struct failure *failure)
{
	char *shown;

	if (parser->status == STATUS_OK && !parser->finished)
		(void)xmlParseChunk(parser->parser, "", 0, 1);
	parser->finished = true;
	if (xmlmemory_lacked(parser->begun))
		return STATUS_NOMEM;
	/* Cut in its first tag, it tells no version because that is what is missing. */
	if (parser->status == STATUS_UNSUPPORTED && !parser->parser->wellFormed)
		parser->status = STATUS_OK;
	if (!parser->parser->wellFormed || !parser->began)
		fail(parser, STATUS_MALFORMED, "is no report of wmsdiff");
	if (parser->status == STATUS_OK || parser->status == STATUS_NOMEM)
		return parser->status;
	/* The parser quotes what it met. */
	shown = text_visible(parser->failure.sentence);
	if (!shown)
		return STATUS_NOMEM;
	failure_set(failure, "%s", shown);
	free(shown);
	return parser->status;
}
