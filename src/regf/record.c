/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Key records, from the root downwards.  The walk keeps no stack: keys are
 * read in the order in which key_next() will visit them, so the tree that
 * exists so far is the to-do list.  Format: regf specification, "Key node",
 * "Key security".
 */
#include "regf/record.h"

#include "regf/bigdata.h"
#include "regf/reader.h"
#include "regf/salvage.h"
#include "regf/subkeys.h"
#include "regf/valuedata.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

static_assert(sizeof(struct reader_key_wire) == READER_KEY_SIZE, "key record");

/* Layered keys (differencing hives, version 1.6): low bits 1 = deleted in this layer. */
#define LAYERED_MASK 3
#define LAYERED_TOMBSTONE 1

/* Where the base block names the root's cell. */
#define BASE_ROOT_OFFSET 36

#define SECURITY_DESCRIPTOR 20 /* offset in an sk record, behind its size at 16 */

/* The separator of paths, which no key name may hold. */
static bool has_backslash(struct text name)
{
	if (!span_contains(name.bytes, "\\", 1))
		return false;
	for (size_t i = 0; i < text_length(name); i++)
		if (text_unit(name, i) == '\\')
			return true;
	return false;
}

/* Takes the name out of the cell; what is wrong with it is said. */
static void read_name(struct reader *reader, uint32_t rel, struct span cell,
		      const struct reader_key_wire *wire, struct key *key)
{
	struct span name = span_from(cell, READER_KEY_SIZE);
	uint16_t len = le16(wire->name_len);

	if (len > name.len)
		diag_at(reader->diags, DIAG_KEY_DAMAGED, reader_offset(reader, rel),
			"key record: name of %u bytes is longer than its cell (%zu)", len,
			name.len);
	/* It may be the name of what is looked for. */
	if (len > name.len)
		reader->partial = true;
	name = span_clip(name, len);
	key->name = name.ptr;
	key->name_len = (uint16_t)name.len;
	if (reader->image->base.minor < 2 ||
	    !(le16(wire->flags) & READER_KEY_COMPRESSED_NAME))
		key->flags |= KEY_FLAG_NAME_UTF16;
	if ((key->flags & KEY_FLAG_NAME_UTF16) && name.len % 2)
		diag_at(reader->diags, DIAG_KEY_NAME, reader_offset(reader, rel),
			"key record: UTF-16 name of an odd number of bytes (%zu)",
			name.len);
	else if (key->parent && has_backslash(key_name(key)))
		diag_at(reader->diags, DIAG_KEY_NAME, reader_offset(reader, rel),
			"key record: name holds a backslash");
}

/* What several keys may refer to, or none that is read. */
static void note_shared(struct reader *reader, const struct reader_key_wire *wire)
{
	(void)cellmap_add(&reader->shared, le32(wire->security));
	if (le16(wire->class_len) > 0)
		(void)cellmap_add(&reader->shared, le32(wire->class_name));
}

/*
 * Fills key from the record at rel; parent and depth are set already.
 * Return: false if there is no key record, or one that does not count.
 */
static bool read_key(struct reader *reader, uint32_t rel, struct key *key)
{
	struct reader_key_wire wire;
	struct span cell;

	if (!reader_key(reader->image, rel, &cell, &wire))
		return false;
	if (reader->image->base.minor >= READER_MINOR_LAYERED &&
	    (wire.layered[0] & LAYERED_MASK) == LAYERED_TOMBSTONE) {
		diag_at(reader->diags, DIAG_KEY_TOMBSTONE, reader_offset(reader, rel),
			"key record: marks a key as deleted in a lower layer");
		return false;
	}
	key->mtime_ft = le64(wire.time);
	key->record_off = image_file_offset(reader->image, cell.ptr);
	key->security_rel = le32(wire.security);
	note_shared(reader, &wire);
	read_name(reader, rel, cell, &wire, key);
	return true;
}

static void check_parent(struct reader *reader, const struct key *key, uint32_t owner_rel)
{
	uint32_t parent = 0;

	if (span_le32(reader->image->bytes,
		      key->record_off + offsetof(struct reader_key_wire, parent),
		      &parent) &&
	    parent != owner_rel)
		diag_at(reader->diags, DIAG_KEY_PARENT, key->record_off,
			"key record: names another parent (cell 0x%" PRIx32
			") than the key that lists it (cell 0x%" PRIx32 ")",
			parent, owner_rel);
}

static void check_duplicates(struct reader *reader, struct key *key)
{
	for (uint32_t i = 1; i < key->n_children; i++) {
		if (!text_equal(key_name(&key->children[i - 1]),
				key_name(&key->children[i])))
			continue;
		key->flags |= KEY_FLAG_NAMES_TWICE;
		diag_at(reader->diags, DIAG_KEY_DUPLICATE, key->children[i].record_off,
			"key record: its parent has another key of that name");
	}
}

/* Reads the children that reader->elements names. */
static enum status read_children(struct reader *reader, struct key *key, uint32_t rel)
{
	key->children = arena_calloc(reader->tree->arena, reader->elements.n,
				     sizeof(*key->children));
	if (!key->children && reader->elements.n)
		return STATUS_NOMEM;
	for (size_t i = 0; i < reader->elements.n; i++) {
		struct key *child = &key->children[key->n_children];
		*child = (struct key){ .parent = key, .depth = key->depth + 1 };
		if (!read_key(reader, reader->elements.items[i].rel, child))
			continue;
		check_parent(reader, child, rel);
		if (!subkeys_hint_fits(&reader->elements.items[i], key_name(child))) {
			diag_at(reader->diags, DIAG_KEY_HINT, child->record_off,
				"key record: its name is not the one that its parent's list "
				"keeps a %s of",
				reader->elements.items[i].kind == READER_HINT_HASH
					? "hash"
					: "part");
			reader->partial = true;
		}
		key->n_children++;
	}
	if (!key_sort_children(key) && !reader->salvaged)
		diag_at(reader->diags, DIAG_LIST_ORDER, key->record_off,
			"key record: its subkeys are not listed in order of their names");
	check_duplicates(reader, key);
	if (reader->partial)
		key->flags |= KEY_FLAG_SUBKEYS_PARTIAL;
	if (reader->refused)
		key->flags |= KEY_FLAG_SUBKEYS_REFUSED;
	return STATUS_OK;
}

/* Reads what hangs on a key whose own record has been read. */
static enum status read_below(struct reader *reader, struct key *key)
{
	uint32_t rel = key->record_off - IMAGE_BASE_SIZE - reader->image->cell_header;
	struct reader_key_wire wire;
	struct span cell;

	if (!reader_key(reader->image, rel, &cell, &wire))
		return STATUS_OK;
	RETURN_IF_FAILED(reader_used(reader, cell, READER_KEY_SIZE + key->name_len));
	if (!(le16(wire.flags) & READER_KEY_PREDEFINED_HANDLE))
		RETURN_IF_FAILED(valuedata_read(reader, key, le32(wire.values),
						le32(wire.n_values)));
	if (le32(wire.n_subkeys) > 0 && key->depth >= RECORD_MAX_DEPTH) {
		diag_at(reader->diags, DIAG_DEPTH_LIMIT, key->record_off,
			"key record: %d levels below the root; its subkeys are not read",
			RECORD_MAX_DEPTH);
		key->flags |= KEY_FLAG_SUBKEYS_PARTIAL;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(
		subkeys_read(reader, rel, le32(wire.subkeys), le32(wire.n_subkeys)));
	return read_children(reader, key, rel);
}

/*
 * A root that cannot be read: another record that is marked as root, or else
 * a nameless key in its place whose subkeys are those that name its cell.
 */
static enum status restore_root(struct reader *reader)
{
	uint32_t lost = reader->image->base.root_rel, rel = IMAGE_NIL;
	struct key *root = reader->tree->root;
	enum status status = salvage_root(reader, lost, &rel);

	if (status == STATUS_OK) {
		*root = (struct key){ 0 };
		(void)reader_claim(reader, rel);
		return read_key(reader, rel, root) ? STATUS_OK : STATUS_MALFORMED;
	}
	if (status != STATUS_ABSENT)
		return status;
	*root = (struct key){ .security_rel = IMAGE_NIL };
	reader->elements.n = 0;
	RETURN_IF_FAILED(salvage_subkeys(reader, lost));
	reader->partial = true;
	if (reader->elements.n == 0)
		return STATUS_MALFORMED;
	return read_children(reader, root, lost);
}

/*
 * True for a key that is another's subkey and not marked as root: a root
 * offset that leads there is wrong, and believing it would lose the rest.
 */
static bool is_listed(const struct reader *reader, uint32_t rel)
{
	struct reader_key_wire wire, parent;
	struct span cell;

	return reader_key(reader->image, rel, &cell, &wire) &&
	       !(le16(wire.flags) & READER_KEY_HIVE_ENTRY) &&
	       reader_key(reader->image, le32(wire.parent), &cell, &parent) &&
	       subkeys_name(reader, le32(parent.subkeys), rel);
}

static enum status read_root(struct reader *reader)
{
	struct key_tree *tree = reader->tree;

	tree->root = arena_calloc(tree->arena, 1, sizeof(*tree->root));
	if (!tree->root)
		return STATUS_NOMEM;
	uint32_t rel = reader->image->base.root_rel;
	if (!is_listed(reader, rel) && read_key(reader, rel, tree->root)) {
		(void)reader_claim(reader, rel);
		return STATUS_OK;
	}
	diag_at(reader->diags, DIAG_ROOT_LOST, BASE_ROOT_OFFSET,
		"base block: its root offset leads to no root key");
	return restore_root(reader);
}

static enum status read_tree(struct reader *reader)
{
	struct key_tree *tree = reader->tree;

	RETURN_IF_FAILED(read_root(reader));
	for (struct key *key = tree->root; key; key = key_next_mutable(tree->root, key)) {
		/* A restored root has no record. */
		if (key->record_off > 0)
			RETURN_IF_FAILED(read_below(reader, key));
		tree->n_keys++;
		tree->n_values += key->n_values;
	}
	return STATUS_OK;
}

enum status record_read(const struct image *image, struct diag_list *diags,
			struct usage *usage, struct key_tree **out)
{
	AUTO(key_tree_freep) struct key_tree *tree = calloc(1, sizeof(*tree));
	if (tree)
		tree->arena = arena_new();
	if (!tree || !tree->arena)
		return STATUS_NOMEM;

	struct usage own = { 0 };
	struct reader reader = { .image = image,
				 .diags = diags,
				 .tree = tree,
				 .usage = usage ? usage : &own };
	enum status status = usage_init(reader.usage, (uint32_t)image->bins.len);
	if (status == STATUS_OK &&
	    !cellmap_init(&reader.shared, reader.usage->referenced.limit))
		status = STATUS_NOMEM;
	if (status == STATUS_OK)
		status = read_tree(&reader);
	if (status == STATUS_OK)
		cellmap_unite(&reader.usage->referenced, &reader.shared);
	cellmap_clear(&reader.shared);
	usage_clear(&own);
	free(reader.elements.items);
	free(reader.orphans.items);
	if (status == STATUS_OK)
		*out = STEAL(tree);
	return status;
}

bool record_subkey_count(const struct image *image, uint32_t record_off, uint32_t *count)
{
	return span_le32(image->bytes,
			 record_off + offsetof(struct reader_key_wire, n_subkeys), count);
}

bool record_security(const struct image *image, uint32_t security_rel,
		     struct span *descriptor)
{
	struct span cell;
	uint32_t len = 0;

	return image_cell(image, security_rel, &cell) && span_starts(cell, 0, "sk", 2) &&
	       span_le32(cell, SECURITY_DESCRIPTOR - 4, &len) &&
	       span_sub(cell, SECURITY_DESCRIPTOR, len, descriptor);
}

struct record_run record_key_run(const struct key *key)
{
	return (struct record_run){ key->record_off, READER_KEY_SIZE + key->name_len };
}

struct record_run record_value_run(const struct value *value)
{
	return (struct record_run){ value->record_off,
				    READER_VALUE_SIZE + value->name_len };
}

size_t record_data_runs(const struct image *image, const struct value *value,
			struct record_run *runs, size_t max)
{
	uint32_t rel = 0, done = 0;
	struct span cell, bytes;
	struct bigdata big;
	size_t n = 0;

	if (value->data_len == 0 || (value->flags & VALUE_FLAG_COPIED))
		return 0;
	if (!(value->flags & VALUE_FLAG_SEGMENTED)) {
		if (max > 0)
			runs[0] = (struct record_run){
				image_file_offset(image, value->data), value->data_len
			};
		return 1;
	}
	if (!span_le32(image->bytes,
		       value->record_off + offsetof(struct reader_value_wire, data),
		       &rel) ||
	    !image_cell(image, rel, &cell) || !bigdata_open(image, cell, &big))
		return 0;
	for (size_t i = 0; done < value->data_len; i++, n++) {
		if (!bigdata_segment(image, &big, i, value->data_len - done, &rel,
				     &bytes) ||
		    bytes.len == 0)
			break;
		if (n < max)
			runs[n] =
				(struct record_run){ image_file_offset(image, bytes.ptr),
						     (uint32_t)bytes.len };
		done += (uint32_t)bytes.len;
	}
	return n;
}
