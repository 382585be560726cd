/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Subkey lists: li (offsets), lf (offsets and name hints), lh (offsets and
 * name hashes) and ri (offsets of the other three).  The list decides what a
 * key's children are; the count in the key record is only held against it.
 * Format: regf specification, "Subkeys list".
 */
#include "regf/reader.h"

#include "base/array.h"

#include <inttypes.h>

/* The format allows one ri above the leaves; other writers nest deeper. */
#define SUBKEYS_MAX_NESTING 8

/* Key records a hive can hold at most: 2 GiB of cells of 88 bytes. */
#define SUBKEYS_MAX ((size_t)1 << 25)

struct list {
	struct span elements; /* whole elements only */
	size_t stride;        /* bytes of an element; its offset comes first */
	bool of_lists;        /* ri */
};

/* Reads a list's head.  Return: false if there is no list at rel. */
static bool open_list(const struct reader *reader, uint32_t rel, struct list *list)
{
	struct span cell;
	uint16_t n = 0;

	if (!image_cell(reader->image, rel, &cell) || !span_le16(cell, 2, &n))
		return false;
	list->of_lists = span_starts(cell, 0, "ri", 2);
	if (list->of_lists || span_starts(cell, 0, "li", 2))
		list->stride = 4;
	else if (span_starts(cell, 0, "lf", 2) || span_starts(cell, 0, "lh", 2))
		list->stride = 8;
	else
		return false;
	list->elements = span_from(cell, 4);
	if (n > list->elements.len / list->stride)
		diag_at(reader->diags, DIAG_LIST_DAMAGED, reader_offset(rel),
			"list of subkeys: tells of %u elements, its cell has room for %zu",
			n, list->elements.len / list->stride);
	else
		list->elements = span_clip(list->elements, n * list->stride);
	return true;
}

/*
 * True if the list belongs to another key: the first key it names says so
 * and that key refers to this very list.  Then two keys share a list, and
 * only one of them may have it.
 */
static bool belongs_elsewhere(const struct reader *reader, const struct list *list,
			      uint32_t list_rel, uint32_t owner_rel)
{
	struct reader_key_wire child, parent;
	struct span cell;
	uint32_t rel = 0;

	return !list->of_lists && span_le32(list->elements, 0, &rel) &&
	       image_cell(reader->image, rel, &cell) &&
	       span_copy(cell, 0, &child, sizeof(child)) &&
	       memcmp(child.signature, "nk", 2) == 0 && le32(child.parent) != owner_rel &&
	       image_cell(reader->image, le32(child.parent), &cell) &&
	       span_copy(cell, 0, &parent, sizeof(parent)) &&
	       memcmp(parent.signature, "nk", 2) == 0 && le32(parent.subkeys) == list_rel;
}

static enum status add_list(struct reader *reader, uint32_t owner_rel, uint32_t list_rel,
			    unsigned nesting)
{
	struct list list;

	if (nesting > SUBKEYS_MAX_NESTING || !open_list(reader, list_rel, &list)) {
		diag_at(reader->diags, DIAG_LIST_DAMAGED, reader_offset(list_rel),
			nesting > SUBKEYS_MAX_NESTING ?
				"lists of subkeys are nested too deep" :
				"no list of subkeys where one is expected");
		return STATUS_OK;
	}
	if (belongs_elsewhere(reader, &list, list_rel, owner_rel) ||
	    !cellmap_add(&reader->claimed, list_rel)) {
		diag_at(reader->diags, DIAG_KEY_REPEATED, reader_offset(list_rel),
			"list of subkeys: more than one key refers to it; taken once");
		return STATUS_OK;
	}
	for (size_t off = 0; off < list.elements.len; off += list.stride) {
		uint32_t rel = 0;
		if (!span_le32(list.elements, off, &rel))
			break;
		if (list.of_lists) {
			RETURN_IF_FAILED(add_list(reader, owner_rel, rel, nesting + 1));
			continue;
		}
		enum status status = ARRAY_RESERVE(&reader->cells, SUBKEYS_MAX);
		if (status != STATUS_OK)
			return STATUS_NOMEM;
		reader->cells.items[reader->cells.n++] = rel;
	}
	return STATUS_OK;
}

enum status subkeys_read(struct reader *reader, uint32_t owner_rel, uint32_t list_rel,
			 uint32_t count)
{
	reader->cells.n = 0;
	RETURN_IF_FAILED(add_list(reader, owner_rel, list_rel, 0));
	if (reader->cells.n != count)
		diag_at(reader->diags,
			reader->cells.n < count ? DIAG_LIST_DAMAGED : DIAG_LIST_COUNT,
			reader_offset(owner_rel),
			"key record: tells of %" PRIu32 " subkeys, its list names %zu",
			count, reader->cells.n);
	return STATUS_OK;
}
