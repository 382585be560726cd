/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Chunk by chunk, and in it run by run of records that stand one behind the other and are
 * alike: an image is made of them, the XML of each is checked there, and the library reads
 * those that are sound.
 */
#include "companion/evtx/evtxlog.h"

#include "companion/evtx/evtxfile.h"
#include "companion/evtx/evtximage.h"
#include "companion/evtx/evtxlibrary.h"
#include "companion/evtx/evtxunits.h"
#include "companion/evtx/evtxxml.h"

#include <inttypes.h>
#include <stdlib.h>

struct reading {
	struct span bytes;
	struct diag_list *diags;
	struct arena *arena;
	const struct evtxfile *file;
	struct evtximage *image;
	struct evtxxml *checked; /* of the records of a run */
	uint32_t grown;		 /* what the chunk became so far */
	struct evtxlog *out;
};

static void report(struct reading *reading, const struct evtxfile_chunk *chunk,
		   const struct evtxfile_record *record, size_t off, const char *why)
{
	/* Where no events are expected, remains are not damage. */
	if (record->live)
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, chunk->offset + off,
			"event record %" PRIu64 " cannot be read: %s", record->number,
			why);
}

/* ---- a run ---- */

static size_t begin_of(const struct evtxfile_record *record)
{
	return (size_t)record->off + EVTXFILE_RECORD_HEAD;
}

static size_t end_of(const struct evtxfile_record *record)
{
	return (size_t)record->off + record->len - EVTXFILE_LENGTH_SIZE;
}

static void hide(void *data, size_t off, size_t bytes)
{
	uint8_t *chunk = data;

	evtxunits_hide(chunk + off, bytes);
}

/*
 * Hides what the library reads wrongly, and looks again: what is text of one record may,
 * in a log that was made to, be something else of another one.
 */
static void hide_all(struct reading *reading, const struct evtxfile_record *records,
		     size_t n)
{
	struct span chunk = evtximage_chunk(reading->image);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const struct evtxxml *checked = &reading->checked[i];
		if (checked->fault || !checked->units.halves)
			continue;
		any = true;
		evtxxml_texts(chunk, EVTXFILE_RECORDS, begin_of(&records[i]),
			      end_of(&records[i]), hide,
			      reading->image->bytes + EVTXFILE_HEADER);
	}
	for (size_t i = 0; i < n && any; i++) {
		struct evtxxml *checked = &reading->checked[i], again;
		evtxxml_check(chunk, EVTXFILE_RECORDS, begin_of(&records[i]),
			      end_of(&records[i]), &again);
		if (!checked->fault &&
		    (again.fault || again.units.halves || again.end != checked->end ||
		     again.units.stand_ins !=
			     (checked->units.halves || checked->units.stand_ins)))
			checked->fault = "its text is a part of another event";
	}
}

static void check(struct reading *reading, const struct evtxfile_record *record,
		  struct evtxxml *out)
{
	if (!out->fault &&
	    out->bytes > EVTXLOG_MAX_GROWTH * EVTXFILE_CHUNK - reading->grown)
		out->fault = "the events of its chunk become too large with all their "
			     "values";
	else
		reading->grown += out->fault ? 0 : out->bytes;
	if (!out->fault && !evtximage_shorten(reading->image, record, out->end))
		out->fault = "it ends where the chunk ends, which the library does not "
			     "take";
}

/* All that has to be sound before the library sees the image. */
static void check_all(struct reading *reading, const struct evtxfile_chunk *chunk,
		      const struct evtxfile_record *records, size_t n)
{
	for (size_t i = 0; i < n; i++)
		evtxxml_check(evtximage_chunk(reading->image), EVTXFILE_RECORDS,
			      begin_of(&records[i]), end_of(&records[i]),
			      &reading->checked[i]);
	hide_all(reading, records, n);
	for (size_t i = 0; i < n; i++) {
		struct evtxxml *out = &reading->checked[i];
		check(reading, &records[i], out);
		if (out->fault)
			report(reading, chunk, &records[i],
			       out->fault_off ? out->fault_off : records[i].off,
			       out->fault);
	}
	evtximage_seal(reading->image);
}

static enum status add(struct reading *reading, struct evtxlibrary *library, size_t index,
		       const struct evtxfile_chunk *chunk,
		       const struct evtxfile_record *record,
		       const struct evtxxml *checked)
{
	struct evtxrecord event = { 0 };
	enum status status = evtxlibrary_record(library, index, checked->units.halves,
						reading->arena, &event);

	if (status == STATUS_MALFORMED ||
	    (status == STATUS_OK && (event.number != record->number ||
				     event.written_ft != record->written_ft))) {
		report(reading, chunk, record, record->off,
		       "the library does not take it");
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	event.channel = evtxunits_utf8(checked->system.channel, checked->units.halves,
				       reading->arena);
	if (!event.channel)
		return STATUS_NOMEM;
	event.offset = chunk->offset + record->off;
	event.created_ft = checked->system.created_ft;
	event.told = checked->system.number;
	event.live = record->live;
	reading->out->records[reading->out->n++] = event;
	return STATUS_OK;
}

/* n records one behind the other. */
static enum status read_run(struct reading *reading, const struct evtxfile_chunk *chunk,
			    const struct evtxfile_record *records, size_t n)
{
	AUTO(evtxlibrary_freep) struct evtxlibrary *library = NULL;
	size_t filled = records[0].off > EVTXFILE_RECORDS;

	if (!evtximage_take(
		    reading->image,
		    span_clip(span_from(reading->bytes, chunk->offset), chunk->len),
		    records, n)) {
		/* The first stands where nothing can be put before it. */
		report(reading, chunk, &records[0], records[0].off,
		       "what stands before it is damaged");
		return n > 1 ? read_run(reading, chunk, records + 1, n - 1) : STATUS_OK;
	}
	check_all(reading, chunk, records, n);
	enum status status = evtxlibrary_open(reading->image->bytes, EVTXIMAGE_SIZE,
					      n + filled, &library);
	for (size_t i = 0; i < n && status == STATUS_MALFORMED; i++)
		report(reading, chunk, &records[i], records[i].off,
		       "the library does not take its chunk");
	if (status == STATUS_MALFORMED)
		return STATUS_OK;
	RETURN_IF_FAILED(status);
	for (size_t i = 0; i < n; i++)
		if (!reading->checked[i].fault)
			RETURN_IF_FAILED(add(reading, library, i + filled, chunk,
					     &records[i], &reading->checked[i]));
	return STATUS_OK;
}

/* ---- chunks ---- */

static size_t length_of_run(const struct evtxfile_record *records, size_t n)
{
	size_t length = 1;

	while (length < n && records[length].live == records[0].live &&
	       records[length].off == records[length - 1].off + records[length - 1].len)
		length++;
	return length;
}

static enum status read_chunk(struct reading *reading, const struct evtxfile_chunk *chunk)
{
	size_t n_runs = 0;

	reading->grown = 0;
	for (size_t i = 0; i < chunk->n;) {
		const struct evtxfile_record *records =
			&reading->file->items[chunk->first + i];
		size_t n = length_of_run(records, chunk->n - i);
		if (n_runs++ == EVTXLOG_MAX_RUNS) {
			diag_at(reading->diags, DIAG_COUNT_LIMIT,
				chunk->offset + records->off,
				"this part of the log is torn into more than %d pieces; "
				"those from here on are left out",
				EVTXLOG_MAX_RUNS);
			return STATUS_OK;
		}
		RETURN_IF_FAILED(read_run(reading, chunk, records, n));
		i += n;
	}
	return STATUS_OK;
}

static void free_any(void *pointer)
{
	free(*(void **)pointer);
}

static enum status read_chunks(struct reading *reading)
{
	AUTO(free_any) struct evtximage *image = calloc(1, sizeof(*image));
	AUTO(free_any)
	struct evtxxml *checked =
		calloc(EVTXFILE_CHUNK / EVTXFILE_LEAST + 1, sizeof(*checked));
	const struct evtxfile *file = reading->file;

	reading->out->records =
		arena_calloc(reading->arena, file->n + 1, sizeof(*reading->out->records));
	if (!image || !checked || !reading->out->records)
		return STATUS_NOMEM;
	evtximage_begin(image);
	reading->image = image;
	reading->checked = checked;
	for (size_t i = 0; i < file->n_chunks; i++)
		RETURN_IF_FAILED(read_chunk(reading, &file->chunks[i]));
	return STATUS_OK;
}

enum status evtxlog_read(struct span bytes, struct diag_list *diags, struct arena *arena,
			 struct evtxlog *out)
{
	AUTO(evtxfile_freep) struct evtxfile *file = NULL;
	struct reading reading = {
		.bytes = bytes, .diags = diags, .arena = arena, .out = out
	};

	*out = (struct evtxlog){ 0 };
	if (!evtxfile_is_log(bytes, diags))
		return STATUS_OK;
	if (!evtxlibrary_version()) {
		diag_at(diags, DIAG_EVENTLOG_UNREAD, DIAG_NOWHERE,
			"event logs of Windows Vista and later (.evtx) are not read by this "
			"build of the program, which is without libevtx: nothing is known "
			"of its events");
		return STATUS_OK;
	}
	RETURN_IF_FAILED(evtxfile_read(bytes, diags, &file));
	reading.file = file;
	out->dirty = (file->flags & EVTXFILE_DIRTY) != 0;
	out->next = file->told ? file->next : 0;
	return read_chunks(&reading);
}
