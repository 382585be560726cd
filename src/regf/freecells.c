/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links of Windows 2000 in free cells.  No field of a hive says whether that system
 * wrote it.  Its free cells do:
 *
 *   - Where most begin with nil or the offset of another free cell, all that were
 *     freed alone carry a link.  In hives of later systems a few look so by chance, such
 *     as freed lists whose first element leads to a freed value: up to one in thirty,
 *     in small hives more.
 *   - Where more look so than chance makes, some do: that is a hive of Windows 2000
 *     that a later system went on with.
 *   - So they do where one record of a key or value is whole but for the four bytes of a
 *     link.  Nothing else makes such a record.  But a cell of 8 bytes that took the
 *     beginning of a freed record and was freed itself leaves the size of the rest in
 *     the key's time or the size of the value's data; such a one proves nothing.
 *
 * Format: regf specification, "Cell", "Key node".
 */
#include "regf/freecells.h"

#include "regf/reader.h"

/* Windows 2000 wrote no later version. */
#define MINOR_WINDOWS_2000 3

/* So few free cells could look linked by chance: then all of them must. */
#define CELLS_TO_TELL 8

/* Of more than so many at most one in thirty looks linked by chance; one in ten is more. */
#define CELLS_FOR_A_SHARE 60
#define SHARE 10

/* Behind the first bin's header; the root key stands there and is never free. */
#define FIRST_CELL 0x20

/*
 * The registry of Windows 2000 lay in the paged pool, which had less than 512 MB.  So
 * no link has the bytes of four characters of 8 bits.
 */
#define END_OF_LINKS UINT32_C(0x20000000)

/* Characters of a value's name that chance does not make. */
#define NAME_TO_TELL 4

#define OLDEST_FT UINT64_C(123703200000000000) /* 1993-01-01, see search.c */
#define NEVER_FT UINT64_C(157469184000000000)  /* 2100-01-01 */

bool freecells_is_link(uint32_t link)
{
	return link == IMAGE_NIL ||
	       (link % CELLMAP_UNIT == 0 && link > FIRST_CELL && link < END_OF_LINKS);
}

static bool has_signature(const struct image *image, uint32_t rel, const char *signature)
{
	struct span cell;

	return image_cell(image, rel, &cell) && span_starts(cell, 0, signature, 2);
}

/* True if bytes of a record are the size of a free cell within the bins. */
static bool is_size(const struct image *image, uint32_t word)
{
	return word >= CELLMAP_UNIT && word % CELLMAP_UNIT == 0 && word < image->bins.len;
}

/* True if the record that begins at rel, behind a link, is all else that a freed key is. */
static bool is_headless_key(const struct image *image, uint32_t rel, uint64_t end)
{
	struct reader_key_wire wire;
	uint64_t data = (uint64_t)rel + image->cell_header;
	uint32_t parent = 0, link = 0;

	if (data + READER_KEY_SIZE >= end ||
	    !span_le32(image->bins, (size_t)data, &link) || !freecells_is_link(link) ||
	    !span_copy(image->bins, (size_t)data, &wire, sizeof(wire)))
		return false;
	parent = le32(wire.parent);
	uint64_t time = le64(wire.time);
	return time >= OLDEST_FT && time < NEVER_FT && !is_size(image, (uint32_t)time) &&
	       le32(wire.n_subkeys) == 0 && le32(wire.subkeys) == IMAGE_NIL &&
	       parent % CELLMAP_UNIT == 0 && parent >= FIRST_CELL &&
	       parent < image->bins.len && le16(wire.name_len) > 0 &&
	       le16(wire.name_len) <= end - data - READER_KEY_SIZE &&
	       (has_signature(image, le32(wire.security), "sk") ||
		has_signature(image, parent, "nk"));
}

/* The same of a value: a name of some characters, data that can be. */
static bool is_headless_value(const struct image *image, uint32_t rel, uint64_t end)
{
	struct reader_value_wire wire;
	uint64_t data = (uint64_t)rel + image->cell_header;
	uint32_t link = 0;
	uint8_t byte = 0;

	if (data + READER_VALUE_SIZE + NAME_TO_TELL > end ||
	    !span_le32(image->bins, (size_t)data, &link) || !freecells_is_link(link) ||
	    !span_copy(image->bins, (size_t)data, &wire, sizeof(wire)) ||
	    le32(wire.type) > KEY_TYPE_QWORD ||
	    le16(wire.flags) != READER_VALUE_COMPRESSED_NAME)
		return false;
	uint32_t size = le32(wire.data_size), place = le32(wire.data);
	if (size & READER_DATA_INLINE
		    ? (size & ~READER_DATA_INLINE) - 1 >= READER_DATA_INLINE_MAX
		    : size == 0 || size % CELLMAP_UNIT == 0 || size >= image->bins.len ||
			      place % CELLMAP_UNIT != 0 || place <= FIRST_CELL ||
			      place >= image->bins.len)
		return false;
	for (size_t i = 0; i < NAME_TO_TELL; i++)
		if (!span_u8(image->bins, (size_t)data + READER_VALUE_SIZE + i, &byte) ||
		    byte < 0x20 || byte >= 0x7f)
			return false;
	return true;
}

static bool has_headless_record(const struct image *image)
{
	uint32_t size = 0;

	for (uint32_t rel = 0; cellmap_next(&image->free, rel, &rel); rel += size) {
		if (!span_le32(image->bins, rel, &size) || size < CELLMAP_UNIT)
			size = CELLMAP_UNIT;
		for (uint32_t in = 0; in < size; in += CELLMAP_UNIT)
			if (is_headless_key(image, rel + in, (uint64_t)rel + size) ||
			    is_headless_value(image, rel + in, (uint64_t)rel + size))
				return true;
	}
	return false;
}

/* Free cells that begin with nil or the offset of another one. */
static uint32_t count_linked(const struct image *image)
{
	uint32_t n = 0, link = 0;

	for (uint32_t rel = 0; cellmap_next(&image->free, rel, &rel); rel += CELLMAP_UNIT)
		if (span_le32(image->bins, rel + image->cell_header, &link) &&
		    (link == IMAGE_NIL || cellmap_has(&image->free, link)))
			n++;
	return n;
}

enum freecells freecells_of(const struct image *image)
{
	bool few = image->n_free < CELLS_TO_TELL;

	if (image->n_free == 0)
		return FREECELLS_UNKNOWN;
	if (image->base.minor > MINOR_WINDOWS_2000)
		return FREECELLS_PLAIN;
	uint32_t linked = count_linked(image);
	if (few ? linked == image->n_free : linked > image->n_free / 2)
		return FREECELLS_WINDOWS_2000;
	if ((image->n_free > CELLS_FOR_A_SHARE && linked > image->n_free / SHARE) ||
	    has_headless_record(image))
		return FREECELLS_MIXED;
	return few ? FREECELLS_UNKNOWN : FREECELLS_PLAIN;
}

bool freecells_are_all_linked(const struct image *image)
{
	uint32_t link = 0;

	for (uint32_t rel = 0; cellmap_next(&image->free, rel, &rel); rel += CELLMAP_UNIT)
		if (!span_le32(image->bins, rel + image->cell_header, &link) ||
		    !freecells_is_link(link))
			return false;
	return true;
}

const char *freecells_word(enum freecells kind)
{
	static const char *const words[] = {
		[FREECELLS_UNKNOWN] = NULL,
		[FREECELLS_PLAIN] = "plain",
		[FREECELLS_MIXED] = "mixed",
		[FREECELLS_WINDOWS_2000] = "windows_2000",
	};

	return words[kind];
}
