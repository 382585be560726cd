/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/evtxlogs.h"

#include "help/eventlogs.h"

#include "samples/builder.h"

#include <string.h>

#define SERVICE "Microsoft-Windows-User Profiles Service"
#define USER "S-1-5-21-1111111111-2222222222-3333333333-1001"

uint64_t evtxlogs_ft(unsigned i)
{
	return builder_filetime(2024, 3, 1, 8, 0, 0) + 600000000ull * i + 1234567;
}

size_t evtxlogs_add(struct evtx *log, unsigned i)
{
	if (i % 3 == 0)
		return evtx_event(log, SERVICE, 1511, EVTX_ERROR, evtxlogs_ft(i), USER,
				  NULL);
	if (i % 3 == 1)
		return evtx_event(log, SERVICE, 1508, EVTX_WARNING, evtxlogs_ft(i), USER,
				  "Zugriff verweigert",
				  "C:\\Users\\M\xc3\xbcller \xf0\x9f\x93\xa7", NULL);
	return evtx_event(log, "MsiInstaller", 1033, EVTX_INFORMATION, evtxlogs_ft(i),
			  NULL, "Office <16> & more", "", "16.0.4266.1001", NULL);
}

struct evtx *evtxlogs_new(unsigned n)
{
	struct evtx *log = evtx_new("PC01.example.com", "Application");

	for (unsigned i = 0; i < n; i++)
		evtxlogs_add(log, i);
	evtx_close(log);
	return log;
}

struct evtx *evtxlogs_long(unsigned n)
{
	struct evtx *log = evtx_new("PC01.example.com", "Application");
	static char text[12001];

	memset(text, 'x', sizeof(text) - 1);
	for (unsigned i = 0; i < n; i++)
		evtx_event(log, SERVICE, 1508, EVTX_ERROR, evtxlogs_ft(i), USER, text,
			   NULL);
	evtx_close(log);
	return log;
}

struct eventlog *evtxlogs_read(struct evtx *log)
{
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	return eventlogs_read_bytes(bytes, len);
}

static void check_strings(const struct eventlog_event *event, const char *const *strings,
			  size_t n)
{
	assert_int_equal(event->n_strings, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(event->strings[i], strings[i]);
}

void evtxlogs_check_event(const struct eventlog *log, size_t k, unsigned i)
{
	static const char *const failed[] = {
		"Zugriff verweigert", "C:\\Users\\M\xc3\xbcller \xf0\x9f\x93\xa7"
	};
	static const char *const installed[] = { "Office <16> & more", "",
						 "16.0.4266.1001" };
	static const uint32_t types[] = { EVENTLOG_ERROR, EVENTLOG_WARNING,
					  EVENTLOG_INFORMATION };
	static const unsigned codes[] = { 1511, 1508, 1033 };

	assert_true(k < log->n_events);
	const struct eventlog_event *event = &log->events[k];
	assert_true(event->time_ft == evtxlogs_ft(i));
	assert_string_equal(event->source, i % 3 < 2 ? SERVICE : "MsiInstaller");
	assert_string_equal(event->computer, "PC01.example.com");
	assert_string_equal(event->channel, "Application");
	assert_int_equal(eventlog_code(event), codes[i % 3]);
	assert_int_equal(event->id, codes[i % 3]);
	assert_int_equal(event->type, types[i % 3]);
	if (i % 3 < 2)
		assert_string_equal(event->sid, USER);
	else
		assert_null(event->sid);
	check_strings(event, i % 3 == 1 ? failed : installed,
		      i % 3 == 0   ? 0
		      : i % 3 == 1 ? 2
				   : 3);
	assert_int_equal(event->record, i + 1);
}

void evtxlogs_check_run(const struct eventlog *log, unsigned from, unsigned to)
{
	assert_int_equal(log->n_events, to - from);
	for (unsigned i = from; i < to; i++) {
		evtxlogs_check_event(log, i - from, i);
		assert_false(log->events[i - from].recovered);
	}
}

uint32_t evtxlogs_get32(struct evtx *log, size_t off)
{
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	assert_true(off + 4 <= len);
	return (uint32_t)bytes[off] | (uint32_t)bytes[off + 1] << 8 |
	       (uint32_t)bytes[off + 2] << 16 | (uint32_t)bytes[off + 3] << 24;
}

void evtxlogs_put32(struct evtx *log, size_t off, uint32_t number)
{
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	assert_true(off + 4 <= len);
	for (int i = 0; i < 4; i++)
		bytes[off + (size_t)i] = (uint8_t)(number >> 8 * i);
}

/* ---- XML ---- */

void evtxlogs_xml_number(struct evtxlogs_xml *xml, uint64_t number, size_t bytes)
{
	assert_true(xml->len + bytes <= EVTXLOGS_ROOM);
	for (size_t i = 0; i < bytes; i++)
		xml->bytes[xml->len++] = (uint8_t)(number >> 8 * i);
}

void evtxlogs_xml_begin(struct evtxlogs_xml *xml)
{
	xml->len = 0;
	evtxlogs_xml_number(xml, 0x0001010f, 4);
}

void evtxlogs_xml_name(struct evtxlogs_xml *xml, const char *name)
{
	uint16_t hash = 0;

	for (const char *c = name; *c; c++)
		hash = (uint16_t)(hash * 65599u + (uint8_t)*c);
	evtxlogs_xml_number(xml, EVTXLOGS_AT + xml->len + 4, 4);
	evtxlogs_xml_number(xml, 0, 4);
	evtxlogs_xml_number(xml, hash, 2);
	evtxlogs_xml_number(xml, strlen(name), 2);
	for (const char *c = name; *c; c++)
		evtxlogs_xml_number(xml, (uint8_t)*c, 2);
	evtxlogs_xml_number(xml, 0, 2);
}

/* Bytes of an element "E" from behind its size, with `depth` more in it. */
static uint32_t size_of_nested(unsigned depth)
{
	uint32_t own = 4 + 8 + 2 + 2 + 1;

	return depth == 0 ? own : own + 7 + size_of_nested(depth - 1) + 1;
}

static void put_nested(struct evtxlogs_xml *xml, unsigned depth)
{
	evtxlogs_xml_number(xml, 0x01, 1);
	evtxlogs_xml_number(xml, 0xffff, 2);
	evtxlogs_xml_number(xml, size_of_nested(depth), 4);
	evtxlogs_xml_name(xml, "E");
	evtxlogs_xml_number(xml, depth == 0 ? 0x03 : 0x02, 1);
	if (depth == 0)
		return;
	put_nested(xml, depth - 1);
	evtxlogs_xml_number(xml, 0x04, 1);
}

void evtxlogs_xml_nested(struct evtxlogs_xml *xml, unsigned depth)
{
	evtxlogs_xml_begin(xml);
	put_nested(xml, depth - 1);
	evtxlogs_xml_number(xml, 0, 1);
}

void evtxlogs_xml_repeated(struct evtxlogs_xml *xml, unsigned times, uint16_t len)
{
	uint32_t element = 4 + 8 + 2 + 2 + 1 + 4 * times + 1;

	evtxlogs_xml_begin(xml);
	evtxlogs_xml_number(xml, 0x010c, 2);
	evtxlogs_xml_number(xml, 7, 4);
	evtxlogs_xml_number(xml, EVTXLOGS_AT + xml->len + 4, 4);
	evtxlogs_xml_number(xml, 0, 4);
	evtxlogs_xml_number(xml, 7, 8);
	evtxlogs_xml_number(xml, 0, 8);
	evtxlogs_xml_number(xml, 4 + 7 + element + 1, 4);
	evtxlogs_xml_number(xml, 0x0001010f, 4);
	evtxlogs_xml_number(xml, 0x01, 1);
	evtxlogs_xml_number(xml, 0xffff, 2);
	evtxlogs_xml_number(xml, element, 4);
	evtxlogs_xml_name(xml, "E");
	evtxlogs_xml_number(xml, 0x02, 1);
	for (unsigned i = 0; i < times; i++)
		evtxlogs_xml_number(xml, 0x0100000e, 4);
	evtxlogs_xml_number(xml, 0x04, 1);
	evtxlogs_xml_number(xml, 0, 1);
	evtxlogs_xml_number(xml, 1, 4);
	evtxlogs_xml_number(xml, len, 2);
	evtxlogs_xml_number(xml, 1, 2);
	for (unsigned i = 0; i < len; i++)
		evtxlogs_xml_number(xml, i % 2 == 0 ? 'x' : 0, 1);
	evtxlogs_xml_number(xml, 0, 1);
}

struct evtx *evtxlogs_of_xml(const struct evtxlogs_xml *xml)
{
	struct evtx *log = evtx_new("PC01", "Application");

	evtx_raw(log, evtxlogs_ft(0), xml->bytes, xml->len);
	evtx_close(log);
	return log;
}
