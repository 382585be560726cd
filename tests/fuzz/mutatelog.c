/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes of a transaction log that know its form: a wrong hash or checksum would end the
 * reading at once.
 *
 * Source: M. Suhanov, "Windows registry file format specification", "Format of transaction
 * log files".  It shares no code with the program's own readers; Marvin32 is that of the
 * recipes.
 */
#include "fuzz/fuzz.h"

#include "samples/builder_log.h"

#include <string.h>

enum { SECTOR = 512, PAGE = 4096, HEAD = 40, ENTRIES = 256 };

/* Fields of an entry. */
enum {
	ENTRY_SIZE = 4,
	ENTRY_FLAGS = 8,
	ENTRY_SEQUENCE = 12,
	ENTRY_DATA_SIZE = 16,
	ENTRY_PAGES = 20,
	ENTRY_HASH = 24,
	ENTRY_HEAD_HASH = 32,
};

/* Where entries stand; sizes that cannot be are cut. */
static size_t find_entries(uint8_t *log, size_t size, uint32_t at[ENTRIES])
{
	size_t n = 0;

	for (size_t off = SECTOR; n < ENTRIES && size - off >= SECTOR;) {
		if (memcmp(log + off, "HvLE", 4) != 0)
			break;
		uint32_t len = fuzz_get32(log + off + ENTRY_SIZE) / SECTOR * SECTOR;
		if (len < SECTOR || len > size - off)
			len = (uint32_t)((size - off) / SECTOR * SECTOR);
		fuzz_put32(log + off + ENTRY_SIZE, len);
		at[n++] = (uint32_t)off;
		off += len;
	}
	return n;
}

static void put64(uint8_t *at, uint64_t number)
{
	fuzz_put32(at, (uint32_t)number);
	fuzz_put32(at + 4, (uint32_t)(number >> 32));
}

static void hash_entry(uint8_t *entry)
{
	uint32_t len = fuzz_get32(entry + ENTRY_SIZE);

	put64(entry + ENTRY_HASH, builder_log_marvin32(entry + HEAD, len - HEAD));
	put64(entry + ENTRY_HEAD_HASH, builder_log_marvin32(entry, ENTRY_HEAD_HASH));
}

static uint32_t any_number(uint32_t *state)
{
	static const uint32_t numbers[] = { 0,		1,	    2,	       8,
					    SECTOR,	PAGE,	    0x8000,    0xffff,
					    0xffffffff, 0x7fffffff, 0x80000000 };

	switch (fuzz_below(state, 3)) {
	case 0:
		return PAGE * fuzz_below(state, 64);
	case 1:
		return fuzz_random(state);
	default:
		return numbers[fuzz_below(state, ARRAY_LEN(numbers))];
	}
}

/* A field of an entry, one of its references, or the bytes of its pages. */
static void change_entry(uint8_t *entry, uint32_t *state)
{
	static const uint8_t fields[] = { ENTRY_SIZE, ENTRY_FLAGS, ENTRY_SEQUENCE,
					  ENTRY_DATA_SIZE, ENTRY_PAGES };
	uint32_t len = fuzz_get32(entry + ENTRY_SIZE);
	uint32_t pages = fuzz_get32(entry + ENTRY_PAGES);
	uint8_t bytes[PAGE];

	switch (fuzz_below(state, 4)) {
	case 0:
		fuzz_put32(entry + fields[fuzz_below(state, ARRAY_LEN(fields))],
			   any_number(state));
		break;
	case 1:
		pages = pages > 0 && pages < (len - HEAD) / 8 ? pages : 1;
		fuzz_put32(entry + HEAD + 4 * (size_t)fuzz_below(state, 2 * pages),
			   any_number(state));
		break;
	default: {
		uint32_t at = HEAD + fuzz_below(state, len - HEAD);
		uint32_t n = len - at < PAGE ? len - at : PAGE;
		memcpy(bytes, entry + at, n);
		memcpy(entry + at, bytes, fuzz_mutate_bytes(bytes, n, n, state));
		break;
	}
	}
}

static void change_sector(uint8_t *log, uint32_t *state)
{
	static const uint8_t fields[] = { 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44 };

	fuzz_put32(log + fields[fuzz_below(state, ARRAY_LEN(fields))], any_number(state));
}

/* One entry's bytes over another one's. */
static void move_entry(uint8_t *log, const uint32_t *at, size_t n, uint32_t *state)
{
	uint8_t *from = log + at[fuzz_below(state, (uint32_t)n)];
	uint8_t *to = log + at[fuzz_below(state, (uint32_t)n)];
	uint32_t a = fuzz_get32(from + ENTRY_SIZE), b = fuzz_get32(to + ENTRY_SIZE);

	memmove(to + HEAD, from + HEAD, (a < b ? a : b) - HEAD);
}

size_t fuzz_mutate_log(uint8_t *log, size_t size, size_t max_size, uint32_t *state)
{
	uint32_t at[ENTRIES];

	if (size < 2 * SECTOR || fuzz_below(state, 64) == 0)
		return fuzz_mutate_bytes(log, size, max_size, state);
	size_t n = find_entries(log, size, at);
	switch (fuzz_below(state, n ? 8 : 2)) {
	case 0:
		change_sector(log, state);
		break;
	case 1: /* the bitmap and the pages of the old format, too */
		size = fuzz_mutate_bytes(log, size, max_size, state);
		break;
	case 2:
		move_entry(log, at, n, state);
		break;
	default:
		change_entry(log + at[fuzz_below(state, (uint32_t)n)], state);
		break;
	}
	if (size < 2 * SECTOR || fuzz_below(state, 8) == 0)
		return size;
	n = find_entries(log, size, at);
	bool follow = fuzz_below(state, 2);
	for (size_t i = 0; i < n; i++) {
		if (follow)
			fuzz_put32(log + at[i] + ENTRY_SEQUENCE,
				   fuzz_get32(log + at[0] + ENTRY_SEQUENCE) +
					   (uint32_t)i);
		hash_entry(log + at[i]);
	}
	fuzz_checksum(log);
	return size;
}
