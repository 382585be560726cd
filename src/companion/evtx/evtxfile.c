/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Windows fills chunks one after the other and goes round where the file is full, so their
 * order is that of their numbers.  The file's header is written when the log is closed: of
 * a log that was not, it is older than the chunks.
 */
#include "companion/evtx/evtxfile.h"

#include "base/array.h"
#include "base/sum/crc32.h"

#include <inttypes.h>
#include <stdlib.h>

/* Header of the file */
#define FILE_NEXT 24
#define FILE_MINOR 36
#define FILE_MAJOR 38
#define FILE_BLOCK 40 /* bytes before the first chunk, 16 bits */
#define FILE_CHUNKS 42

/* Header of a chunk */
#define CHUNK_HEADER_SIZE 40
#define CHUNK_FREE 48
#define CHUNK_DATA_SUM 52
#define CHUNK_TABLES 128 /* of names and templates, as far as the records */

/* Of both: */
#define SUMMED 120u /* so many bytes from the beginning are in the sum */
#define FLAGS 120
#define SUM 124
#define HEADER_SIZE 128u
#define NO_SUMS 4u

/* A record */
#define SIGNATURE "**\0\0"
#define RECORD_LENGTH 4
#define RECORD_NUMBER 8
#define RECORD_TIME 16

struct reading {
	struct span bytes;
	struct diag_list *diags;
	struct crc32 sum; /* nothing is in it yet: to be copied */
	struct evtxfile *file;
	uint64_t least; /* so many chunks were used when the header was written, or 0 */
	uint64_t used;	/* and so many are; UINT64_MAX: not told */
	bool full;	/* there are too many records */
};

void evtxfile_free(struct evtxfile *file)
{
	if (!file)
		return;
	free(file->chunks);
	free(file->items);
	free(file);
}

void evtxfile_freep(struct evtxfile **file)
{
	evtxfile_free(*file);
}

bool evtxfile_is_log(struct span bytes, struct diag_list *diags)
{
	uint16_t major = 0, minor = 0;

	if (!span_starts(bytes, 0, "ElfFile", 8) || bytes.len < HEADER_SIZE) {
		diag_at(diags, DIAG_WRONG_KIND, 0,
			"this is no event log of Windows Vista or later: it has not the "
			"header of one");
		return false;
	}
	if (!span_le16(bytes, FILE_MAJOR, &major) ||
	    !span_le16(bytes, FILE_MINOR, &minor) || major != 3) {
		diag_at(diags, DIAG_WRONG_KIND, FILE_MINOR,
			"this event log has version %u.%u; only 3 is known", major,
			minor);
		return false;
	}
	return true;
}

/* ---- the file's header ---- */

static uint32_t sum_of(const struct reading *reading, struct span a, struct span b)
{
	struct crc32 sum = reading->sum;

	crc32_add(&sum, a);
	crc32_add(&sum, b);
	return crc32_sum(&sum);
}

static void read_header(struct reading *reading)
{
	struct span bytes = reading->bytes;
	struct evtxfile *file = reading->file;
	uint32_t flags = 0, stored = 0;
	uint16_t used = 0, block = 0;

	reading->used = UINT64_MAX;
	if (!span_le32(bytes, FLAGS, &flags) || !span_le32(bytes, SUM, &stored) ||
	    !span_le16(bytes, FILE_CHUNKS, &used) ||
	    !span_le16(bytes, FILE_BLOCK, &block))
		return; /* cannot be: it has a header */
	if ((flags & NO_SUMS) == 0 &&
	    stored != sum_of(reading, span_clip(bytes, SUMMED), span_of("", 0))) {
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, SUM,
			"the checksum of the log's header is wrong: nothing that it says "
			"is used");
		return;
	}
	file->flags = flags;
	if (block != EVTXFILE_HEADER)
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, FILE_BLOCK,
			"the log's header says that it has %u bytes; its chunks are "
			"looked for where Windows has them, behind %u",
			block, EVTXFILE_HEADER);
	file->told =
		(flags & EVTXFILE_DIRTY) == 0 && span_le64(bytes, FILE_NEXT, &file->next);
	reading->least = used;
	if (file->told)
		reading->used = used;
}

/* ---- records ---- */

/* The record at off of the chunk, if its frame is whole and ends before `end`. */
static bool framed(struct span chunk, size_t off, size_t end, struct evtxfile_record *out)
{
	uint32_t len = 0, again = 0;

	if (!span_starts(chunk, off, SIGNATURE, 4) ||
	    !span_le32(chunk, off + RECORD_LENGTH, &len) || len < EVTXFILE_LEAST ||
	    end > chunk.len || off > end || len > end - off ||
	    !span_le32(chunk, off + len - EVTXFILE_LENGTH_SIZE, &again) || again != len)
		return false;
	*out = (struct evtxfile_record){ .off = (uint32_t)off, .len = len };
	return span_le64(chunk, off + RECORD_NUMBER, &out->number) &&
	       span_le64(chunk, off + RECORD_TIME, &out->written_ft);
}

static void report_broken(struct reading *reading, const struct evtxfile_chunk *chunk,
			  size_t from, size_t to)
{
	if (from < to)
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, chunk->offset + from,
			"%zu bytes of the log hold no event record that can be read",
			to - from);
}

static enum status add_record(struct reading *reading, struct evtxfile_chunk *chunk,
			      const struct evtxfile_record *record)
{
	struct evtxfile *file = reading->file;
	enum status status = ARRAY_RESERVE(file, EVTXFILE_MAX_RECORDS);

	if (status == STATUS_LIMIT) {
		reading->full = true;
		diag_at(reading->diags, DIAG_COUNT_LIMIT, chunk->offset + record->off,
			"the log holds more than %d events; those from here on are left "
			"out",
			EVTXFILE_MAX_RECORDS);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	file->items[file->n++] = *record;
	chunk->n++;
	return STATUS_OK;
}

/*
 * Records from `from` up to before `to`, one behind the other; where there is none, it goes
 * on with the next that has a whole frame.  told: that is damage.
 */
static enum status add_records(struct reading *reading, struct evtxfile_chunk *chunk,
			       size_t from, size_t to, bool live, bool told)
{
	struct span bytes = span_clip(span_from(reading->bytes, chunk->offset), to);
	size_t broken = from;

	for (size_t off = from; off < to && !reading->full;) {
		struct evtxfile_record record;
		if (!framed(bytes, off, to, &record)) {
			off++;
			continue;
		}
		if (told)
			report_broken(reading, chunk, broken, off);
		record.live = live;
		RETURN_IF_FAILED(add_record(reading, chunk, &record));
		off += record.len;
		broken = off;
	}
	if (told && !reading->full)
		report_broken(reading, chunk, broken, to);
	return STATUS_OK;
}

/* ---- chunks ---- */

static bool is_zeros(struct span bytes)
{
	uint8_t byte = 0;

	for (size_t i = 0; span_u8(bytes, i, &byte); i++)
		if (byte != 0)
			return false;
	return true;
}

/* What is wrong with a chunk; NULL: nothing.  *free_at: where its records end. */
static const char *fault_of(const struct reading *reading, struct span chunk,
			    uint32_t *free_at)
{
	uint32_t size = 0, flags = 0, stored = 0, data_stored = 0;

	if (!span_starts(chunk, 0, "ElfChnk", 8))
		return "it does not begin as one";
	if (!span_le32(chunk, CHUNK_HEADER_SIZE, &size) ||
	    !span_le32(chunk, CHUNK_FREE, free_at) ||
	    !span_le32(chunk, CHUNK_DATA_SUM, &data_stored) ||
	    !span_le32(chunk, FLAGS, &flags) || !span_le32(chunk, SUM, &stored) ||
	    chunk.len < EVTXFILE_CHUNK)
		return "the file is cut short in it";
	if ((flags & NO_SUMS) == 0 &&
	    stored != sum_of(reading, span_clip(chunk, SUMMED),
			     span_clip(span_from(chunk, CHUNK_TABLES),
				       EVTXFILE_RECORDS - CHUNK_TABLES)))
		return "the checksum of its header is wrong";
	if (size != HEADER_SIZE || *free_at < EVTXFILE_RECORDS ||
	    *free_at > EVTXFILE_CHUNK)
		return "its header says what cannot be";
	if ((flags & NO_SUMS) == 0 &&
	    data_stored != sum_of(reading,
				  span_clip(span_from(chunk, EVTXFILE_RECORDS),
					    *free_at - EVTXFILE_RECORDS),
				  span_of("", 0)))
		return "the checksum of its records is wrong";
	return NULL;
}

static enum status read_chunk(struct reading *reading, size_t number)
{
	struct evtxfile *file = reading->file;
	struct evtxfile_chunk *chunk = &file->chunks[file->n_chunks];
	struct span bytes;
	uint32_t free_at = 0;

	*chunk = (struct evtxfile_chunk){
		.offset = EVTXFILE_HEADER + number * EVTXFILE_CHUNK, .first = file->n
	};
	bytes = span_clip(span_from(reading->bytes, chunk->offset), EVTXFILE_CHUNK);
	chunk->len = bytes.len;
	/* Windows makes room for chunks before it uses them. */
	if (number >= reading->least && is_zeros(bytes))
		return STATUS_OK;
	file->n_chunks++;
	const char *fault = fault_of(reading, bytes, &free_at);
	bool in_use = number < reading->used;
	if (!fault) {
		RETURN_IF_FAILED(add_records(reading, chunk, EVTXFILE_RECORDS, free_at,
					     in_use, in_use));
		return add_records(reading, chunk, free_at, bytes.len, false, false);
	}
	RETURN_IF_FAILED(
		add_records(reading, chunk, EVTXFILE_RECORDS, bytes.len, false, false));
	if (in_use || chunk->n > 0)
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, chunk->offset,
			"chunk %zu of the log is damaged, %s: %zu event records in it can "
			"be recovered",
			number, fault, chunk->n);
	return STATUS_OK;
}

/* The number of the first live record; a chunk without one stands behind all. */
static uint64_t first_number(const struct evtxfile_chunk *chunk,
			     const struct evtxfile_record *records)
{
	for (size_t i = chunk->first; i < chunk->first + chunk->n; i++)
		if (records[i].live)
			return records[i].number;
	return UINT64_MAX;
}

struct order {
	uint64_t number;
	struct evtxfile_chunk chunk;
};

static int by_number(const void *left, const void *right)
{
	const struct order *a = left, *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->chunk.offset > b->chunk.offset) - (a->chunk.offset < b->chunk.offset);
}

static enum status put_in_order(struct evtxfile *file)
{
	struct order *order = calloc(file->n_chunks + 1, sizeof(*order));

	if (!order)
		return STATUS_NOMEM;
	for (size_t i = 0; i < file->n_chunks; i++)
		order[i] = (struct order){ first_number(&file->chunks[i], file->items),
					   file->chunks[i] };
	qsort(order, file->n_chunks, sizeof(*order), by_number);
	for (size_t i = 0; i < file->n_chunks; i++)
		file->chunks[i] = order[i].chunk;
	free(order);
	return STATUS_OK;
}

static enum status read_chunks(struct reading *reading)
{
	size_t len = reading->bytes.len, n;

	if (len <= EVTXFILE_HEADER) {
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, len,
			"the log is cut short in its header");
		return STATUS_OK;
	}
	n = (len - EVTXFILE_HEADER + EVTXFILE_CHUNK - 1) / EVTXFILE_CHUNK;
	reading->file->chunks = calloc(n, sizeof(*reading->file->chunks));
	if (!reading->file->chunks)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n && !reading->full; i++)
		RETURN_IF_FAILED(read_chunk(reading, i));
	if (reading->used != UINT64_MAX && n < reading->used)
		diag_at(reading->diags, DIAG_EVENTLOG_RECORD, len,
			"the log is cut short: its header tells of %" PRIu64
			" chunks, and there are %zu",
			reading->used, n);
	return put_in_order(reading->file);
}

enum status evtxfile_read(struct span bytes, struct diag_list *diags,
			  struct evtxfile **out)
{
	AUTO(evtxfile_freep) struct evtxfile *file = calloc(1, sizeof(*file));
	struct reading reading = { .bytes = bytes, .diags = diags, .file = file };

	if (!file)
		return STATUS_NOMEM;
	crc32_begin(&reading.sum);
	read_header(&reading);
	RETURN_IF_FAILED(read_chunks(&reading));
	*out = STEAL(file);
	return STATUS_OK;
}
