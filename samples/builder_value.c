// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Values: up to 4 bytes of data stand in the record itself, more in a cell, and more than
 * 16344 bytes in segments (big data) from version 1.4 on; a value of any size sits in one
 * cell in version 1.3 (regf specification, "Key value" and "Big data").
 */
#include "builder_private.h"

#include <stdlib.h>
#include <string.h>

enum {
	VALUE_LATIN1 = 1,
	VALUE_TOMBSTONE = 2,
	INLINE_MAX = 4,
	SEGMENT = 16344,
	SEGMENT_ROOM = 16348, /* Windows gives every segment such a cell, even the last */
	DB_SEGMENTS = 2,
	DB_LIST = 4,
	DB_SIZE = 8,
};

#define DATA_INLINE 0x80000000u /* bit of the data length */

static uint32_t value_at(const struct builder *b, builder_key key, size_t index)
{
	return builder_get32(b, builder_get32(b, key, NK_VALUE_LIST), 4 * index);
}

static uint32_t value_count(const struct builder *b, builder_key key)
{
	return builder_get32(b, key, NK_VALUES);
}

static bool is_latin1(const struct builder *b, uint32_t value)
{
	return !builder_is_old(b) && (builder_get16(b, value, VK_FLAGS) & VALUE_LATIN1);
}

/* Return: the value's place in the list, or the count if there is none of that name. */
static uint32_t find(const struct builder *b, builder_key key,
		     const struct builder_name *name)
{
	uint32_t n = value_count(b, key);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t value = value_at(b, key, i);

		if (builder_name_compare(name, builder_cell_data(b, value) + VK_NAME,
					 builder_get16(b, value, VK_NAME_LEN),
					 is_latin1(b, value)) == 0)
			return i;
	}
	return n;
}

static bool is_big(const struct builder *b, uint32_t len)
{
	return b->options.minor >= 4 && !(len & DATA_INLINE) && len > SEGMENT;
}

/* --- data --- */

static void free_big(struct builder *b, uint32_t db)
{
	uint32_t list = builder_get32(b, db, DB_LIST);

	for (size_t i = 0; i < builder_get16(b, db, DB_SEGMENTS); i++)
		builder_cell_free(b, builder_get32(b, list, 4 * i));
	builder_cell_free(b, list);
	builder_cell_free(b, db);
}

static void free_data(struct builder *b, uint32_t value)
{
	uint32_t len = builder_get32(b, value, VK_DATA_LEN);
	uint32_t cell = builder_get32(b, value, VK_DATA);

	if (is_big(b, len))
		free_big(b, cell);
	else if (len != 0 && !(len & DATA_INLINE))
		builder_cell_free(b, cell);
}

static uint32_t new_big(struct builder *b, const uint8_t *data, size_t len)
{
	size_t n = (len + SEGMENT - 1) / SEGMENT;
	uint32_t db = builder_cell_alloc(b, DB_SIZE);
	uint32_t list = builder_cell_alloc(b, 4 * n);

	for (size_t i = 0; i < n; i++) {
		uint32_t segment = builder_cell_alloc(b, SEGMENT_ROOM);
		size_t rest = len - i * SEGMENT;

		memcpy(builder_cell_data(b, segment), data + i * SEGMENT,
		       rest < SEGMENT ? rest : SEGMENT);
		builder_put32(b, list, 4 * i, segment);
	}
	memcpy(builder_cell_data(b, db), "db", 2);
	builder_put16(b, db, DB_SEGMENTS, (uint16_t)n);
	builder_put32(b, db, DB_LIST, list);
	return db;
}

/* Return: the value's data cell if the new data fit into it, else NIL. */
static uint32_t data_cell(const struct builder *b, uint32_t value, size_t len)
{
	uint32_t old = builder_get32(b, value, VK_DATA_LEN);
	uint32_t cell = builder_get32(b, value, VK_DATA);

	if (old == 0 || (old & DATA_INLINE) || is_big(b, old) || is_big(b, (uint32_t)len))
		return NIL;
	return len <= builder_cell_room(b, cell) ? cell : NIL;
}

static void put_data(struct builder *b, uint32_t value, const uint8_t *data, size_t len)
{
	uint32_t cell = len > INLINE_MAX ? data_cell(b, value, len) : NIL;

	if (cell == NIL) {
		free_data(b, value);
		if (len <= INLINE_MAX) {
			builder_put32(b, value, VK_DATA_LEN, (uint32_t)len | DATA_INLINE);
			builder_put32(b, value, VK_DATA, 0);
			if (len > 0)
				memcpy(builder_cell_data(b, value) + VK_DATA, data, len);
			return;
		}
		cell = is_big(b, (uint32_t)len) ? new_big(b, data, len)
						: builder_cell_alloc(b, len);
	}
	if (!is_big(b, (uint32_t)len))
		memcpy(builder_cell_data(b, cell), data, len);
	builder_put32(b, value, VK_DATA_LEN, (uint32_t)len);
	builder_put32(b, value, VK_DATA, cell);
}

/* --- values --- */

static void raise(struct builder *b, builder_key key, size_t field, size_t number)
{
	if (builder_get32(b, key, field) < number)
		builder_put32(b, key, field, (uint32_t)number);
}

/* Adds a value without data. Return: its cell. */
static uint32_t add(struct builder *b, builder_key key, const struct builder_name *name)
{
	size_t size = builder_name_size(b, name);
	uint32_t value = builder_cell_alloc(b, VK_NAME + size);
	uint32_t n = value_count(b, key);

	memset(builder_cell_data(b, value), 0, VK_NAME);
	memcpy(builder_cell_data(b, value), "vk", 2);
	builder_put16(b, value, VK_NAME_LEN, (uint16_t)size);
	builder_put16(b, value, VK_FLAGS,
		      builder_name_is_latin1(b, name) ? VALUE_LATIN1 : 0);
	builder_name_store(b, name, builder_cell_data(b, value) + VK_NAME);

	uint32_t list =
		n == 0 ? builder_cell_alloc(b, 4)
		       : builder_cell_resize(b, builder_get32(b, key, NK_VALUE_LIST),
					     4 * (n + 1));
	builder_put32(b, list, 4 * n, value);
	builder_put32(b, key, NK_VALUE_LIST, list);
	builder_put32(b, key, NK_VALUES, n + 1);
	raise(b, key, NK_MAX_VALUE_NAME, 2 * name->n);
	return value;
}

static void set(struct builder *b, builder_key key, const struct builder_name *name,
		uint32_t type, const void *data, size_t len)
{
	uint32_t i = find(b, key, name);
	uint32_t value =
		i < value_count(b, key) ? value_at(b, key, i) : add(b, key, name);

	put_data(b, value, data, len);
	builder_put32(b, value, VK_TYPE, type);
	if (!builder_is_old(b))
		builder_put16(b, value, VK_FLAGS,
			      builder_get16(b, value, VK_FLAGS) & VALUE_LATIN1);
	raise(b, key, NK_MAX_VALUE_DATA, len);
}

void builder_value_set(struct builder *b, builder_key key, const char *text,
		       uint32_t type, const void *data, size_t len)
{
	struct builder_name name;

	builder_name_utf8(&name, text, strlen(text));
	set(b, key, &name, type, data, len);
}

void builder_value_set_units(struct builder *b, builder_key key, const uint16_t *units,
			     size_t n, uint32_t type, const void *data, size_t len)
{
	struct builder_name name;

	builder_name_units(&name, units, n);
	set(b, key, &name, type, data, len);
}

void builder_value_dword(struct builder *b, builder_key key, const char *name,
			 uint32_t number)
{
	uint8_t data[4];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(number >> (8 * i));
	builder_value_set(b, key, name, BUILDER_DWORD, data, sizeof(data));
}

void builder_value_string(struct builder *b, builder_key key, const char *name,
			  const char *text)
{
	uint8_t *data = builder_realloc(NULL, strlen(text) + 1, 2);
	size_t len = builder_utf16(text, data);

	data[len++] = 0;
	data[len++] = 0;
	builder_value_set(b, key, name, BUILDER_SZ, data, len);
	free(data);
}

static uint32_t find_text(const struct builder *b, builder_key key, const char *text)
{
	struct builder_name name;

	builder_name_utf8(&name, text, strlen(text));
	uint32_t i = find(b, key, &name);
	return i < value_count(b, key) ? value_at(b, key, i) : NIL;
}

void builder_value_tombstone(struct builder *b, builder_key key, const char *text)
{
	if (b->options.minor < 6)
		builder_die("no layered hive");
	builder_value_set(b, key, text, BUILDER_NONE, NULL, 0);
	uint32_t value = find_text(b, key, text);
	builder_put32(b, value, VK_DATA_LEN, 0);
	builder_put32(b, value, VK_DATA, NIL);
	builder_put16(b, value, VK_FLAGS,
		      builder_get16(b, value, VK_FLAGS) | VALUE_TOMBSTONE);
}

static const uint8_t *data_of(const struct builder *b, uint32_t value, size_t *len)
{
	uint32_t stored = builder_get32(b, value, VK_DATA_LEN);

	*len = stored & ~DATA_INLINE;
	if (stored & DATA_INLINE || stored == 0)
		return builder_cell_data(b, value) + VK_DATA;
	if (is_big(b, stored))
		builder_die("big data in one piece");
	return builder_cell_data(b, builder_get32(b, value, VK_DATA));
}

const uint8_t *builder_value_data(const struct builder *b, builder_key key,
				  const char *name, size_t *len)
{
	uint32_t value = find_text(b, key, name);

	return value != NIL ? data_of(b, value, len) : NULL;
}

static void free_value(struct builder *b, uint32_t value)
{
	free_data(b, value);
	builder_cell_free(b, value);
}

void builder_value_delete(struct builder *b, builder_key key, const char *text)
{
	struct builder_name name;
	uint32_t n = value_count(b, key);
	uint32_t list = builder_get32(b, key, NK_VALUE_LIST);

	builder_name_utf8(&name, text, strlen(text));
	uint32_t i = find(b, key, &name);
	if (i == n)
		return;
	uint32_t value = value_at(b, key, i);
	for (; i + 1 < n; i++)
		builder_put32(b, list, 4 * i, value_at(b, key, i + 1));
	builder_put32(b, key, NK_VALUES, n - 1);
	free_value(b, value);
	if (n > 1)
		return;
	builder_cell_free(b, list);
	builder_put32(b, key, NK_VALUE_LIST, NIL);
	builder_put32(b, key, NK_MAX_VALUE_NAME, 0);
	builder_put32(b, key, NK_MAX_VALUE_DATA, 0);
}

void builder_value_free_all(struct builder *b, builder_key key)
{
	uint32_t n = value_count(b, key);

	for (uint32_t i = 0; i < n; i++)
		free_value(b, value_at(b, key, i));
	if (n > 0)
		builder_cell_free(b, builder_get32(b, key, NK_VALUE_LIST));
}

/* Big data are copied by segments; all else through a buffer, as cells move. */
static void copy_value(struct builder *b, uint32_t value, builder_key to)
{
	struct builder_name name;
	uint32_t len = builder_get32(b, value, VK_DATA_LEN) & ~DATA_INLINE;
	uint8_t *data = builder_realloc(NULL, len + 1, 1);

	builder_name_load(&name, builder_cell_data(b, value) + VK_NAME,
			  builder_get16(b, value, VK_NAME_LEN), is_latin1(b, value));
	if (is_big(b, builder_get32(b, value, VK_DATA_LEN))) {
		uint32_t list =
			builder_get32(b, builder_get32(b, value, VK_DATA), DB_LIST);

		for (size_t i = 0; i * SEGMENT < len; i++) {
			size_t rest = len - i * SEGMENT;

			memcpy(data + i * SEGMENT,
			       builder_cell_data(b, builder_get32(b, list, 4 * i)),
			       rest < SEGMENT ? rest : SEGMENT);
		}
	} else {
		size_t same;
		const uint8_t *from = data_of(b, value, &same);

		memcpy(data, from, len);
	}
	set(b, to, &name, builder_get32(b, value, VK_TYPE), data, len);
	free(data);
}

void builder_value_copy_all(struct builder *b, builder_key from, builder_key to)
{
	uint32_t n = value_count(b, from);

	for (uint32_t i = 0; i < n; i++)
		copy_value(b, value_at(b, from, i), to);
}

size_t builder_value_offset(const struct builder *b, builder_key key, const char *name)
{
	uint32_t value = find_text(b, key, name);

	return value != NIL ? builder_key_offset(b, value) : 0;
}

size_t builder_value_data_offset(const struct builder *b, builder_key key,
				 const char *name)
{
	size_t len;
	const uint8_t *data = builder_value_data(b, key, name, &len);

	return data != NULL ? (size_t)(data - b->image) : 0;
}
