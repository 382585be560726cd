/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields: see evtxfile.c. */
#include "companion/evtx/evtximage.h"

#include <string.h>

#define SUMMED 120u
#define SUM 124
#define TABLES 128u
#define FREE 48
#define DATA_SUM 52
#define LAST 44

static void put16(uint8_t *at, uint16_t number)
{
	at[0] = (uint8_t)number;
	at[1] = (uint8_t)(number >> 8);
}

static void put64(uint8_t *at, uint64_t number)
{
	put_le32(at, (uint32_t)number);
	put_le32(at + 4, (uint32_t)(number >> 32));
}

static uint32_t sum_of(const struct evtximage *image, const uint8_t *a, size_t a_len,
		       const uint8_t *b, size_t b_len)
{
	struct crc32 sum = image->sum;

	crc32_add(&sum, span_of(a, a_len));
	crc32_add(&sum, span_of(b, b_len));
	return crc32_sum(&sum);
}

void evtximage_begin(struct evtximage *image)
{
	crc32_begin(&image->sum);
}

struct span evtximage_chunk(const struct evtximage *image)
{
	return span_of(image->bytes + EVTXFILE_HEADER, EVTXFILE_CHUNK);
}

static void make_header(struct evtximage *image, uint64_t next)
{
	uint8_t *header = image->bytes;

	memset(header, 0, EVTXFILE_HEADER);
	memcpy(header, "ElfFile", 8);
	put64(header + 24, next);
	put_le32(header + 32, 128);
	put16(header + 36, 1);
	put16(header + 38, 3);
	put16(header + 40, EVTXFILE_HEADER);
	put16(header + 42, 1);
	put_le32(header + SUM, sum_of(image, header, SUMMED, header, 0));
}

static void make_chunk_header(uint8_t *chunk, const struct evtxfile_record *records,
			      size_t n, bool filled)
{
	const struct evtxfile_record *last = &records[n - 1];
	/* The library only counts them. */
	uint64_t most = n + filled;

	memset(chunk, 0, EVTXFILE_RECORDS);
	memcpy(chunk, "ElfChnk", 8);
	put64(chunk + 8, 1);
	put64(chunk + 16, most);
	put64(chunk + 24, 1);
	put64(chunk + 32, most);
	put_le32(chunk + 40, 128);
	put_le32(chunk + LAST, last->off);
	put_le32(chunk + FREE, last->off + last->len);
}

/* One record that holds nothing, from the first place for records up to before `end`. */
static void fill(uint8_t *chunk, uint32_t end)
{
	uint8_t *at = chunk + EVTXFILE_RECORDS;
	uint32_t len = end - EVTXFILE_RECORDS;

	memset(at, 0, EVTXFILE_RECORD_HEAD);
	memcpy(at, "**", 2);
	put_le32(at + 4, len);
	put_le32(chunk + end - EVTXFILE_LENGTH_SIZE, len);
}

bool evtximage_take(struct evtximage *image, struct span chunk,
		    const struct evtxfile_record *records, size_t n)
{
	uint8_t *own = image->bytes + EVTXFILE_HEADER;
	const struct evtxfile_record *first = &records[0], *last = &records[n - 1];
	bool filled = first->off > EVTXFILE_RECORDS;

	if (first->off < EVTXFILE_RECORDS || last->off > EVTXFILE_CHUNK ||
	    last->len > EVTXFILE_CHUNK - last->off ||
	    (filled && first->off - EVTXFILE_RECORDS < EVTXFILE_LEAST))
		return false;
	size_t end = last->off + last->len;
	if (!span_copy(chunk, EVTXFILE_RECORDS, own + EVTXFILE_RECORDS,
		       end - EVTXFILE_RECORDS))
		return false;
	memset(own + end, 0, EVTXFILE_CHUNK - end);
	make_chunk_header(own, records, n, filled);
	if (filled)
		fill(own, first->off);
	make_header(image, last->number + 1);
	return true;
}

bool evtximage_shorten(struct evtximage *image, const struct evtxfile_record *record,
		       size_t end)
{
	uint8_t *own = image->bytes + EVTXFILE_HEADER;
	uint32_t most = EVTXFILE_CHUNK - EVTXFILE_LENGTH_SIZE - record->off;

	if (record->len <= most)
		return true;
	if (end > (size_t)record->off + most - EVTXFILE_LENGTH_SIZE)
		return false;
	put_le32(own + record->off + 4, most);
	put_le32(own + record->off + most - EVTXFILE_LENGTH_SIZE, most);
	memset(own + record->off + most, 0, EVTXFILE_LENGTH_SIZE);
	put_le32(own + FREE, record->off + most);
	return true;
}

void evtximage_seal(struct evtximage *image)
{
	uint8_t *own = image->bytes + EVTXFILE_HEADER;
	uint32_t end = le32(own + FREE);

	put_le32(own + DATA_SUM,
		 sum_of(image, own + EVTXFILE_RECORDS, end - EVTXFILE_RECORDS, own, 0));
	put_le32(own + SUM,
		 sum_of(image, own, SUMMED, own + TABLES, EVTXFILE_RECORDS - TABLES));
}
