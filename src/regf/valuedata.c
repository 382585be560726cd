/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Value lists, value records and where their data stand: in the record
 * itself, in a cell, or from version 1.4 on in segments ("big data").
 * Format: regf specification, "Values list", "Key value", "Big data".
 */
#include "regf/valuedata.h"

#include "regf/bigdata.h"

#include <assert.h>
#include <inttypes.h>

static_assert(sizeof(struct reader_value_wire) == READER_VALUE_SIZE, "value record");

/* Bytes of all readable segments; each claimed once, so the sum is bounded. */
static uint32_t claim_segments(struct reader *reader, const struct bigdata *big,
			       uint32_t size)
{
	uint32_t got = 0, rel = 0;
	struct span bytes;

	for (size_t i = 0; i < big->n && got < size; i++) {
		uint32_t want =
			size - got < BIGDATA_SEGMENT ? size - got : BIGDATA_SEGMENT;
		if (!bigdata_segment(reader->image, big, i, size - got, &rel, &bytes) ||
		    !reader_claim(reader, rel))
			break;
		got += (uint32_t)bytes.len;
		if (bytes.len < want)
			break;
	}
	return got;
}

/* Windows makes every segment's cell as large as the first one's. */
static enum status note_segment(struct reader *reader, uint32_t rel, uint32_t used)
{
	struct span cell;

	return image_cell(reader->image, rel, &cell) ? reader_used(reader, cell, used)
						     : STATUS_OK;
}

static enum status read_big_data(struct reader *reader, const struct bigdata *big,
				 struct value *value)
{
	uint32_t size = claim_segments(reader, big, value->declared_len), rel = 0,
		 done = 0;
	uint8_t *data = arena_calloc(reader->tree->arena, size, 1);
	struct span bytes;

	if (!data && size)
		return STATUS_NOMEM;
	for (size_t i = 0; done < size; i++) {
		if (!bigdata_segment(reader->image, big, i, size - done, &rel, &bytes) ||
		    !span_copy(bytes, 0, data + done, bytes.len))
			break;
		RETURN_IF_FAILED(note_segment(reader, rel, (uint32_t)bytes.len));
		done += (uint32_t)bytes.len;
	}
	value->data = data;
	value->data_len = done;
	value->flags |= VALUE_FLAG_SEGMENTED;
	(void)cellmap_add(&reader->shared, big->list_rel);
	return STATUS_OK;
}

static void report_short(struct reader *reader, struct value *value)
{
	if (value->data_len >= value->declared_len)
		return;
	value->flags |= VALUE_FLAG_SHORT;
	diag_at(reader->diags, DIAG_DATA_SHORT, value->record_off,
		"value record: tells of %" PRIu32 " bytes of data, %" PRIu32
		" can be read",
		value->declared_len, value->data_len);
}

static enum status read_data(struct reader *reader, const struct reader_value_wire *wire,
			     struct span record, struct value *value)
{
	uint32_t size = le32(wire->data_size), rel = le32(wire->data);
	struct span cell;
	struct bigdata big;

	value->declared_len = size & ~READER_DATA_INLINE;
	if (value->declared_len == 0)
		return STATUS_OK;
	if (size & READER_DATA_INLINE) {
		struct span data = span_clip(
			span_from(record, offsetof(struct reader_value_wire, data)),
			READER_DATA_INLINE_MAX);
		value->data = data.ptr;
		value->data_len = (uint32_t)span_clip(data, value->declared_len).len;
		value->flags |= VALUE_FLAG_INLINE;
		report_short(reader, value);
		return STATUS_OK;
	}
	if (!image_cell(reader->image, rel, &cell) || !reader_claim(reader, rel)) {
		value->flags |= VALUE_FLAG_SHORT;
		diag_at(reader->diags, DIAG_DATA_LOST, value->record_off,
			"value record: its %" PRIu32 " bytes of data are not where it "
			"says (cell 0x%" PRIx32 ")",
			value->declared_len, rel);
		return STATUS_OK;
	}
	if (bigdata_is(reader->image, cell, size)) {
		if (bigdata_open(reader->image, cell, &big))
			RETURN_IF_FAILED(read_big_data(reader, &big, value));
	} else {
		RETURN_IF_FAILED(reader_used(reader, cell, size));
		cell = span_clip(cell, size);
		value->data = cell.ptr;
		value->data_len = (uint32_t)cell.len;
	}
	report_short(reader, value);
	return STATUS_OK;
}

static void read_name(struct reader *reader, const struct reader_value_wire *wire,
		      struct span record, struct value *value)
{
	struct span name = span_from(record, READER_VALUE_SIZE);
	uint16_t len = le16(wire->name_len);

	if (len > name.len)
		diag_at(reader->diags, DIAG_VALUE_DAMAGED, value->record_off,
			"value record: name of %u bytes is longer than its cell (%zu)",
			len, name.len);
	name = span_clip(name, len);
	value->name = name.ptr;
	value->name_len = (uint16_t)name.len;
	/* Before 1.2 there are no flags at this place, and names are UTF-16. */
	if (reader->image->base.minor < 2 ||
	    !(le16(wire->flags) & READER_VALUE_COMPRESSED_NAME))
		value->flags |= VALUE_FLAG_NAME_UTF16;
}

/*
 * Layered hives mark a value as deleted in the layer below; such a record has
 * no data.  Anywhere else the bit is damage, and the value counts.
 */
static bool is_tombstone(const struct image *image, const struct reader_value_wire *wire)
{
	return image->base.minor >= READER_MINOR_LAYERED &&
	       (le16(wire->flags) & READER_VALUE_TOMBSTONE) && le32(wire->type) == 0 &&
	       (le32(wire->data_size) & ~READER_DATA_INLINE) == 0;
}

/* Reads the record at rel; *counts is false if it is no value. */
static enum status read_value(struct reader *reader, struct key *key, uint32_t rel,
			      uint32_t position, struct value *value, bool *counts)
{
	struct reader_value_wire wire;
	struct span record;

	*counts = false;
	if (!image_cell(reader->image, rel, &record) ||
	    !span_copy(record, 0, &wire, sizeof(wire)) ||
	    memcmp(wire.signature, "vk", 2) != 0 || !reader_claim(reader, rel)) {
		diag_at(reader->diags, DIAG_VALUE_DAMAGED, key->record_off,
			"key record: an element of its list of values (cell 0x%" PRIx32
			") is no value record or belongs to another key",
			rel);
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
		return STATUS_OK;
	}
	if (is_tombstone(reader->image, &wire)) {
		diag_at(reader->diags, DIAG_VALUE_TOMBSTONE, reader_offset(reader, rel),
			"value record: marks a value as deleted in a lower layer");
		return STATUS_OK;
	}
	*value = (struct value){
		.type = le32(wire.type),
		.record_off = image_file_offset(reader->image, record.ptr),
		.position = position,
	};
	read_name(reader, &wire, record, value);
	RETURN_IF_FAILED(
		reader_used(reader, record, READER_VALUE_SIZE + value->name_len));
	*counts = true;
	RETURN_IF_FAILED(read_data(reader, &wire, record, value));
	if (value->flags & VALUE_FLAG_SHORT)
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
	return STATUS_OK;
}

static void check_duplicates(struct reader *reader, struct key *key)
{
	for (uint32_t i = 1; i < key->n_values; i++) {
		if (!text_equal(value_name(&key->values[i - 1]),
				value_name(&key->values[i])))
			continue;
		key->flags |= KEY_FLAG_NAMES_TWICE;
		diag_at(reader->diags, DIAG_VALUE_DUPLICATE, key->values[i].record_off,
			"value record: its key has another value of that name");
	}
}

enum status valuedata_read(struct reader *reader, struct key *key, uint32_t list_rel,
			   uint32_t count)
{
	struct span list;

	if (count == 0)
		return STATUS_OK;
	if (!image_cell(reader->image, list_rel, &list) ||
	    !reader_claim(reader, list_rel)) {
		diag_at(reader->diags, DIAG_VALUE_LIST, key->record_off,
			"key record: its list of %" PRIu32 " values (cell 0x%" PRIx32
			") is no cell of its own",
			count, list_rel);
		key->flags |= KEY_FLAG_VALUES_PARTIAL | KEY_FLAG_VALUES_REFUSED;
		return STATUS_OK;
	}
	if (count > list.len / 4) {
		diag_at(reader->diags, DIAG_VALUE_LIST, key->record_off,
			"key record: tells of %" PRIu32
			" values, its list has room for %zu",
			count, list.len / 4);
		count = (uint32_t)(list.len / 4);
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
	}
	if (count < list.len / 4)
		RETURN_IF_FAILED(usage_add_tail(reader->usage, key, list_rel, count));
	RETURN_IF_FAILED(reader_used(reader, list, (size_t)count * 4));
	key->values = arena_calloc(reader->tree->arena, count, sizeof(*key->values));
	if (!key->values && count)
		return STATUS_NOMEM;
	for (uint32_t i = 0, rel = 0; i < count && span_le32(list, (size_t)i * 4, &rel);
	     i++) {
		bool counts = false;
		RETURN_IF_FAILED(read_value(reader, key, rel, i,
					    &key->values[key->n_values], &counts));
		key->n_values += counts;
	}
	key_sort_values(key);
	check_duplicates(reader, key);
	return STATUS_OK;
}
