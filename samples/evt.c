// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ring of an event log: the end record stands behind the newest record and is written
 * anew with each; a record that does not fit behind the last one goes on behind the
 * header, unless its fixed part would be split: then what is left of the file is filled
 * with 0x27, and it begins behind the header.
 */
#include "evt.h"

#include "builder_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIRTY = 1,
	WRAPPED = 2,
	FLAGS_AT = 0x24,
	RECORD_ROOM = 4096, /* the longest record of a recipe */
	FILLER = 0x27,
};

struct place {
	uint32_t off, len;
};

struct evt {
	uint8_t *bytes;
	uint32_t size;
	uint32_t end;  /* of the end record */
	uint32_t next; /* number of the next record */
	bool wrapped;
	struct place *live; /* oldest first, from live[first] on */
	size_t first, n, cap;
};

/* A record in the making. */
struct record {
	uint8_t bytes[RECORD_ROOM];
	uint32_t len;
};

static void put16(uint8_t *p, uint32_t number)
{
	p[0] = (uint8_t)number;
	p[1] = (uint8_t)(number >> 8);
}

static void put32(uint8_t *p, uint32_t number)
{
	put16(p, number);
	put16(p + 2, number >> 16);
}

uint32_t evt_march(unsigned day, unsigned hour, unsigned minute, unsigned second)
{
	/* 1970 in FILETIME, and its ticks in a second. */
	return (uint32_t)((builder_filetime(2003, 3, day, hour, minute, second) -
			   builder_filetime(1970, 1, 1, 0, 0, 0)) /
			  10000000);
}

/* --- the ring --- */

static uint32_t room(const struct evt *evt)
{
	return evt->size - EVT_HEADER;
}

/* The place so many bytes behind another one. */
static uint32_t behind(const struct evt *evt, uint32_t off, uint32_t len)
{
	off += len;
	return off >= evt->size ? off - room(evt) : off;
}

static void put_round(struct evt *evt, uint32_t off, const uint8_t *bytes, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++)
		evt->bytes[behind(evt, off, i)] = bytes[i];
}

uint32_t evt_begin(const struct evt *evt)
{
	return evt->n > 0 ? evt->live[evt->first].off : evt->end;
}

uint32_t evt_end(const struct evt *evt)
{
	return evt->end;
}

uint32_t evt_next(const struct evt *evt)
{
	return evt->next;
}

static uint32_t oldest(const struct evt *evt)
{
	return evt->n > 0 ? evt->next - (uint32_t)evt->n : 0;
}

/* Bytes from the end record to the oldest record. */
static uint32_t unused(const struct evt *evt)
{
	if (evt->n == 0)
		return room(evt);
	uint32_t begin = evt_begin(evt);
	return begin > evt->end ? begin - evt->end : begin + room(evt) - evt->end;
}

static void put_end(struct evt *evt)
{
	uint8_t end[EVT_END];

	put32(end, EVT_END);
	memset(end + 4, 0x11, 4);
	memset(end + 8, 0x22, 4);
	memset(end + 12, 0x33, 4);
	memset(end + 16, 0x44, 4);
	put32(end + 20, evt_begin(evt));
	put32(end + 24, evt->end);
	put32(end + 28, evt->next);
	put32(end + 32, oldest(evt));
	put32(end + 36, EVT_END);
	put_round(evt, evt->end, end, EVT_END);
}

void evt_close(struct evt *evt)
{
	uint8_t *header = evt->bytes;

	memset(header, 0, EVT_HEADER);
	put32(header, EVT_HEADER);
	memcpy(header + 4, "LfLe", 4);
	put32(header + 8, 1);
	put32(header + 12, 1);
	put32(header + 16, evt_begin(evt));
	put32(header + 20, evt->end);
	put32(header + 24, evt->next);
	put32(header + 28, oldest(evt));
	put32(header + 32, evt->size);
	put32(header + FLAGS_AT, evt->wrapped ? WRAPPED : 0);
	put32(header + 40, 7 * 24 * 3600); /* retention */
	put32(header + 44, EVT_HEADER);
}

struct evt *evt_new(uint32_t size)
{
	struct evt *evt = builder_realloc(NULL, 1, sizeof(*evt));

	if (size % 4 != 0 || size < EVT_HEADER + EVT_END)
		builder_die("no such size of an event log");
	*evt = (struct evt){ .size = size, .end = EVT_HEADER, .next = 1 };
	evt->bytes = builder_realloc(NULL, size, 1);
	memset(evt->bytes, 0, size);
	put_end(evt);
	evt_close(evt);
	return evt;
}

void evt_free(struct evt *evt)
{
	if (evt == NULL)
		return;
	free(evt->bytes);
	free(evt->live);
	free(evt);
}

/* --- records --- */

static void add_bytes(struct record *record, const void *bytes, size_t len)
{
	if (len > RECORD_ROOM - record->len)
		builder_die("event too long for a recipe");
	memcpy(record->bytes + record->len, bytes, len);
	record->len += (uint32_t)len;
}

static void add_text(struct record *record, const char *text)
{
	uint8_t units[RECORD_ROOM];

	if (2 * strlen(text) + 2 > sizeof(units))
		builder_die("text too long for an event");
	size_t len = builder_utf16(text, units);
	memset(units + len, 0, 2);
	add_bytes(record, units, len + 2);
}

/* Zeros up to a multiple of 4. */
static void align(struct record *record)
{
	add_bytes(record, "\0\0\0", -record->len % 4);
}

static void add_sid(struct record *record)
{
	static const uint8_t sid[12] = { 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0 };

	put32(record->bytes + 40, sizeof(sid));
	put32(record->bytes + 44, record->len);
	add_bytes(record, sid, sizeof(sid));
}

static void add_data(struct record *record, uint16_t len)
{
	put32(record->bytes + 48, len);
	put32(record->bytes + 52, record->len);
	for (uint16_t i = 0; i < len; i++)
		add_bytes(record, &(uint8_t){ (uint8_t)i }, 1);
}

static void make(struct record *record, const struct evt_event *event, uint32_t number)
{
	uint8_t *fixed = record->bytes;
	uint16_t n_strings = 0;

	record->len = EVT_FIXED;
	memcpy(fixed + 4, "LfLe", 4);
	put32(fixed + 8, number);
	put32(fixed + 12, event->time);
	put32(fixed + 16, event->time);
	put32(fixed + 20, event->id);
	put16(fixed + 24, event->type);
	put16(fixed + 28, event->category);
	add_text(record, event->source);
	add_text(record, event->computer);
	align(record);
	put32(fixed + 44, record->len);
	if (event->local_system)
		add_sid(record);
	put32(fixed + 36, record->len);
	while (n_strings < EVT_MAX_STRINGS && event->strings[n_strings] != NULL)
		add_text(record, event->strings[n_strings++]);
	put16(fixed + 26, n_strings);
	add_data(record, event->data);
	align(record);
	put32(fixed, record->len + 4);
	add_bytes(record, fixed, 4);
}

static void drop_oldest(struct evt *evt)
{
	if (evt->n == 0)
		builder_die("event too long for the log");
	evt->first++;
	evt->n--;
	evt->wrapped = true;
}

/* Where a record of that length begins; old ones in its way go. */
static uint32_t make_room(struct evt *evt, uint32_t len)
{
	uint32_t left = evt->size - evt->end;
	uint32_t skipped = left < EVT_FIXED ? left : 0;

	while (unused(evt) < skipped + len + EVT_END)
		drop_oldest(evt);
	for (uint32_t i = 0; i < skipped; i += 4)
		put32(evt->bytes + evt->end + i, FILLER);
	return behind(evt, evt->end, skipped);
}

uint32_t evt_add(struct evt *evt, const struct evt_event *event)
{
	struct record record = { .len = 0 };

	make(&record, event, evt->next);
	uint32_t off = make_room(evt, record.len);
	put_round(evt, off, record.bytes, record.len);
	if (evt->first + evt->n == evt->cap) {
		evt->cap = evt->cap != 0 ? 2 * evt->cap : 64;
		evt->live = builder_realloc(evt->live, evt->cap, sizeof(*evt->live));
	}
	evt->live[evt->first + evt->n++] = (struct place){ off, record.len };
	evt->end = behind(evt, off, record.len);
	evt->next++;
	put_end(evt);
	evt->bytes[FLAGS_AT] |= DIRTY;
	return off;
}

/* --- the file --- */

uint8_t *evt_bytes(struct evt *evt, size_t *len)
{
	*len = evt->size;
	return evt->bytes;
}

static uint8_t *field(struct evt *evt, size_t off)
{
	if (off > evt->size - 4)
		builder_die("field past the end of the log");
	return evt->bytes + off;
}

uint32_t evt_get32(struct evt *evt, size_t off)
{
	const uint8_t *p = field(evt, off);

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

void evt_put32(struct evt *evt, size_t off, uint32_t number)
{
	put32(field(evt, off), number);
}

bool evt_write(const struct evt *evt, const char *path)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL)
		return false;
	bool written = fwrite(evt->bytes, 1, evt->size, file) == evt->size;
	return fclose(file) == 0 && written;
}
