// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The hive as a whole: options, base block, padding, file, raw access. Cells are in
 * builder_cell.c, keys in builder_key.c, their lists in builder_list.c, values in
 * builder_value.c, names in builder_name.c, security in builder_security.c.
 */
#include "builder_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offsets of fields in the base block (regf specification, "Base block"). */
enum {
	BASE_PRIMARY = 4,
	BASE_SECONDARY = 8,
	BASE_FILETIME = 12,
	BASE_MAJOR = 20,
	BASE_MINOR = 24,
	BASE_FORMAT = 32,
	BASE_ROOT = 36,
	BASE_BINS_LEN = 40,
	BASE_CLUSTERING = 44,
	BASE_NAME = 48,
	BASE_CHECKSUM = 508,

	BASE_NAME_UNITS = 31, /* real hives keep the last 31 units and a NUL */
	BIN_FILETIME = 20,
};

void builder_die(const char *why)
{
	fprintf(stderr, "builder: %s\n", why);
	abort();
}

void *builder_realloc(void *old, size_t n, size_t size)
{
	void *room = reallocarray(old, n, size);

	if (room == NULL)
		builder_die("out of memory");
	return room;
}

static void base_put32(struct builder *b, size_t offset, uint32_t number)
{
	builder_poke32(b, offset, number);
}

static void base_put64(struct builder *b, size_t offset, uint64_t number)
{
	base_put32(b, offset, (uint32_t)number);
	base_put32(b, offset + 4, (uint32_t)(number >> 32));
}

static void base_put_name(struct builder *b, const char *path)
{
	struct builder_name name;

	builder_name_utf8(&name, path, strlen(path));
	size_t first = name.n > BASE_NAME_UNITS ? name.n - BASE_NAME_UNITS : 0;
	for (size_t i = first; i < name.n; i++)
		builder_poke16(b, BASE_NAME + 2 * (i - first), name.units[i]);
}

struct builder *builder_new(const struct builder_options *options)
{
	struct builder *b = builder_realloc(NULL, 1, sizeof(*b));

	if (options->minor > 6)
		builder_die("minor version not in 0 to 6");
	*b = (struct builder){ .options = *options };
	builder_cell_reserve(b, BASE_SIZE);
	memcpy(b->image, "regf", 4);
	base_put32(b, BASE_MAJOR, 1);
	base_put32(b, BASE_MINOR, options->minor);
	base_put32(b, BASE_FORMAT, 1);
	base_put32(b, BASE_CLUSTERING, 1);
	if (options->embedded_name != NULL)
		base_put_name(b, options->embedded_name);
	builder_key_root(b);
	b->options.embedded_name = NULL;
	b->options.root_name = NULL;
	b->options.user_sid = NULL;
	builder_finish(b);
	return b;
}

void builder_free(struct builder *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < CELL_CLASSES; i++)
		free(b->free_cells[i].cells);
	free(b->starts);
	free(b->image);
	free(b);
}

static void *copy_of(const void *from, size_t n, size_t size)
{
	if (n == 0)
		return NULL;
	return memcpy(builder_realloc(NULL, n, size), from, n * size);
}

struct builder *builder_clone(const struct builder *b)
{
	struct builder *copy = copy_of(b, 1, sizeof(*b));

	copy->image = copy_of(b->image, b->cap, 1);
	copy->starts = copy_of(b->starts, b->n_starts, sizeof(*b->starts));
	for (size_t i = 0; i < CELL_CLASSES; i++) {
		const struct cell_stack *from = &b->free_cells[i];

		copy->free_cells[i].cells =
			copy_of(from->cells, from->n, sizeof(uint32_t));
		copy->free_cells[i].cap = from->n;
	}
	return copy;
}

uint64_t builder_filetime(unsigned year, unsigned month, unsigned day, unsigned hour,
			  unsigned minute, unsigned second)
{
	/* Years count from March here, so that a leap day is the last of its year. */
	uint64_t y = month > 2 ? year : year - 1;
	uint64_t m = month > 2 ? month - 3 : month + 9;
	uint64_t days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
	const uint64_t days_to_1601 = 584694; /* the same sum for 1 January 1601 */

	return ((((days - days_to_1601) * 24 + hour) * 60 + minute) * 60 + second) *
	       10000000;
}

void builder_stamp(struct builder *b, uint64_t last_written, uint32_t sequence)
{
	b->options.last_written = last_written;
	b->options.sequence = sequence;
}

void builder_checksum(struct builder *b)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		for (size_t k = 0; k < 4; k++)
			sum ^= (uint32_t)b->image[i + k] << (8 * k);
	if (sum == 0)
		sum = 1;
	else if (sum == 0xFFFFFFFF)
		sum = 0xFFFFFFFE;
	base_put32(b, BASE_CHECKSUM, sum);
}

void builder_finish(struct builder *b)
{
	size_t step = b->options.file_step;
	size_t len = BASE_SIZE + b->bins_len;

	if (step != 0)
		len += (step - len % step) % step;
	builder_cell_reserve(b, len);
	b->file_len = len;
	if (b->options.windows_2000)
		builder_cell_link(b);
	if (builder_is_old(b))
		builder_cell_chain(b);
	base_put32(b, BASE_PRIMARY, b->options.sequence);
	base_put32(b, BASE_SECONDARY, b->options.sequence);
	base_put64(b, BASE_FILETIME, b->options.last_written);
	base_put64(b, BASE_SIZE + BIN_FILETIME, b->options.last_written);
	base_put32(b, BASE_ROOT, b->root);
	base_put32(b, BASE_BINS_LEN, (uint32_t)b->bins_len);
	builder_checksum(b);
}

void builder_upgrade(struct builder *b)
{
	if (b->options.windows_2000)
		builder_cell_link(b);
	b->options.windows_2000 = false;
}

bool builder_write(struct builder *b, const char *path)
{
	builder_finish(b);
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	bool written = fwrite(b->image, 1, b->file_len, file) == b->file_len;
	return fclose(file) == 0 && written;
}

uint8_t *builder_bytes(struct builder *b, size_t *len)
{
	*len = b->file_len;
	return b->image;
}

void builder_poke8(struct builder *b, size_t offset, uint8_t number)
{
	if (offset >= b->cap)
		builder_die("poke past the end");
	b->image[offset] = number;
}

void builder_poke16(struct builder *b, size_t offset, uint16_t number)
{
	builder_poke8(b, offset, (uint8_t)number);
	builder_poke8(b, offset + 1, (uint8_t)(number >> 8));
}

void builder_poke32(struct builder *b, size_t offset, uint32_t number)
{
	builder_poke16(b, offset, (uint16_t)number);
	builder_poke16(b, offset + 2, (uint16_t)(number >> 16));
}
