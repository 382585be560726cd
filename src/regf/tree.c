/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hivex, the second reader: opening an image with it, and reading a whole
 * hive with it alone.  hivex gives no reason when it refuses something, only
 * errno.
 */
#include "regf/tree.h"

#include "base/workers.h"
#include "regf/hivexhandle.h"
#include "regf/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A copy of the image's base block and whole pages of bins, as hivex wants them. */
static enum status make_copy(const struct image *image,
			     const uint8_t base[IMAGE_BASE_SIZE], struct memfile *copy)
{
	size_t pages = image->bins.len / IMAGE_BASE_SIZE;

	RETURN_IF_FAILED(memfile_init(copy));
	RETURN_IF_FAILED(memfile_append(copy, span_of(base, IMAGE_BASE_SIZE)));
	RETURN_IF_FAILED(
		memfile_append(copy, span_clip(image->bins, pages * IMAGE_BASE_SIZE)));
	return memfile_seal(copy);
}

/* As hivex 1.3.23 names them for iconv(3). */
const char *const tree_code_pages[] = { "LATIN1", "UTF-16LE", NULL };

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
	tree->left = HIVEXHANDLE_BUDGET * (uint64_t)tree->limit;
	image_corrected_base(image, base);
	if (!span_starts(file->bytes, 0, base, sizeof(base))) {
		RETURN_IF_FAILED(make_copy(image, base, &tree->copy));
		file = &tree->copy;
	}
	memfile_path(file, path);
	tree->hive = hivex_open(path, 0);
	if (!tree->hive) {
		if (hivexhandle_lacked_memory())
			return STATUS_NOMEM;
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

/* ---- opening beside ---- */

/* Below this hivex is done before a thread has begun. */
#define BESIDE_MIN ((size_t)4 * 1024 * 1024)

struct tree_opening {
	const struct image *image;
	const struct memfile *file;
	struct diag_list *diags; /* its own: the caller's are another thread's */
	struct tree *tree;
	enum status status;
	struct workers_beside *beside; /* NULL: it is opened when asked for */
};

static void open_now(void *context, size_t number)
{
	struct tree_opening *opening = context;

	(void)number;
	opening->status =
		tree_open(opening->image, opening->file, opening->diags, &opening->tree);
}

enum status tree_begin(const struct image *image, const struct memfile *file, bool beside,
		       struct tree_opening **out)
{
	struct tree_opening *opening = calloc(1, sizeof(*opening));

	if (!opening)
		return STATUS_NOMEM;
	opening->image = image;
	opening->file = file;
	opening->diags = diag_list_new();
	if (!opening->diags) {
		free(opening);
		return STATUS_NOMEM;
	}
	if (beside && image->bins.len >= BESIDE_MIN)
		opening->beside = workers_begin(open_now, opening);
	*out = opening;
	return STATUS_OK;
}

enum status tree_opened(struct tree_opening *opening, struct diag_list *diags,
			struct tree **out)
{
	if (opening->beside)
		workers_wait(STEAL(opening->beside));
	else
		open_now(opening, 0);
	diag_list_append(diags, opening->diags);
	*out = STEAL(opening->tree);
	return opening->status;
}

void tree_opening_freep(struct tree_opening **opening)
{
	if (!*opening)
		return;
	workers_wait((*opening)->beside);
	tree_close((*opening)->tree);
	diag_list_free((*opening)->diags);
	free(*opening);
}

/* ---- reading all of it, for when the own reader could not ---- */

/* One reading in progress. */
struct source {
	struct tree *tree;
	hive_h *hive;
	struct diag_list *diags;
};

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

static enum status copy_value(const struct source *source, struct arena *arena,
			      hive_value_h handle, struct value *value)
{
	AUTO(hivexhandle_freep) char *name = hivex_value_key(source->hive, handle);
	hive_type type = hive_t_REG_NONE;
	size_t len = 0;

	*value = (struct value){ .record_off = (uint32_t)handle + HIVEXHANDLE_TO_RECORD,
				 .flags = VALUE_FLAG_NAME_UTF16 | VALUE_FLAG_COPIED };
	if (!name)
		RETURN_IF_FAILED(hivexhandle_refused(source->diags, value->record_off,
						     "the name of a value"));
	else if (!copy_name(arena, name, hivex_value_key_len(source->hive, handle),
			    &value->name, &value->name_len))
		return STATUS_NOMEM;
	if (hivex_value_type(source->hive, handle, &type, &len) == 0) {
		value->type = (uint32_t)type;
		value->declared_len = (uint32_t)len;
	}
	if (value->declared_len == 0)
		return STATUS_OK;
	if (!hivexhandle_spend(source->tree, value->declared_len)) {
		value->flags |= VALUE_FLAG_SHORT;
		return STATUS_OK;
	}
	AUTO(hivexhandle_freep)
	char *data = hivex_value_value(source->hive, handle, &type, &len);
	if (!data) {
		RETURN_IF_FAILED(hivexhandle_refused(source->diags, value->record_off,
						     "the data of a value"));
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

/*
 * Before a list is asked for: what it tells of, but no more than there can be.
 * Return: false if not so much is left.
 */
static bool spend_list(struct tree *tree, size_t told, uint64_t each)
{
	uint64_t room = tree->limit / each;

	return hivexhandle_spend(tree, each * (told < room ? told : room));
}

static enum status copy_values(const struct source *source, struct arena *arena,
			       hive_node_h node, struct key *key)
{
	size_t told = hivex_node_nr_values(source->hive, node);
	enum status status = STATUS_OK;

	if (!spend_list(source->tree, told, HIVEXHANDLE_VALUE)) {
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
		return STATUS_OK;
	}
	hive_value_h *handles = hivex_node_values(source->hive, node);
	if (!handles)
		return hivexhandle_refused(source->diags, key->record_off,
					   "the values of a key");
	size_t n = hivexhandle_count(handles);
	key->values = arena_calloc(arena, n, sizeof(*key->values));
	if (!key->values && n)
		status = STATUS_NOMEM;
	for (size_t i = 0; i < n && status == STATUS_OK; i++)
		status = copy_value(source, arena, handles[i],
				    &key->values[key->n_values++]);
	if (source->tree->spent)
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
	free(handles);
	if (status == STATUS_OK)
		key_sort_values(key);
	return status;
}

static enum status copy_key(const struct source *source, struct arena *arena,
			    hive_node_h node, struct key *key)
{
	AUTO(hivexhandle_freep) char *name = hivex_node_name(source->hive, node);
	int64_t time = hivex_node_timestamp(source->hive, node);

	key->record_off = (uint32_t)node + HIVEXHANDLE_TO_RECORD;
	key->security_rel = IMAGE_NIL;
	key->mtime_ft = time < 0 ? 0 : (uint64_t)time;
	key->flags = KEY_FLAG_NAME_UTF16;
	if (!name)
		RETURN_IF_FAILED(hivexhandle_refused(source->diags, key->record_off,
						     "the name of a key"));
	else if (!copy_name(arena, name, hivex_node_name_len(source->hive, node),
			    &key->name, &key->name_len))
		return STATUS_NOMEM;
	return copy_values(source, arena, node, key);
}

/* Keys already taken: in a damaged hive a key can be its own descendant. */
static enum status copy_children(const struct source *source, struct arena *arena,
				 struct cellmap *taken, struct key *key)
{
	hive_node_h node = key->record_off - HIVEXHANDLE_TO_RECORD;
	size_t told = hivex_node_nr_children(source->hive, node);
	enum status status = STATUS_OK;

	if (!spend_list(source->tree, told, HIVEXHANDLE_KEY)) {
		key->flags |= KEY_FLAG_SUBKEYS_PARTIAL;
		return STATUS_OK;
	}
	hive_node_h *handles = hivex_node_children(source->hive, node);
	if (!handles)
		return hivexhandle_refused(source->diags, key->record_off,
					   "the subkeys of a key");
	size_t n = hivexhandle_count(handles);
	key->children = arena_calloc(arena, n, sizeof(*key->children));
	if (!key->children && n)
		status = STATUS_NOMEM;
	for (size_t i = 0; i < n && status == STATUS_OK; i++) {
		if (!cellmap_add(taken, (uint32_t)(handles[i] - IMAGE_BASE_SIZE)))
			continue;
		struct key *child = &key->children[key->n_children++];
		child->parent = key;
		child->depth = key->depth + 1;
		status = copy_key(source, arena, handles[i], child);
	}
	free(handles);
	if (status == STATUS_OK)
		(void)key_sort_children(key);
	return status;
}

static enum status copy_tree(const struct source *source, struct key_tree *keys,
			     hive_node_h root, struct cellmap *taken)
{
	(void)cellmap_add(taken, (uint32_t)(root - IMAGE_BASE_SIZE));
	RETURN_IF_FAILED(copy_key(source, keys->arena, root, keys->root));
	for (struct key *key = keys->root; key; key = key_next_mutable(keys->root, key)) {
		if (key->depth < RECORD_MAX_DEPTH)
			RETURN_IF_FAILED(copy_children(source, keys->arena, taken, key));
		else if (hivex_node_nr_children(source->hive,
						key->record_off - HIVEXHANDLE_TO_RECORD) >
			 0)
			diag_at(source->diags, DIAG_DEPTH_LIMIT, key->record_off,
				"key record: %d levels below the root; its subkeys are "
				"not read",
				RECORD_MAX_DEPTH);
		keys->n_keys++;
		keys->n_values += key->n_values;
	}
	return STATUS_OK;
}

enum status tree_read(struct tree *tree, struct diag_list *diags, struct key_tree **out)
{
	struct source source = { .tree = tree, .hive = tree->hive, .diags = diags };
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
	enum status status = copy_tree(&source, keys, root, &taken);
	cellmap_clear(&taken);
	if (tree->spent)
		diag_at(diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"hivex, which alone reads this hive, was asked for %d times its "
			"bytes; the rest is not read",
			HIVEXHANDLE_BUDGET);
	if (status == STATUS_OK)
		*out = STEAL(keys);
	return status;
}
