/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key records that are there and that no list names: found by looking at every cell. */
#include "regf/recover/unlisted.h"

#include "base/array.h"
#include "regf/reader.h"

#include <stdlib.h>

static int by_parent(const void *a, const void *b)
{
	const struct unlisted_key *x = a, *y = b;

	return (x->parent_rel > y->parent_rel) - (x->parent_rel < y->parent_rel);
}

/* The first allocated cell at rel or behind it that no live key leads to. */
static bool next_unlisted(const struct image *image, const struct usage *usage,
			  uint32_t rel, uint32_t *next)
{
	static const struct cellmap none = { 0 };

	return cellmap_next_unlike(&none, &image->allocated, &usage->referenced, rel,
				   next);
}

/* Adds the record at rel, if there is one that is whole enough to be believed. */
static enum status add_record(const struct image *image, const struct usage *usage,
			      uint32_t rel, struct unlisted *out)
{
	struct reader_key_wire wire;
	struct span cell, name;

	if (cellmap_has(&usage->referenced, rel) ||
	    !reader_key(image, rel, &cell, &wire) || le16(wire.name_len) == 0 ||
	    !span_sub(cell, READER_KEY_SIZE, le16(wire.name_len), &name))
		return STATUS_OK;
	bool wide =
		image->base.minor < 2 || !(le16(wire.flags) & READER_KEY_COMPRESSED_NAME);
	struct key key = { .name = name.ptr,
			   .name_len = (uint16_t)name.len,
			   .flags = wide ? KEY_FLAG_NAME_UTF16 : 0 };
	/* Each is a cell of its own, so the limit cannot be met. */
	if (ARRAY_RESERVE(out, image->bins.len) != STATUS_OK)
		return STATUS_NOMEM;
	out->items[out->n++] = (struct unlisted_key){ .parent_rel = le32(wire.parent),
						      .name = key_name(&key) };
	return STATUS_OK;
}

/* Bytes without a map: every place at which a cell can begin. */
static enum status find_in_gap(const struct image *image, const struct usage *usage,
			       const struct gap *gap, struct unlisted *out)
{
	uint32_t first = (gap->rel + CELLMAP_UNIT - 1) / CELLMAP_UNIT * CELLMAP_UNIT;

	if (gap->kind != GAP_UNMAPPED)
		return STATUS_OK;
	for (uint32_t rel = first; rel < gap->rel + gap->len; rel += CELLMAP_UNIT)
		RETURN_IF_FAILED(add_record(image, usage, rel, out));
	return STATUS_OK;
}

static enum status find(const struct image *image, const struct usage *usage,
			struct unlisted *out)
{
	for (uint32_t rel = 0; next_unlisted(image, usage, rel, &rel);
	     rel += CELLMAP_UNIT)
		RETURN_IF_FAILED(add_record(image, usage, rel, out));
	for (size_t i = 0; i < image->gaps.n; i++)
		RETURN_IF_FAILED(find_in_gap(image, usage, &image->gaps.items[i], out));
	return STATUS_OK;
}

enum status unlisted_find(const struct image *image, const struct usage *usage,
			  struct unlisted *out)
{
	struct unlisted found = { 0 };
	enum status status = find(image, usage, &found);

	if (status != STATUS_OK) {
		unlisted_clear(&found);
		return status;
	}
	if (found.n > 1)
		qsort(found.items, found.n, sizeof(*found.items), by_parent);
	*out = found;
	return STATUS_OK;
}

void unlisted_clear(struct unlisted *unlisted)
{
	free(unlisted->items);
	*unlisted = (struct unlisted){ 0 };
}

/* The first record that names the cell of a key, or the end. */
static size_t first_of(const struct unlisted *unlisted, uint32_t parent_rel)
{
	return ARRAY_COUNT_BEFORE(unlisted->items, unlisted->n, item,
				  item->parent_rel < parent_rel);
}

static uint32_t cell_of(const struct image *image, const struct key *key)
{
	return key->record_off - IMAGE_BASE_SIZE - image->cell_header;
}

bool unlisted_names(const struct unlisted *unlisted, const struct image *image,
		    const struct key *parent, struct text name)
{
	uint32_t rel = cell_of(image, parent);

	for (size_t i = first_of(unlisted, rel);
	     i < unlisted->n && unlisted->items[i].parent_rel == rel; i++)
		if (text_equal(unlisted->items[i].name, name))
			return true;
	return false;
}

bool unlisted_is_below(const struct unlisted *unlisted, const struct image *image,
		       const struct key *top)
{
	for (const struct key *key = unlisted->n > 0 ? top : NULL; key;
	     key = key_next(top, key)) {
		uint32_t rel = cell_of(image, key);
		size_t i = first_of(unlisted, rel);
		if (i < unlisted->n && unlisted->items[i].parent_rel == rel)
			return true;
	}
	return false;
}

/* True if the cell holds a value record of that name. */
static bool is_value(struct span cell, struct text name)
{
	struct reader_value_wire wire;
	struct span bytes;

	if (!span_starts(cell, 0, "vk", 2) || !span_copy(cell, 0, &wire, sizeof(wire)) ||
	    !span_sub(cell, READER_VALUE_SIZE, le16(wire.name_len), &bytes))
		return false;
	return text_equal(
		(struct text){ .bytes = bytes,
			       .encoding = le16(wire.flags) & READER_VALUE_COMPRESSED_NAME
						   ? TEXT_LATIN1
						   : TEXT_UTF16LE },
		name);
}

bool unlisted_has_value(const struct image *image, const struct usage *usage,
			struct text name)
{
	struct span cell;

	for (uint32_t rel = 0; next_unlisted(image, usage, rel, &rel);
	     rel += CELLMAP_UNIT)
		if (image_cell(image, rel, &cell) && is_value(cell, name))
			return true;
	return false;
}
