// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An event as binary XML: an instance of a template for all that is alike in all events,
 * whose last value is an instance of a template for the strings.
 */
#include "evtx_private.h"

#include "builder_private.h"

#include <stdlib.h>
#include <string.h>

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

size_t evtx_put_text(struct evtx_out *out, const char *text)
{
	uint8_t *units = builder_realloc(NULL, 2 * strlen(text) + 2, 1);
	size_t len = builder_utf16(text, units);

	evtx_put_bytes(out, units, len);
	free(units);
	return len;
}

uint32_t evtx_begin_length(struct evtx_out *out)
{
	evtx_put(out, 0, 4);
	return out->len;
}

void evtx_end_length(struct evtx_out *out, uint32_t begin)
{
	if (!out->full)
		evtx_set(out->chunk + begin - 4, out->len - begin, 4);
}

/* A row of the table before the values; its length may be set later. */
static uint8_t *descriptor(struct evtx_out *out, size_t len, enum evtx_type type)
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
		rows[i] = descriptor(out, 0,
				     classic ? EVTX_TYPE_STRINGS : EVTX_TYPE_STRING);
	uint32_t begin = out->len;
	for (size_t i = 0; i < event->n_strings; i++) {
		size_t len = evtx_put_text(out, event->strings[i]);
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
	uint8_t *rows[EVTX_N_VALUES];
	static const struct {
		uint8_t len, type;
	} table[EVTX_N_VALUES] = {
		[EVTX_V_LEVEL] = { 1, EVTX_TYPE_U8 },
		[EVTX_V_TASK] = { 2, EVTX_TYPE_U16 },
		[EVTX_V_OPCODE] = { 1, EVTX_TYPE_U8 },
		[EVTX_V_ID] = { 2, EVTX_TYPE_U16 },
		[EVTX_V_QUALIFIERS] = { 2, EVTX_TYPE_U16 },
		[EVTX_V_KEYWORDS] = { 8, EVTX_TYPE_HEX64 },
		[EVTX_V_TIME] = { 8, EVTX_TYPE_FILETIME },
		[EVTX_V_ACTIVITY] = { 0, EVTX_TYPE_NULL },
		[EVTX_V_PROCESS] = { 4, EVTX_TYPE_U32 },
		[EVTX_V_THREAD] = { 4, EVTX_TYPE_U32 },
		[EVTX_V_NUMBER] = { 8, EVTX_TYPE_U64 },
		[EVTX_V_VERSION] = { 1, EVTX_TYPE_U8 },
		[EVTX_V_SID] = { 0, EVTX_TYPE_SID },
		[EVTX_V_RELATED] = { 0, EVTX_TYPE_NULL },
		[EVTX_V_PROVIDER] = { 0, EVTX_TYPE_STRING },
		[EVTX_V_GUID] = { 16, EVTX_TYPE_GUID },
		[EVTX_V_CHANNEL] = { 0, EVTX_TYPE_STRING },
		[EVTX_V_DATA] = { 0, EVTX_TYPE_XML },
	};

	evtx_put(out, EVTX_N_VALUES, 4);
	for (size_t i = 0; i < EVTX_N_VALUES; i++)
		rows[i] = descriptor(out, table[i].len, table[i].type);
	if (out->full)
		return;
	evtx_set(rows[EVTX_V_SID], sid_len, 2);
	if (sid_len == 0)
		evtx_set(rows[EVTX_V_SID] + 2, EVTX_TYPE_NULL, 2);
	evtx_set(rows[classic ? EVTX_V_GUID : EVTX_V_QUALIFIERS], 0, 4);
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
	evtx_set(rows[EVTX_V_PROVIDER], evtx_put_text(out, event->provider), 2);
	if (!classic)
		evtx_put_bytes(out, provider_guid, sizeof(provider_guid));
	evtx_set(rows[EVTX_V_CHANNEL], evtx_put_text(out, event->channel), 2);
	uint32_t begin = out->len;
	evtx_instance(out,
		      classic ? EVTX_CLASSIC : EVTX_MANIFEST + (uint32_t)event->n_strings,
		      "");
	data_values(out, event, classic);
	evtx_put(out, EVTX_END_OF_STREAM, 1);
	evtx_set(rows[EVTX_V_DATA], out->len - begin, 2);
}

void evtx_xml(struct evtx_out *out, const struct evtx_content *event)
{
	if (event->raw != NULL) {
		evtx_put_bytes(out, event->raw, event->raw_len);
		return;
	}
	bool classic = strncmp(event->provider, "Microsoft-Windows-", 18) != 0;

	evtx_instance(out, EVTX_OUTER, event->computer);
	values(out, event, classic);
	evtx_put(out, EVTX_END_OF_STREAM, 1);
}
