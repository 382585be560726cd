// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * States of a hive, the dirty hive, what all logs have in common, and the log of the old
 * format: "DIRT", a bitmap, pages (regf specification, "Old format").
 */
#include "builder_log_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offsets of fields in the base block. */
enum {
	BASE_PRIMARY = 4,
	BASE_SECONDARY = 8,
	BASE_FILE_TYPE = 28,
	BASE_BINS_LEN = 40,
	BASE_CHECKSUM = 508,
};

enum {
	PAGE = 4096,
	DIRT_AT = LOG_SECTOR,
	BITMAP_AT = DIRT_AT + 4,
	BITS = 8,
};

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void put32(uint8_t *p, uint32_t number)
{
	for (size_t i = 0; i < 4; i++)
		p[i] = (uint8_t)(number >> (8 * i));
}

/* The exclusive or of what is before the checksum; two results are never stored. */
static uint32_t checksum(const uint8_t *sector)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		sum ^= get32(sector + i);
	if (sum == 0)
		return 1;
	return sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum;
}

static bool write_file(const uint8_t *bytes, size_t len, const char *path)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL)
		return false;
	bool written = fwrite(bytes, 1, len, file) == len;
	return fclose(file) == 0 && written;
}

/* --- states --- */

static struct builder_log_state copy_state(const uint8_t *bytes, size_t len)
{
	struct builder_log_state copy = { .len = len };

	copy.bytes = builder_realloc(NULL, len, 1);
	memcpy(copy.bytes, bytes, len);
	return copy;
}

struct builder_log_state builder_log_state_take(struct builder *b)
{
	size_t len;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	return copy_state(bytes, len);
}

void builder_log_state_free(struct builder_log_state *state)
{
	free(state->bytes);
	*state = (struct builder_log_state){ .bytes = NULL };
}

bool builder_log_state_write(const struct builder_log_state *state, const char *path)
{
	return write_file(state->bytes, state->len, path);
}

uint32_t builder_log_state_bins(const struct builder_log_state *state)
{
	if (state->len < BASE_SIZE)
		builder_die("state without a base block");
	uint32_t bins_len = get32(state->bytes + BASE_BINS_LEN);
	if (bins_len == 0 || bins_len % PAGE != 0 || bins_len > state->len - BASE_SIZE)
		builder_die("state without its bins");
	return bins_len;
}

struct builder_log_state builder_log_dirty(const struct builder_log_state *bins,
					   const struct builder_log_state *base,
					   uint32_t primary, uint32_t secondary)
{
	if (bins->len < BASE_SIZE || base->len < BASE_SIZE)
		builder_die("state without a base block");
	struct builder_log_state dirty = copy_state(bins->bytes, bins->len);

	memcpy(dirty.bytes, base->bytes, BASE_SIZE);
	put32(dirty.bytes + BASE_PRIMARY, primary);
	put32(dirty.bytes + BASE_SECONDARY, secondary);
	put32(dirty.bytes + BASE_CHECKSUM, checksum(dirty.bytes));
	return dirty;
}

void builder_log_spoil_base(struct builder_log_state *state)
{
	put32(state->bytes + BASE_BINS_LEN, PAGE);
	put32(state->bytes + BASE_CHECKSUM, ~checksum(state->bytes));
}

/* --- all logs --- */

uint32_t builder_log_page_size(const struct builder_log_options *options)
{
	uint32_t size = options != NULL && options->page != 0 ? options->page : PAGE;

	if (size != PAGE && size != LOG_SECTOR)
		builder_die("pages of a log have 512 or 4096 bytes");
	return size;
}

bool builder_log_is_dirty(const struct builder_log_state *from,
			  const struct builder_log_state *to, uint32_t offset,
			  uint32_t size)
{
	if (offset >= builder_log_state_bins(from))
		return true;
	return memcmp(from->bytes + BASE_SIZE + offset, to->bytes + BASE_SIZE + offset,
		      size) != 0;
}

void builder_log_reserve(struct builder_log *log, size_t len)
{
	if (len > log->cap) {
		log->cap = len > 2 * log->cap ? len : 2 * log->cap;
		log->bytes = builder_realloc(log->bytes, log->cap, 1);
	}
	if (len > log->len) {
		memset(log->bytes + log->len, 0, len - log->len);
		log->len = len;
	}
}

void builder_log_sector(struct builder_log *log, const struct builder_log_state *state,
			uint32_t file_type, uint32_t sequence)
{
	builder_log_reserve(log, LOG_SECTOR);
	memcpy(log->bytes, state->bytes, LOG_SECTOR);
	put32(log->bytes + BASE_PRIMARY, sequence);
	put32(log->bytes + BASE_SECONDARY, sequence);
	put32(log->bytes + BASE_FILE_TYPE, file_type);
	builder_log_checksum(log);
	log->end = LOG_SECTOR;
}

void builder_log_append(struct builder_log *log, const struct builder_log_state *state,
			uint32_t offset, uint32_t size)
{
	builder_log_reserve(log, log->end + size);
	memcpy(log->bytes + log->end, state->bytes + BASE_SIZE + offset, size);
	log->end += size;
}

static uint8_t *field(const struct builder_log *log, size_t offset)
{
	if (log->len < 4 || offset > log->len - 4)
		builder_die("field past the end of the log");
	return log->bytes + offset;
}

uint32_t builder_log_get32(const struct builder_log *log, size_t offset)
{
	return get32(field(log, offset));
}

void builder_log_put32(struct builder_log *log, size_t offset, uint32_t number)
{
	put32(field(log, offset), number);
}

void builder_log_checksum(struct builder_log *log)
{
	uint8_t *sum = field(log, BASE_CHECKSUM);

	put32(sum, checksum(log->bytes));
}

void builder_log_resize(struct builder_log *log, size_t len)
{
	builder_log_reserve(log, len);
	log->len = len;
}

bool builder_log_write(const struct builder_log *log, const char *path)
{
	return write_file(log->bytes, log->len, path);
}

void builder_log_free(struct builder_log *log)
{
	free(log->bytes);
	free(log->entries);
	*log = (struct builder_log){ .bytes = NULL };
}

/* --- the old format --- */

/* A bit for every 512 bytes, whatever the size of a dirty page. */
static void mark_page(struct builder_log *log, uint32_t offset, uint32_t size)
{
	uint32_t first = offset / LOG_SECTOR;

	for (uint32_t bit = first; bit < first + size / LOG_SECTOR; bit++)
		log->bytes[BITMAP_AT + bit / BITS] |= (uint8_t)(1u << bit % BITS);
}

struct builder_log builder_log_old(const struct builder_log_state *from,
				   const struct builder_log_state *to,
				   const struct builder_log_options *options)
{
	struct builder_log log = { .bytes = NULL };
	uint32_t bins_len = builder_log_state_bins(to);
	uint32_t page = builder_log_page_size(options);
	uint32_t type = options != NULL ? options->file_type : 0;

	builder_log_sector(&log, to, type != 0 ? type : LOG_TYPE_XP,
			   get32(to->bytes + BASE_PRIMARY));
	size_t bitmap_end = BITMAP_AT + bins_len / (BITS * LOG_SECTOR);
	log.pages = (bitmap_end + LOG_SECTOR - 1) / LOG_SECTOR * LOG_SECTOR;
	log.end = log.pages;
	builder_log_reserve(&log, log.pages);
	memcpy(log.bytes + DIRT_AT, "DIRT", 4);
	for (uint32_t offset = 0; offset < bins_len; offset += page) {
		if (!builder_log_is_dirty(from, to, offset, page))
			continue;
		mark_page(&log, offset, page);
		builder_log_append(&log, to, offset, page);
	}
	return log;
}
