/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libxml2's text writer behind a narrow door. */
#include "report/document/xml.h"

#include "base/filetime.h"
#include "report/base64.h"
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
	enum status status;  /* of the first failure */
	size_t depth;	     /* elements that are open */
	bool holds_elements; /* the innermost of them does */
	unsigned long begun; /* xmlmemory_begin() */
};

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

enum status xml_start(struct output *output, struct xml **out)
{
	struct xml *xml = calloc(1, sizeof(*xml));
	xmlOutputBufferPtr buffer;

	if (!xml)
		return STATUS_NOMEM;
	xml->output = output;
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
	if (xml->depth > 0)
		put_line(xml);
	note(xml, xmlTextWriterStartElement(xml->writer, name_of(name)));
	xml->depth++;
	xml->holds_elements = false;
}

void xml_close(struct xml *xml)
{
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

void xml_attribute(struct xml *xml, const char *name, const char *utf8)
{
	bool plain = !utf8 || is_plain(utf8);
	char *cleaned = plain ? NULL : clean(utf8);

	if (!utf8)
		return;
	if (cleaned || plain)
		note(xml, xmlTextWriterWriteAttribute(xml->writer, name_of(name),
						      name_of(cleaned ? cleaned : utf8)));
	else
		xml_fail(xml, STATUS_NOMEM);
	free(cleaned);
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
	xml_attribute(xml, name, id);
}

void xml_number(struct xml *xml, const char *name, uint64_t number)
{
	char digits[21];

	(void)snprintf(digits, sizeof(digits), "%" PRIu64, number);
	xml_attribute(xml, name, digits);
}

void xml_flag(struct xml *xml, const char *name, bool flag)
{
	if (flag)
		xml_attribute(xml, name, "1");
}

void xml_time(struct xml *xml, const char *name, uint64_t filetime)
{
	char time[FILETIME_TEXT_SIZE];

	if (filetime == 0)
		return;
	filetime_format(filetime, time);
	xml_attribute(xml, name, time);
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

	xml_owned(xml, name, text_to_utf8(text, &lossy));
	if (lossy)
		add_utf16(xml, name, text);
}

void xml_text_if_any(struct xml *xml, const char *name, struct text text)
{
	if (text_length(text) > 0)
		xml_text(xml, name, text);
}

void xml_content(struct xml *xml, const char *utf8)
{
	bool plain = is_plain(utf8);
	char *cleaned = plain ? NULL : clean(utf8);

	if (cleaned || plain)
		put_content(xml, cleaned ? cleaned : utf8, plain);
	else
		xml_fail(xml, STATUS_NOMEM);
	free(cleaned);
}

void xml_base64(struct xml *xml, struct span bytes)
{
	uint8_t piece[3 * 512];
	char line[BASE64_SIZE(sizeof(piece))];

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
	char *cleaned = clean(path), hex[3];

	xml_open(xml, name);
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
	if (lossy)
		add_utf16(xml, attribute, text);
	if (utf8)
		put_content(xml, utf8, is_plain(utf8));
	xml_close(xml);
	free(utf8);
}
