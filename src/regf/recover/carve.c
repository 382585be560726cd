/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking for records.  Cells begin at multiples of 8 bytes, and an old cell
 * keeps its size in front of its record when its neighbours are merged with
 * it, so records stand at known steps and the size can be held against them;
 * a copy of a hive's page inside some value does not stand at these steps.
 */
#include "regf/recover/carve.h"

#include "base/array.h"

#include <assert.h>
#include <stdlib.h>

static_assert(sizeof(struct carve_value_wire) == READER_VALUE_SIZE, "value record");

/* Bits of a key's flags that nothing sets (regf specification, "Key node"). */
#define KEY_FLAGS_UNUSED 0x0c00u
#define VALUE_FLAGS_KNOWN 3u
#define VALUE_FLAG_COMPRESSED_NAME 1u

/* Types of a value that is believed without a key: named ones, those of device properties. */
#define MAX_NAMED_TYPE KEY_TYPE_QWORD
#define DEVICE_PROPERTY_TYPE 0xffff0000u

/* Control characters in one name: some programs write a few, junk has many. */
#define MAX_CONTROLS 5

uint32_t carve_cell_size(const struct carve *carve, uint32_t rel)
{
	uint32_t raw = 0;

	if (!span_le32(carve->space, rel, &raw))
		return 0;
	uint32_t size = raw >> 31 ? 0u - raw : raw;
	return size >> 31 || size < CELLMAP_UNIT || size % CELLMAP_UNIT ? 0 : size;
}

bool carve_name_is_sound(struct text name, bool of_key)
{
	size_t n = text_length(name), controls = 0;

	if (name.encoding == TEXT_UTF16LE && name.bytes.len % 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(name, i);
		if ((of_key && unit == '\\') || unit == 0xfffd || unit >= 0xfffe)
			return false;
		bool high = unit >= 0xd800 && unit <= 0xdbff;
		bool low = unit >= 0xdc00 && unit <= 0xdfff;
		uint16_t next = i + 1 < n ? text_unit(name, i + 1) : 0;
		if (low || (high && (next < 0xdc00 || next > 0xdfff)))
			return false;
		i += high;
		controls += unit < 0x20;
		if (controls > MAX_CONTROLS)
			return false;
	}
	return controls < n || n == 0;
}

/* An offset of a cell: nil, or one that the file could hold. */
static bool is_place(const struct carve *carve, uint32_t rel)
{
	return rel % CELLMAP_UNIT == 0 && rel >= CELLMAP_UNIT && rel < carve->space.len;
}

bool carve_key_is_sound(const struct carve *carve, const struct reader_key_wire *wire)
{
	uint64_t time = le64(wire->time);
	uint32_t n_subkeys = le32(wire->n_subkeys), n_values = le32(wire->n_values);
	uint32_t security = le32(wire->security), class_rel = le32(wire->class_name);
	uint16_t name_len = le16(wire->name_len);
	bool counts = !(le16(wire->flags) & READER_KEY_PREDEFINED_HANDLE);

	if (time < carve->oldest_ft || time > carve->newest_ft)
		if (time != 0 || !carve->zero_times)
			return false;
	if (name_len == 0 || name_len > CARVE_MAX_KEY_NAME)
		return false;
	if (!is_place(carve, le32(wire->parent)))
		return false;
	if (n_subkeys > 0 && (!is_place(carve, le32(wire->subkeys)) ||
			      n_subkeys > carve->space.len / READER_KEY_SIZE))
		return false;
	if (counts && n_values > 0 &&
	    (!is_place(carve, le32(wire->values)) || n_values > carve->space.len / 4))
		return false;
	if (security != IMAGE_NIL && !is_place(carve, security))
		return false;
	return le16(wire->class_len) == 0 || is_place(carve, class_rel);
}

bool carve_value_is_sound(const struct carve *carve, const struct carve_value_wire *wire)
{
	uint32_t size = le32(wire->size), length = size & ~CARVE_DATA_INLINE;

	if (size & CARVE_DATA_INLINE)
		return length <= 4;
	return length == 0 ||
	       (is_place(carve, le32(wire->data)) && length <= carve->space.len);
}

void carve_fill_key(const struct reader_key_wire *wire, const struct carve_region *region,
		    uint32_t rel, struct carve_key *key)
{
	bool counts = !(le16(wire->flags) & READER_KEY_PREDEFINED_HANDLE);

	*key = (struct carve_key){
		.rel = rel,
		.parent = le32(wire->parent),
		.mtime_ft = le64(wire->time),
		.name_len = le16(wire->name_len),
		.origin = (uint8_t)region->origin,
		.n_values = counts ? le32(wire->n_values) : 0,
		.values = le32(wire->values),
		/* Behind four words: names and data of values, in bytes. */
		.largest_name = le32(wire->largest + 8),
		.largest_data = le32(wire->largest + 12),
		.above = CARVE_NOBODY,
	};
}

/* The key record in the cell at rel, head and all. */
static bool read_key(const struct carve *carve, const struct carve_region *region,
		     uint32_t rel, struct carve_key *key)
{
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	uint32_t need = carve->cell_header + READER_KEY_SIZE;
	struct reader_key_wire wire;
	struct text name;

	if (!span_copy(carve->space, rel + carve->cell_header, &wire, sizeof(wire)) ||
	    (le16(wire.flags) & KEY_FLAGS_UNUSED) || !carve_key_is_sound(carve, &wire))
		return false;
	need += le16(wire.name_len);
	if (need > room || carve_cell_size(carve, rel) < need)
		return false;
	name.encoding = carve->image->base.minor < 2 ||
					!(le16(wire.flags) & READER_KEY_COMPRESSED_NAME)
				? TEXT_UTF16LE
				: TEXT_LATIN1;
	if (!span_sub(carve->space, rel + carve->cell_header + READER_KEY_SIZE,
		      le16(wire.name_len), &name.bytes) ||
	    !carve_name_is_sound(name, true))
		return false;
	carve_fill_key(&wire, region, rel, key);
	key->name = name.bytes.ptr;
	key->utf16 = name.encoding == TEXT_UTF16LE;
	return true;
}

bool carve_type_is_usual(uint32_t type)
{
	return type <= MAX_NAMED_TYPE || type >= DEVICE_PROPERTY_TYPE;
}

static bool read_value(const struct carve *carve, const struct carve_region *region,
		       uint32_t rel, struct carve_value *value)
{
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	uint32_t need = carve->cell_header + READER_VALUE_SIZE;
	struct carve_value_wire wire;
	struct text name;

	if (!span_copy(carve->space, rel + carve->cell_header, &wire, sizeof(wire)) ||
	    !carve_value_is_sound(carve, &wire))
		return false;
	need += le16(wire.name_len);
	if (le16(wire.name_len) > CARVE_MAX_VALUE_NAME || need > room ||
	    carve_cell_size(carve, rel) < need)
		return false;
	bool old = carve->image->base.minor < 2;
	name.encoding = old || !(le16(wire.flags) & VALUE_FLAG_COMPRESSED_NAME)
				? TEXT_UTF16LE
				: TEXT_LATIN1;
	if (!span_sub(carve->space, rel + carve->cell_header + READER_VALUE_SIZE,
		      le16(wire.name_len), &name.bytes) ||
	    !carve_name_is_sound(name, false))
		return false;
	*value = (struct carve_value){
		.rel = rel,
		.size = le32(wire.size),
		.data = le32(wire.data),
		.type = le32(wire.type),
		.name = name.bytes.ptr,
		.name_len = le16(wire.name_len),
		.utf16 = name.encoding == TEXT_UTF16LE,
		.strict = carve_type_is_usual(le32(wire.type)) &&
			  (old || !(le16(wire.flags) & ~VALUE_FLAGS_KNOWN)),
		.origin = (uint8_t)region->origin,
		.owner = CARVE_NOBODY,
	};
	return true;
}

/* True if the key is live in the hive: another state may well have it too. */
static bool is_live(const struct carve *carve, const struct carve_key *key)
{
	struct reader_key_wire wire;
	struct span cell, name;

	return carve->source->keys &&
	       cellmap_has(&carve->source->usage->referenced, key->rel) &&
	       reader_key(carve->image, key->rel, &cell, &wire) &&
	       le32(wire.parent) == key->parent &&
	       span_sub(cell, READER_KEY_SIZE, le16(wire.name_len), &name) &&
	       span_equal(name, span_of(key->name, key->name_len));
}

enum status carve_add_key(struct carve *carve, const struct carve_key *key)
{
	enum status status = ARRAY_RESERVE(&carve->keys, CARVE_MAX_RECORDS);

	if (status == STATUS_OK)
		carve->keys.items[carve->keys.n++] = *key;
	return status;
}

enum status carve_add_value(struct carve *carve, const struct carve_value *value)
{
	enum status status = ARRAY_RESERVE(&carve->values, CARVE_MAX_RECORDS);

	if (status == STATUS_OK)
		carve->values.items[carve->values.n++] = *value;
	return status;
}

/* In another state of the hive what is live may be found again. */
static enum status found_key(struct carve *carve, const struct carve_key *key)
{
	return carve->source->overlay && is_live(carve, key) ? STATUS_OK
							     : carve_add_key(carve, key);
}

/*
 * True if a record with its head begins at rel, as far as its fixed part tells;
 * *used is how far it goes, the name included, which is not looked at.
 */
static bool key_head(const struct carve *carve, uint32_t rel, uint32_t *used)
{
	size_t at = rel + carve->cell_header;
	struct reader_key_wire wire;

	if (!span_starts(carve->space, at, "nk", 2) ||
	    !span_copy(carve->space, at, &wire, sizeof(wire)) ||
	    (le16(wire.flags) & KEY_FLAGS_UNUSED) || !carve_key_is_sound(carve, &wire))
		return false;
	*used = carve->cell_header + READER_KEY_SIZE + le16(wire.name_len);
	return carve_cell_size(carve, rel) >= *used;
}

static bool value_head(const struct carve *carve, uint32_t rel, uint32_t *used)
{
	size_t at = rel + carve->cell_header;
	struct carve_value_wire wire;

	if (!span_starts(carve->space, at, "vk", 2) ||
	    !span_copy(carve->space, at, &wire, sizeof(wire)) ||
	    !carve_value_is_sound(carve, &wire))
		return false;
	*used = carve->cell_header + READER_VALUE_SIZE + le16(wire.name_len);
	return carve_cell_size(carve, rel) >= *used;
}

/*
 * True if no other record begins inside the used bytes of the one at rel: if
 * one does, the first is a chance likeness, or its end is overwritten.  Asked
 * before the name is read, so that names over names cost no more than one.
 */
static bool is_undisturbed(const struct carve *carve, uint32_t rel, uint32_t used)
{
	uint32_t any = 0;

	for (uint32_t inner = CELLMAP_UNIT; inner < used; inner += CELLMAP_UNIT)
		if (key_head(carve, rel + inner, &any) ||
		    value_head(carve, rel + inner, &any))
			return false;
	return true;
}

/* A record that has lost its head. */
static enum status look_headless(struct carve *carve, const struct carve_region *region,
				 uint32_t rel, uint32_t *used)
{
	struct carve_value value;
	struct carve_key key;

	if (overwritten_key(carve, region, rel, &key)) {
		*used = carve->cell_header + READER_KEY_SIZE + key.name_len;
		return is_undisturbed(carve, rel, *used) ? found_key(carve, &key)
							 : STATUS_OK;
	}
	if (overwritten_value(carve, region, rel, &value)) {
		*used = carve->cell_header + READER_VALUE_SIZE + value.name_len;
		return is_undisturbed(carve, rel, *used) ? carve_add_value(carve, &value)
							 : STATUS_OK;
	}
	return STATUS_ABSENT;
}

/* Looks at one place where a cell could begin.  *used is how far a record goes. */
static enum status look(struct carve *carve, const struct carve_region *region,
			uint32_t rel, uint32_t *used)
{
	enum status status = STATUS_ABSENT;
	struct carve_value value;
	struct carve_key key;

	if (key_head(carve, rel, used)) {
		if (is_undisturbed(carve, rel, *used) &&
		    read_key(carve, region, rel, &key))
			status = found_key(carve, &key);
	} else if (value_head(carve, rel, used)) {
		if (is_undisturbed(carve, rel, *used) &&
		    read_value(carve, region, rel, &value))
			status = carve_add_value(carve, &value);
	} else if (carve->windows_2000 && overwritten_is_link(carve, rel)) {
		size_t n = carve->keys.n + carve->values.n;
		status = look_headless(carve, region, rel, used);
		if (status == STATUS_OK && n == carve->keys.n + carve->values.n)
			status = STATUS_ABSENT;
	}
	if (status == STATUS_ABSENT)
		*used = 0;
	return status == STATUS_ABSENT ? STATUS_OK : status;
}

enum status carve_records(struct carve *carve)
{
	for (size_t i = 0; i < carve->regions.n; i++) {
		const struct carve_region *region = &carve->regions.items[i];
		/* Of another state only its own pages are new. */
		if (carve->source->overlay && region->origin != RECOVERED_LOG)
			continue;
		stage_advance(carve->source->stage, i, carve->regions.n);
		uint64_t end = (uint64_t)region->rel + region->len, rel = region->rel;
		while (rel < end) {
			uint32_t used = 0;
			enum status status = look(carve, region, (uint32_t)rel, &used);
			if (status == STATUS_LIMIT)
				diag_at(carve->source->diags, DIAG_COUNT_LIMIT,
					rel + IMAGE_BASE_SIZE,
					"more than %zu deleted records; the rest is not looked at",
					CARVE_MAX_RECORDS);
			if (status != STATUS_OK)
				return status == STATUS_LIMIT ? STATUS_OK : status;
			/* No record stands inside another. */
			rel += used ? (used + CELLMAP_UNIT - 1) / CELLMAP_UNIT *
					       CELLMAP_UNIT
				    : CELLMAP_UNIT;
		}
	}
	return STATUS_OK;
}

uint32_t carve_rel(const struct carve *carve, const struct key *key)
{
	return key->record_off ? key->record_off - IMAGE_BASE_SIZE - carve->cell_header
			       : IMAGE_NIL;
}

struct carve_key *carve_key_at(const struct carve *carve, uint32_t rel)
{
	size_t low =
		ARRAY_COUNT_BEFORE(carve->keys.items, carve->keys.n, key, key->rel < rel);

	return low < carve->keys.n && carve->keys.items[low].rel == rel
		       ? &carve->keys.items[low]
		       : NULL;
}

struct carve_value *carve_value_at(const struct carve *carve, uint32_t rel)
{
	size_t low = ARRAY_COUNT_BEFORE(carve->values.items, carve->values.n, value,
					value->rel < rel);

	return low < carve->values.n && carve->values.items[low].rel == rel
		       ? &carve->values.items[low]
		       : NULL;
}
