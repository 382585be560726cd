/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hivex beside the own reader.  Its handles are the file offsets of cells
 * (hivexml's byte runs rely on that too), so both readers' keys and values
 * are brought together by place, not by name.  hivex gives no reason when it
 * refuses something: only errno.
 */
#include "regf/tree.h"

#include "regf/record.h"

#include <hivex.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A hive handle stands this far before the record that it names. */
#define HANDLE_TO_RECORD 4

struct tree {
	hive_h *hive;
	struct memfile copy; /* only where the base block had to be corrected */
	uint32_t limit; /* bytes of bins: no handle is past them */
};

/* One check in progress. */
struct check {
	hive_h *hive;
	bool whole;
	struct diag_list *diags;
	enum tree_verdict verdict;
};

/* A copy of the image's base block and whole pages of bins, as hivex wants them. */
static enum status make_copy(const struct image *image,
			     const uint8_t base[IMAGE_BASE_SIZE], struct memfile *copy)
{
	size_t pages = image->bins.len / IMAGE_BASE_SIZE;

	RETURN_IF_FAILED(memfile_init(copy));
	RETURN_IF_FAILED(memfile_append(copy, span_of(base, IMAGE_BASE_SIZE)));
	RETURN_IF_FAILED(memfile_append(copy,
					span_clip(image->bins, pages * IMAGE_BASE_SIZE)));
	return memfile_seal(copy);
}

enum status tree_open(const struct image *image, const struct memfile *file,
		      struct diag_list *diags, struct tree **out)
{
	uint8_t base[IMAGE_BASE_SIZE];
	char path[MEMFILE_PATH_SIZE];

	AUTO(tree_closep) struct tree *tree = calloc(1, sizeof(*tree));
	if (!tree)
		return STATUS_NOMEM;
	tree->copy.fd = -1;
	tree->limit = (uint32_t)image->bins.len;
	image_corrected_base(image, base);
	if (!span_starts(file->bytes, 0, base, sizeof(base))) {
		RETURN_IF_FAILED(make_copy(image, base, &tree->copy));
		file = &tree->copy;
	}
	memfile_path(file, path);
	tree->hive = hivex_open(path, 0);
	if (!tree->hive) {
		diag_at(diags, DIAG_READER_REFUSED, DIAG_NOWHERE,
			"hivex does not open this hive (%s)", strerror(errno));
		return STATUS_UNSUPPORTED;
	}
	*out = STEAL(tree);
	return STATUS_OK;
}

void tree_close(struct tree *tree)
{
	if (!tree)
		return;
	if (tree->hive)
		hivex_close(tree->hive);
	memfile_clear(&tree->copy);
	free(tree);
}

void tree_closep(struct tree **tree)
{
	tree_close(*tree);
}

/* ---- one hivex name against one own name ---- */

/* Decodes one character of well-formed UTF-8 (hivex makes no other). */
static uint32_t next_character(const unsigned char **at)
{
	const unsigned char *s = *at;
	unsigned more = s[0] < 0x80 ? 0 : s[0] < 0xe0 ? 1 : s[0] < 0xf0 ? 2 : 3;
	uint32_t c = more ? s[0] & (0x3fu >> more) : s[0];

	for (unsigned i = 1; i <= more && s[i]; i++)
		c = c << 6 | (s[i] & 0x3fu);
	*at += 1 + more;
	return c;
}

/* True if both are the same UTF-16; len is the bytes of utf8. */
static bool same_name(const char *utf8, size_t len, struct text own)
{
	const unsigned char *at = (const unsigned char *)utf8, *end = at + len;
	size_t n = text_length(own), i = 0;

	while (at < end) {
		uint32_t c = next_character(&at);
		if (c >= 0x10000) {
			if (i >= n || text_unit(own, i++) != 0xd7c0 + (c >> 10))
				return false;
			c = 0xdc00 + (c & 0x3ff);
		}
		if (i >= n || text_unit(own, i++) != c)
			return false;
	}
	return i == n;
}

static void freep(char **p)
{
	free(*p);
}

/* ---- holding against each other ---- */

static void refuses(struct check *check, uint64_t offset, const char *what)
{
	diag_at(check->diags, DIAG_READER_REFUSED, offset, "hivex does not read %s (%s)",
		what, strerror(errno));
	if (check->verdict < TREE_REFUSES)
		check->verdict = TREE_REFUSES;
}

static void differs(struct check *check, uint64_t offset, const char *what)
{
	diag_at(check->diags, DIAG_READER_DIFFERS, offset,
		"hivex reads %s than the own reader", what);
	check->verdict = TREE_DIFFERS;
}

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static int by_key_place(const void *a, const void *b)
{
	const struct key *x = *(const struct key *const *)a;
	const struct key *y = *(const struct key *const *)b;

	return (x->record_off > y->record_off) - (x->record_off < y->record_off);
}

static int by_value_place(const void *a, const void *b)
{
	const struct value *x = *(const struct value *const *)a;
	const struct value *y = *(const struct value *const *)b;

	return (x->record_off > y->record_off) - (x->record_off < y->record_off);
}

/* Lists come in order of place as a rule: looking is cheaper than sorting. */
static void sort(void *items, size_t n, size_t size, int (*order)(const void *, const void *))
{
	const char *item = items;

	for (size_t i = 1; i < n; i++, item += size)
		if (order(item, item + size) > 0) {
			qsort(items, n, size, order);
			return;
		}
}

static size_t count_handles(const size_t *handles)
{
	size_t n = 0;

	while (handles[n])
		n++;
	return n;
}

static void check_value(struct check *check, hive_value_h handle, const struct value *own)
{
	AUTO(freep) char *name = hivex_value_key(check->hive, handle);
	size_t len = name ? strlen(name) : 0;
	hive_type type;

	if (!name)
		return refuses(check, own->record_off, "the name of a value");
	/* Only a name that holds a NUL is longer than strlen() says. */
	if (!same_name(name, len, value_name(own)) &&
	    !same_name(name, hivex_value_key_len(check->hive, handle), value_name(own)))
		return differs(check, own->record_off, "another name of a value");
	if (hivex_value_type(check->hive, handle, &type, &len) != 0)
		return refuses(check, own->record_off, "the type of a value");
	if ((uint32_t)type != own->type || len != own->declared_len)
		return differs(check, own->record_off, "another type or size of a value");
	if (len == 0)
		return;
	AUTO(freep) char *data = hivex_value_value(check->hive, handle, &type, &len);
	if (!data)
		return refuses(check, own->record_off, "the data of a value");
	if (!span_equal(span_of(data, len), value_data(own)))
		differs(check, own->record_off, "other data of a value");
}

static void check_values(struct check *check, hive_node_h node, const struct key *own)
{
	hive_value_h *handles = hivex_node_values(check->hive, node);
	if (!handles)
		return refuses(check, own->record_off, "the values of a key");

	size_t n = count_handles(handles);
	const struct value **mine = calloc((size_t)own->n_values + 1, sizeof(struct value *));
	if (!mine || n != own->n_values) {
		differs(check, own->record_off, "another number of values of a key");
	} else {
		for (size_t i = 0; i < n; i++)
			mine[i] = &own->values[i];
		sort(handles, n, sizeof(*handles), by_size);
		sort(mine, n, sizeof(struct value *), by_value_place);
		for (size_t i = 0; i < n; i++)
			if (handles[i] + HANDLE_TO_RECORD == mine[i]->record_off)
				check_value(check, handles[i], mine[i]);
			else
				differs(check, mine[i]->record_off, "other values of a key");
	}
	free(mine);
	free(handles);
}

static void check_key(struct check *check, hive_node_h node, const struct key *own);

/* Bounded by the depth of the own tree, RECORD_MAX_DEPTH. */
static void check_children(struct check *check, hive_node_h node, const struct key *own)
{
	hive_node_h *handles = hivex_node_children(check->hive, node);
	if (!handles)
		return refuses(check, own->record_off, "the subkeys of a key");

	size_t n = count_handles(handles);
	const struct key **mine = calloc((size_t)own->n_children + 1, sizeof(struct key *));
	if (!mine || n != own->n_children) {
		differs(check, own->record_off, "another number of subkeys of a key");
	} else {
		for (size_t i = 0; i < n; i++)
			mine[i] = &own->children[i];
		sort(handles, n, sizeof(*handles), by_size);
		sort(mine, n, sizeof(struct key *), by_key_place);
		for (size_t i = 0; i < n; i++)
			if (handles[i] + HANDLE_TO_RECORD != mine[i]->record_off)
				differs(check, mine[i]->record_off, "other subkeys of a key");
			else if (check->whole)
				check_key(check, handles[i], mine[i]);
	}
	free(mine);
	free(handles);
}

static void check_key(struct check *check, hive_node_h node, const struct key *own)
{
	AUTO(freep) char *name = hivex_node_name(check->hive, node);

	if (!name)
		refuses(check, own->record_off, "the name of a key");
	else if (!same_name(name, strlen(name), key_name(own)) &&
		 !same_name(name, hivex_node_name_len(check->hive, node), key_name(own)))
		differs(check, own->record_off, "another name of a key");
	/* hivex gives -1 for times with the top bit set. */
	if (own->mtime_ft <= INT64_MAX &&
	    hivex_node_timestamp(check->hive, node) != (int64_t)own->mtime_ft)
		differs(check, own->record_off, "another time of a key");
	check_values(check, node, own);
	check_children(check, node, own);
}

/* The handle of own, if hivex reaches it from its root.  Return: 0 if not. */
static hive_node_h find_node(struct check *check, const struct key *own)
{
	if (!own->parent) {
		hive_node_h root = hivex_root(check->hive);
		if (root && root + HANDLE_TO_RECORD != own->record_off)
			root = 0;
		return root;
	}
	hive_node_h parent = find_node(check, own->parent), found = 0;
	hive_node_h *handles = parent ? hivex_node_children(check->hive, parent) : NULL;

	for (size_t i = 0; handles && handles[i] && !found; i++)
		if (handles[i] + HANDLE_TO_RECORD == own->record_off)
			found = handles[i];
	free(handles);
	return found;
}

void tree_check(struct tree *tree, const struct key *own, bool whole,
		struct diag_list *diags, enum tree_verdict *verdict)
{
	struct check check = {
		.hive = tree->hive, .whole = whole, .diags = diags, .verdict = *verdict
	};
	hive_node_h node = find_node(&check, own);

	if (node)
		check_key(&check, node, own);
	else
		differs(&check, own->record_off, "other keys on the way to a key");
	*verdict = check.verdict;
}

/* ---- reading all of it, for when the own reader could not ---- */

static bool copy_name(struct arena *arena, const char *utf8, size_t len,
		      const uint8_t **name, uint16_t *name_len)
{
	struct text units;

	if (!text_from_utf8(utf8, len, &units))
		return false;
	size_t n = units.bytes.len < UINT16_MAX ? units.bytes.len : UINT16_MAX - 1;
	uint8_t *copy = arena_calloc(arena, n + 1, 1);
	if (copy && span_copy(units.bytes, 0, copy, n)) {
		*name = copy;
		*name_len = (uint16_t)n;
	}
	text_free(units);
	return copy != NULL;
}

static enum status copy_value(struct check *check, struct arena *arena,
			      hive_value_h handle, struct value *value)
{
	AUTO(freep) char *name = hivex_value_key(check->hive, handle);
	hive_type type = hive_t_REG_NONE;
	size_t len = 0;

	*value = (struct value){ .record_off = (uint32_t)handle + HANDLE_TO_RECORD,
				 .flags = VALUE_FLAG_NAME_UTF16 | VALUE_FLAG_COPIED };
	if (!name)
		refuses(check, value->record_off, "the name of a value");
	else if (!copy_name(arena, name, hivex_value_key_len(check->hive, handle),
			    &value->name, &value->name_len))
		return STATUS_NOMEM;
	if (hivex_value_type(check->hive, handle, &type, &len) == 0) {
		value->type = (uint32_t)type;
		value->declared_len = (uint32_t)len;
	}
	if (value->declared_len == 0)
		return STATUS_OK;
	AUTO(freep) char *data = hivex_value_value(check->hive, handle, &type, &len);
	if (!data) {
		refuses(check, value->record_off, "the data of a value");
		value->flags |= VALUE_FLAG_SHORT;
		return STATUS_OK;
	}
	uint8_t *copy = arena_calloc(arena, len, 1);
	if (!copy && len)
		return STATUS_NOMEM;
	memcpy(copy, data, len);
	value->data = copy;
	value->data_len = (uint32_t)len;
	return STATUS_OK;
}

static enum status copy_values(struct check *check, struct arena *arena, hive_node_h node,
			       struct key *key)
{
	hive_value_h *handles = hivex_node_values(check->hive, node);
	enum status status = STATUS_OK;

	if (!handles) {
		refuses(check, key->record_off, "the values of a key");
		return STATUS_OK;
	}
	size_t n = count_handles(handles);
	key->values = arena_calloc(arena, n, sizeof(*key->values));
	if (!key->values && n)
		status = STATUS_NOMEM;
	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = copy_value(check, arena, handles[i], &key->values[key->n_values++]);
	free(handles);
	if (status == STATUS_OK)
		key_sort_values(key);
	return status;
}

static enum status copy_key(struct check *check, struct arena *arena, hive_node_h node,
			    struct key *key)
{
	AUTO(freep) char *name = hivex_node_name(check->hive, node);
	int64_t time = hivex_node_timestamp(check->hive, node);

	key->record_off = (uint32_t)node + HANDLE_TO_RECORD;
	key->security_rel = IMAGE_NIL;
	key->mtime_ft = time < 0 ? 0 : (uint64_t)time;
	key->flags = KEY_FLAG_NAME_UTF16;
	if (!name)
		refuses(check, key->record_off, "the name of a key");
	else if (!copy_name(arena, name, hivex_node_name_len(check->hive, node), &key->name,
			    &key->name_len))
		return STATUS_NOMEM;
	return copy_values(check, arena, node, key);
}

/* Keys already taken: in a damaged hive a key can be its own descendant. */
static enum status copy_children(struct check *check, struct arena *arena,
				 struct cellmap *taken, struct key *key)
{
	hive_node_h *handles =
		hivex_node_children(check->hive, key->record_off - HANDLE_TO_RECORD);
	enum status status = STATUS_OK;

	if (!handles) {
		refuses(check, key->record_off, "the subkeys of a key");
		return STATUS_OK;
	}
	size_t n = count_handles(handles);
	key->children = arena_calloc(arena, n, sizeof(*key->children));
	if (!key->children && n)
		status = STATUS_NOMEM;
	for (size_t i = 0; i < n && status == STATUS_OK; i++) {
		if (!cellmap_add(taken, (uint32_t)(handles[i] - IMAGE_BASE_SIZE)))
			continue;
		struct key *child = &key->children[key->n_children++];
		child->parent = key;
		child->depth = key->depth + 1;
		status = copy_key(check, arena, handles[i], child);
	}
	free(handles);
	if (status == STATUS_OK)
		key_sort_children(key);
	return status;
}

static enum status copy_tree(struct check *check, struct key_tree *keys, hive_node_h root,
			     struct cellmap *taken)
{
	(void)cellmap_add(taken, (uint32_t)(root - IMAGE_BASE_SIZE));
	RETURN_IF_FAILED(copy_key(check, keys->arena, root, keys->root));
	for (const struct key *key = keys->root; key; key = key_next(keys->root, key)) {
		if (key->depth < RECORD_MAX_DEPTH)
			RETURN_IF_FAILED(copy_children(check, keys->arena, taken,
						       (struct key *)(uintptr_t)key));
		else
			diag_at(check->diags, DIAG_DEPTH_LIMIT, key->record_off,
				"key record: %d levels below the root; its subkeys are "
				"not read", RECORD_MAX_DEPTH);
		keys->n_keys++;
		keys->n_values += key->n_values;
	}
	return STATUS_OK;
}

enum status tree_read(struct tree *tree, struct diag_list *diags, struct key_tree **out)
{
	struct check check = { .hive = tree->hive, .diags = diags };
	hive_node_h root = hivex_root(tree->hive);
	AUTO(key_tree_freep) struct key_tree *keys = calloc(1, sizeof(*keys));
	struct cellmap taken = { 0 };

	if (keys)
		keys->arena = arena_new();
	if (!keys || !keys->arena)
		return STATUS_NOMEM;
	if (!root)
		return STATUS_MALFORMED;
	keys->root = arena_calloc(keys->arena, 1, sizeof(*keys->root));
	if (!keys->root || !cellmap_init(&taken, tree->limit))
		return STATUS_NOMEM;
	enum status status = copy_tree(&check, keys, root, &taken);
	cellmap_clear(&taken);
	if (status == STATUS_OK)
		*out = STEAL(keys);
	return status;
}
