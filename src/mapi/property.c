/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property values: strings, numbers, bytes, lists of uids and the tables of
 * multi-values.  Everything here was read from real hives; the 32-bit table
 * of strings is also shown in an Exchange 5.5 article of the knowledge base.
 */
#include "mapi/property.h"

#include "base/hex.h"

#include <string.h>

/*
 * Multi-value table, where n is the count and w the writer's pointer width:
 *
 *   u32 n
 *   n entries   strings: offset (w)
 *               binary:  u32 size, padding up to w, offset (w)
 *   data        one after the other, not padded
 *
 * Offsets count from the first byte.  The entries begin at 4 whatever w is.
 */
#define TABLE_START 4

static bool is_text_type(uint32_t type)
{
	return type == KEY_TYPE_SZ || type == KEY_TYPE_EXPAND_SZ;
}

static bool is_table_type(uint16_t type)
{
	return type == PROPTAG_MV_STRING8 || type == PROPTAG_MV_UNICODE ||
	       type == PROPTAG_MV_BINARY;
}

static enum text_encoding encoding_of(uint16_t type)
{
	return type == PROPTAG_STRING8 || type == PROPTAG_MV_STRING8 ? TEXT_LATIN1
								     : TEXT_UTF16LE;
}

/* UTF-16 with one NUL, at the end, and no control characters but white space. */
static bool looks_like_text(struct text t)
{
	size_t length = text_length(t);

	if (length == 0 || text_unit(t, length - 1) != 0)
		return false;
	for (size_t i = 0; i + 1 < length; i++) {
		uint16_t unit = text_unit(t, i);
		if (unit < ' ' && unit != '\t' && unit != '\n' && unit != '\r')
			return false;
	}
	return true;
}

bool property_string(const struct value *value, struct text *out)
{
	struct text t = { .bytes = value_data(value), .encoding = TEXT_UTF16LE };
	struct proptag tag;
	bool tagged = proptag_parse(value_name(value), &tag);

	if (tagged && tag.type != PROPTAG_STRING8 && tag.type != PROPTAG_UNICODE)
		return false;
	if (value->type == KEY_TYPE_BINARY && tagged)
		t.encoding = encoding_of(tag.type);
	else if (value->type == KEY_TYPE_BINARY && !looks_like_text(t))
		return false;
	else if (value->type != KEY_TYPE_BINARY && !is_text_type(value->type))
		return false;
	if (t.encoding == TEXT_UTF16LE && t.bytes.len % 2)
		return false;
	*out = text_until_nul(t);
	return true;
}

bool property_number(const struct value *value, uint32_t *out)
{
	struct span data = value_data(value);
	struct proptag tag;
	bool tagged = proptag_parse(value_name(value), &tag);
	uint16_t half;

	/* Part of a number is none. */
	if (value->flags & VALUE_FLAG_HEAD_LOST)
		return false;
	if (tagged && tag.type != PROPTAG_LONG && tag.type != PROPTAG_I2 &&
	    tag.type != PROPTAG_BOOLEAN)
		return false;
	if (value->type == KEY_TYPE_DWORD)
		return data.len == 4 && span_le32(data, 0, out);
	if (!tagged || value->type != KEY_TYPE_BINARY)
		return false;
	if (tag.type == PROPTAG_LONG)
		return data.len == 4 && span_le32(data, 0, out);
	if (data.len != 2 || !span_le16(data, 0, &half))
		return false;
	*out = half;
	return true;
}

bool property_bytes(const struct value *value, struct span *out)
{
	struct proptag tag;

	if (value->type != KEY_TYPE_BINARY || (value->flags & VALUE_FLAG_HEAD_LOST))
		return false;
	if (proptag_parse(value_name(value), &tag) && tag.type != PROPTAG_BINARY)
		return false;
	*out = value_data(value);
	return true;
}

bool property_is_id(struct span bytes)
{
	static const uint8_t none[PROPERTY_UID_SIZE];

	return bytes.len == sizeof(none) && !span_starts(bytes, 0, none, sizeof(none));
}

size_t property_uid_count(struct span bytes, bool *ragged)
{
	if (ragged)
		*ragged = bytes.len % PROPERTY_UID_SIZE != 0;
	return bytes.len / PROPERTY_UID_SIZE;
}

void property_uid_name(struct span bytes, size_t i, char out[PROPERTY_UID_NAME_SIZE])
{
	uint8_t uid[PROPERTY_UID_SIZE] = { 0 };

	if (!span_copy(bytes, i * PROPERTY_UID_SIZE, uid, sizeof(uid))) {
		out[0] = '\0';
		return;
	}
	hex_bytes(out, uid, sizeof(uid));
}

bool property_is_uid_list(struct proptag tag)
{
	static const uint16_t ids[] = {
		0x3d00, 0x3d01, 0x3d02, 0x3d08, 0x3d0c, 0x3d0d, 0x3d0e, 0x3d11, 0x3d15,
	};

	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		if (tag.id == ids[i])
			return tag.type == PROPTAG_BINARY;
	return false;
}

static size_t entry_size(const struct property_items *items)
{
	return items->type == PROPTAG_MV_BINARY ? 2u * items->width : items->width;
}

static size_t table_end(const struct property_items *items)
{
	return TABLE_START + items->n * entry_size(items);
}

/* Where element i begins and, of a binary, how long it is. */
static bool read_entry(const struct property_items *items, size_t i, uint64_t *off,
		       uint32_t *size)
{
	size_t at = TABLE_START + i * entry_size(items);
	uint32_t narrow;

	*size = 0;
	if (items->type == PROPTAG_MV_BINARY) {
		if (!span_le32(items->table, at, size))
			return false;
		/* What pads the size of a 64-bit writer is whatever its memory held. */
		at += items->width;
	}
	if (items->width == 8)
		return span_le64(items->table, at, off);
	if (!span_le32(items->table, at, &narrow))
		return false;
	*off = narrow;
	return true;
}

/* The string that begins at off, without its NUL, which must be there. */
static bool read_string(const struct property_items *items, size_t off, struct span *out)
{
	enum text_encoding encoding = encoding_of(items->type);
	struct text t = { .bytes = span_from(items->table, off), .encoding = encoding };
	size_t nul = encoding == TEXT_LATIN1 ? 1 : 2;

	*out = text_until_nul(t).bytes;
	return span_has(t.bytes, out->len, nul);
}

/*
 * Checks one element: inside the blob and not before `*next`, where the one
 * before it ended.  A binary of no bytes stands anywhere behind
 * the table: MAPI gives it the offset of the blob's end.
 */
static bool check_item(const struct property_items *items, size_t i, size_t *next)
{
	uint64_t off;
	uint32_t size;
	struct span item;

	if (!read_entry(items, i, &off, &size) || off > items->table.len)
		return false;
	if (items->type == PROPTAG_MV_BINARY) {
		if (size == 0)
			return off >= table_end(items);
		if (!span_sub(items->table, (size_t)off, size, &item))
			return false;
	}
	/* The first data begin where the table ends: this tells the width. */
	if (*next == table_end(items) ? off != *next : off < *next)
		return false;
	if (items->type == PROPTAG_MV_BINARY)
		*next = (size_t)off + size;
	else if (read_string(items, (size_t)off, &item))
		*next = (size_t)off + item.len +
			(items->type == PROPTAG_MV_STRING8 ? 1 : 2);
	else
		return false;
	return true;
}

static bool check_table(const struct property_items *items)
{
	size_t next = table_end(items);

	for (size_t i = 0; i < items->n; i++)
		if (!check_item(items, i, &next))
			return false;
	/* Nothing but empty elements: then the blob ends with the table. */
	return items->n == 0 || next != table_end(items) ||
	       items->table.len == table_end(items);
}

bool property_items(const struct value *value, struct property_items *out)
{
	struct span data = value_data(value);
	struct proptag tag;
	uint32_t n;

	if (!proptag_parse(value_name(value), &tag) || value->type != KEY_TYPE_BINARY ||
	    (value->flags & VALUE_FLAG_HEAD_LOST))
		return false;
	*out = (struct property_items){ .table = data, .type = tag.type };
	if (tag.type == PROPTAG_MV_LONG) {
		out->n = data.len / 4;
		return data.len % 4 == 0;
	}
	if (!is_table_type(tag.type) || !span_le32(data, 0, &n))
		return false;
	if (tag.type == PROPTAG_MV_UNICODE && data.len % 2)
		return false;
	out->n = n;
	for (uint8_t width = 4; width <= 8; width += 4) {
		out->width = width;
		if (n <= (data.len - TABLE_START) / entry_size(out) && check_table(out))
			return true;
	}
	return false;
}

bool property_item(const struct property_items *items, size_t i, struct span *out)
{
	uint64_t off;
	uint32_t size;

	if (i >= items->n)
		return false;
	if (items->type == PROPTAG_MV_LONG)
		return span_sub(items->table, i * 4, 4, out);
	if (!read_entry(items, i, &off, &size) || off > items->table.len)
		return false;
	if (items->type == PROPTAG_MV_BINARY)
		return span_sub(items->table, (size_t)off, size, out);
	return read_string(items, (size_t)off, out);
}

bool property_is_sound(const struct value *value, struct proptag tag)
{
	size_t fixed = proptag_type_size(tag.type);
	struct property_items items;
	struct text text;
	uint32_t number;
	bool ragged = false;

	switch (tag.type) {
	case PROPTAG_STRING8:
	case PROPTAG_UNICODE:
		return property_string(value, &text);
	case PROPTAG_LONG:
	case PROPTAG_I2:
	case PROPTAG_BOOLEAN:
		return property_number(value, &number);
	case PROPTAG_BINARY:
		if (property_is_uid_list(tag))
			(void)property_uid_count(value_data(value), &ragged);
		return value->type == KEY_TYPE_BINARY && !ragged;
	case PROPTAG_MV_LONG:
	case PROPTAG_MV_STRING8:
	case PROPTAG_MV_UNICODE:
	case PROPTAG_MV_BINARY:
		return property_items(value, &items);
	default:
		if (!fixed)
			return true;
		return value->data_len == fixed &&
		       (value->type == KEY_TYPE_BINARY ||
			(value->type == KEY_TYPE_QWORD && fixed == 8));
	}
}
