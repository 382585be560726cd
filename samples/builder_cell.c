// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bins and cells: a cell is taken from the free list of its size, else from a larger
 * one, else from a new bin; a freed cell flips the sign of its size, keeps its bytes and
 * merges with free neighbours in its bin. Windows 2000 also writes the link of its free
 * list over the first 4 bytes of a freed cell's data.
 */
#include "builder_private.h"

#include <string.h>

enum {
	PAGE = 4096,
	BIN_HEADER = 32,
	CELL_ALIGN = 8,
	EXACT_CLASSES = 16, /* sizes 8 to 128; Windows too keeps these apart */
	SCAN_MAX = 32,	    /* cells tried in one list: big hives stay fast */
	WORD_BITS = 64,
};

static uint32_t get32(const struct builder *b, size_t at)
{
	const uint8_t *p = b->image + BASE_SIZE + at;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static void put32(struct builder *b, size_t at, uint32_t number)
{
	uint8_t *p = b->image + BASE_SIZE + at;

	for (size_t i = 0; i < 4; i++)
		p[i] = (uint8_t)(number >> (8 * i));
}

/* Bytes before a cell's data; also half of what cells are aligned to. */
static uint32_t header(const struct builder *b)
{
	return builder_is_old(b) ? 8 : 4;
}

uint8_t *builder_cell_data(const struct builder *b, uint32_t cell)
{
	return b->image + BASE_SIZE + cell + header(b);
}

uint16_t builder_get16(const struct builder *b, uint32_t cell, size_t field)
{
	const uint8_t *p = builder_cell_data(b, cell) + field;

	return (uint16_t)(p[0] | p[1] << 8);
}

uint32_t builder_get32(const struct builder *b, uint32_t cell, size_t field)
{
	return get32(b, cell + header(b) + field);
}

void builder_put16(struct builder *b, uint32_t cell, size_t field, uint16_t number)
{
	uint8_t *p = builder_cell_data(b, cell) + field;

	p[0] = (uint8_t)number;
	p[1] = (uint8_t)(number >> 8);
}

void builder_put32(struct builder *b, uint32_t cell, size_t field, uint32_t number)
{
	put32(b, cell + header(b) + field, number);
}

void builder_put64(struct builder *b, uint32_t cell, size_t field, uint64_t number)
{
	builder_put32(b, cell, field, (uint32_t)number);
	builder_put32(b, cell, field + 4, (uint32_t)(number >> 32));
}

/* --- where cells start --- */

static bool is_start(const struct builder *b, size_t at)
{
	uint64_t word = b->starts[at / CELL_ALIGN / WORD_BITS];

	return word >> (at / CELL_ALIGN % WORD_BITS) & 1;
}

static void set_start(struct builder *b, size_t at, bool starts)
{
	uint64_t bit = (uint64_t)1 << (at / CELL_ALIGN % WORD_BITS);
	uint64_t *word = &b->starts[at / CELL_ALIGN / WORD_BITS];

	*word = starts ? *word | bit : *word & ~bit;
}

/* "hbin" as a number is no size a cell could have. */
static bool is_bin(const struct builder *b, size_t at)
{
	return at % PAGE == 0 && memcmp(b->image + BASE_SIZE + at, "hbin", 4) == 0;
}

static bool is_free_cell(const struct builder *b, size_t at)
{
	return at < b->bins_len && is_start(b, at) && !is_bin(b, at) &&
	       (int32_t)get32(b, at) > 0;
}

/* The nearest start before a cell: another cell's, or the bin's own. */
static size_t start_before(const struct builder *b, size_t at)
{
	do
		at -= CELL_ALIGN;
	while (!is_start(b, at));
	return at;
}

static uint32_t cell_size(const struct builder *b, uint32_t cell)
{
	int32_t size = (int32_t)get32(b, cell);

	return (uint32_t)(size < 0 ? -size : size);
}

size_t builder_cell_room(const struct builder *b, uint32_t cell)
{
	return cell_size(b, cell) - header(b);
}

/* --- free lists: stacks of cells; what is free no more is passed over --- */

static size_t class_of(uint32_t size)
{
	size_t kind = size / CELL_ALIGN - 1;

	if (kind < EXACT_CLASSES)
		return kind;
	kind = EXACT_CLASSES;
	for (uint32_t rest = size / CELL_ALIGN / EXACT_CLASSES; rest > 1; rest /= 2)
		kind++;
	return kind;
}

static void push_free(struct builder *b, uint32_t cell, uint32_t size)
{
	struct cell_stack *stack = &b->free_cells[class_of(size)];

	if (stack->n == stack->cap) {
		stack->cap = stack->cap ? 2 * stack->cap : 64;
		stack->cells =
			builder_realloc(stack->cells, stack->cap, sizeof(uint32_t));
	}
	stack->cells[stack->n++] = cell;
}

/* Makes [cell, cell + size) one free cell. */
static void enlist(struct builder *b, uint32_t cell, uint32_t size)
{
	put32(b, cell, size);
	set_start(b, cell, true);
	push_free(b, cell, size);
	if (b->options.windows_2000)
		put32(b, cell + header(b), NIL); /* builder_cell_link() links them */
}

static void drop_entry(struct cell_stack *stack, size_t i)
{
	stack->cells[i] = stack->cells[--stack->n];
}

/* Return: a free cell of the class with at least `size` bytes, off its list, or NIL. */
static uint32_t take_free(struct builder *b, size_t kind, uint32_t size)
{
	struct cell_stack *stack = &b->free_cells[kind];
	size_t looks = 0;

	for (size_t i = stack->n; i-- > 0 && looks < SCAN_MAX;) {
		uint32_t cell = stack->cells[i];

		if (!is_free_cell(b, cell) || class_of(cell_size(b, cell)) != kind) {
			drop_entry(stack, i);
			continue;
		}
		looks++;
		if (cell_size(b, cell) < size)
			continue;
		drop_entry(stack, i);
		return cell;
	}
	return NIL;
}

void builder_cell_reserve(struct builder *b, size_t need)
{
	if (need <= b->cap)
		return;
	size_t ahead = b->cap + b->cap / 8; /* so that growing stays cheap */
	size_t cap = ahead > need ? ahead : need;

	cap += (PAGE - cap % PAGE) % PAGE;
	b->image = builder_realloc(b->image, cap, 1);
	memset(b->image + b->cap, 0, cap - b->cap);
	b->cap = cap;
	size_t words = cap / CELL_ALIGN / WORD_BITS + 1;
	b->starts = builder_realloc(b->starts, words, sizeof(*b->starts));
	memset(b->starts + b->n_starts, 0, (words - b->n_starts) * sizeof(*b->starts));
	b->n_starts = words;
}

/* Adds a bin that can hold a cell of `size` bytes. Return: its only cell, free. */
static uint32_t add_bin(struct builder *b, uint32_t size)
{
	size_t bin = b->bins_len;
	size_t len = BIN_HEADER + (size_t)size;

	len += (PAGE - len % PAGE) % PAGE;
	if (bin + len > INT32_MAX)
		builder_die("hive beyond 2 GiB");
	builder_cell_reserve(b, BASE_SIZE + bin + len);
	b->bins_len += len;
	memset(b->image + BASE_SIZE + bin, 0, len); /* was padding, maybe poked */
	memcpy(b->image + BASE_SIZE + bin, "hbin", 4);
	put32(b, bin + 4, (uint32_t)bin);
	put32(b, bin + 8, (uint32_t)len);
	set_start(b, bin, true);
	uint32_t cell = (uint32_t)bin + BIN_HEADER;
	enlist(b, cell, (uint32_t)len - BIN_HEADER);
	return cell;
}

uint32_t builder_cell_alloc(struct builder *b, size_t len)
{
	if (len > INT32_MAX / 2)
		builder_die("cell too large");
	uint32_t align = 2 * header(b);
	uint32_t size = ((uint32_t)len + header(b) + align - 1) / align * align;
	uint32_t cell = NIL;
	for (size_t kind = class_of(size); cell == NIL && kind < CELL_CLASSES; kind++)
		cell = take_free(b, kind, size);
	if (cell == NIL)
		cell = add_bin(b, size);
	uint32_t rest = cell_size(b, cell) - size;
	if (rest > 0)
		enlist(b, cell + size, rest);
	put32(b, cell, 0 - size);
	return cell;
}

uint32_t builder_cell_resize(struct builder *b, uint32_t cell, size_t len)
{
	size_t room = builder_cell_room(b, cell);

	if (len <= room)
		return cell;
	uint32_t larger = builder_cell_alloc(b, len);
	memcpy(builder_cell_data(b, larger), builder_cell_data(b, cell), room);
	builder_cell_free(b, cell);
	return larger;
}

/*
 * A merged cell's inner headers stay as bytes. In Windows 2000 only the head of the
 * merged cell gets a link, so a record freed behind a free cell keeps its first bytes.
 */
void builder_cell_free(struct builder *b, uint32_t cell)
{
	uint32_t size = cell_size(b, cell);
	uint32_t after = cell + size;
	uint32_t before = (uint32_t)start_before(b, cell);

	put32(b, cell, size);
	if (is_free_cell(b, after)) {
		set_start(b, after, false);
		size += cell_size(b, after);
		put32(b, cell, size);
	}
	if (is_free_cell(b, before)) {
		set_start(b, cell, false);
		size += cell_size(b, before);
		cell = before;
	}
	enlist(b, cell, size);
}

void builder_trim(struct builder *b)
{
	size_t keep = 0; /* the end of the last bin with a record in it */

	for (size_t bin = 0; bin < b->bins_len;) {
		size_t len = get32(b, bin + 8);
		uint32_t cell = (uint32_t)bin + BIN_HEADER;

		if (!is_free_cell(b, cell) || cell_size(b, cell) != len - BIN_HEADER)
			keep = bin + len;
		bin += len;
	}
	for (size_t bin = keep; bin < b->bins_len; bin += get32(b, bin + 8)) {
		set_start(b, bin, false);
		set_start(b, bin + BIN_HEADER, false);
	}
	b->bins_len = keep;
}

void builder_cell_link(struct builder *b)
{
	uint32_t newest[CELL_CLASSES];

	memset(newest, 0xFF, sizeof(newest)); /* NIL each */
	for (uint32_t at = 0; at < b->bins_len;) {
		if (is_bin(b, at)) {
			at += BIN_HEADER;
			continue;
		}
		uint32_t size = cell_size(b, at);
		if (is_free_cell(b, at)) {
			put32(b, at + header(b), newest[class_of(size)]);
			newest[class_of(size)] = at;
		}
		at += size;
	}
}

void builder_cell_chain(struct builder *b)
{
	uint32_t bin = 0;
	uint32_t before = NIL;

	for (uint32_t at = 0; at < b->bins_len;) {
		if (is_bin(b, at)) {
			bin = at;
			before = NIL;
			at += BIN_HEADER;
			continue;
		}
		put32(b, at + 4, before);
		before = at - bin;
		at += cell_size(b, at);
	}
}
