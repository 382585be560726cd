/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxml2's schema validator behind a narrow door.  The bytes are read as the page
 * reads them, which refuses what is no well-formed XML, has a document type or an id
 * twice; what is sound so far is read again by the validator, which tells the line of
 * each fault.
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

/* Bytes taken at a time, between which is told how far it is. */
#define CHUNK_SIZE ((size_t)1 << 20)

/* Read as the page reads it, which is the first half of the work. */
static void take(struct pagedoc *doc, struct span bytes, struct stage *stage)
{
	for (struct span left = bytes; left.len > 0; left = span_from(left, CHUNK_SIZE)) {
		stage_advance(stage, bytes.len - left.len, 2 * (uint64_t)bytes.len);
		pagedoc_take(doc, span_clip(left, CHUNK_SIZE));
	}
}

/* What is no whole report has no other fault. */
static enum status judge(struct pagedoc *doc, struct check *check)
{
	struct failure failure = { "" };
	enum status status = pagedoc_finish(doc, &failure);

	if (status == STATUS_MALFORMED) {
		add_fault(check, 0, failure.sentence);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	if (pagedoc_bad_id(doc)) {
		(void)snprintf(failure.sentence, sizeof(failure.sentence),
			       "an id stands there twice, or is none: %s",
			       pagedoc_bad_id(doc));
		add_fault(check, 0, failure.sentence);
	}
	return STATUS_OK;
}

/* The bytes as the validator reads them. */
struct source {
	struct span bytes, left;
	struct stage *stage;
};

static int read_bytes(void *context, char *out, int size)
{
	struct source *source = context;
	struct span part = span_clip(source->left, (size_t)size);
	uint64_t all = source->bytes.len;

	if (!span_copy(part, 0, (uint8_t *)out, part.len))
		return -1;
	source->left = span_from(source->left, part.len);
	stage_advance(source->stage, 2 * all - source->left.len, 2 * all);
	return (int)part.len;
}

static enum status validate(xmlSchemaPtr schema, struct span bytes, struct stage *stage,
			    struct check *check)
{
	struct source source = { bytes, bytes, stage };
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlParserInputBufferPtr input = xmlParserInputBufferCreateIO(
		read_bytes, NULL, &source, XML_CHAR_ENCODING_NONE);
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

static enum status check_validity(struct span bytes, struct stage *stage,
				  struct check *check)
{
	xmlSchemaPtr schema = read_schema();

	if (!schema)
		return STATUS_NOMEM;
	enum status status = validate(schema, bytes, stage, check);
	xmlSchemaFree(schema);
	return status;
}

enum status check_report(struct span bytes, struct stage *stage, struct check *out,
			 struct pagedoc **doc)
{
	unsigned long begun = xmlmemory_begin();
	AUTO(pagedoc_freep) struct pagedoc *read = NULL;

	*out = (struct check){ .n_faults = 0 };
	RETURN_IF_FAILED(pagedoc_new(&read));
	take(read, bytes, stage);
	RETURN_IF_FAILED(judge(read, out));
	/*
	 * Only of a whole document: libxml2's validator leaks what it holds of one that
	 * breaks off.
	 */
	if (out->n_faults == 0)
		RETURN_IF_FAILED(check_validity(bytes, stage, out));
	stage_advance(stage, 2 * (uint64_t)bytes.len, 2 * (uint64_t)bytes.len);
	if (xmlmemory_lacked(begun))
		return STATUS_NOMEM;
	if (doc)
		*doc = STEAL(read);
	return STATUS_OK;
}
