// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The file of a log of Windows Vista and later. A record that does not fit into the newest
 * chunk begins another one; names and templates are known within one chunk only, so each
 * can be read alone.
 */
#include "evtx_private.h"

#include "builder_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIRTY = 1,
	FULL = 2,
	HEADER_SUMMED = 120, /* bytes of either header that its sum begins with */
	FLAGS_AT = 120,
	SUM_AT = 124,
	CHUNK_LAST_AT = 44,
	CHUNK_FREE_AT = 48,
	CHUNK_DATA_SUM_AT = 52,
};

struct evtx {
	char computer[64], channel[128];
	uint8_t *bytes;
	size_t chunks, limit; /* limit 0: none */
	size_t newest;	      /* the chunk that is being filled */
	uint64_t written;     /* chunks that were begun since the beginning */
	uint64_t next;	      /* number of the next event */
	uint64_t record;      /* of the next record, where it is another; 0: the same */
	uint32_t free;	      /* of the newest chunk */
	struct evtx_known known;
};

static uint32_t get32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

/* CRC-32 of ISO 3309, bit by bit; `crc` is what the bytes before gave, 0 at first. */
static uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t len)
{
	crc = ~crc;
	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static uint8_t *chunk_at(const struct evtx *log, size_t chunk)
{
	return log->bytes + EVTX_HEADER + chunk * EVTX_CHUNK;
}

static void seal_header(struct evtx *log)
{
	evtx_set(log->bytes + SUM_AT, crc32(0, log->bytes, HEADER_SUMMED), 4);
}

void evtx_seal(struct evtx *log, size_t number)
{
	uint8_t *chunk = chunk_at(log, number);
	uint32_t end = get32(chunk + CHUNK_FREE_AT);

	if (number >= log->chunks)
		builder_die("no such chunk");
	if (end >= EVTX_RECORDS && end <= EVTX_CHUNK)
		evtx_set(chunk + CHUNK_DATA_SUM_AT,
			 crc32(0, chunk + EVTX_RECORDS, end - EVTX_RECORDS), 4);
	uint32_t sum = crc32(0, chunk, HEADER_SUMMED);
	evtx_set(chunk + SUM_AT,
		 crc32(sum, chunk + EVTX_NAMES_AT, EVTX_RECORDS - EVTX_NAMES_AT), 4);
	seal_header(log);
}

static void begin_chunk(struct evtx *log)
{
	if (log->limit == 0 || log->chunks < log->limit) {
		log->newest = log->chunks++;
		log->bytes = builder_realloc(log->bytes,
					     EVTX_HEADER + log->chunks * EVTX_CHUNK, 1);
	} else {
		log->newest = (log->newest + 1) % log->chunks;
	}
	log->written++;
	uint8_t *chunk = chunk_at(log, log->newest);
	memset(chunk, 0, EVTX_CHUNK);
	memcpy(chunk, "ElfChnk", 8);
	evtx_set(chunk + 8, 1, 8);
	evtx_set(chunk + 16, UINT64_MAX, 8);
	evtx_set(chunk + 24, UINT64_MAX, 8);
	evtx_set(chunk + 32, UINT64_MAX, 8);
	evtx_set(chunk + 40, 128, 4);
	evtx_set(chunk + CHUNK_FREE_AT, EVTX_RECORDS, 4);
	log->free = EVTX_RECORDS;
	memset(&log->known, 0, sizeof(log->known));
	evtx_seal(log, log->newest);
}

static uint64_t next_record(const struct evtx *log)
{
	return log->record > 0 ? log->record : log->next;
}

void evtx_renumber(struct evtx *log)
{
	log->record = 1;
}

void evtx_close(struct evtx *log)
{
	uint8_t *header = log->bytes;
	bool full = log->written > log->chunks;

	memset(header, 0, EVTX_HEADER);
	memcpy(header, "ElfFile", 8);
	evtx_set(header + 8, full ? (log->newest + 1) % log->chunks : 0, 8);
	evtx_set(header + 16, log->newest, 8);
	evtx_set(header + 24, next_record(log), 8);
	evtx_set(header + 32, 128, 4);
	evtx_set(header + 36, 1, 2);
	evtx_set(header + 38, 3, 2);
	evtx_set(header + 40, EVTX_HEADER, 2);
	evtx_set(header + 42, log->chunks, 2);
	evtx_set(header + FLAGS_AT, full ? FULL : 0, 4);
	seal_header(log);
}

void evtx_computer(struct evtx *log, const char *computer)
{
	if (strlen(computer) >= sizeof(log->computer))
		builder_die("name of a computer too long");
	snprintf(log->computer, sizeof(log->computer), "%s", computer);
}

struct evtx *evtx_new(const char *computer, const char *channel)
{
	struct evtx *log = builder_realloc(NULL, 1, sizeof(*log));

	memset(log, 0, sizeof(*log));
	evtx_computer(log, computer);
	if (strlen(channel) >= sizeof(log->channel))
		builder_die("name of a channel too long");
	snprintf(log->channel, sizeof(log->channel), "%s", channel);
	log->next = 1;
	log->bytes = builder_realloc(NULL, EVTX_HEADER, 1);
	memset(log->bytes, 0, EVTX_HEADER);
	begin_chunk(log);
	evtx_close(log);
	return log;
}

void evtx_free(struct evtx *log)
{
	if (log == NULL)
		return;
	free(log->bytes);
	free(log);
}

void evtx_limit(struct evtx *log, size_t chunks)
{
	log->limit = chunks;
}

void evtx_number(struct evtx *log, uint64_t number)
{
	log->next = number;
}

size_t evtx_chunks(const struct evtx *log)
{
	return log->chunks;
}

uint64_t evtx_next(const struct evtx *log)
{
	return log->next;
}

/* Return: false if the record does not fit into the newest chunk. */
static bool put_record(struct evtx *log, const struct evtx_content *event)
{
	uint8_t *chunk = chunk_at(log, log->newest);
	uint32_t begin = log->free;
	struct evtx_out out = { .chunk = chunk, .len = begin, .known = &log->known };

	evtx_put(&out, 0x2a2a, 4);
	evtx_put(&out, 0, 4);
	evtx_put(&out, event->record, 8);
	evtx_put(&out, event->filetime, 8);
	evtx_xml(&out, event);
	/* Records of Windows begin at multiples of 8 bytes. */
	while (!out.full && (out.len + 4) % 8 != 0)
		evtx_put(&out, 0, 1);
	evtx_put(&out, out.len + 4 - begin, 4);
	if (out.full)
		return false;
	evtx_set(chunk + begin + 4, out.len - begin, 4);
	log->free = out.len;
	if (begin == EVTX_RECORDS) {
		evtx_set(chunk + 8, event->record, 8);
		evtx_set(chunk + 24, event->record, 8);
	}
	evtx_set(chunk + 16, event->record, 8);
	evtx_set(chunk + 32, event->record, 8);
	evtx_set(chunk + CHUNK_LAST_AT, begin, 4);
	evtx_set(chunk + CHUNK_FREE_AT, out.len, 4);
	evtx_seal(log, log->newest);
	return true;
}

static size_t add(struct evtx *log, const struct evtx_content *event)
{
	uint8_t kept[EVTX_RECORDS];
	uint32_t begin = log->free;
	memcpy(kept, chunk_at(log, log->newest), sizeof(kept));
	if (!put_record(log, event)) {
		/* What did not fit leaves no trace. */
		memcpy(chunk_at(log, log->newest), kept, sizeof(kept));
		memset(chunk_at(log, log->newest) + begin, 0, EVTX_CHUNK - begin);
		begin_chunk(log);
		begin = log->free;
		if (!put_record(log, event))
			builder_die("event too long for a chunk");
	}
	log->next++;
	log->record += log->record > 0;
	log->bytes[FLAGS_AT] |= DIRTY;
	return EVTX_HEADER + log->newest * EVTX_CHUNK + begin;
}

size_t evtx_event(struct evtx *log, const char *provider, uint16_t id, uint8_t level,
		  uint64_t filetime, const char *sid, ...)
{
	struct evtx_content event = {
		.computer = log->computer,
		.channel = log->channel,
		.provider = provider,
		.sid = sid,
		.filetime = filetime,
		.number = log->next,
		.record = next_record(log),
		.id = id,
		.level = level,
	};
	const char *text = NULL;
	va_list strings;

	va_start(strings, sid);
	while ((text = va_arg(strings, const char *)) != NULL) {
		if (event.n_strings == EVTX_MAX_STRINGS)
			builder_die("too many strings for an event");
		event.strings[event.n_strings++] = text;
	}
	va_end(strings);
	return add(log, &event);
}

size_t evtx_raw(struct evtx *log, uint64_t filetime, const void *xml, size_t len)
{
	return add(log, &(struct evtx_content){ .filetime = filetime,
						.number = log->next,
						.record = next_record(log),
						.raw = xml,
						.raw_len = len });
}

uint8_t *evtx_bytes(struct evtx *log, size_t *len)
{
	*len = EVTX_HEADER + log->chunks * EVTX_CHUNK;
	return log->bytes;
}

bool evtx_write(const struct evtx *log, const char *path)
{
	FILE *file = fopen(path, "wb");
	size_t len = EVTX_HEADER + log->chunks * EVTX_CHUNK;

	if (file == NULL)
		return false;
	bool written = fwrite(log->bytes, 1, len, file) == len;
	return fclose(file) == 0 && written;
}
