/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Elements, attributes and text as bytes: a line for each element, indented by a space
 * for each level.  Written here rather than by a library, for a report is nearly all
 * plain ASCII, and may have a million lines.
 */
#include "report/document/xml.h"

#include "base/array.h"
#include "base/filetime.h"
#include "report/base64.h"

#include <stdio.h>
#include <stdlib.h>

/* Gathered before it goes to the output. */
#define BUFFER_SIZE 8192

/* Elements inside each other: far more than any part of a report nests. */
#define OPEN_MAX 1024

struct xml {
	struct output *output;
	enum status status; /* of the first failure */
	struct {
		const char **items; /* the names of those that are open, borrowed */
		size_t n, cap;
	} open;
	bool in_tag;   /* the innermost one's start tag has not ended */
	bool has_text; /* what was written last is text: no line ends behind it */
	size_t n;
	char buffer[BUFFER_SIZE];
};

void xml_fail(struct xml *xml, enum status status)
{
	if (xml->status == STATUS_OK)
		xml->status = status;
}

static void flush(struct xml *xml)
{
	if (!output_write(xml->output, span_of(xml->buffer, xml->n)))
		xml_fail(xml, STATUS_IO);
	xml->n = 0;
}

/* ---- bytes ---- */

static void put(struct xml *xml, const char *bytes, size_t len)
{
	while (len > 0) {
		size_t room = BUFFER_SIZE - xml->n, n = len < room ? len : room;
		memcpy(xml->buffer + xml->n, bytes, n);
		xml->n += n;
		bytes += n;
		len -= n;
		if (xml->n == BUFFER_SIZE)
			flush(xml);
	}
}

static void put_string(struct xml *xml, const char *string)
{
	put(xml, string, strlen(string));
}

static void put_indent(struct xml *xml, size_t depth)
{
	while (depth-- > 0)
		put(xml, " ", 1);
}

/*
 * What stands for a character that is markup, or that a reader would change; NULL for any
 * other.  Line ends and tabs stay what they are only in text.
 */
static const char *reference(char c, bool in_attribute)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\r':
		return "&#13;";
	case '\n':
		return in_attribute ? "&#10;" : NULL;
	case '\t':
		return in_attribute ? "&#9;" : NULL;
	default:
		return NULL;
	}
}

static void put_escaped(struct xml *xml, const char *utf8, bool in_attribute)
{
	const char *plain = utf8;

	for (; *utf8; utf8++) {
		const char *instead = reference(*utf8, in_attribute);
		if (!instead)
			continue;
		put(xml, plain, (size_t)(utf8 - plain));
		put_string(xml, instead);
		plain = utf8 + 1;
	}
	put(xml, plain, (size_t)(utf8 - plain));
}

/* ---- documents and elements ---- */

enum status xml_start(struct output *output, struct xml **out)
{
	struct xml *xml = calloc(1, sizeof(*xml));

	if (!xml)
		return STATUS_NOMEM;
	xml->output = output;
	put_string(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	*out = xml;
	return STATUS_OK;
}

enum status xml_finish(struct xml *xml)
{
	enum status status;

	while (xml->open.n > 0)
		xml_close(xml);
	flush(xml);
	status = xml->status;
	free(xml->open.items);
	free(xml);
	return status;
}

/* The content of the innermost element begins. */
static void end_tag(struct xml *xml, const char *with)
{
	if (xml->in_tag)
		put_string(xml, with);
	xml->in_tag = false;
}

void xml_open(struct xml *xml, const char *name)
{
	end_tag(xml, ">\n");
	enum status status = ARRAY_RESERVE(&xml->open, OPEN_MAX);
	if (status != STATUS_OK) {
		xml_fail(xml, status);
		return;
	}
	put_indent(xml, xml->open.n);
	xml->open.items[xml->open.n++] = name;
	put(xml, "<", 1);
	put_string(xml, name);
	xml->in_tag = true;
	xml->has_text = false;
}

void xml_close(struct xml *xml)
{
	/* After a failure there may be none: then nothing of it is kept. */
	if (xml->open.n == 0)
		return;
	const char *name = xml->open.items[--xml->open.n];
	if (xml->in_tag) {
		put(xml, "/>\n", 3);
	} else {
		if (!xml->has_text)
			put_indent(xml, xml->open.n);
		put(xml, "</", 2);
		put_string(xml, name);
		put(xml, ">\n", 2);
	}
	xml->in_tag = xml->has_text = false;
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

/* Text of an element, fit for XML. */
static void put_content(struct xml *xml, const char *utf8)
{
	end_tag(xml, ">");
	xml->has_text = true;
	put_escaped(xml, utf8, false);
}

static void put_attribute(struct xml *xml, const char *name, const char *utf8)
{
	put(xml, " ", 1);
	put_string(xml, name);
	put(xml, "=\"", 2);
	put_escaped(xml, utf8, true);
	put(xml, "\"", 1);
}

void xml_attribute(struct xml *xml, const char *name, const char *utf8)
{
	char *cleaned = utf8 && !is_plain(utf8) ? clean(utf8) : NULL;

	if (!utf8)
		return;
	if (cleaned || is_plain(utf8))
		put_attribute(xml, name, cleaned ? cleaned : utf8);
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
	char digits[21], *first = digits + sizeof(digits) - 1;

	*first = '\0';
	do
		*--first = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	put_attribute(xml, name, first);
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
	char *cleaned = is_plain(utf8) ? NULL : clean(utf8);

	if (cleaned || is_plain(utf8))
		put_content(xml, cleaned ? cleaned : utf8);
	else
		xml_fail(xml, STATUS_NOMEM);
	free(cleaned);
}

void xml_base64(struct xml *xml, struct span bytes)
{
	uint8_t piece[3 * 512];
	char line[BASE64_SIZE(sizeof(piece))];

	for (size_t off = 0; off < bytes.len; off += sizeof(piece)) {
		size_t n =
			bytes.len - off < sizeof(piece) ? bytes.len - off : sizeof(piece);
		(void)!span_copy(bytes, off, piece, n);
		base64_write(line, piece, n);
		end_tag(xml, ">");
		xml->has_text = true;
		put(xml, line, BASE64_SIZE(n));
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
		put_string(xml, " bytes=\"");
		for (const char *c = path; *c; c++) {
			(void)snprintf(hex, sizeof(hex), "%02x", (unsigned char)*c);
			put_string(xml, hex);
		}
		put(xml, "\"", 1);
	}
	if (cleaned)
		put_content(xml, cleaned);
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
		put_content(xml, utf8);
	xml_close(xml);
	free(utf8);
}
