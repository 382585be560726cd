/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libxml2's text writer behind a narrow door. */
#include "report/document/writer/xml.h"

#include "base/filetime.h"
#include "report/base64.h"
#include "report/redact/redactxml.h"
#include "report/xmlmemory.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct xml {
	xmlTextWriterPtr writer;
	struct output *output;
	enum status status;    /* of the first failure */
	size_t depth;	       /* elements that are open */
	bool holds_elements;   /* the innermost of them does */
	unsigned long begun;   /* xmlmemory_begin() */
	struct redact *redact; /* NULL: nothing is */
	const char *element;   /* that was opened last */
	unsigned left_out;     /* elements that are open and left out */
	uint64_t n_left_out;
};

/* True where the document has a gap in place of what is put. */
static bool is_silent(const struct xml *xml)
{
	return xml->left_out > 0;
}

uint64_t xml_n_left_out(const struct xml *xml)
{
	return xml->n_left_out;
}

void xml_fail(struct xml *xml, enum status status)
{
	if (xml->status == STATUS_OK)
		xml->status = status;
}

/* What fails while the output takes bytes is the writer's own lack of memory. */
static void note(struct xml *xml, int result)
{
	if (result < 0)
		xml_fail(xml, output_write(xml->output, span_of("", 0)) ? STATUS_NOMEM
									: STATUS_IO);
}

static const xmlChar *name_of(const char *literal)
{
	return (const xmlChar *)literal;
}

static int write_bytes(void *context, const char *bytes, int len)
{
	struct output *output = context;

	return output_write(output, span_of(bytes, (size_t)len)) ? len : -1;
}

/* libxml2 would print its own line; what failed is told by xml_finish(). */
static void keep_silent(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

void xml_prepare(void)
{
	(void)xmlmemory_begin();
	xmlInitParser();
}

enum status xml_start(struct output *output, struct redact *redact, struct xml **out)
{
	struct xml *xml = calloc(1, sizeof(*xml));
	xmlOutputBufferPtr buffer;

	if (!xml)
		return STATUS_NOMEM;
	xml->output = output;
	xml->redact = redact;
	xml->begun = xmlmemory_begin();
	xmlSetStructuredErrorFunc(NULL, keep_silent);
	buffer = xmlOutputBufferCreateIO(write_bytes, NULL, output, NULL);
	if (buffer)
		xml->writer = xmlNewTextWriter(buffer);
	if (!xml->writer) {
		if (buffer)
			(void)xmlOutputBufferClose(buffer);
		free(xml);
		return STATUS_NOMEM;
	}
	note(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
	*out = xml;
	return STATUS_OK;
}

enum status xml_finish(struct xml *xml)
{
	enum status status;

	note(xml, xmlTextWriterEndDocument(xml->writer));
	note(xml, xmlTextWriterFlush(xml->writer));
	xmlFreeTextWriter(xml->writer);
	/* Failed writes may surface only when the last of the buffer goes out. */
	if (!output_write(xml->output, span_of("", 0)))
		note(xml, -1);
	if (xmlmemory_lacked(xml->begun))
		xml_fail(xml, STATUS_NOMEM);
	status = xml->status;
	free(xml);
	return status;
}

/*
 * A new line for a tag, indented by the elements around it.  libxml2 would do the same
 * with a call for each blank, which is a good part of what a report takes.
 */
static void put_line(struct xml *xml)
{
	static const char line[] = "\n                                ";
	size_t room = sizeof(line) - 2;

	note(xml, xmlTextWriterWriteRawLen(xml->writer, name_of(line),
					   (int)(1 + xml->depth % room)));
	for (size_t left = xml->depth / room; left > 0; left--)
		note(xml,
		     xmlTextWriterWriteRawLen(xml->writer, name_of(line + 1), (int)room));
}

void xml_open(struct xml *xml, const char *name)
{
	bool leaves_out = xml->redact && redactxml_leaves_out(name);

	xml->n_left_out += leaves_out && !is_silent(xml);
	if (leaves_out || is_silent(xml)) {
		xml->left_out++;
		return;
	}
	xml->element = name;
	if (xml->depth > 0)
		put_line(xml);
	note(xml, xmlTextWriterStartElement(xml->writer, name_of(name)));
	xml->depth++;
	xml->holds_elements = false;
}

void xml_close(struct xml *xml)
{
	if (is_silent(xml)) {
		xml->left_out--;
		return;
	}
	xml->depth--;
	if (xml->holds_elements)
		put_line(xml);
	note(xml, xmlTextWriterEndElement(xml->writer));
	xml->holds_elements = true; /* the one around it */
}

/* UTF-8 from outside made fit for XML.  Return: malloc'ed or NULL. */
static char *clean(const char *utf8)
{
	struct text units;
	char *out;

	if (!text_from_utf8(utf8, strlen(utf8), &units))
		return NULL;
	out = text_to_utf8(units, NULL);
	text_free(units);
	return out;
}

/* Printable ASCII needs no cleaning, and that is nearly everything. */
static bool is_plain(const char *utf8)
{
	for (; *utf8; utf8++)
		if (*utf8 < 0x20 || *utf8 > 0x7e)
			return false;
	return true;
}

/* Text of an element; plain text (see above) without markup goes the short way. */
static void put_content(struct xml *xml, const char *utf8, bool plain)
{
	if (plain && !strpbrk(utf8, "<>&\""))
		note(xml, xmlTextWriterWriteRaw(xml->writer, name_of(utf8)));
	else
		note(xml, xmlTextWriterWriteString(xml->writer, name_of(utf8)));
}

/* An attribute as it is. */
static void put_attribute(struct xml *xml, const char *name, const char *utf8)
{
	bool plain = is_plain(utf8);
	char *cleaned = plain ? NULL : clean(utf8);

	if (is_silent(xml))
		;
	else if (cleaned || plain)
		note(xml, xmlTextWriterWriteAttribute(xml->writer, name_of(name),
						      name_of(cleaned ? cleaned : utf8)));
	else
		xml_fail(xml, STATUS_NOMEM);
	free(cleaned);
}

/* What is shown of a text; NULL for name: of the element's content. */
static char *shown(struct xml *xml, const char *name, enum redactxml_from from,
		   const char *utf8)
{
	char *text = redactxml_text(xml->redact, xml->element, name, from, utf8);

	if (!text)
		xml_fail(xml, STATUS_NOMEM);
	return text;
}

/* The same, redacted. */
static void put_redacted(struct xml *xml, const char *name, enum redactxml_from from,
			 const char *utf8)
{
	char *text;

	if (is_silent(xml))
		return;
	text = shown(xml, name, from, utf8);
	if (text)
		put_attribute(xml, name, text);
	free(text);
}

void xml_attribute(struct xml *xml, const char *name, const char *utf8)
{
	if (utf8 && xml->redact)
		put_redacted(xml, name, REDACTXML_OWN, utf8);
	else if (utf8)
		put_attribute(xml, name, utf8);
}

void xml_owned(struct xml *xml, const char *name, char *utf8)
{
	if (utf8)
		xml_attribute(xml, name, utf8);
	else
		xml_fail(xml, STATUS_NOMEM);
	free(utf8);
}

void xml_id(struct xml *xml, const char *name, const char *prefix, size_t number)
{
	char id[32];

	(void)snprintf(id, sizeof(id), "%s%zu", prefix, number);
	put_attribute(xml, name, id);
}

void xml_number(struct xml *xml, const char *name, uint64_t number)
{
	char digits[21];

	(void)snprintf(digits, sizeof(digits), "%" PRIu64, number);
	put_attribute(xml, name, digits);
}

void xml_flag(struct xml *xml, const char *name, bool flag)
{
	if (flag)
		put_attribute(xml, name, "1");
}

void xml_time(struct xml *xml, const char *name, uint64_t filetime)
{
	char time[FILETIME_TEXT_SIZE];

	if (filetime == 0)
		return;
	filetime_format(filetime, time);
	put_attribute(xml, name, time);
}

/* Adds name_utf16 with the exact units. */
static void add_utf16(struct xml *xml, const char *name, struct text text)
{
	char attribute[64];

	(void)snprintf(attribute, sizeof(attribute), "%s_utf16", name);
	xml_owned(xml, attribute, text_to_utf16_hex(text));
}

void xml_text(struct xml *xml, const char *name, struct text text)
{
	bool lossy = false;
	char *utf8 = text_to_utf8(text, &lossy);

	if (!xml->redact || !utf8) {
		xml_owned(xml, name, utf8);
		if (lossy)
			add_utf16(xml, name, text);
		return;
	}
	put_redacted(xml, name, REDACTXML_EVIDENCE, utf8);
	free(utf8);
}

void xml_text_if_any(struct xml *xml, const char *name, struct text text)
{
	if (text_length(text) > 0)
		xml_text(xml, name, text);
}

/* Content of the element just opened, as it is. */
static void put_plain_content(struct xml *xml, const char *utf8)
{
	bool plain = is_plain(utf8);
	char *cleaned = plain ? NULL : clean(utf8);

	if (cleaned || plain)
		put_content(xml, cleaned ? cleaned : utf8, plain);
	else
		xml_fail(xml, STATUS_NOMEM);
	free(cleaned);
}

static void put_redacted_content(struct xml *xml, enum redactxml_from from,
				 const char *utf8)
{
	char *text = shown(xml, NULL, from, utf8);

	if (text)
		put_plain_content(xml, text);
	free(text);
}

void xml_content(struct xml *xml, const char *utf8)
{
	if (is_silent(xml))
		return;
	if (xml->redact)
		put_redacted_content(xml, REDACTXML_OWN, utf8);
	else
		put_plain_content(xml, utf8);
}

void xml_base64(struct xml *xml, struct span bytes)
{
	uint8_t piece[3 * 512];
	char line[BASE64_SIZE(sizeof(piece))];

	if (is_silent(xml))
		return;
	/* libxml2 would break the lines; one run of text is easier to compare. */
	for (size_t off = 0; off < bytes.len; off += sizeof(piece)) {
		size_t n =
			bytes.len - off < sizeof(piece) ? bytes.len - off : sizeof(piece);
		(void)!span_copy(bytes, off, piece, n);
		base64_write(line, piece, n);
		note(xml, xmlTextWriterWriteRawLen(xml->writer, name_of(line),
						   (int)BASE64_SIZE(n)));
	}
}

void xml_element(struct xml *xml, const char *name, const char *utf8)
{
	xml_open(xml, name);
	xml_content(xml, utf8);
	xml_close(xml);
}

void xml_element_path(struct xml *xml, const char *name, const char *path)
{
	char *cleaned, hex[3];

	xml_open(xml, name);
	if (xml->redact) {
		if (!is_silent(xml))
			put_redacted_content(xml, REDACTXML_PATH, path);
		xml_close(xml);
		return;
	}
	cleaned = clean(path);
	if (!cleaned) {
		xml_fail(xml, STATUS_NOMEM);
	} else if (strcmp(cleaned, path) != 0) {
		note(xml, xmlTextWriterStartAttribute(xml->writer, name_of("bytes")));
		for (const char *c = path; *c; c++) {
			(void)snprintf(hex, sizeof(hex), "%02x", (unsigned char)*c);
			note(xml, xmlTextWriterWriteString(xml->writer, name_of(hex)));
		}
		note(xml, xmlTextWriterEndAttribute(xml->writer));
	}
	if (cleaned)
		note(xml, xmlTextWriterWriteString(xml->writer, name_of(cleaned)));
	xml_close(xml);
	free(cleaned);
}

void xml_element_text(struct xml *xml, const char *name, const char *attribute,
		      struct text text)
{
	bool lossy = false;
	char *utf8 = text_to_utf8(text, &lossy);

	xml_open(xml, name);
	if (!utf8)
		xml_fail(xml, STATUS_NOMEM);
	if (lossy && !xml->redact)
		add_utf16(xml, attribute, text);
	if (utf8 && xml->redact && !is_silent(xml))
		put_redacted_content(xml, REDACTXML_EVIDENCE, utf8);
	else if (utf8 && !xml->redact)
		put_content(xml, utf8, is_plain(utf8));
	xml_close(xml);
	free(utf8);
}
