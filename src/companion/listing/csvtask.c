/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tasklist /fo csv:
 *
 *	"Image Name","PID","Modules"
 *	"mad.exe","1704","ntdll.dll,KERNEL32.dll,MAPI32.DLL"
 *
 * With /nh the first line is missing.  In copies a field may hold line breaks.
 */
#include "companion/listing/csvtask.h"

#include "base/array.h"
#include "companion/listing/listingcut.h"
#include "companion/listing/taskheading.h"

#include <stdlib.h>

enum { IMAGE, PID, LIST, FIELDS };

/*
 * Lines of one record: a list of 500 modules, wrapped by a console.  Past it a
 * quote was lost, and the next lines are records of their own.
 */
#define MAX_LINES 256

/* Where a reader of CSV stands. */
enum state { AT_FIELD, PLAIN, QUOTED, BEHIND_QUOTE, WRONG };

static enum state step(enum state state, uint8_t byte)
{
	switch (state) {
	case AT_FIELD:
		return byte == '"' ? QUOTED : byte == ',' ? AT_FIELD : PLAIN;
	case PLAIN:
		return byte == ',' ? AT_FIELD : PLAIN;
	case QUOTED:
		return byte == '"' ? BEHIND_QUOTE : QUOTED;
	case BEHIND_QUOTE:
		return byte == '"' ? QUOTED : byte == ',' ? AT_FIELD : WRONG;
	case WRONG:
		return WRONG;
	}
	return WRONG;
}

/* A record, its fields in one buffer. */
struct record {
	char *buffer;
	size_t len;
	size_t starts[FIELDS + 1]; /* of the fields in it, and of what follows */
	size_t n;		   /* of fields, also of those past FIELDS */
	size_t lines;		   /* that it takes */
};

static void record_freep(struct record *record)
{
	free(record->buffer);
}

/* How many lines and fields the record has that begins with line i, and its size. */
static bool measure(const struct listingrow_section *section, size_t i,
		    struct record *record)
{
	enum state state = AT_FIELD;

	*record = (struct record){ 0 };
	for (; i < section->n && record->lines < MAX_LINES; i++) {
		struct span s = listingtext_of(&section->lines[i]);
		uint8_t byte = 0;

		for (size_t k = 0; span_u8(s, k, &byte); k++) {
			state = step(state, byte);
			record->n += byte == ',' && state == AT_FIELD;
		}
		record->lines++;
		record->len += s.len + 1;
		if (state != QUOTED) {
			record->n++;
			return state != WRONG;
		}
	}
	return false;
}

/* Copies a line's fields, without quotes. */
static enum state unquote(struct record *record, enum state state, struct span s)
{
	uint8_t byte = 0;

	for (size_t k = 0; span_u8(s, k, &byte); k++) {
		enum state next = step(state, byte);
		bool mark = byte == '"' && state != BEHIND_QUOTE && state != PLAIN;
		bool comma = byte == ',' && next == AT_FIELD;

		if (comma) {
			record->n++;
			if (record->n <= FIELDS)
				record->starts[record->n] = record->len;
		} else if (!mark) {
			record->buffer[record->len++] = (char)byte;
		}
		state = next;
	}
	return state;
}

/*
 * Reads the record that begins with line i.
 * Return: STATUS_OK; STATUS_ABSENT if it is none; STATUS_NOMEM.
 */
static enum status read_record(const struct listingrow_section *section, size_t i,
			       struct record *record)
{
	enum state state = AT_FIELD;

	if (!measure(section, i, record))
		return STATUS_ABSENT;
	record->buffer = malloc(record->len);
	if (!record->buffer)
		return STATUS_NOMEM;
	record->len = 0;
	record->n = 0;
	for (size_t k = 0; k < record->lines; k++) {
		if (k > 0)
			record->buffer[record->len++] = ' ';
		state = unquote(record, state, listingtext_of(&section->lines[i + k]));
	}
	record->n++;
	if (record->n <= FIELDS)
		record->starts[record->n] = record->len;
	return STATUS_OK;
}

static struct span field(const struct record *record, size_t i)
{
	size_t from = record->starts[i];

	return listingcut_trim(
		span_of(record->buffer + from, record->starts[i + 1] - from));
}

/* True if the second field of the line is a number, all fields being quoted. */
static bool has_pid(struct span line)
{
	struct span rest = span_from(line, listingcut_find(line, "\",\"") + 3);
	uint32_t pid;

	return listingcut_number(span_clip(rest, listingcut_find(rest, "\"")), &pid);
}

bool csvtask_identify(const struct listingrow_section *section)
{
	struct record first;

	if (section->n == 0 || !span_starts(listingtext_of(section->lines), 0, "\"", 1) ||
	    !measure(section, 0, &first) || first.n != FIELDS)
		return false;
	/* A row, or headings and then a row. */
	return has_pid(listingtext_of(section->lines)) ||
	       (first.lines < section->n &&
		has_pid(listingtext_of(&section->lines[first.lines])));
}

/* Return: STATUS_ABSENT if the record is no row. */
static enum status take_record(struct listingrow_reader *reader, size_t i,
			       const struct record *record)
{
	uint32_t pid;

	if (record->n != FIELDS || field(record, IMAGE).len == 0)
		return STATUS_ABSENT;
	if (listingcut_number(field(record, PID), &pid)) {
		RETURN_IF_FAILED(listingrow_begin(reader, &reader->section->lines[i],
						  field(record, IMAGE), pid));
		return listingrow_names(reader, &reader->open->modules,
					field(record, LIST));
	}
	if (i > 0)
		return STATUS_ABSENT;
	reader->heading = taskheading_read(field(record, LIST));
	return STATUS_OK;
}

enum status csvtask_read(struct listingrow_reader *reader)
{
	const struct listingrow_section *section = reader->section;
	size_t i = 0;

	reader->listing->format = LISTING_CSV;
	while (i < section->n) {
		AUTO(record_freep) struct record record = { 0 };
		enum status status = read_record(section, i, &record);

		if (status == STATUS_OK)
			status = take_record(reader, i, &record);
		if (status == STATUS_ABSENT)
			listingrow_refuse(reader, &section->lines[i]);
		else
			RETURN_IF_FAILED(status);
		/* What is no record may be one with a quote lost in its first line. */
		i += status == STATUS_OK ? record.lines : 1;
	}
	return STATUS_OK;
}
