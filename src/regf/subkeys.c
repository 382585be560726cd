/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Subkey lists: li (offsets), lf (offsets and name hints), lh (offsets and
 * name hashes) and ri (offsets of the other three).  The list decides what a
 * key's children are; the count in the key record is only compared with it.
 * Format: regf specification, "Subkeys list".
 */
#include "regf/subkeys.h"

#include "base/array.h"
#include "regf/salvage.h"

#include <inttypes.h>

/* The format allows one ri above the leaves; other writers nest deeper. */
#define SUBKEYS_MAX_NESTING 8

/* Keys listed by one key and claimed by another that are looked into. */
#define SUBKEYS_MAX_CLAIMS 1024

struct list {
	struct span cell;     /* the list with its head, and what may be behind it */
	struct span elements; /* whole elements only */
	size_t stride;	      /* bytes of an element; its offset comes first */
	bool of_lists;	      /* ri */
	enum reader_hint kind;
};

/*
 * Reads a list's head; *declared is how many elements it tells of.
 * Return: false if there is no list at rel.
 */
static bool open_list(const struct image *image, uint32_t rel, struct list *list,
		      size_t *declared)
{
	struct span cell;
	uint16_t n = 0;

	if (!image_cell(image, rel, &cell) || !span_le16(cell, 2, &n))
		return false;
	*list = (struct list){ .cell = cell, .stride = 4 };
	if (span_starts(cell, 0, "ri", 2))
		list->of_lists = true;
	else if (span_starts(cell, 0, "lf", 2))
		list->kind = READER_HINT_HEAD;
	else if (span_starts(cell, 0, "lh", 2))
		list->kind = READER_HINT_HASH;
	else if (!span_starts(cell, 0, "li", 2))
		return false;
	if (list->kind != READER_HINT_NONE)
		list->stride = 8;
	list->elements = span_clip(span_from(cell, 4), n * list->stride);
	*declared = n;
	return true;
}

/* The first key record that a list leads to.  Return: false if there is none. */
static bool first_key(const struct reader *reader, struct list list,
		      struct reader_key_wire *key)
{
	struct span cell;
	uint32_t rel = 0;
	size_t declared;

	for (unsigned nesting = 0; span_le32(list.elements, 0, &rel); nesting++) {
		if (!list.of_lists)
			return reader_key(reader->image, rel, &cell, key);
		if (nesting > SUBKEYS_MAX_NESTING ||
		    !open_list(reader->image, rel, &list, &declared))
			return false;
	}
	return false;
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

	return first_key(reader, *list, &child) && le32(child.parent) != owner_rel &&
	       reader_key(reader->image, le32(child.parent), &cell, &parent) &&
	       le32(parent.subkeys) == list_rel;
}

/*
 * True if a key that the owner's list names says that it is another's, and that one's
 * list names it, too: then it belongs there.  Each answer may cost a walk of a list, so
 * a hive in which nothing fits is not asked more than so often.
 */
static bool is_others(struct reader *reader, uint32_t owner_rel, uint32_t rel)
{
	struct reader_key_wire key, parent;
	struct span cell;

	return reader_key(reader->image, rel, &cell, &key) &&
	       le32(key.parent) != owner_rel &&
	       !(le16(key.flags) & READER_KEY_HIVE_ENTRY) &&
	       reader_key(reader->image, le32(key.parent), &cell, &parent) &&
	       le32(parent.n_subkeys) > 0 && reader->n_claims++ < SUBKEYS_MAX_CLAIMS &&
	       subkeys_name(reader, le32(parent.subkeys), rel);
}

static enum status take_named(struct reader *reader, uint32_t owner_rel,
			      struct reader_element element)
{
	if (!is_others(reader, owner_rel, element.rel))
		return reader_take(reader, owner_rel, element);
	diag_at(reader->diags, DIAG_KEY_ELSEWHERE, reader_offset(reader, element.rel),
		"key record: the lists of two keys name it; it belongs to the parent that "
		"it names itself, not to cell 0x%" PRIx32,
		owner_rel);
	reader->partial = true;
	return STATUS_OK;
}

/* from_rel: the cell that refers to the list, the owner's or another list's. */
static enum status add_list(struct reader *reader, uint32_t owner_rel, uint32_t from_rel,
			    uint32_t list_rel, unsigned nesting)
{
	struct list list;
	size_t declared;

	if (nesting > SUBKEYS_MAX_NESTING ||
	    !open_list(reader->image, list_rel, &list, &declared)) {
		diag_at(reader->diags, DIAG_LIST_DAMAGED, reader_offset(reader, from_rel),
			nesting > SUBKEYS_MAX_NESTING
				? "list of subkeys: the list in cell 0x%" PRIx32
				  " is nested too deep"
				: "cell 0x%" PRIx32
				  ", named as a list of subkeys, holds none",
			list_rel);
		reader->partial = true;
		reader->refused |= nesting > SUBKEYS_MAX_NESTING;
		return STATUS_OK;
	}
	if (belongs_elsewhere(reader, &list, list_rel, owner_rel) ||
	    !reader_claim(reader, list_rel)) {
		diag_at(reader->diags, DIAG_KEY_REPEATED, reader_offset(reader, list_rel),
			"list of subkeys: more than one key refers to it; taken once");
		reader->partial = reader->refused = true;
		return STATUS_OK;
	}
	if (declared > list.elements.len / list.stride) {
		diag_at(reader->diags, DIAG_LIST_DAMAGED, reader_offset(reader, list_rel),
			"list of subkeys: tells of %zu elements, its cell has room for %zu",
			declared, list.elements.len / list.stride);
		reader->partial = true;
	}
	RETURN_IF_FAILED(reader_used(reader, list.cell, 4 + list.elements.len));
	for (size_t off = 0; off + list.stride <= list.elements.len; off += list.stride) {
		uint32_t rel = 0, hint = 0;
		if (!span_le32(list.elements, off, &rel) ||
		    (list.stride == 8 && !span_le32(list.elements, off + 4, &hint)))
			break;
		if (list.of_lists) {
			RETURN_IF_FAILED(
				add_list(reader, owner_rel, list_rel, rel, nesting + 1));
			continue;
		}
		reader->n_named++;
		RETURN_IF_FAILED(
			take_named(reader, owner_rel,
				   (struct reader_element){ rel, hint, list.kind }));
	}
	return STATUS_OK;
}

/*
 * lh: each unit of the upper-cased name added to 37 times the hash so far; 0
 * where a writer kept none.  lf: Latin-1, first character 0 where there is none.
 */
bool subkeys_hint_fits(const struct reader_element *element, struct text name)
{
	size_t n = text_length(name);
	uint32_t hash = 0;

	switch (element->kind) {
	case READER_HINT_NONE:
		return true;
	case READER_HINT_HASH:
		for (size_t i = 0; i < n; i++)
			hash = hash * 37 + text_upcase(text_unit(name, i));
		return element->hint == 0 || hash == element->hint;
	case READER_HINT_HEAD:
		for (size_t i = 0; i < 4 && (element->hint & 0xff); i++)
			if ((element->hint >> (8 * i) & 0xff) !=
			    (i < n ? text_unit(name, i) : 0u))
				return false;
		return true;
	}
	return true;
}

bool subkeys_name(const struct reader *reader, uint32_t list_rel, uint32_t rel)
{
	struct list list, leaf;
	uint32_t at = 0, inner = 0;
	size_t declared;

	if (!open_list(reader->image, list_rel, &list, &declared))
		return false;
	for (size_t off = 0; span_le32(list.elements, off, &at); off += list.stride) {
		if (!list.of_lists && at == rel)
			return true;
		if (!list.of_lists || !open_list(reader->image, at, &leaf, &declared) ||
		    leaf.of_lists)
			continue;
		for (size_t k = 0; span_le32(leaf.elements, k, &inner); k += leaf.stride)
			if (inner == rel)
				return true;
	}
	return false;
}

static void visit(const struct image *image, uint32_t rel, bool first_only,
		  unsigned nesting, subkeys_visit *each, void *context)
{
	struct list list;
	uint32_t below = 0;
	size_t declared;

	each(context, rel);
	if (nesting > SUBKEYS_MAX_NESTING || !open_list(image, rel, &list, &declared))
		return;
	if (!list.of_lists) {
		if (first_only && span_le32(list.elements, 0, &below))
			each(context, below);
		return;
	}
	for (size_t off = 0; span_le32(list.elements, off, &below); off += list.stride) {
		visit(image, below, first_only, nesting + 1, each, context);
		if (first_only)
			return;
	}
}

void subkeys_each_list(const struct image *image, uint32_t list_rel, uint32_t count,
		       subkeys_visit *each, void *context)
{
	visit(image, list_rel, count == 0, 0, each, context);
}

/* True if the list's first key names the owner as its parent. */
static bool belongs_here(const struct reader *reader, uint32_t owner_rel,
			 uint32_t list_rel)
{
	struct reader_key_wire child;
	struct list list;
	size_t declared;

	return open_list(reader->image, list_rel, &list, &declared) &&
	       first_key(reader, list, &child) && le32(child.parent) == owner_rel;
}

enum status subkeys_read(struct reader *reader, uint32_t owner_rel, uint32_t list_rel,
			 uint32_t count)
{
	reader->elements.n = reader->n_named = 0;
	reader->salvaged = reader->partial = reader->refused = false;
	/* A key without subkeys has no list, or an old offset of one. */
	if (count == 0 && !belongs_here(reader, owner_rel, list_rel))
		return STATUS_OK;
	RETURN_IF_FAILED(add_list(reader, owner_rel, owner_rel, list_rel, 0));
	if (reader->n_named != count)
		diag_at(reader->diags,
			reader->n_named < count ? DIAG_LIST_DAMAGED : DIAG_LIST_COUNT,
			reader_offset(reader, owner_rel),
			"key record: tells of %" PRIu32 " subkeys, its list names %zu",
			count, reader->n_named);
	/* With more than it tells of, one of the two is of another time. */
	reader->partial |= reader->n_named != count;
	if (reader->n_named < count)
		return salvage_subkeys(reader, owner_rel);
	return STATUS_OK;
}
