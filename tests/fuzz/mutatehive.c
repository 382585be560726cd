/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes of a hive that know its form.  Bytes that are changed without knowing it nearly
 * always break the frame of bins and cells, and are read no further.  So one thing is done to
 * a record, and then the frame is put in order again.
 *
 * Source: M. Suhanov, "Windows registry file format specification".  It shares no code with
 * the program's own readers.
 */
#include "fuzz/fuzz.h"

#include <string.h>

enum {
	BASE = 4096, /* base block */
	BIN = 4096,
	BIN_HEAD = 32,
	CELLS = 4096, /* that are looked at; more are left alone */
};

#define NIL 0xffffffffu

/* Fields of the base block. */
enum { BASE_MINOR = 24, BASE_TYPE = 28, BASE_ROOT = 36, BASE_DATA = 40 };

/* Fields of records, behind the size of their cell. */
enum {
	NK_SUBKEYS = 20,
	NK_LIST = 28,
	NK_N_VALUES = 36,
	NK_VALUES = 40,
	NK_NAME_LENGTH = 72,
	NK_NAME = 76,
	VK_NAME_LENGTH = 2,
	VK_SIZE = 4,
	VK_DATA = 8,
	VK_TYPE = 12,
	VK_NAME = 20,
	LIST_COUNT = 2,
	LIST_ITEMS = 4,
};

struct cells {
	uint32_t at[CELLS]; /* in the file */
	uint32_t len[CELLS];
	size_t n;
};

/* ---- the frame ---- */

/* The size of a bin that stands there, made right if it is not. */
static uint32_t settle_bin(uint8_t *bin, uint32_t rel, uint32_t left)
{
	uint32_t size = fuzz_get32(bin + 8);

	if (size == 0 || size % BIN != 0 || size > left)
		size = BIN;
	memcpy(bin, "hbin", 4);
	fuzz_put32(bin + 4, rel);
	fuzz_put32(bin + 8, size);
	return size;
}

/* Makes cells of all bytes of a bin, and lists them. */
static void settle_cells(uint8_t *hive, uint32_t bin, uint32_t size, struct cells *cells)
{
	uint32_t at = bin + BIN_HEAD, end = bin + size;

	while (at < end) {
		uint32_t told = fuzz_get32(hive + at);
		uint32_t used = told >> 31;
		uint32_t len = used ? 0u - told : told;
		if (len < 8 || len % 8 != 0 || len > end - at)
			len = end - at;
		fuzz_put32(hive + at, used ? 0u - len : len);
		if (cells->n < CELLS) {
			cells->at[cells->n] = at;
			cells->len[cells->n++] = len;
		}
		at += len;
	}
}

static void settle_frame(uint8_t *hive, size_t size, struct cells *cells)
{
	uint32_t end = (uint32_t)((size - BASE) / BIN * BIN);

	cells->n = 0;
	for (uint32_t rel = 0; rel < end;) {
		uint32_t len = settle_bin(hive + BASE + rel, rel, end - rel);
		settle_cells(hive, BASE + rel, len, cells);
		rel += len;
	}
	memcpy(hive, "regf", 4);
	fuzz_put32(hive + BASE_DATA, end);
	fuzz_checksum(hive);
}

/* ---- counts ---- */

static bool is(const uint8_t *record, const char *signature)
{
	return memcmp(record, signature, 2) == 0;
}

static uint32_t element_size(const uint8_t *record)
{
	return is(record, "lf") || is(record, "lh")			  ? 8
	       : is(record, "li") || is(record, "ri") || is(record, "db") ? 4
									  : 0;
}

/* The cell that a reference leads to, or NULL. */
static uint8_t *record_at(uint8_t *hive, size_t size, uint32_t rel, uint32_t *len)
{
	if (rel % 8 != 0 || rel > size || size - rel < BASE + 8)
		return NULL;
	uint32_t told = fuzz_get32(hive + BASE + rel);
	*len = told >> 31 ? 0u - told : told;
	if (*len < 8 || *len > size - BASE - rel)
		return NULL;
	*len -= 4;
	return hive + BASE + rel + 4;
}

/* Lists hold no more than fits, and keys count what their lists hold. */
static void settle_counts(uint8_t *hive, size_t size, const struct cells *cells)
{
	for (size_t i = 0; i < cells->n; i++) {
		uint8_t *record = hive + cells->at[i] + 4;
		uint32_t len = cells->len[i] - 4, each = element_size(record);
		if (each && len >= LIST_ITEMS &&
		    (uint32_t)(record[2] | record[3] << 8) > (len - LIST_ITEMS) / each)
			fuzz_put16(record + LIST_COUNT, (len - LIST_ITEMS) / each);
	}
	for (size_t i = 0; i < cells->n; i++) {
		uint8_t *record = hive + cells->at[i] + 4;
		uint32_t len = 0;
		if (cells->len[i] < NK_NAME + 4 || !is(record, "nk"))
			continue;
		const uint8_t *list =
			record_at(hive, size, fuzz_get32(record + NK_LIST), &len);
		if (list && element_size(list) && !is(list, "ri"))
			fuzz_put32(record + NK_SUBKEYS,
				   (uint32_t)(list[2] | list[3] << 8));
		if (record_at(hive, size, fuzz_get32(record + NK_VALUES), &len) &&
		    fuzz_get32(record + NK_N_VALUES) > len / 4)
			fuzz_put32(record + NK_N_VALUES, len / 4);
	}
}

/* ---- changes ---- */

struct change {
	uint8_t *hive;
	size_t size;
	const struct cells *cells;
	uint32_t *state;
};

/* A cell, one that is used and begins with that signature if some are tried in vain. */
static size_t any_cell(const struct change *c, const char *signature)
{
	size_t i = 0;

	for (unsigned tries = 0; tries < 64; tries++) {
		i = fuzz_below(c->state, (uint32_t)c->cells->n);
		if (!signature || is(c->hive + c->cells->at[i] + 4, signature))
			break;
	}
	return i;
}

static uint32_t any_reference(const struct change *c)
{
	if (fuzz_below(c->state, 16) == 0)
		return NIL;
	return c->cells->at[any_cell(c, NULL)] - BASE;
}

static uint32_t any_number(const struct change *c)
{
	static const uint32_t numbers[] = {
		0,	   1,	    2,	    7,	     0x7f,     0x80,
		0xff,	   0x100,   0x3fd8, 0x3fd9,  0x7fff,   0x8000,
		0xffff,	   0x10000, NIL,    NIL - 1, 1u << 31, (1u << 31) + 4,
		0x7fffffff
	};

	return fuzz_below(c->state, 4) == 0
		       ? fuzz_random(c->state)
		       : numbers[fuzz_below(c->state, ARRAY_LEN(numbers))];
}

/* The bytes of one cell, as if they were an input of their own. */
static void change_inside(const struct change *c)
{
	uint8_t bytes[4096];
	size_t i = any_cell(c, NULL);
	uint32_t len = c->cells->len[i] - 4;
	uint8_t *record = c->hive + c->cells->at[i] + 4;

	len = len < sizeof(bytes) ? len : sizeof(bytes);
	memcpy(bytes, record, len);
	size_t n = fuzz_mutate_bytes(bytes, len, len, c->state);
	memcpy(record, bytes, n);
}

static void change_signature(const struct change *c)
{
	static const char signatures[][3] = { "nk", "vk", "sk", "lf", "lh",
					      "li", "ri", "db", "nl" };

	memcpy(c->hive + c->cells->at[any_cell(c, NULL)] + 4,
	       signatures[fuzz_below(c->state, ARRAY_LEN(signatures))], 2);
}

/* Two records change their places, or one is there twice; the longer one is cut. */
static void swap_records(const struct change *c)
{
	size_t i = any_cell(c, NULL), k = any_cell(c, NULL);
	uint32_t len =
		c->cells->len[i] < c->cells->len[k] ? c->cells->len[i] : c->cells->len[k];
	uint8_t *a = c->hive + c->cells->at[i] + 4, *b = c->hive + c->cells->at[k] + 4;
	bool both = fuzz_below(c->state, 2);

	for (uint32_t n = 0; n + 4 < len; n++) {
		uint8_t byte = a[n];
		a[n] = b[n];
		if (both)
			b[n] = byte;
	}
}

static void change_reference(const struct change *c)
{
	static const uint8_t of_nk[] = { 16, NK_LIST, NK_VALUES, 44, 48 };
	static const char *const kinds[] = { "nk", "vk", "lf", "lh",
					     "li", "ri", "db", "sk" };
	size_t i = any_cell(c, kinds[fuzz_below(c->state, ARRAY_LEN(kinds))]);
	uint8_t *record = c->hive + c->cells->at[i] + 4;
	uint32_t len = c->cells->len[i] - 4, each = element_size(record);
	uint32_t at = 4 * fuzz_below(c->state, len / 4);

	if (is(record, "nk"))
		at = of_nk[fuzz_below(c->state, ARRAY_LEN(of_nk))];
	else if (is(record, "vk"))
		at = VK_DATA;
	else if (each && len >= LIST_ITEMS + each)
		at = LIST_ITEMS + each * fuzz_below(c->state, (len - LIST_ITEMS) / each);
	if (at + 4 <= len)
		fuzz_put32(record + at, any_reference(c));
}

static void change_number(const struct change *c)
{
	static const struct {
		const char *signature;
		uint8_t at, bytes;
	} fields[] = {
		{ "nk", 2, 2 },		  { "nk", NK_SUBKEYS, 4 },
		{ "nk", NK_N_VALUES, 4 }, { "nk", NK_NAME_LENGTH, 2 },
		{ "nk", 74, 2 },	  { "nk", 4, 4 },
		{ "nk", 8, 4 },		  { "vk", VK_NAME_LENGTH, 2 },
		{ "vk", VK_SIZE, 4 },	  { "vk", VK_TYPE, 4 },
		{ "vk", 16, 2 },	  { "lf", LIST_COUNT, 2 },
		{ "lh", LIST_COUNT, 2 },  { "li", LIST_COUNT, 2 },
		{ "ri", LIST_COUNT, 2 },  { "db", LIST_COUNT, 2 },
		{ "sk", 12, 4 },	  { "sk", 16, 4 },
	};
	uint32_t f = fuzz_below(c->state, ARRAY_LEN(fields));
	size_t i = any_cell(c, fields[f].signature);
	uint8_t *at = c->hive + c->cells->at[i] + 4 + fields[f].at;

	if (c->cells->len[i] < 4u + fields[f].at + fields[f].bytes)
		return;
	if (fields[f].bytes == 2)
		fuzz_put16(at, any_number(c));
	else
		fuzz_put32(at, any_number(c));
}

/* A cell is freed or used, cut in two, or takes the next one. */
static void change_cell(const struct change *c)
{
	size_t i = any_cell(c, NULL);
	uint8_t *at = c->hive + c->cells->at[i];
	uint32_t len = c->cells->len[i], sign = fuzz_get32(at) >> 31;

	switch (fuzz_below(c->state, 4)) {
	case 0:
		len = 8 * (1 + fuzz_below(c->state, len / 8));
		break;
	case 1:
		if (i + 1 < c->cells->n &&
		    c->cells->at[i + 1] == c->cells->at[i] + c->cells->len[i])
			len += c->cells->len[i + 1];
		break;
	default:
		sign = !sign;
		break;
	}
	fuzz_put32(at, sign ? 0u - len : len);
}

static void change_base(const struct change *c)
{
	static const uint8_t fields[] = {
		4, 8, 12, 16, 20, BASE_MINOR, BASE_TYPE, 32, 44
	};

	switch (fuzz_below(c->state, 4)) {
	case 0:
		fuzz_put32(c->hive + BASE_ROOT, any_reference(c));
		break;
	case 1:
		fuzz_put32(c->hive + BASE_MINOR, fuzz_below(c->state, 8));
		break;
	default:
		fuzz_put32(c->hive + fields[fuzz_below(c->state, ARRAY_LEN(fields))],
			   any_number(c));
		break;
	}
}

/* The names and the data that mean something here, put where some stand already. */
static void put_word(const struct change *c)
{
	static const char *const words[] = {
		"Profiles",
		"Deleted Profiles",
		"DefaultProfile",
		"Outlook",
		"001f3001",
		"0102300b",
		"01023d01",
		"0102663e",
		"9375CFF0413111d3B88A00104B2A6676",
		"001e6602",
		"9207f3e0a3b11019908b08002b2a56c2",
		"13dbb0c8aa05101a9bb000aa002fc45a",
		"SymbolicLinkValue",
		"Windows Messaging Subsystem",
		"{ED475418-B0D6-11D2-8C3B-00104B2A6676}",
	};
	const char *word = words[fuzz_below(c->state, ARRAY_LEN(words))];
	bool of_key = fuzz_below(c->state, 2);
	size_t i = any_cell(c, of_key ? "nk" : "vk"), n = strlen(word);
	uint8_t *record = c->hive + c->cells->at[i] + 4;
	size_t at = of_key ? NK_NAME : VK_NAME;

	if (c->cells->len[i] < 4 + at + n)
		return;
	memcpy(record + at, word, n);
	fuzz_put16(record + (of_key ? NK_NAME_LENGTH : VK_NAME_LENGTH), (uint32_t)n);
}

/* One bin less, or its copy behind the others. */
static size_t change_size(uint8_t *hive, size_t size, size_t max_size, uint32_t *state)
{
	size_t n = (size - BASE) / BIN;

	if (fuzz_below(state, 2) && n > 1)
		return size - BIN * (1 + fuzz_below(state, (uint32_t)n - 1));
	if (n > 0 && size + BIN <= max_size) {
		memcpy(hive + BASE + n * BIN,
		       hive + BASE + BIN * (size_t)fuzz_below(state, (uint32_t)n), BIN);
		return BASE + (n + 1) * BIN;
	}
	return size;
}

static void change_one(const struct change *c)
{
	static void (*const changes[])(const struct change *) = {
		change_inside, change_inside,	 change_signature, swap_records,
		change_number, change_reference, change_cell,	   put_word,
		change_number, change_reference, change_base,
	};

	changes[fuzz_below(c->state, ARRAY_LEN(changes))](c);
}

size_t fuzz_mutate_hive(uint8_t *hive, size_t size, size_t max_size, uint32_t *state)
{
	struct cells cells;

	if (size < BASE + BIN || fuzz_below(state, 64) == 0)
		return fuzz_mutate_bytes(hive, size, max_size, state);
	settle_frame(hive, size, &cells);
	struct change c = { .hive = hive, .size = size, .cells = &cells, .state = state };
	uint32_t n = 1 + fuzz_below(state, 3);
	for (uint32_t i = 0; i < n; i++)
		change_one(&c);
	if (fuzz_below(state, 32) == 0)
		size = change_size(hive, size, max_size, state);
	/* What is left broken is damage, and has its readers, too. */
	if (fuzz_below(state, 8) == 0)
		return size;
	settle_frame(hive, size, &cells);
	if (fuzz_below(state, 2))
		settle_counts(hive, size, &cells);
	return size;
}
