/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain keys and values: order, lookup and walks.  Nothing here knows how a
 * hive stores them.
 */
#include "regf/key.h"

#include "base/array.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void key_tree_free(struct key_tree *tree)
{
	if (!tree)
		return;
	arena_free(tree->arena);
	free(tree);
}

void key_tree_freep(struct key_tree **tree)
{
	key_tree_free(*tree);
}

struct text key_name(const struct key *key)
{
	return (struct text){
		.bytes = span_of(key->name, key->name_len),
		.encoding = key->flags & KEY_FLAG_NAME_UTF16 ? TEXT_UTF16LE : TEXT_LATIN1,
	};
}

struct text value_name(const struct value *value)
{
	return (struct text){
		.bytes = span_of(value->name, value->name_len),
		.encoding =
			value->flags & VALUE_FLAG_NAME_UTF16 ? TEXT_UTF16LE : TEXT_LATIN1,
	};
}

struct span value_data(const struct value *value)
{
	return span_of(value->data, value->data_len);
}

bool value_has_own_cell(const struct value *value)
{
	return value->data_len > 0 &&
	       !(value->flags & (VALUE_FLAG_INLINE | VALUE_FLAG_SEGMENTED));
}

/* Same name twice (it happens in damaged hives): the place decides. */
static int by_place(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = text_compare(key_name(x), key_name(y));

	return order ? order : by_place(x->record_off, y->record_off);
}

static int compare_values(const void *a, const void *b)
{
	const struct value *x = a, *y = b;
	int order = text_compare(value_name(x), value_name(y));

	return order ? order : by_place(x->record_off, y->record_off);
}

/* Lists come sorted as a rule: looking is cheaper than sorting. */
bool key_sort_children(struct key *key)
{
	for (uint32_t i = 1; i < key->n_children; i++)
		if (compare_keys(&key->children[i - 1], &key->children[i]) > 0) {
			qsort(key->children, key->n_children, sizeof(*key->children),
			      compare_keys);
			return false;
		}
	return true;
}

/* Bytes that are all below 0x80, and what makes those from 'a' to 'z' upper case. */
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define EACH_BYTE UINT64_C(0x0101010101010101)

static uint64_t upcase_ascii(uint64_t bytes)
{
	uint64_t from_a = bytes + EACH_BYTE * (0x80 - 'a');
	uint64_t behind_z = bytes + EACH_BYTE * (0x80 - 'z' - 1);

	return bytes - ((from_a & ~behind_z & HIGH_BITS) >> 2);
}

/*
 * The first eight units of a name, upper-cased, as a number: of two names whose numbers
 * differ, the lower one comes first.  A unit that a byte cannot hold ends it, for what
 * follows it decides only where such units are the same.
 */
static uint64_t rank_of(struct text name)
{
	uint8_t head[8] = { 0 };
	size_t n = text_length(name) < 8 ? text_length(name) : 8;
	uint64_t rank = 0;

	if (name.encoding == TEXT_LATIN1 && span_copy(name.bytes, 0, head, n) &&
	    !(le64(head) & HIGH_BITS))
		return __builtin_bswap64(upcase_ascii(le64(head)));
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_upcase(text_unit(name, i));
		rank |= (uint64_t)(unit < 0xff ? unit : 0xff) << (56 - 8 * i);
		if (unit >= 0xff)
			break;
	}
	return rank;
}

/* A value's rank, and where it stands. */
struct ranked {
	uint64_t rank;
	const struct value *value;
};

/* More are sorted as they stand: with few it is cheaper to move their ranks. */
#define FEW_VALUES 32

static bool is_before(const struct ranked *a, const struct ranked *b)
{
	return a->rank != b->rank ? a->rank < b->rank
				  : compare_values(a->value, b->value) < 0;
}

static void sort_few(struct value *values, uint32_t n)
{
	struct ranked order[FEW_VALUES];
	struct value sorted[FEW_VALUES];
	bool moved = false;

	for (uint32_t i = 0; i < n; i++) {
		struct ranked one = { rank_of(value_name(&values[i])), &values[i] };
		uint32_t at = i;
		for (; at > 0 && is_before(&one, &order[at - 1]); at--)
			order[at] = order[at - 1];
		moved |= at != i;
		order[at] = one;
	}
	if (!moved)
		return;
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = *order[i].value;
	memcpy(values, sorted, n * sizeof(*values));
}

void key_sort_values(struct key *key)
{
	if (key->n_values <= FEW_VALUES) {
		sort_few(key->values, key->n_values);
		return;
	}
	for (uint32_t i = 1; i < key->n_values; i++)
		if (compare_values(&key->values[i - 1], &key->values[i]) > 0) {
			qsort(key->values, key->n_values, sizeof(*key->values),
			      compare_values);
			return;
		}
}

const struct key *key_child(const struct key *key, struct text name)
{
	size_t low = ARRAY_COUNT_BEFORE(key->children, key->n_children, child,
					text_compare(key_name(child), name) < 0);

	if (low < key->n_children && text_equal(key_name(&key->children[low]), name))
		return &key->children[low];
	return NULL;
}

const struct value *key_value(const struct key *key, struct text name)
{
	size_t low = ARRAY_COUNT_BEFORE(key->values, key->n_values, value,
					text_compare(value_name(value), name) < 0);

	if (low < key->n_values && text_equal(value_name(&key->values[low]), name))
		return &key->values[low];
	return NULL;
}

/* Cuts the first component off *rest. */
static struct text take_component(struct text *rest)
{
	size_t n = 0, len = text_length(*rest);

	while (n < len && text_unit(*rest, n) != '\\')
		n++;
	struct text component = text_slice(*rest, 0, n);
	*rest = text_slice(*rest, n < len ? n + 1 : n, len);
	return component;
}

const struct key *key_nearest(const struct key *key, struct text path, bool *whole)
{
	bool found = true;

	while (text_length(path) > 0) {
		struct text component = take_component(&path);
		if (text_length(component) == 0)
			continue;
		const struct key *child = key_child(key, component);
		if (!child) {
			found = false;
			break;
		}
		key = child;
	}
	if (whole)
		*whole = found;
	return key;
}

const struct key *key_at(const struct key *key, const char *path)
{
	bool whole = false;
	const struct key *found = key ? key_nearest(key, text_of(path), &whole) : NULL;

	return whole ? found : NULL;
}

/* The next sibling of the key, or of the nearest key above it that has one. */
static struct key *next_beside(const struct key *top, const struct key *key)
{
	while (key != top) {
		const struct key *parent = key->parent;
		/* Siblings stand side by side in their parent's array. */
		size_t next = (size_t)(key - parent->children) + 1;
		if (next < parent->n_children)
			return &parent->children[next];
		key = parent;
	}
	return NULL;
}

const struct key *key_next(const struct key *top, const struct key *key)
{
	return key->n_children ? &key->children[0] : next_beside(top, key);
}

struct key *key_next_mutable(struct key *top, struct key *key)
{
	return key->n_children ? &key->children[0] : next_beside(top, key);
}

uint64_t key_newest(const struct key *key)
{
	uint64_t newest = 0;

	for (const struct key *k = key; k; k = key_next(key, k))
		if (k->mtime_ft > newest)
			newest = k->mtime_ft;
	return newest;
}

const char *key_type_word(uint32_t type, char number[11])
{
	static const char *const words[] = {
		"REG_NONE",
		"REG_SZ",
		"REG_EXPAND_SZ",
		"REG_BINARY",
		"REG_DWORD",
		"REG_DWORD_BIG_ENDIAN",
		"REG_LINK",
		"REG_MULTI_SZ",
		"REG_RESOURCE_LIST",
		"REG_FULL_RESOURCE_DESCRIPTOR",
		"REG_RESOURCE_REQUIREMENTS_LIST",
		"REG_QWORD",
	};

	if (type < ARRAY_LEN(words))
		return words[type];
	(void)snprintf(number, 11, "%" PRIu32, type);
	return number;
}

/* ---- paths ---- */

/* Writes one unit before *end, growing the path towards its beginning. */
static void put_unit(uint8_t **end, uint16_t unit)
{
	*end -= 2;
	(*end)[0] = (uint8_t)unit;
	(*end)[1] = (uint8_t)(unit >> 8);
}

static void put_name(uint8_t **end, struct text name)
{
	for (size_t i = text_length(name); i > 0; i--)
		put_unit(end, text_unit(name, i - 1));
}

/* Units of the path, separators included. */
static size_t path_length(const struct key *key, const struct key *top,
			  const char *prefix, const struct value *value)
{
	size_t n = strlen(prefix) + (value ? text_length(value_name(value)) + 1 : 0);

	for (; key != top && key->parent; key = key->parent)
		n += text_length(key_name(key)) + 1;
	return n;
}

bool key_path(const struct key *key, const struct key *top, const char *prefix,
	      const struct value *value, struct text *out)
{
	size_t size = 2 * path_length(key, top, prefix, value);
	uint8_t *path = malloc(size + 2);
	const struct key *k = key;

	if (!path)
		return false;
	uint8_t *end = path + size;
	if (value)
		put_name(&end, value_name(value));
	for (; k != top && k->parent; k = k->parent) {
		/* Nothing follows the last name: then there is no separator. */
		if (end != path + size || value)
			put_unit(&end, '\\');
		put_name(&end, key_name(k));
	}
	put_name(&end, text_of(prefix));
	size -= (size_t)(end - path);
	memmove(path, end, size);
	*out = (struct text){ .bytes = span_of(path, size), .encoding = TEXT_UTF16LE };
	return true;
}
