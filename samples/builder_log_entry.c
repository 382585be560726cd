// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The log of the new format: entries, each with a table of pages, the pages, and two
 * hashes (regf specification, "New format").
 */
#include "builder_log_private.h"

#include <string.h>

/* Offsets of fields in an entry. */
enum {
	ENTRY_SIZE = 4,
	ENTRY_FLAGS = 8,
	ENTRY_SEQUENCE = 12,
	ENTRY_BINS_LEN = 16,
	ENTRY_N_PAGES = 20,
	ENTRY_HASH_1 = 24, /* of what follows the hashes */
	ENTRY_HASH_2 = 32, /* of what is before it, the first hash among it */
	ENTRY_PAGES = 40,  /* an offset in the bins and a size for every page */
	PAGE_RECORD = 8,
};

/*
 * Real entries end at a multiple of this in the file, where the pages of a cache end;
 * the format itself asks for 512 bytes.
 */
#define ENTRY_ALIGN 4096u

/* --- Marvin32 --- */

struct marvin {
	uint32_t a;
	uint32_t b;
};

static uint32_t rotate(uint32_t number, unsigned bits)
{
	return number << bits | number >> (32 - bits);
}

static void mix(struct marvin *m, uint32_t number)
{
	m->a += number;
	m->b ^= m->a;
	m->a = rotate(m->a, 20) + m->b;
	m->b = rotate(m->b, 9) ^ m->a;
	m->a = rotate(m->a, 27) + m->b;
	m->b = rotate(m->b, 19);
}

uint64_t builder_log_marvin32(const uint8_t *bytes, size_t len)
{
	struct marvin m = { .a = 0x7A4E55C5, .b = 0x82EF4D88 };
	size_t at = 0;

	for (; len - at >= 4; at += 4)
		mix(&m, (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 |
				(uint32_t)bytes[at + 2] << 16 |
				(uint32_t)bytes[at + 3] << 24);
	/* The last number: what is left, and a bit to say where it ends. */
	uint32_t last = 0x80;
	for (size_t i = len; i > at; i--)
		last = last << 8 | bytes[i - 1];
	mix(&m, last);
	mix(&m, 0);
	return (uint64_t)m.b << 32 | m.a;
}

/* --- entries --- */

struct builder_log builder_log_new(const struct builder_log_state *state,
				   uint32_t sequence)
{
	struct builder_log log = { .bytes = NULL };

	builder_log_restart(&log, state, sequence);
	return log;
}

void builder_log_restart(struct builder_log *log, const struct builder_log_state *state,
			 uint32_t sequence)
{
	builder_log_sector(log, state, LOG_TYPE_HVLE, sequence);
	log->n_entries = 0;
	log->sequence = sequence;
}

static void list_entry(struct builder_log *log, size_t entry)
{
	log->entries =
		builder_realloc(log->entries, log->n_entries + 1, sizeof(*log->entries));
	log->entries[log->n_entries++] = entry;
}

/* Writes the record of a page at `log->end`. */
static void put_page(struct builder_log *log, uint32_t offset, uint32_t size)
{
	builder_log_reserve(log, log->end + PAGE_RECORD);
	builder_log_put32(log, log->end, offset);
	builder_log_put32(log, log->end + 4, size);
	log->end += PAGE_RECORD;
}

/* Writes the records of the pages. Return: how many. */
static uint32_t put_table(struct builder_log *log, const struct builder_log_state *from,
			  const struct builder_log_state *to,
			  const struct builder_log_options *options)
{
	uint32_t bins_len = builder_log_state_bins(to);
	uint32_t page = builder_log_page_size(options);
	size_t table = log->end;
	uint32_t run = 0; /* bytes of dirty pages that end at `offset` */

	for (uint32_t offset = 0; offset < bins_len; offset += page) {
		bool dirty = builder_log_is_dirty(from, to, offset, page);

		if (dirty)
			run += page;
		if (run > 0 && (!dirty || options->split)) {
			put_page(log, dirty ? offset : offset - run, run);
			run = 0;
		}
	}
	if (run > 0)
		put_page(log, bins_len - run, run);
	if (log->end == table)
		put_page(log, 0, page);
	return (uint32_t)((log->end - table) / PAGE_RECORD);
}

static void put_pages(struct builder_log *log, size_t entry, uint32_t n_pages,
		      const struct builder_log_state *to)
{
	for (uint32_t i = 0; i < n_pages; i++) {
		size_t record = entry + ENTRY_PAGES + (size_t)PAGE_RECORD * i;

		builder_log_append(log, to, builder_log_get32(log, record),
				   builder_log_get32(log, record + 4));
	}
}

/* Ends the entry: zeros, over what an older one may have left there. */
static void put_padding(struct builder_log *log, bool tight)
{
	uint32_t align = tight ? LOG_SECTOR : ENTRY_ALIGN;
	size_t padding = (align - log->end % align) % align;

	builder_log_reserve(log, log->end + padding);
	memset(log->bytes + log->end, 0, padding);
	log->end += padding;
}

size_t builder_log_add(struct builder_log *log, const struct builder_log_state *from,
		       const struct builder_log_state *to,
		       const struct builder_log_options *options)
{
	const struct builder_log_options windows = { .page = 0 };
	size_t entry = log->end;

	if (options == NULL)
		options = &windows;
	builder_log_reserve(log, entry + ENTRY_PAGES);
	log->end = entry + ENTRY_PAGES;
	uint32_t n_pages = put_table(log, from, to, options);
	put_pages(log, entry, n_pages, to);
	put_padding(log, options->tight);
	memcpy(log->bytes + entry, "HvLE", 4);
	builder_log_put32(log, entry + ENTRY_SIZE, (uint32_t)(log->end - entry));
	builder_log_put32(log, entry + ENTRY_FLAGS, options->flags);
	builder_log_put32(log, entry + ENTRY_SEQUENCE, log->sequence++);
	builder_log_put32(log, entry + ENTRY_BINS_LEN, builder_log_state_bins(to));
	builder_log_put32(log, entry + ENTRY_N_PAGES, n_pages);
	builder_log_rehash_entry(log, entry);
	list_entry(log, entry);
	return entry;
}

size_t builder_log_entry_pages(const struct builder_log *log, size_t entry)
{
	return entry + ENTRY_PAGES +
	       (size_t)PAGE_RECORD * builder_log_get32(log, entry + ENTRY_N_PAGES);
}

static void put_hash(struct builder_log *log, size_t at, uint64_t hash)
{
	builder_log_put32(log, at, (uint32_t)hash);
	builder_log_put32(log, at + 4, (uint32_t)(hash >> 32));
}

void builder_log_rehash_entry(struct builder_log *log, size_t entry)
{
	size_t size = builder_log_get32(log, entry + ENTRY_SIZE);
	size_t body = 0;

	if (size > log->len - entry)
		size = log->len - entry;
	if (size > ENTRY_PAGES)
		body = size - ENTRY_PAGES;
	put_hash(log, entry + ENTRY_HASH_1,
		 builder_log_marvin32(log->bytes + entry + ENTRY_PAGES, body));
	put_hash(log, entry + ENTRY_HASH_2,
		 builder_log_marvin32(log->bytes + entry, ENTRY_HASH_2));
}
