// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Templates of binary XML: elements with their names, and places for values. A name or a
 * template stands in the chunk once, where it is first used, and is pointed at later.
 */
#include "evtx_private.h"

#include "builder_private.h"

#include <stdio.h>
#include <string.h>

/* Tokens; the flag says that attributes follow, or that more follow. */
enum {
	OPEN_ELEMENT = 0x01,
	CLOSE_OPENING = 0x02,
	CLOSE_EMPTY = 0x03,
	END_ELEMENT = 0x04,
	VALUE = 0x05,
	ATTRIBUTE = 0x06,
	TEMPLATE = 0x0c,
	SUBSTITUTION = 0x0d,
	OPTIONAL_SUBSTITUTION = 0x0e,
	FRAGMENT = 0x0f,
	MORE = 0x40,
};

static const char namespace[] = "http://schemas.microsoft.com/win/2004/08/events/event";

/* Puts the place into a list of the chunk's header. Return: what stood there. */
static uint32_t link_in(struct evtx_out *out, size_t table, uint32_t bucket, uint32_t off)
{
	uint8_t *entry = out->chunk + table + 4 * bucket;
	uint32_t before = entry[0] | (uint32_t)entry[1] << 8 | (uint32_t)entry[2] << 16 |
			  (uint32_t)entry[3] << 24;

	evtx_set(entry, off, 4);
	return before;
}

/* --- parts of a template --- */

static void name(struct evtx_out *out, const char *text)
{
	struct evtx_known *known = out->known;
	uint16_t hash = 0;

	for (size_t i = 0; i < known->n_names; i++)
		if (strcmp(known->names[i].text, text) == 0) {
			evtx_put(out, known->names[i].off, 4);
			return;
		}
	uint32_t off = out->len + 4;
	evtx_put(out, off, 4);
	for (const char *c = text; *c != 0; c++)
		hash = (uint16_t)(hash * 65599u + (uint8_t)*c);
	evtx_put(out, link_in(out, EVTX_NAMES_AT, hash % EVTX_NAME_BUCKETS, off), 4);
	evtx_put(out, hash, 2);
	evtx_put(out, strlen(text), 2);
	evtx_put_text(out, text);
	evtx_put(out, 0, 2);
	if (known->n_names == EVTX_MAX_NAMES)
		builder_die("too many names in a chunk");
	snprintf(known->names[known->n_names].text, sizeof(known->names[0].text), "%s",
		 text);
	known->names[known->n_names++].off = off;
}

static void literal(struct evtx_out *out, const char *text)
{
	evtx_put(out, VALUE, 1);
	evtx_put(out, EVTX_TYPE_STRING, 1);
	uint32_t at = out->len;
	evtx_put(out, 0, 2);
	size_t len = evtx_put_text(out, text);
	if (!out->full)
		evtx_set(out->chunk + at, len / 2, 2);
}

static void value_of(struct evtx_out *out, unsigned index, enum evtx_type type)
{
	evtx_put(out, OPTIONAL_SUBSTITUTION, 1);
	evtx_put(out, index, 2);
	evtx_put(out, type, 1);
}

/* Opens an element. Return: for close_element(). */
static uint32_t open_element(struct evtx_out *out, const char *text, bool attributes)
{
	evtx_put(out, attributes ? OPEN_ELEMENT | MORE : OPEN_ELEMENT, 1);
	evtx_put(out, 0xffff, 2); /* depends on no value */
	uint32_t begin = evtx_begin_length(out);
	name(out, text);
	return begin;
}

static void close_element(struct evtx_out *out, uint32_t begin)
{
	evtx_put(out, END_ELEMENT, 1);
	evtx_end_length(out, begin);
}

static void attribute(struct evtx_out *out, const char *text, bool more)
{
	evtx_put(out, more ? ATTRIBUTE | MORE : ATTRIBUTE, 1);
	name(out, text);
}

/* <text>%index</text> */
static void simple(struct evtx_out *out, const char *text, unsigned index,
		   enum evtx_type type)
{
	uint32_t begin = open_element(out, text, false);

	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, index, type);
	close_element(out, begin);
}

struct with {
	const char *name;
	unsigned index;
	enum evtx_type type;
};

/* <text a="%1" b="%2"/> */
static void with_two(struct evtx_out *out, const char *text, struct with a, struct with b)
{
	uint32_t begin = open_element(out, text, true), list = evtx_begin_length(out);

	attribute(out, a.name, b.name != NULL);
	value_of(out, a.index, a.type);
	if (b.name != NULL) {
		attribute(out, b.name, false);
		value_of(out, b.index, b.type);
	}
	evtx_end_length(out, list);
	evtx_put(out, CLOSE_EMPTY, 1);
	evtx_end_length(out, begin);
}

static void event_id(struct evtx_out *out)
{
	uint32_t begin = open_element(out, "EventID", true),
		 list = evtx_begin_length(out);

	attribute(out, "Qualifiers", false);
	value_of(out, EVTX_V_QUALIFIERS, EVTX_TYPE_U16);
	evtx_end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, EVTX_V_ID, EVTX_TYPE_U16);
	close_element(out, begin);
}

static void computer_element(struct evtx_out *out, const char *computer)
{
	uint32_t begin = open_element(out, "Computer", false);

	evtx_put(out, CLOSE_OPENING, 1);
	literal(out, computer);
	close_element(out, begin);
}

static void system_element(struct evtx_out *out, const char *computer)
{
	uint32_t begin = open_element(out, "System", false);
	const struct with none = { NULL, 0, EVTX_TYPE_NULL };

	evtx_put(out, CLOSE_OPENING, 1);
	with_two(out, "Provider",
		 (struct with){ "Name", EVTX_V_PROVIDER, EVTX_TYPE_STRING },
		 (struct with){ "Guid", EVTX_V_GUID, EVTX_TYPE_GUID });
	event_id(out);
	simple(out, "Version", EVTX_V_VERSION, EVTX_TYPE_U8);
	simple(out, "Level", EVTX_V_LEVEL, EVTX_TYPE_U8);
	simple(out, "Task", EVTX_V_TASK, EVTX_TYPE_U16);
	simple(out, "Opcode", EVTX_V_OPCODE, EVTX_TYPE_U8);
	simple(out, "Keywords", EVTX_V_KEYWORDS, EVTX_TYPE_HEX64);
	with_two(out, "TimeCreated",
		 (struct with){ "SystemTime", EVTX_V_TIME, EVTX_TYPE_FILETIME }, none);
	simple(out, "EventRecordID", EVTX_V_NUMBER, EVTX_TYPE_U64);
	with_two(out, "Correlation",
		 (struct with){ "ActivityID", EVTX_V_ACTIVITY, EVTX_TYPE_GUID },
		 (struct with){ "RelatedActivityID", EVTX_V_RELATED, EVTX_TYPE_GUID });
	with_two(out, "Execution",
		 (struct with){ "ProcessID", EVTX_V_PROCESS, EVTX_TYPE_U32 },
		 (struct with){ "ThreadID", EVTX_V_THREAD, EVTX_TYPE_U32 });
	simple(out, "Channel", EVTX_V_CHANNEL, EVTX_TYPE_STRING);
	computer_element(out, computer);
	with_two(out, "Security", (struct with){ "UserID", EVTX_V_SID, EVTX_TYPE_SID },
		 none);
	close_element(out, begin);
}

static void outer(struct evtx_out *out, const char *computer)
{
	uint32_t begin = open_element(out, "Event", true), list = evtx_begin_length(out);

	attribute(out, "xmlns", false);
	literal(out, namespace);
	evtx_end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	system_element(out, computer);
	value_of(out, EVTX_V_DATA, EVTX_TYPE_XML);
	close_element(out, begin);
}

/* <Data Name="ParamN">%N</Data> */
static void named_data(struct evtx_out *out, unsigned index)
{
	char number[16];
	uint32_t begin = open_element(out, "Data", true), list = evtx_begin_length(out);

	attribute(out, "Name", false);
	snprintf(number, sizeof(number), "Param%u", index + 1);
	literal(out, number);
	evtx_end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, index, EVTX_TYPE_STRING);
	close_element(out, begin);
}

static void event_data(struct evtx_out *out, uint32_t id)
{
	uint32_t begin = open_element(out, "EventData", false);

	if (id == EVTX_MANIFEST) { /* without strings */
		evtx_put(out, CLOSE_EMPTY, 1);
		evtx_end_length(out, begin);
		return;
	}
	evtx_put(out, CLOSE_OPENING, 1);
	if (id == EVTX_CLASSIC)
		simple(out, "Data", 0, EVTX_TYPE_STRINGS);
	else
		for (unsigned i = 0; i < id - EVTX_MANIFEST; i++)
			named_data(out, i);
	close_element(out, begin);
}

/* --- instances --- */

void evtx_instance(struct evtx_out *out, uint32_t id, const char *computer)
{
	struct evtx_known *known = out->known;

	evtx_put(out, FRAGMENT, 1);
	evtx_put(out, 0x000101, 3); /* version 1.1, no flags */
	evtx_put(out, TEMPLATE, 1);
	evtx_put(out, 1, 1);
	evtx_put(out, id, 4);
	for (size_t i = 0; i < known->n_templates; i++)
		if (known->templates[i].id == id &&
		    strcmp(known->templates[i].computer, computer) == 0) {
			evtx_put(out, known->templates[i].off, 4);
			return;
		}
	uint32_t off = out->len + 4;
	evtx_put(out, off, 4);
	evtx_put(out, link_in(out, EVTX_TEMPLATES_AT, id % EVTX_TEMPLATE_BUCKETS, off),
		 4);
	evtx_put(out, id, 4); /* a GUID, which begins with the number */
	evtx_put(out, UINT64_C(0x4a5f9c3e1b7d2468), 8);
	evtx_put(out, 0x13579bdf, 4);
	uint32_t begin = evtx_begin_length(out);
	evtx_put(out, FRAGMENT, 1);
	evtx_put(out, 0x000101, 3);
	if (id == EVTX_OUTER)
		outer(out, computer);
	else
		event_data(out, id);
	evtx_put(out, EVTX_END_OF_STREAM, 1);
	evtx_end_length(out, begin);
	if (known->n_templates == EVTX_MAX_TEMPLATES)
		builder_die("too many templates in a chunk");
	known->templates[known->n_templates].id = id;
	known->templates[known->n_templates].off = off;
	snprintf(known->templates[known->n_templates++].computer,
		 sizeof(known->templates[0].computer), "%s", computer);
}
