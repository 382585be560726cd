/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records of Windows 2000.  Its kernel writes the link of a free list over the
 * first four bytes of a freed cell's data: a key record loses its signature
 * and flags, a value record its signature and the length of its name.  (A cell
 * that is merged with a free one before it keeps them.)  What remains is known
 * from the inside: a plausible time, a parent, a security descriptor in use,
 * a legal name of the length that the record has.  What is concluded is marked so.
 *
 * In a hive that has such links anywhere, each cell that was free once is judged by
 * itself: what can be a link is no data and no head of a record.  So it is where a
 * later system freed the cell and only the likeness is there: nothing tells which.
 */
#include "regf/recover/overwritten.h"

#include "base/hex.h"
#include "regf/recover/plausible.h"
#include "regf/recover/region.h"

/* A security record (sk): the size of its descriptor, the descriptor, and the least of it. */
#define SECURITY_SIZE 16
#define SECURITY_HEAD 20
#define SECURITY_MIN 20

/* A lone value without a head is believed from so many characters of its name on. */
#define MIN_LONE_NAME 3

/* Names of MAPI's properties: eight hex digits, nine with a leading S. */
#define TAG_NAME 8

bool overwritten_is_link(const struct search *search, uint32_t rel)
{
	uint32_t link = 0;

	/* The cell it leads to was free then; by now it may be in use, or behind the end. */
	return freecells_have_links(search->source->free_cells) &&
	       span_le32(search->space, rel + search->cell_header, &link) &&
	       freecells_is_link(link);
}

/* True for one that leads to another place in the hive, or nowhere, as most do. */
static bool is_usual_link(const struct search *search, uint32_t rel)
{
	uint32_t link = 0;

	return overwritten_is_link(search, rel) &&
	       span_le32(search->space, rel + search->cell_header, &link) &&
	       (link == IMAGE_NIL || (link < search->space.len && link != rel));
}

/*
 * A cell of 8 bytes that took the beginning of the freed record, and was freed itself,
 * looks like a link; it left the size of the rest behind it, in the record's time.
 */
static bool is_cut(const struct search *search, const struct reader_key_wire *wire)
{
	uint32_t low = (uint32_t)le64(wire->time);

	return low >= CELLMAP_UNIT && low % CELLMAP_UNIT == 0 && low < search->space.len;
}

static bool is_live_key(const struct search *search, uint32_t rel)
{
	struct reader_key_wire wire;
	struct span cell;

	return search->source->keys &&
	       cellmap_has(&search->source->usage->referenced, rel) &&
	       reader_key(search->image, rel, &cell, &wire);
}

/*
 * True for the cell of a security descriptor, in use or freed: the last key
 * that had it takes it along.  A descriptor begins with its revision, which is 1.
 */
static bool is_security(const struct search *search, uint32_t rel)
{
	size_t at = (size_t)rel + search->cell_header;
	uint32_t size = 0;
	struct span cell;

	if (search->source->keys && cellmap_has(&search->source->usage->referenced, rel))
		return image_cell(search->image, rel, &cell) &&
		       span_starts(cell, 0, "sk", 2);
	return span_le32(search->space, at + SECURITY_SIZE, &size) &&
	       size >= SECURITY_MIN && size < search->space.len &&
	       search_cell_size(search, rel) >= SECURITY_HEAD + size &&
	       region_of(search, rel, SECURITY_HEAD + (uint64_t)size) &&
	       span_starts(search->space, at + SECURITY_HEAD, "\1\0", 2);
}

/*
 * Which encoding the bytes of a name are in when nothing says so: Windows keeps
 * a name in Latin-1 whenever it can, and UTF-16 below U+2000 has bytes that no
 * Latin-1 name has.
 */
static bool guess_encoding(struct span bytes, struct text *name)
{
	uint8_t byte = 0;

	*name = (struct text){ .bytes = bytes, .encoding = TEXT_LATIN1 };
	for (size_t i = 0; span_u8(bytes, i, &byte); i++)
		if (byte < 0x20)
			name->encoding = TEXT_UTF16LE;
	return plausible_name(*name, true);
}

bool overwritten_key(const struct search *search, const struct region *region,
		     uint32_t rel, struct deleted_key *key)
{
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	uint32_t need = search->cell_header + READER_KEY_SIZE;
	struct reader_key_wire wire;
	struct span bytes;
	struct text name;

	if (!span_copy(search->space, rel + search->cell_header, &wire, sizeof(wire)))
		return false;
	/* What stands there is the link. */
	memset(wire.flags, 0, sizeof(wire.flags));
	/* A deleted key has lost its subkeys before. */
	if (le32(wire.n_subkeys) != 0 || le32(wire.subkeys) != IMAGE_NIL ||
	    !plausible_key(search, &wire) || is_cut(search, &wire))
		return false;
	need += le16(wire.name_len);
	if (need > room || search_cell_size(search, rel) < need ||
	    !span_sub(search->space, rel + search->cell_header + READER_KEY_SIZE,
		      le16(wire.name_len), &bytes) ||
	    !guess_encoding(bytes, &name))
		return false;
	search_fill_key(&wire, region, rel, key);
	if (!is_security(search, le32(wire.security)) &&
	    !is_live_key(search, key->parent))
		return false;
	key->name = bytes.ptr;
	key->utf16 = name.encoding == TEXT_UTF16LE;
	key->inferred = RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_ENCODING;
	return true;
}

/* ---- values: the name's length is lost ---- */

/* True if a cell could begin at rel, or the region ends there. */
static bool is_boundary(const struct search *search, const struct region *region,
			uint64_t rel)
{
	uint64_t end = (uint64_t)region->rel + region->len;

	if (rel >= end)
		return rel == end;
	uint32_t size = search_cell_size(search, (uint32_t)rel);
	return size > 0 && size <= search->space.len;
}

/* A value record whose name has lost its length. */
struct name_guess {
	const struct search *search;
	const struct region *region;
	uint64_t rel;	   /* of the name */
	uint32_t data_rel; /* of the value's data, nil if inline */
	uint64_t end;	   /* of the cell, as its own size tells */
	bool utf16;
};

/* How surely a cell begins at a place. */
enum boundary {
	BOUNDARY_NONE,
	BOUNDARY_SIZE, /* a size is there that a cell could have */
	BOUNDARY_LINK, /* and behind it what may be the link of a free list */
	BOUNDARY_SURE, /* or a record; or the cell before it ends there by its own size */
};

/* Windows makes a value's data right behind its record, so that is sure as well. */
static enum boundary boundary_at(const struct name_guess *guess, uint64_t rel)
{
	static const char *const signatures[] = {
		"nk", "vk", "lf", "lh", "li", "ri", "sk"
	};
	const struct search *search = guess->search;
	size_t at = (size_t)rel + search->cell_header;

	if (rel == guess->end)
		return BOUNDARY_SURE;
	if (!is_boundary(search, guess->region, rel))
		return BOUNDARY_NONE;
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++)
		if (span_starts(search->space, at, signatures[i], 2))
			return BOUNDARY_SURE;
	if (rel == guess->data_rel)
		return BOUNDARY_SURE;
	return is_usual_link(search, (uint32_t)rel) ? BOUNDARY_LINK : BOUNDARY_SIZE;
}

static bool is_name_byte(uint8_t byte, bool wide)
{
	return (byte >= 0x20 && byte < 0x7f) || (wide && byte >= 0xa0);
}

/*
 * The bytes that can be a name: ASCII, or Latin-1 if wide; UTF-16 below the
 * surrogates.
 */
static uint32_t legal_length(struct span bytes, bool utf16, bool wide)
{
	uint32_t n = 0;
	uint16_t unit = 0;
	uint8_t byte = 0;

	if (!utf16) {
		while (span_u8(bytes, n, &byte) && is_name_byte(byte, wide))
			n++;
		return n;
	}
	while (span_le16(bytes, n, &unit) && unit >= 0x20 && unit < 0xd800)
		n += 2;
	return n;
}

/* The length of a property's name at the beginning of the bytes; 0 if there is none. */
static uint32_t tag_length(struct span bytes)
{
	uint8_t byte = 0;
	uint32_t first = span_starts(bytes, 0, "S", 1);

	for (uint32_t i = 0; i < TAG_NAME; i++)
		if (!span_u8(bytes, first + i, &byte) || hex_digit(byte) < 0)
			return 0;
	return first + TAG_NAME;
}

/*
 * The length of a name that is known, of a property or an account's setting, with which
 * the bytes begin, if what follows it can be padding; 0 if there is none.  `plain` of
 * the bytes can be a name.
 */
static uint32_t known_length(const struct name_guess *guess, struct span bytes,
			     uint32_t plain)
{
	const struct recovered_source *source = guess->search->source;
	uint32_t tag = tag_length(bytes);
	uint32_t length = 0;

	if (tag > 0)
		return plain - tag < CELLMAP_UNIT ? tag : 0;
	if (source->name_end)
		length = (uint32_t)source->name_end(span_clip(bytes, plain));
	if (length == 0 || plain - length >= CELLMAP_UNIT)
		return 0;
	uint64_t next =
		(guess->rel + length + CELLMAP_UNIT - 1) / CELLMAP_UNIT * CELLMAP_UNIT;
	return boundary_at(guess, next) > BOUNDARY_NONE ? length : 0;
}

/*
 * The longest of the lengths up to `longest` behind which a cell begins, so
 * surely at least.  Return: false if there is none.
 */
static bool fit_length(const struct name_guess *guess, uint32_t longest,
		       enum boundary least, uint32_t *length)
{
	uint32_t step = guess->utf16 ? 2 : 1;

	for (*length = longest;; *length -= step) {
		uint64_t next = (guess->rel + *length + CELLMAP_UNIT - 1) / CELLMAP_UNIT *
				CELLMAP_UNIT;
		if (boundary_at(guess, next) >= least)
			return true;
		if (*length < step)
			return false;
	}
}

/*
 * Where the name ends: where a known one does, of a property or an account's setting;
 * else the longest legal reading behind which a cell surely begins, or may begin.
 * Where none fits, something was written over what followed.
 */
static bool find_name(const struct search *search, const struct region *region,
		      uint32_t rel, uint32_t data_rel, bool utf16, struct span *name,
		      bool *known)
{
	uint32_t fixed = search->cell_header + READER_VALUE_SIZE, length = 0;
	uint32_t size = search_cell_size(search, rel);
	uint64_t room = (uint64_t)region->rel + region->len - rel;
	struct name_guess guess = {
		search, region, rel + (uint64_t)fixed, data_rel, rel + (uint64_t)size,
		utf16
	};
	struct span bytes;

	if (size < fixed || room < fixed)
		return false;
	uint64_t most = size < room ? size : room;
	if (most - fixed > PLAUSIBLE_MAX_VALUE_NAME)
		most = fixed + PLAUSIBLE_MAX_VALUE_NAME;
	if (!span_sub(search->space, rel + fixed, (size_t)(most - fixed), &bytes))
		return false;
	uint32_t wide = legal_length(bytes, utf16, true);
	uint32_t plain = legal_length(bytes, utf16, false);

	if (!utf16)
		length = known_length(&guess, bytes, plain);
	*known = length > 0;
	if (!*known && !fit_length(&guess, wide, BOUNDARY_SURE, &length) &&
	    !fit_length(&guess, wide, BOUNDARY_LINK, &length) &&
	    !fit_length(&guess, plain, BOUNDARY_SIZE, &length))
		length = plain;
	*name = span_clip(bytes, length);
	return true;
}

bool overwritten_value(const struct search *search, const struct region *region,
		       uint32_t rel, struct deleted_value *value)
{
	struct reader_value_wire wire;
	bool known = false;
	struct span name;

	if (!span_copy(search->space, rel + search->cell_header, &wire, sizeof(wire)) ||
	    !plausible_value(search, &wire) || le16(wire.flags) > 1 ||
	    !plausible_type(le32(wire.type)))
		return false;
	bool utf16 = !(le16(wire.flags) & READER_VALUE_COMPRESSED_NAME);
	uint32_t size = le32(wire.data_size), data = le32(wire.data);
	if (!find_name(search, region, rel, size & READER_DATA_INLINE ? IMAGE_NIL : data,
		       utf16, &name, &known))
		return false;
	bool placed = (size & READER_DATA_INLINE) ||
		      region_of(search, data, (uint64_t)size + search->cell_header);
	*value = (struct deleted_value){
		.rel = rel,
		.size = size,
		.data = data,
		.type = le32(wire.type),
		.name = name.ptr,
		.name_len = (uint16_t)name.len,
		.utf16 = utf16,
		.strict = size > 0 && !utf16 &&
			  (known || (placed && name.len >= MIN_LONE_NAME)),
		.origin = (uint8_t)region->origin,
		.inferred = RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_NAME_LENGTH,
		.owner = DELETED_NONE,
	};
	return true;
}
