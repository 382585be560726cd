// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An event as binary XML: an instance of a template for all that is alike in all events,
 * whose last value is an instance of a template for the strings. A name or a template
 * stands in the chunk once, where it is first used, and is pointed at later.
 */
#include "evtx_private.h"

#include "builder_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tokens; the flag says that attributes follow, or that more follow. */
enum {
	END_OF_STREAM = 0x00,
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

enum type {
	TYPE_NULL = 0x00,
	TYPE_STRING = 0x01,
	TYPE_U8 = 0x04,
	TYPE_U16 = 0x06,
	TYPE_U32 = 0x08,
	TYPE_U64 = 0x0a,
	TYPE_GUID = 0x0f,
	TYPE_FILETIME = 0x11,
	TYPE_SID = 0x13,
	TYPE_HEX64 = 0x15,
	TYPE_XML = 0x21,
	TYPE_STRINGS = 0x81, /* an array of strings, each with its NUL */
};

/* The values of the outer template, in their order. */
enum {
	V_LEVEL,
	V_TASK,
	V_OPCODE,
	V_ID,
	V_QUALIFIERS,
	V_KEYWORDS,
	V_TIME,
	V_ACTIVITY,
	V_PROCESS,
	V_THREAD,
	V_NUMBER,
	V_VERSION,
	V_SID,
	V_RELATED,
	V_PROVIDER,
	V_GUID,
	V_CHANNEL,
	V_DATA,
	N_VALUES,
};

enum {
	OUTER = 1,   /* template of all events */
	MANIFEST,    /* and so many more: strings as named elements */
	CLASSIC = 64 /* strings as an array */
};

static const char namespace[] = "http://schemas.microsoft.com/win/2004/08/events/event";

void evtx_set(uint8_t *at, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		at[i] = (uint8_t)(number >> 8 * i);
}

static uint8_t *reserve(struct evtx_out *out, size_t len)
{
	if (out->full || len > EVTX_CHUNK - out->len) {
		out->full = true;
		return NULL;
	}
	out->len += (uint32_t)len;
	return out->chunk + out->len - len;
}

void evtx_put(struct evtx_out *out, uint64_t number, size_t bytes)
{
	uint8_t *at = reserve(out, bytes);

	if (at != NULL)
		evtx_set(at, number, bytes);
}

void evtx_put_bytes(struct evtx_out *out, const void *bytes, size_t len)
{
	uint8_t *at = reserve(out, len);

	if (at != NULL)
		memcpy(at, bytes, len);
}

/* Units of the text, without a NUL. Return: bytes. */
static size_t put_text(struct evtx_out *out, const char *text)
{
	uint8_t *units = builder_realloc(NULL, 2 * strlen(text) + 2, 1);
	size_t len = builder_utf16(text, units);

	evtx_put_bytes(out, units, len);
	free(units);
	return len;
}

/* Room for a length that is known later; end_length() fills it in. */
static uint32_t begin_length(struct evtx_out *out)
{
	evtx_put(out, 0, 4);
	return out->len;
}

static void end_length(struct evtx_out *out, uint32_t begin)
{
	if (!out->full)
		evtx_set(out->chunk + begin - 4, out->len - begin, 4);
}

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
	put_text(out, text);
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
	evtx_put(out, TYPE_STRING, 1);
	uint32_t at = out->len;
	evtx_put(out, 0, 2);
	size_t len = put_text(out, text);
	if (!out->full)
		evtx_set(out->chunk + at, len / 2, 2);
}

static void value_of(struct evtx_out *out, unsigned index, enum type type)
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
	uint32_t begin = begin_length(out);
	name(out, text);
	return begin;
}

static void close_element(struct evtx_out *out, uint32_t begin)
{
	evtx_put(out, END_ELEMENT, 1);
	end_length(out, begin);
}

static void attribute(struct evtx_out *out, const char *text, bool more)
{
	evtx_put(out, more ? ATTRIBUTE | MORE : ATTRIBUTE, 1);
	name(out, text);
}

/* <text>%index</text> */
static void simple(struct evtx_out *out, const char *text, unsigned index, enum type type)
{
	uint32_t begin = open_element(out, text, false);

	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, index, type);
	close_element(out, begin);
}

struct with {
	const char *name;
	unsigned index;
	enum type type;
};

/* <text a="%1" b="%2"/> */
static void with_two(struct evtx_out *out, const char *text, struct with a, struct with b)
{
	uint32_t begin = open_element(out, text, true), list = begin_length(out);

	attribute(out, a.name, b.name != NULL);
	value_of(out, a.index, a.type);
	if (b.name != NULL) {
		attribute(out, b.name, false);
		value_of(out, b.index, b.type);
	}
	end_length(out, list);
	evtx_put(out, CLOSE_EMPTY, 1);
	end_length(out, begin);
}

static void event_id(struct evtx_out *out)
{
	uint32_t begin = open_element(out, "EventID", true), list = begin_length(out);

	attribute(out, "Qualifiers", false);
	value_of(out, V_QUALIFIERS, TYPE_U16);
	end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, V_ID, TYPE_U16);
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
	const struct with none = { NULL, 0, TYPE_NULL };

	evtx_put(out, CLOSE_OPENING, 1);
	with_two(out, "Provider", (struct with){ "Name", V_PROVIDER, TYPE_STRING },
		 (struct with){ "Guid", V_GUID, TYPE_GUID });
	event_id(out);
	simple(out, "Version", V_VERSION, TYPE_U8);
	simple(out, "Level", V_LEVEL, TYPE_U8);
	simple(out, "Task", V_TASK, TYPE_U16);
	simple(out, "Opcode", V_OPCODE, TYPE_U8);
	simple(out, "Keywords", V_KEYWORDS, TYPE_HEX64);
	with_two(out, "TimeCreated", (struct with){ "SystemTime", V_TIME, TYPE_FILETIME },
		 none);
	simple(out, "EventRecordID", V_NUMBER, TYPE_U64);
	with_two(out, "Correlation", (struct with){ "ActivityID", V_ACTIVITY, TYPE_GUID },
		 (struct with){ "RelatedActivityID", V_RELATED, TYPE_GUID });
	with_two(out, "Execution", (struct with){ "ProcessID", V_PROCESS, TYPE_U32 },
		 (struct with){ "ThreadID", V_THREAD, TYPE_U32 });
	simple(out, "Channel", V_CHANNEL, TYPE_STRING);
	computer_element(out, computer);
	with_two(out, "Security", (struct with){ "UserID", V_SID, TYPE_SID }, none);
	close_element(out, begin);
}

static void outer(struct evtx_out *out, const char *computer)
{
	uint32_t begin = open_element(out, "Event", true), list = begin_length(out);

	attribute(out, "xmlns", false);
	literal(out, namespace);
	end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	system_element(out, computer);
	value_of(out, V_DATA, TYPE_XML);
	close_element(out, begin);
}

/* <Data Name="ParamN">%N</Data> */
static void named_data(struct evtx_out *out, unsigned index)
{
	char number[16];
	uint32_t begin = open_element(out, "Data", true), list = begin_length(out);

	attribute(out, "Name", false);
	snprintf(number, sizeof(number), "Param%u", index + 1);
	literal(out, number);
	end_length(out, list);
	evtx_put(out, CLOSE_OPENING, 1);
	value_of(out, index, TYPE_STRING);
	close_element(out, begin);
}

static void event_data(struct evtx_out *out, uint32_t id)
{
	uint32_t begin = open_element(out, "EventData", false);

	if (id == MANIFEST) { /* without strings */
		evtx_put(out, CLOSE_EMPTY, 1);
		end_length(out, begin);
		return;
	}
	evtx_put(out, CLOSE_OPENING, 1);
	if (id == CLASSIC)
		simple(out, "Data", 0, TYPE_STRINGS);
	else
		for (unsigned i = 0; i < id - MANIFEST; i++)
			named_data(out, i);
	close_element(out, begin);
}

/* --- instances --- */

/* The head of an instance, with the template itself where it is new in the chunk. */
static void instance(struct evtx_out *out, uint32_t id, const char *computer)
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
	uint32_t begin = begin_length(out);
	evtx_put(out, FRAGMENT, 1);
	evtx_put(out, 0x000101, 3);
	if (id == OUTER)
		outer(out, computer);
	else
		event_data(out, id);
	evtx_put(out, END_OF_STREAM, 1);
	end_length(out, begin);
	if (known->n_templates == EVTX_MAX_TEMPLATES)
		builder_die("too many templates in a chunk");
	known->templates[known->n_templates].id = id;
	known->templates[known->n_templates].off = off;
	snprintf(known->templates[known->n_templates++].computer,
		 sizeof(known->templates[0].computer), "%s", computer);
}

/* A row of the table before the values; its length may be set later. */
static uint8_t *descriptor(struct evtx_out *out, size_t len, enum type type)
{
	uint8_t *at = reserve(out, 4);

	if (at != NULL) {
		evtx_set(at, len, 2);
		evtx_set(at + 2, type, 2);
	}
	return at;
}

static void data_values(struct evtx_out *out, const struct evtx_content *event,
			bool classic)
{
	uint8_t *rows[EVTX_MAX_STRINGS];

	evtx_put(out, classic ? 1 : event->n_strings, 4);
	for (size_t i = 0; i < (classic ? 1 : event->n_strings); i++)
		rows[i] = descriptor(out, 0, classic ? TYPE_STRINGS : TYPE_STRING);
	uint32_t begin = out->len;
	for (size_t i = 0; i < event->n_strings; i++) {
		size_t len = put_text(out, event->strings[i]);
		if (classic)
			evtx_put(out, 0, 2);
		else if (!out->full)
			evtx_set(rows[i], len, 2);
	}
	if (classic && !out->full) {
		if (out->len - begin > UINT16_MAX)
			builder_die("strings too long for an event");
		evtx_set(rows[0], out->len - begin, 2);
	}
}

/* A SID from its text. Return: bytes. */
static size_t make_sid(const char *text, uint8_t *sid)
{
	size_t n = 0;
	char *next = NULL;

	if (strncmp(text, "S-1-", 4) != 0)
		builder_die("no SID");
	unsigned long authority = strtoul(text + 4, &next, 10);
	while (*next == '-' && n < 15)
		evtx_set(sid + 8 + 4 * n++, strtoul(next + 1, &next, 10), 4);
	if (*next != 0)
		builder_die("no SID");
	memset(sid, 0, 8);
	sid[0] = 1;
	sid[1] = (uint8_t)n;
	for (int i = 0; i < 4; i++)
		sid[7 - i] = (uint8_t)(authority >> 8 * i);
	return 8 + 4 * n;
}

static const uint8_t provider_guid[16] = {
	0xf0, 0xe9, 0xb1, 0x89, 0xff, 0x5a, 0xa6, 0x44,
	0x9b, 0x44, 0x0a, 0x07, 0xa7, 0xce, 0x58, 0x45,
};

static void values(struct evtx_out *out, const struct evtx_content *event, bool classic)
{
	uint8_t sid[8 + 4 * 15];
	size_t sid_len = event->sid != NULL ? make_sid(event->sid, sid) : 0;
	uint8_t *rows[N_VALUES];
	static const struct {
		uint8_t len, type;
	} table[N_VALUES] = {
		[V_LEVEL] = { 1, TYPE_U8 },	   [V_TASK] = { 2, TYPE_U16 },
		[V_OPCODE] = { 1, TYPE_U8 },	   [V_ID] = { 2, TYPE_U16 },
		[V_QUALIFIERS] = { 2, TYPE_U16 },  [V_KEYWORDS] = { 8, TYPE_HEX64 },
		[V_TIME] = { 8, TYPE_FILETIME },   [V_ACTIVITY] = { 0, TYPE_NULL },
		[V_PROCESS] = { 4, TYPE_U32 },	   [V_THREAD] = { 4, TYPE_U32 },
		[V_NUMBER] = { 8, TYPE_U64 },	   [V_VERSION] = { 1, TYPE_U8 },
		[V_SID] = { 0, TYPE_SID },	   [V_RELATED] = { 0, TYPE_NULL },
		[V_PROVIDER] = { 0, TYPE_STRING }, [V_GUID] = { 16, TYPE_GUID },
		[V_CHANNEL] = { 0, TYPE_STRING },  [V_DATA] = { 0, TYPE_XML },
	};

	evtx_put(out, N_VALUES, 4);
	for (size_t i = 0; i < N_VALUES; i++)
		rows[i] = descriptor(out, table[i].len, table[i].type);
	if (out->full)
		return;
	evtx_set(rows[V_SID], sid_len, 2);
	if (sid_len == 0)
		evtx_set(rows[V_SID] + 2, TYPE_NULL, 2);
	evtx_set(rows[classic ? V_GUID : V_QUALIFIERS], 0, 4);
	evtx_put(out, event->level, 1);
	evtx_put(out, 0, 2);
	evtx_put(out, 0, 1);
	evtx_put(out, event->id, 2);
	if (classic)
		evtx_put(out, 0, 2);
	evtx_put(out, UINT64_C(0x8000000000000000), 8);
	evtx_put(out, event->filetime, 8);
	evtx_put(out, 1234, 4);
	evtx_put(out, 5678, 4);
	evtx_put(out, event->number, 8);
	evtx_put(out, 0, 1);
	evtx_put_bytes(out, sid, sid_len);
	evtx_set(rows[V_PROVIDER], put_text(out, event->provider), 2);
	if (!classic)
		evtx_put_bytes(out, provider_guid, sizeof(provider_guid));
	evtx_set(rows[V_CHANNEL], put_text(out, event->channel), 2);
	uint32_t begin = out->len;
	instance(out, classic ? CLASSIC : MANIFEST + (uint32_t)event->n_strings, "");
	data_values(out, event, classic);
	evtx_put(out, END_OF_STREAM, 1);
	evtx_set(rows[V_DATA], out->len - begin, 2);
}

void evtx_xml(struct evtx_out *out, const struct evtx_content *event)
{
	if (event->raw != NULL) {
		evtx_put_bytes(out, event->raw, event->raw_len);
		return;
	}
	bool classic = strncmp(event->provider, "Microsoft-Windows-", 18) != 0;

	instance(out, OUTER, event->computer);
	values(out, event, classic);
	evtx_put(out, END_OF_STREAM, 1);
}
