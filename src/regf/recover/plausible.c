/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bounds of each field of a record.  All must be possible, but for the offset of a
 * key's parent: where that leads to no place in the file, because the file is cut off or
 * the field is damaged, the key counts if it has its mark and the cell that it names for
 * its security descriptor holds one.  Its path then is partial.
 */
#include "regf/recover/plausible.h"

#include <string.h>

/* Types of a value that is believed without a key: named ones, those of device properties. */
#define MAX_NAMED_TYPE KEY_TYPE_QWORD
#define DEVICE_PROPERTY_TYPE 0xffff0000u

/* Control characters in one name: some programs write a few, junk has many. */
#define MAX_CONTROLS 5

/* The usual name: each byte is a character, and none is a surrogate. */
static bool plausible_latin1(struct span name, bool of_key)
{
	size_t controls = 0;

	for (size_t i = 0; i < name.len; i++)
		controls += name.ptr[i] < 0x20;
	return controls <= MAX_CONTROLS && (controls < name.len || name.len == 0) &&
	       !(of_key && name.len > 0 && memchr(name.ptr, '\\', name.len));
}

bool plausible_name(struct text name, bool of_key)
{
	if (name.encoding == TEXT_LATIN1)
		return plausible_latin1(name.bytes, of_key);

	size_t n = text_length(name), controls = 0;

	if (name.encoding == TEXT_UTF16LE && name.bytes.len % 2)
		return false;
	for (size_t i = 0; i < n;) {
		uint32_t c = text_next(name, &i);
		if ((of_key && c == '\\') || unicode_is_surrogate(c) ||
		    (c >= 0xfffd && c <= 0xffff))
			return false;
		controls += c < 0x20;
		if (controls > MAX_CONTROLS)
			return false;
	}
	return controls < n || n == 0;
}

/* True for the offset of a cell that the file could hold. */
static bool is_place(const struct search *search, uint32_t rel)
{
	return rel % CELLMAP_UNIT == 0 && rel >= CELLMAP_UNIT && rel < search->space.len;
}

/*
 * True for a record that has its mark and a security descriptor where it says: what is
 * sound but for one field, and neither chance nor a record that is partly overwritten.
 */
static bool is_sound_else(const struct search *search, const struct reader_key_wire *wire)
{
	uint32_t security = le32(wire->security);

	return memcmp(wire->signature, "nk", sizeof(wire->signature)) == 0 &&
	       is_place(search, security) && search_cell_size(search, security) > 0 &&
	       span_starts(search->space, (size_t)security + search->cell_header, "sk",
			   2);
}

bool plausible_key(const struct search *search, const struct reader_key_wire *wire)
{
	uint64_t time = le64(wire->time);
	uint32_t n_subkeys = le32(wire->n_subkeys), n_values = le32(wire->n_values);
	uint32_t security = le32(wire->security), class_rel = le32(wire->class_name);
	uint16_t name_len = le16(wire->name_len);
	bool counts = !(le16(wire->flags) & READER_KEY_PREDEFINED_HANDLE);

	if (time < search->oldest_ft || time > search->newest_ft)
		if (time != 0 || !search->zero_times)
			return false;
	if (name_len == 0 || name_len > PLAUSIBLE_MAX_KEY_NAME)
		return false;
	if (!is_place(search, le32(wire->parent)) && !is_sound_else(search, wire))
		return false;
	if (n_subkeys > 0 && (!is_place(search, le32(wire->subkeys)) ||
			      n_subkeys > search->space.len / READER_KEY_SIZE))
		return false;
	if (counts && n_values > 0 &&
	    (!is_place(search, le32(wire->values)) || n_values > search->space.len / 4))
		return false;
	if (security != IMAGE_NIL && !is_place(search, security))
		return false;
	return le16(wire->class_len) == 0 || is_place(search, class_rel);
}

bool plausible_value(const struct search *search, const struct reader_value_wire *wire)
{
	uint32_t size = le32(wire->data_size), length = size & ~READER_DATA_INLINE;

	if (size & READER_DATA_INLINE)
		return length <= READER_DATA_INLINE_MAX;
	return length == 0 ||
	       (is_place(search, le32(wire->data)) && length <= search->space.len);
}

bool plausible_type(uint32_t type)
{
	return type <= MAX_NAMED_TYPE || type >= DEVICE_PROPERTY_TYPE;
}
