// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Keys: making, finding, copying and deleting them, with the counts and times that
 * Windows keeps in the parent (regf specification, "Key node").
 */
#include "builder_private.h"

#include <string.h>

enum {
	FLAG_ROOT = 0x04 | 0x08, /* hive entry, not to be deleted */
	FLAG_LATIN1 = 0x20,
	LAYERED_TOMBSTONE = 1,
};

void builder_key_name(const struct builder *b, builder_key key, struct builder_name *name)
{
	builder_name_load(name, builder_cell_data(b, key) + NK_NAME,
			  builder_get16(b, key, NK_NAME_LEN),
			  builder_get16(b, key, NK_FLAGS) & FLAG_LATIN1);
}

/* Return: a key without subkeys, values and security, in nobody's list. */
static builder_key new_key(struct builder *b, builder_key parent,
			   const struct builder_name *name, uint64_t filetime)
{
	size_t size = builder_name_size(b, name);
	builder_key key = builder_cell_alloc(b, NK_NAME + size);

	memset(builder_cell_data(b, key), 0, NK_NAME);
	memcpy(builder_cell_data(b, key), "nk", 2);
	builder_put16(b, key, NK_FLAGS,
		      builder_name_is_latin1(b, name) ? FLAG_LATIN1 : 0);
	builder_put64(b, key, NK_FILETIME, filetime);
	builder_put32(b, key, NK_PARENT, parent);
	builder_put32(b, key, NK_LIST, NIL);
	builder_put32(b, key, NK_VOLATILE_LIST, NIL);
	builder_put32(b, key, NK_VALUE_LIST, NIL);
	builder_put32(b, key, NK_SECURITY, NIL);
	builder_put32(b, key, NK_CLASS, NIL);
	builder_put16(b, key, NK_NAME_LEN, (uint16_t)size);
	builder_name_store(b, name, builder_cell_data(b, key) + NK_NAME);
	return key;
}

void builder_key_root(struct builder *b)
{
	struct builder_name name;
	const char *text = b->options.root_name != NULL ? b->options.root_name : "ROOT";

	builder_name_utf8(&name, text, strlen(text));
	b->root = new_key(b, NIL, &name, b->options.last_written);
	builder_put16(b, b->root, NK_FLAGS,
		      builder_get16(b, b->root, NK_FLAGS) | FLAG_ROOT);
	builder_put32(b, b->root, NK_SECURITY,
		      builder_security_take(b, b->options.user_sid));
}

builder_key builder_root(const struct builder *b)
{
	return b->root;
}

uint32_t builder_key_count(const struct builder *b, builder_key key)
{
	return builder_get32(b, key, NK_SUBKEYS);
}

static builder_key add(struct builder *b, builder_key parent,
		       const struct builder_name *name, uint64_t filetime)
{
	if (parent == BUILDER_NO_KEY)
		builder_die("no key to add to");
	builder_key key = builder_list_find(b, parent, name);
	if (key != BUILDER_NO_KEY)
		return key;
	key = new_key(b, parent, name, filetime);
	uint32_t security = builder_get32(b, parent, NK_SECURITY);
	builder_security_share(b, security);
	builder_put32(b, key, NK_SECURITY, security);

	builder_list_insert(b, parent, name, key);
	builder_put32(b, parent, NK_SUBKEYS, builder_key_count(b, parent) + 1);
	if (builder_get16(b, parent, NK_MAX_NAME) < 2 * name->n)
		builder_put16(b, parent, NK_MAX_NAME, (uint16_t)(2 * name->n));
	builder_key_touch(b, parent, filetime);
	return key;
}

builder_key builder_key_add(struct builder *b, builder_key parent, const char *text,
			    uint64_t filetime)
{
	struct builder_name name;

	builder_name_utf8(&name, text, strlen(text));
	return add(b, parent, &name, filetime);
}

builder_key builder_key_add_units(struct builder *b, builder_key parent,
				  const uint16_t *units, size_t n, uint64_t filetime)
{
	struct builder_name name;

	builder_name_units(&name, units, n);
	return add(b, parent, &name, filetime);
}

/* Takes the next part off a path. Return: false at its end. */
static bool next_part(const char **path, struct builder_name *part)
{
	size_t len = strcspn(*path, "\\");

	if (len == 0)
		return false;
	builder_name_utf8(part, *path, len);
	*path += len;
	if (**path == '\\')
		++*path;
	return true;
}

builder_key builder_path(struct builder *b, const char *path, uint64_t filetime)
{
	struct builder_name part;
	builder_key key = b->root;

	while (next_part(&path, &part))
		key = add(b, key, &part, filetime);
	return key;
}

builder_key builder_key_find(const struct builder *b, builder_key key, const char *path)
{
	struct builder_name part;

	while (key != BUILDER_NO_KEY && next_part(&path, &part))
		key = builder_list_find(b, key, &part);
	return key;
}

void builder_key_touch(struct builder *b, builder_key key, uint64_t filetime)
{
	builder_put64(b, key, NK_FILETIME, filetime);
}

static void free_class(struct builder *b, builder_key key)
{
	if (builder_get16(b, key, NK_CLASS_LEN) != 0)
		builder_cell_free(b, builder_get32(b, key, NK_CLASS));
}

/* A class name is UTF-16LE whatever its characters, in a cell of its own. */
static void set_class(struct builder *b, builder_key key, const struct builder_name *name)
{
	free_class(b, key);
	uint32_t cell = builder_cell_alloc(b, 2 * name->n);
	for (size_t i = 0; i < name->n; i++)
		builder_put16(b, cell, 2 * i, name->units[i]);
	builder_put32(b, key, NK_CLASS, cell);
	builder_put16(b, key, NK_CLASS_LEN, (uint16_t)(2 * name->n));
}

void builder_key_class(struct builder *b, builder_key key, const char *class_name)
{
	struct builder_name name;

	builder_name_utf8(&name, class_name, strlen(class_name));
	set_class(b, key, &name);
}

void builder_key_security(struct builder *b, builder_key key, const char *user_sid)
{
	uint32_t old = builder_get32(b, key, NK_SECURITY);

	builder_put32(b, key, NK_SECURITY, builder_security_take(b, user_sid));
	builder_security_drop(b, old);
}

/*
 * The freed record keeps name, time, parent, value count and list offset. Its subkey
 * count is 0 and its list nil, because the children went first. (Measured on real hives.)
 */
void builder_key_delete(struct builder *b, builder_key key, uint64_t filetime)
{
	uint32_t n;

	if (key == BUILDER_NO_KEY || key == b->root)
		builder_die("no key to delete");
	while ((n = builder_key_count(b, key)) > 0)
		builder_key_delete(b, builder_list_at(b, key, n - 1), filetime);

	builder_key parent = builder_get32(b, key, NK_PARENT);
	builder_list_remove(b, parent, key);
	uint32_t siblings = builder_key_count(b, parent) - 1;
	builder_put32(b, parent, NK_SUBKEYS, siblings);
	if (siblings == 0)
		builder_put16(b, parent, NK_MAX_NAME, 0);
	builder_key_touch(b, parent, filetime);

	builder_value_free_all(b, key);
	builder_security_drop(b, builder_get32(b, key, NK_SECURITY));
	free_class(b, key);
	builder_cell_free(b, key);
}

void builder_key_tombstone(struct builder *b, builder_key key)
{
	if (key == BUILDER_NO_KEY || b->options.minor < 6)
		builder_die("no key of a layered hive");
	builder_cell_data(b, key)[NK_LAYERED] = LAYERED_TOMBSTONE;
}

__attribute__((noinline)) static void copy_class(struct builder *b, builder_key from,
						 builder_key to)
{
	struct builder_name name;
	size_t len = builder_get16(b, from, NK_CLASS_LEN);

	if (len == 0)
		return;
	builder_name_load(&name, builder_cell_data(b, builder_get32(b, from, NK_CLASS)),
			  len, false);
	set_class(b, to, &name);
}

/* Kept apart from the recursion, or every level would hold a name on the stack. */
__attribute__((noinline)) static builder_key add_namesake(struct builder *b,
							  builder_key key,
							  builder_key parent,
							  uint64_t filetime)
{
	struct builder_name name;

	builder_key_name(b, key, &name);
	return add(b, parent, &name, filetime);
}

static void copy_content(struct builder *b, builder_key from, builder_key to,
			 uint64_t filetime)
{
	copy_class(b, from, to);
	builder_value_copy_all(b, from, to);
	for (uint32_t i = 0; i < builder_key_count(b, from); i++) {
		builder_key child = builder_list_at(b, from, i);

		copy_content(b, child, add_namesake(b, child, to, filetime), filetime);
	}
}

builder_key builder_key_copy(struct builder *b, builder_key key, builder_key parent,
			     const char *name, uint64_t filetime)
{
	if (key == BUILDER_NO_KEY)
		builder_die("no key to copy");
	builder_key made = builder_key_add(b, parent, name, filetime);
	copy_content(b, key, made, filetime);
	return made;
}

size_t builder_key_offset(const struct builder *b, builder_key key)
{
	return (size_t)(builder_cell_data(b, key) - b->image);
}

size_t builder_key_list_offset(const struct builder *b, builder_key key)
{
	return builder_key_offset(b, builder_get32(b, key, NK_LIST));
}

size_t builder_key_values_offset(const struct builder *b, builder_key key)
{
	return builder_key_offset(b, builder_get32(b, key, NK_VALUE_LIST));
}
