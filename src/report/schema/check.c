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

/* The second reading, in which faults are told with the line of each. */
struct telling {
	struct span bytes, left;
	struct stage *stage;
};

static int read_bytes(void *context, char *out, int size)
{
	struct telling *telling = context;
	struct span part = span_clip(telling->left, (size_t)size);
	uint64_t all = telling->bytes.len;

	if (!span_copy(part, 0, (uint8_t *)out, part.len))
		return -1;
	telling->left = span_from(telling->left, part.len);
	stage_advance(telling->stage, 2 * all - telling->left.len, 2 * all);
	return (int)part.len;
}

static enum status tell_faults(xmlSchemaPtr schema, struct span bytes,
			       struct stage *stage, struct check *check)
{
	struct telling telling = { bytes, bytes, stage };
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlParserInputBufferPtr input = xmlParserInputBufferCreateIO(
		read_bytes, NULL, &telling, XML_CHAR_ENCODING_NONE);
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

/* ---- read, then held against the schema ---- */

/* The first of two readings. */
static void take(struct pagedoc *doc, struct span bytes, struct stage *stage)
{
	for (struct span left = bytes; left.len > 0; left = span_from(left, CHUNK_SIZE)) {
		stage_advance(stage, bytes.len - left.len, 2 * bytes.len);
		pagedoc_take(doc, span_clip(left, CHUNK_SIZE));
	}
}

/* What is no whole report has no other fault; the schema is asked about one that is. */
static enum status judge(struct pagedoc *doc, struct check *out)
{
	struct failure failure = { "" };
	enum status status = pagedoc_finish(doc, &failure);

	if (status == STATUS_MALFORMED) {
		add_fault(out, 0, failure.sentence);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	if (pagedoc_bad_id(doc)) {
		(void)snprintf(failure.sentence, sizeof(failure.sentence),
			       "an id stands there twice, or is none: %s",
			       pagedoc_bad_id(doc));
		add_fault(out, 0, failure.sentence);
	}
	return STATUS_OK;
}

static enum status read_and_judge(struct pagedoc *doc, xmlSchemaPtr schema,
				  struct span bytes, struct stage *stage,
				  struct check *out)
{
	take(doc, bytes, stage);
	RETURN_IF_FAILED(judge(doc, out));
	/* libxml2's validator leaks what it holds of a document that breaks off. */
	return out->n_faults == 0 ? tell_faults(schema, bytes, stage, out) : STATUS_OK;
}

enum status check_report(struct span bytes, struct stage *stage, struct check *out,
			 struct pagedoc **doc)
{
	unsigned long begun = xmlmemory_begin();
	xmlSchemaPtr schema = read_schema();
	struct pagedoc *read = NULL;
	enum status status = schema ? pagedoc_new(&read) : STATUS_NOMEM;

	*out = (struct check){ .n_faults = 0 };
	if (status == STATUS_OK)
		status = read_and_judge(read, schema, bytes, stage, out);
	xmlSchemaFree(schema);
	if (xmlmemory_lacked(begun))
		status = STATUS_NOMEM;
	if (status == STATUS_OK && doc)
		*doc = read;
	else
		pagedoc_free(read);
	return status;
}
