/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys that no readable list names any more.  Every key record tells its
 * parent, so where a list is lost, or the root itself, the subkeys are found
 * the other way round: by looking through all allocated cells.  Used only for
 * keys whose list is known to be damaged: in a sound hive an allocated record
 * that nothing names is a leftover and no key.
 */
#include "regf/salvage.h"

#include "base/array.h"

#include <stdlib.h>

static int by_parent(const void *a, const void *b)
{
	const struct reader_orphan *x = a, *y = b;

	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	return (x->rel > y->rel) - (x->rel < y->rel);
}

/* A key record that is whole enough to be believed. */
static bool read_record(const struct reader *reader, uint32_t rel,
			struct reader_key_wire *wire)
{
	struct span cell;

	/* What a root tells of its parent is left over from another time. */
	return reader_key(reader->image, rel, &cell, wire) && le16(wire->name_len) > 0 &&
	       span_has(cell, READER_KEY_SIZE, le16(wire->name_len)) &&
	       (le32(wire->parent) % CELLMAP_UNIT == 0 ||
		(le16(wire->flags) & READER_KEY_HIVE_ENTRY));
}

static enum status add_record(struct reader *reader, uint32_t rel)
{
	struct reader_key_wire wire;

	if (!read_record(reader, rel, &wire))
		return STATUS_OK;
	/* Each is a cell of its own, so the limit cannot be met. */
	if (ARRAY_RESERVE(&reader->orphans, reader->image->bins.len) != STATUS_OK)
		return STATUS_NOMEM;
	reader->orphans.items[reader->orphans.n++] =
		(struct reader_orphan){ le32(wire.parent), rel,
					le16(wire.flags) & READER_KEY_HIVE_ENTRY };
	return STATUS_OK;
}

/* Looks through all allocated cells, once for a hive. */
static enum status find_records(struct reader *reader)
{
	if (reader->orphans.searched)
		return STATUS_OK;
	reader->orphans.searched = true;
	reader->orphans.root_rel = IMAGE_NIL;
	for (uint32_t rel = 0; cellmap_next(&reader->image->allocated, rel, &rel);
	     rel += CELLMAP_UNIT)
		RETURN_IF_FAILED(add_record(reader, rel));
	if (reader->orphans.n > 1)
		qsort(reader->orphans.items, reader->orphans.n,
		      sizeof(*reader->orphans.items), by_parent);
	return STATUS_OK;
}

/* The first record that names parent_rel as its parent, or the end. */
static size_t first_of(const struct reader *reader, uint32_t parent_rel)
{
	return ARRAY_COUNT_BEFORE(reader->orphans.items, reader->orphans.n, orphan,
				  orphan->parent < parent_rel);
}

/* Adds one found record, unless a list has named it already. */
static enum status add_subkey(struct reader *reader, uint32_t parent_rel, uint32_t rel)
{
	if (rel == parent_rel || rel == reader->orphans.root_rel ||
	    cellmap_has(&reader->usage->referenced, rel))
		return STATUS_OK;
	reader->salvaged = true;
	diag_at(reader->diags, DIAG_KEY_SALVAGED, reader_offset(reader, rel),
		"key record: no readable list names it; found by the parent it tells");
	return reader_take(reader, parent_rel, (struct reader_element){ .rel = rel });
}

enum status salvage_subkeys(struct reader *reader, uint32_t parent_rel)
{
	RETURN_IF_FAILED(find_records(reader));
	for (size_t i = first_of(reader, parent_rel);
	     i < reader->orphans.n && reader->orphans.items[i].parent == parent_rel; i++)
		RETURN_IF_FAILED(
			add_subkey(reader, parent_rel, reader->orphans.items[i].rel));
	return STATUS_OK;
}

/* How many keys name the one at rel as their parent. */
static size_t count_of(const struct reader *reader, uint32_t rel)
{
	size_t first = first_of(reader, rel), end = first;

	while (end < reader->orphans.n && reader->orphans.items[end].parent == rel)
		end++;
	return end - first;
}

enum status salvage_root(struct reader *reader, uint32_t lost_rel, uint32_t *rel)
{
	size_t most = 0;

	RETURN_IF_FAILED(find_records(reader));
	*rel = IMAGE_NIL;
	/* One flipped bit is enough for the mark, so what hangs on it decides. */
	for (size_t i = 0; i < reader->orphans.n; i++) {
		const struct reader_orphan *orphan = &reader->orphans.items[i];
		size_t n = orphan->marked ? count_of(reader, orphan->rel) : 0;
		if (!orphan->marked || (*rel != IMAGE_NIL && n <= most))
			continue;
		*rel = orphan->rel;
		most = n;
	}
	if (*rel == IMAGE_NIL || (most == 0 && count_of(reader, lost_rel) > 0))
		return STATUS_ABSENT;
	reader->orphans.root_rel = *rel;
	return STATUS_OK;
}
