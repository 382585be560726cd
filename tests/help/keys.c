/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tree is gathered in linked lists and then laid out as struct key wants
 * it: children side by side, which cannot grow.  Data are exact copies on the
 * heap, so that a sanitizer sees a byte read too far.
 */
#include "help/keys.h"

#include <stdlib.h>
#include <string.h>

struct leaf {
	struct leaf *next;
	struct value value;
};

struct node {
	struct node *next, *children;
	struct leaf *leaves;
	const char *name;
};

struct copy {
	struct copy *next;
	void *bytes;
};

struct keys {
	struct arena *arena;
	struct copy *copies;
	struct node root;
};

static void *allocate(struct keys *keys, size_t n, size_t size)
{
	void *memory = arena_calloc(keys->arena, n, size);

	if (!memory)
		abort();
	return memory;
}

static void *copy_bytes(struct keys *keys, const void *bytes, size_t len)
{
	struct copy *copy = allocate(keys, 1, sizeof(*copy));

	copy->bytes = malloc(len ? len : 1);
	if (!copy->bytes)
		abort();
	if (len)
		memcpy(copy->bytes, bytes, len);
	copy->next = keys->copies;
	keys->copies = copy;
	return copy->bytes;
}

struct keys *keys_new(const char *root_name)
{
	struct keys *keys = calloc(1, sizeof(*keys));

	if (!keys || !(keys->arena = arena_new()))
		abort();
	keys->root.name = copy_bytes(keys, root_name, strlen(root_name) + 1);
	return keys;
}

void keys_free(struct keys *keys)
{
	for (struct copy *copy = keys->copies; copy; copy = copy->next)
		free(copy->bytes);
	arena_free(keys->arena);
	free(keys);
}

static struct node *child_of(struct keys *keys, struct node *parent, const char *name,
			     size_t len)
{
	struct node *node;

	for (node = parent->children; node; node = node->next)
		if (strlen(node->name) == len && memcmp(node->name, name, len) == 0)
			return node;
	node = allocate(keys, 1, sizeof(*node));
	char *copy = allocate(keys, len + 1, 1);
	memcpy(copy, name, len);
	node->name = copy;
	node->next = parent->children;
	parent->children = node;
	return node;
}

static struct node *node_at(struct keys *keys, const char *path)
{
	struct node *node = &keys->root;

	while (*path) {
		size_t len = strcspn(path, "\\");
		node = child_of(keys, node, path, len);
		path += len + (path[len] == '\\');
	}
	return node;
}

void keys_add(struct keys *keys, const char *path)
{
	(void)node_at(keys, path);
}

struct value keys_value(struct keys *keys, const char *name, uint32_t type,
			const void *data, size_t len)
{
	return (struct value){
		.name = copy_bytes(keys, name, strlen(name)),
		.name_len = (uint16_t)strlen(name),
		.data = copy_bytes(keys, data, len),
		.data_len = (uint32_t)len,
		.declared_len = (uint32_t)len,
		.type = type,
	};
}

void keys_data(struct keys *keys, const char *path, const char *name, uint32_t type,
	       const void *data, size_t len)
{
	struct node *node = node_at(keys, path);
	struct leaf *leaf = allocate(keys, 1, sizeof(*leaf));

	leaf->value = keys_value(keys, name, type, data, len);
	leaf->next = node->leaves;
	node->leaves = leaf;
}

static uint8_t digit(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c);

	if (!c || !at)
		abort();
	return (uint8_t)(at - digits);
}

static size_t from_hex(const char *hex, uint8_t *out)
{
	size_t n = 0;

	for (; *hex; hex++) {
		if (*hex == ' ')
			continue;
		out[n++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
		hex++;
	}
	return n;
}

struct value keys_hex_value(struct keys *keys, const char *name, const char *hex)
{
	uint8_t *bytes = allocate(keys, strlen(hex) / 2 + 1, 1);
	size_t len = from_hex(hex, bytes);

	return keys_value(keys, name, KEY_TYPE_BINARY, bytes, len);
}

void keys_hex(struct keys *keys, const char *path, const char *name, const char *hex)
{
	uint8_t *bytes = allocate(keys, strlen(hex) / 2 + 1, 1);
	size_t len = from_hex(hex, bytes);

	keys_data(keys, path, name, KEY_TYPE_BINARY, bytes, len);
}

static void add_text(struct keys *keys, const char *path, const char *name, uint32_t type,
		     const char *text)
{
	size_t len = 2 * (strlen(text) + 1);
	char *wide = allocate(keys, len, 1);

	for (size_t i = 0; text[i]; i++)
		wide[2 * i] = text[i];
	keys_data(keys, path, name, type, wide, len);
}

void keys_wide(struct keys *keys, const char *path, const char *name, const char *text)
{
	add_text(keys, path, name, KEY_TYPE_BINARY, text);
}

void keys_sz(struct keys *keys, const char *path, const char *name, const char *text)
{
	add_text(keys, path, name, KEY_TYPE_SZ, text);
}

static void add_number(struct keys *keys, const char *path, const char *name,
		       uint32_t type, uint32_t number)
{
	uint8_t bytes[4] = { (uint8_t)number, (uint8_t)(number >> 8),
			     (uint8_t)(number >> 16), (uint8_t)(number >> 24) };

	keys_data(keys, path, name, type, bytes, sizeof(bytes));
}

void keys_long(struct keys *keys, const char *path, const char *name, uint32_t number)
{
	add_number(keys, path, name, KEY_TYPE_BINARY, number);
}

void keys_dword(struct keys *keys, const char *path, const char *name, uint32_t number)
{
	add_number(keys, path, name, KEY_TYPE_DWORD, number);
}

/* Recursion is as deep as the test made its tree. */
static void lay_out(struct keys *keys, struct key *key, const struct node *node)
{
	for (const struct leaf *leaf = node->leaves; leaf; leaf = leaf->next)
		key->n_values++;
	key->values = allocate(keys, key->n_values, sizeof(*key->values));
	for (const struct leaf *leaf = node->leaves; leaf; leaf = leaf->next)
		*key->values++ = leaf->value;
	key->values -= key->n_values;
	key_sort_values(key);

	for (const struct node *child = node->children; child; child = child->next)
		key->n_children++;
	key->children = allocate(keys, key->n_children, sizeof(*key->children));
	for (const struct node *child = node->children; child; child = child->next)
		*key->children++ = (struct key){
			.parent = key,
			.name = (const uint8_t *)child->name,
			.name_len = (uint16_t)strlen(child->name),
			.depth = key->depth + 1,
		};
	key->children -= key->n_children;
	key_sort_children(key);
	/* A node is found again by the name it shares with its key. */
	for (uint32_t i = 0; i < key->n_children; i++)
		for (const struct node *child = node->children; child;
		     child = child->next)
			if ((const uint8_t *)child->name == key->children[i].name)
				lay_out(keys, &key->children[i], child);
}

struct key *keys_root(struct keys *keys)
{
	struct key *root = allocate(keys, 1, sizeof(*root));

	root->name = (const uint8_t *)keys->root.name;
	root->name_len = (uint16_t)strlen(keys->root.name);
	lay_out(keys, root, &keys->root);
	return root;
}
