/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxml2's schema validator behind a narrow door.  First the bytes are read
 * as the page reads them, which refuses what is no well-formed XML, has a
 * document type or an id twice; then, as a stream, against the schema.
 *
 * The schema imports three others by name.  libxml2 asks its loader of
 * external entities for them; while the schema is read, ours answers, from
 * memory, and knows nothing else.
 */
#include "report/schema/check.h"

#include "base/failure.h"
#include "base/path.h"
#include "base/text.h"
#include "report/page/pagedoc.h"
#include "report/xmlmemory.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* report_xsd, dfxml_xsd, regxml_xsd and delta_xsd, as they were when it was built. */
#include "report/schema/schemas.inc"

static const struct {
	const char *name, *text;
} imported[] = {
	{ "dfxml.xsd", dfxml_xsd },
	{ "regxml.xsd", regxml_xsd },
	{ "delta.xsd", delta_xsd },
};

static void add_fault(struct check *check, int line, const char *why)
{
	char *shown = text_visible(why);
	char *shown_fault =
		check->faults[check->n_faults < CHECK_MAX_TOLD ? check->n_faults : 0];

	if (check->n_faults++ < CHECK_MAX_TOLD && line > 0)
		(void)snprintf(shown_fault, sizeof(check->faults[0]), "line %d: %s", line,
			       shown ? shown : "");
	else if (check->n_faults <= CHECK_MAX_TOLD)
		(void)snprintf(shown_fault, sizeof(check->faults[0]), "%s",
			       shown ? shown : "");
	free(shown);
}

/* ---- the schema ---- */

static xmlParserInputPtr load(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	const char *name = url ? path_name(url) : NULL;

	(void)id;
	for (size_t i = 0; name && i < ARRAY_LEN(imported); i++)
		if (strcmp(imported[i].name, name) == 0)
			return xmlNewStringInputStream(parser,
						       (const xmlChar *)imported[i].text);
	return NULL;
}

static void keep_silent(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static xmlSchemaPtr read_schema(void)
{
	xmlExternalEntityLoader usual = xmlGetExternalEntityLoader();
	xmlSchemaParserCtxtPtr parser;
	xmlSchemaPtr schema = NULL;

	xmlSetStructuredErrorFunc(NULL, keep_silent);
	parser = xmlSchemaNewMemParserCtxt(report_xsd, (int)sizeof(report_xsd) - 1);
	if (!parser)
		return NULL;
	xmlSchemaSetParserStructuredErrors(parser, keep_silent, NULL);
	xmlSetExternalEntityLoader(load);
	schema = xmlSchemaParse(parser);
	xmlSetExternalEntityLoader(usual);
	xmlSchemaFreeParserCtxt(parser);
	return schema;
}

/* ---- the report ---- */

/* "Element '{urn:wmsdiff:report:1}change': ..." is read without the names' space. */
static void without_namespaces(char *message)
{
	char *out = message;

	for (const char *in = message; *in; in++) {
		const char *end = *in == '{' ? strchr(in, '}') : NULL;
		if (end &&
		    (strncmp(in, "{urn:", 5) == 0 || strncmp(in, "{http:", 6) == 0))
			in = end;
		else if (*in != '\n')
			*out++ = *in;
	}
	*out = '\0';
}

static void note_fault(void *context, xmlErrorPtr error)
{
	char message[1024];

	(void)snprintf(message, sizeof(message), "%s",
		       error->message ? error->message : "not valid");
	without_namespaces(message);
	add_fault(context, error->line, message);
}

/* The report is read twice: whether it is whole, and whether it is valid. */
struct reading {
	struct span bytes, left;
	struct stage *stage;
};

static void tell(const struct reading *reading, bool twice)
{
	uint64_t all = reading->bytes.len, read = all - reading->left.len;

	stage_advance(reading->stage, twice ? all + read : read, 2 * all);
}

static int read_bytes(void *context, char *out, int size)
{
	struct reading *reading = context;
	struct span part = span_clip(reading->left, (size_t)size);

	if (!span_copy(part, 0, (uint8_t *)out, part.len))
		return -1;
	reading->left = span_from(reading->left, part.len);
	tell(reading, true);
	return (int)part.len;
}

static enum status validate(xmlSchemaPtr schema, struct span bytes, struct stage *stage,
			    struct check *check)
{
	struct reading reading = { bytes, bytes, stage };
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlParserInputBufferPtr input = xmlParserInputBufferCreateIO(
		read_bytes, NULL, &reading, XML_CHAR_ENCODING_NONE);
	int result = -1;

	if (valid && input) {
		xmlSchemaSetValidStructuredErrors(valid, note_fault, check);
		/* The input is taken, whatever comes of it. */
		result = xmlSchemaValidateStream(valid, input, XML_CHAR_ENCODING_NONE,
						 NULL, NULL);
	} else if (input) {
		xmlFreeParserInputBuffer(input);
	}
	xmlSchemaFreeValidCtxt(valid);
	if (result > 0 && check->n_faults == 0)
		add_fault(check, 0, "is not valid");
	return result < 0 && check->n_faults == 0 ? STATUS_NOMEM : STATUS_OK;
}

/* Bytes taken at a time, between which is told how far it is. */
#define CHUNK_SIZE ((size_t)1 << 20)

static enum status read_whole(struct span bytes, struct stage *stage, struct check *check)
{
	struct reading reading = { bytes, bytes, stage };
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;
	enum status status;

	RETURN_IF_FAILED(pagedoc_new(&doc));
	while (reading.left.len > 0) {
		pagedoc_take(doc, span_clip(reading.left, CHUNK_SIZE));
		reading.left = span_from(reading.left, CHUNK_SIZE);
		tell(&reading, false);
	}
	status = pagedoc_finish(doc, &failure);
	if (status == STATUS_MALFORMED)
		add_fault(check, 0, failure.sentence);
	else if (status == STATUS_OK && pagedoc_bad_id(doc)) {
		(void)snprintf(failure.sentence, sizeof(failure.sentence),
			       "an id stands there twice, or is none: %s",
			       pagedoc_bad_id(doc));
		add_fault(check, 0, failure.sentence);
	}
	pagedoc_free(doc);
	return status == STATUS_MALFORMED ? STATUS_OK : status;
}

enum status check_report(struct span bytes, struct stage *stage, struct check *out)
{
	unsigned long begun = xmlmemory_begin();
	enum status status;
	xmlSchemaPtr schema;

	*out = (struct check){ .n_faults = 0 };
	RETURN_IF_FAILED(read_whole(bytes, stage, out));
	if (out->n_faults > 0)
		return STATUS_OK;
	schema = read_schema();
	if (!schema)
		return STATUS_NOMEM;
	status = validate(schema, bytes, stage, out);
	xmlSchemaFree(schema);
	return xmlmemory_lacked(begun) ? STATUS_NOMEM : status;
}
