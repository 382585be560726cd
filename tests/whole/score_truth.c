/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was deleted, noted at the moment of its deletion from the recipe's own
 * bytes, which are sound then: so the walk here checks nothing.  Format: regf
 * specification, "Key node", "Key value", "Subkeys list", "Big data".
 */
#include "help/unit.h"

#include "whole/score.h"

#include "help/hives.h"

#include <stdlib.h>
#include <string.h>

enum {
	NK_LATIN1 = 0x20, /* of its flags */
	VK_LATIN1 = 1,
	SEGMENT = 16344, /* of big data, which begin above that from version 1.4 on */
};
#define VK_INLINE 0x80000000u
#define PROFILES "Windows Messaging Subsystem\\Profiles"

void *score_grow(void *items, size_t n, size_t *cap, size_t size)
{
	if (n == *cap) {
		*cap = *cap ? 2 * *cap : 64;
		items = reallocarray(items, *cap, size);
		assert_non_null(items);
	}
	memset((uint8_t *)items + n * size, 0, size);
	return items;
}

static void *take(struct score_truth *truth, size_t n, size_t size)
{
	void *room = arena_calloc(truth->arena, n ? n : 1, size);

	assert_non_null(room);
	return room;
}

void score_truth_init(struct score_truth *truth)
{
	*truth = (struct score_truth){ .arena = arena_new() };
	assert_non_null(truth->arena);
}

void score_truth_clear(struct score_truth *truth)
{
	free(truth->keys.items);
	free(truth->values.items);
	free(truth->profiles.items);
	free(truth->keys_by_rel);
	free(truth->values_by_rel);
	arena_free(truth->arena);
	*truth = (struct score_truth){ 0 };
}

/* ---- names ---- */

static struct score_text read_name(struct score_truth *truth, const uint8_t *at,
				   size_t len, bool latin1)
{
	size_t n = latin1 ? len : len / 2;
	uint16_t *units = take(truth, n, sizeof(*units));

	for (size_t i = 0; i < n; i++)
		units[i] = (uint16_t)(latin1 ? at[i] : score_get(at, 2 * i, 2));
	return (struct score_text){ .units = units, .n = n };
}

bool score_same(struct score_text name, struct text text)
{
	if (text_length(text) != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (text_unit(text, i) != name.units[i])
			return false;
	return true;
}

bool score_is_mapi(struct score_text name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.units[i] > 'f' ||
		    !memchr("0123456789abcdefABCDEF", name.units[i], 22))
			return false;
	return name.n == 8 || name.n == 32;
}

void score_utf8(struct score_text text, char *out)
{
	for (size_t i = 0; i < text.n; i++) {
		uint16_t unit = text.units[i];

		if (unit < 0x80) {
			*out++ = (char)unit;
		} else if (unit < 0x800) {
			*out++ = (char)(0xC0 | unit >> 6);
			*out++ = (char)(0x80 | (unit & 0x3F));
		} else {
			*out++ = (char)(0xE0 | unit >> 12);
			*out++ = (char)(0x80 | (unit >> 6 & 0x3F));
			*out++ = (char)(0x80 | (unit & 0x3F));
		}
	}
	*out = '\0';
}

/* ---- the live tree in the bytes ---- */

static void add_subkeys(const uint8_t *image, uint32_t list, struct score_rels *out)
{
	const uint8_t *at = image + score_data_at(list);
	size_t n = (size_t)score_get(at, LIST_COUNT, 2);
	size_t size = memcmp(at, "lf", 2) == 0 || memcmp(at, "lh", 2) == 0 ? 8 : 4;

	for (size_t i = 0; i < n; i++) {
		uint32_t rel = (uint32_t)score_get(at, LIST_ITEMS + i * size, 4);

		if (memcmp(at, "ri", 2) == 0)
			add_subkeys(image, rel, out);
		else
			*SCORE_ADD(out) = rel;
	}
}

static const uint8_t *image_of(struct builder *b)
{
	size_t len = 0;

	return builder_bytes(b, &len);
}

void score_children(struct builder *b, uint32_t key, struct score_rels *out)
{
	const uint8_t *image = image_of(b);
	const uint8_t *nk = image + score_data_at(key);

	if (score_get(nk, NK_SUBKEYS, 4) > 0)
		add_subkeys(image, (uint32_t)score_get(nk, NK_LIST, 4), out);
}

void score_subtree(struct builder *b, uint32_t top, struct score_rels *out)
{
	size_t i = out->n;

	*SCORE_ADD(out) = top;
	for (; i < out->n; i++)
		score_children(b, out->items[i], out);
}

/* The path of a live key from below the root on: "" for the root itself. */
static struct score_text path_of(struct score_truth *truth, struct builder *b,
				 uint32_t rel)
{
	const uint8_t *image = image_of(b);
	struct score_text path = { 0 };

	for (; rel != builder_root(b);) {
		const uint8_t *nk = image + score_data_at(rel);
		struct score_text name = read_name(
			truth, nk + NK_NAME, (size_t)score_get(nk, NK_NAME_LEN, 2),
			score_get(nk, NK_FLAGS, 2) & NK_LATIN1);
		size_t more = path.n ? path.n + 1 : 0;
		uint16_t *units = take(truth, name.n + more, sizeof(*units));

		memcpy(units, name.units, name.n * sizeof(*units));
		if (more) {
			units[name.n] = '\\';
			memcpy(units + name.n + 1, path.units, path.n * sizeof(*units));
		}
		path = (struct score_text){ units, name.n + more };
		rel = (uint32_t)score_get(nk, NK_PARENT, 4);
	}
	return path;
}

/* ---- noting ---- */

static struct score_part part_of(struct score_truth *truth, const uint8_t *image,
				 uint32_t rel, size_t len)
{
	uint8_t *was = take(truth, len, 1);

	memcpy(was, image + score_data_at(rel), len);
	return (struct score_part){ .offset = score_data_at(rel),
				    .len = (uint32_t)len,
				    .was = was };
}

static void note_segments(struct score_truth *truth, const uint8_t *image,
			  struct score_value *value, uint32_t db)
{
	size_t n = (size_t)score_get(image, score_data_at(db) + 2, 2);
	uint32_t list = (uint32_t)score_get(image, score_data_at(db) + 4, 4);
	uint8_t *data = take(truth, value->len, 1);

	value->n_parts = n + 2;
	value->parts = take(truth, value->n_parts, sizeof(*value->parts));
	value->parts[0] = part_of(truth, image, db, 8);
	value->parts[1] = part_of(truth, image, list, 4 * n);
	for (size_t i = 0; i < n; i++) {
		uint32_t rel = (uint32_t)score_get(image, score_data_at(list) + 4 * i, 4);
		size_t rest = value->len - i * SEGMENT;
		size_t len = rest < SEGMENT ? rest : SEGMENT;

		value->parts[2 + i] = part_of(truth, image, rel, len);
		memcpy(data + i * SEGMENT, value->parts[2 + i].was, len);
	}
	value->data = data;
}

static void note_data(struct score_truth *truth, const uint8_t *image,
		      struct score_value *value)
{
	const uint8_t *vk = value->record.was;
	uint32_t size = (uint32_t)score_get(vk, VK_SIZE, 4);
	uint32_t cell = (uint32_t)score_get(vk, VK_DATA, 4);

	value->len = size & ~VK_INLINE;
	value->in_record = size & VK_INLINE || size == 0;
	if (value->in_record) {
		value->data = vk + VK_DATA;
	} else if (score_get(image, BASE_MINOR, 4) > 3 && size > SEGMENT) {
		note_segments(truth, image, value, cell);
	} else {
		value->n_parts = 1;
		value->parts = take(truth, 1, sizeof(*value->parts));
		value->parts[0] = part_of(truth, image, cell, size);
		value->data = value->parts[0].was;
	}
}

/* The value in a slot of a live key's list. */
static struct score_value *note_value(struct score_truth *truth, struct builder *b,
				      uint32_t owner, size_t slot)
{
	const uint8_t *image = image_of(b);
	const uint8_t *nk = image + score_data_at(owner);
	uint32_t list = (uint32_t)score_get(nk, NK_VALUE_LIST, 4);
	uint32_t rel = (uint32_t)score_get(image, score_data_at(list) + 4 * slot, 4);
	const uint8_t *vk = image + score_data_at(rel);
	size_t name_len = (size_t)score_get(vk, VK_NAME_LEN, 2);
	struct score_value *value = SCORE_ADD(&truth->values);

	*value = (struct score_value){ .rel = rel,
				       .owner_rel = owner,
				       .key = SCORE_NONE,
				       .slot = slot,
				       .type = (uint32_t)score_get(vk, VK_TYPE, 4) };
	value->name = read_name(truth, vk + VK_NAME, name_len,
				score_get(vk, VK_FLAGS, 2) & VK_LATIN1);
	value->record = part_of(truth, image, rel, VK_NAME + name_len);
	note_data(truth, image, value);
	return value;
}

/* The profile that a key is the root or a part of; `first`: the keys of its deletion. */
static size_t profile_of(struct score_truth *truth, size_t first,
			 const struct score_key *key, struct score_text parent)
{
	size_t n = strlen(PROFILES);

	for (size_t i = first; i + 1 < truth->keys.n; i++)
		if (truth->keys.items[i].rel == key->parent_rel &&
		    truth->keys.items[i].profile != SCORE_NONE)
			return truth->keys.items[i].profile;
	for (size_t i = 0; i < n; i++)
		if (parent.n < n || parent.units[parent.n - n + i] != PROFILES[i])
			return SCORE_NONE;
	SCORE_ADD(&truth->profiles)->root = truth->keys.n - 1;
	return truth->profiles.n - 1;
}

static void note_key(struct score_truth *truth, struct builder *b, uint32_t rel,
		     size_t first)
{
	const uint8_t *image = image_of(b);
	const uint8_t *nk = image + score_data_at(rel);
	size_t name_len = (size_t)score_get(nk, NK_NAME_LEN, 2);
	struct score_key *key = SCORE_ADD(&truth->keys);

	*key = (struct score_key){
		.rel = rel,
		.parent_rel = (uint32_t)score_get(nk, NK_PARENT, 4),
		.time = score_get(nk, NK_TIME, 8),
		.when = truth->n_deletions,
		.first_value = truth->values.n,
		.n_values = (uint32_t)score_get(nk, NK_VALUES, 4),
		.max_name = (uint32_t)score_get(nk, NK_MAX_VALUE_NAME, 4),
		.max_data = (uint32_t)score_get(nk, NK_MAX_VALUE_DATA, 4),
		.profile = SCORE_NONE,
	};
	key->name = read_name(truth, nk + NK_NAME, name_len,
			      score_get(nk, NK_FLAGS, 2) & NK_LATIN1);
	key->path = path_of(truth, b, rel);
	key->record = part_of(truth, image, rel, NK_NAME + name_len);
	if (key->n_values > 0)
		key->list =
			part_of(truth, image, (uint32_t)score_get(nk, NK_VALUE_LIST, 4),
				4 * key->n_values);
	if (rel != builder_root(b))
		key->profile =
			profile_of(truth, first, key, path_of(truth, b, key->parent_rel));
	size_t number = truth->keys.n - 1;
	for (size_t i = 0; i < key->n_values; i++) {
		struct score_value *value = note_value(truth, b, rel, i);

		value->key = number;
		value->path = key->path;
	}
}

void score_truth_note_key(struct score_truth *truth, struct builder *b, uint32_t key)
{
	note_key(truth, b, key, truth->keys.n);
}

void score_truth_note(struct score_truth *truth, struct builder *b, uint32_t top)
{
	struct score_rels rels = { 0 };
	size_t first = truth->keys.n;

	score_subtree(b, top, &rels);
	for (size_t i = 0; i < rels.n; i++)
		note_key(truth, b, rels.items[i], first);
	free(rels.items);
	truth->n_deletions++;
}

/* ---- deleting ---- */

void score_truth_delete(struct score_truth *truth, struct builder *b, uint32_t key,
			uint64_t filetime)
{
	size_t first = truth->keys.n;

	score_truth_note(truth, b, key);
	builder_key_delete(b, key, filetime);
	const uint8_t *image = image_of(b);
	for (size_t i = first; i < truth->keys.n; i++) {
		struct score_key *gone = &truth->keys.items[i];
		const uint8_t *nk = image + gone->record.offset;
		uint8_t *was = take(truth, gone->record.len, 1);

		/* What the deletion changed, but not what a free list did then. */
		memcpy(was, nk, gone->record.len);
		memcpy(was, gone->record.was, 4);
		if (score_get(gone->record.was, NK_SUBKEYS, 4) > 0)
			gone->time = filetime;
		gone->record.was = was;
		assert_true(gone->time == score_get(was, NK_TIME, 8));
	}
}

void score_truth_delete_value(struct score_truth *truth, struct builder *b, uint32_t key,
			      uint32_t slot)
{
	struct score_value *value = note_value(truth, b, key, slot);
	char *name = malloc(3 * value->name.n + 1);

	assert_non_null(name);
	value->path = path_of(truth, b, key);
	score_utf8(value->name, name);
	builder_value_delete(b, key, name);
	free(name);
}

/* ---- looking up ---- */

static const struct score_truth *sorted; /* qsort() passes nothing on */

static int by_key_rel(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	uint32_t p = sorted->keys.items[x].rel, q = sorted->keys.items[y].rel;

	return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static int by_value_rel(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	uint32_t p = sorted->values.items[x].rel, q = sorted->values.items[y].rel;

	return p != q ? (p > q) - (p < q) : (x > y) - (x < y);
}

static size_t *order(size_t n, int (*compare)(const void *, const void *))
{
	size_t *numbers = calloc(n ? n : 1, sizeof(*numbers));

	assert_non_null(numbers);
	for (size_t i = 0; i < n; i++)
		numbers[i] = i;
	qsort(numbers, n, sizeof(*numbers), compare);
	return numbers;
}

void score_truth_sort(struct score_truth *truth)
{
	sorted = truth;
	truth->keys_by_rel = order(truth->keys.n, by_key_rel);
	truth->values_by_rel = order(truth->values.n, by_value_rel);
}

struct score_key *score_truth_key(const struct score_truth *truth, uint32_t rel, size_t i)
{
	size_t low = 0, high = truth->keys.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (truth->keys.items[truth->keys_by_rel[middle]].rel < rel)
			low = middle + 1;
		else
			high = middle;
	}
	if (i >= truth->keys.n - low)
		return NULL;
	struct score_key *key = &truth->keys.items[truth->keys_by_rel[low + i]];
	return key->rel == rel ? key : NULL;
}

struct score_value *score_truth_value(const struct score_truth *truth, uint32_t rel,
				      size_t i)
{
	size_t low = 0, high = truth->values.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (truth->values.items[truth->values_by_rel[middle]].rel < rel)
			low = middle + 1;
		else
			high = middle;
	}
	if (i >= truth->values.n - low)
		return NULL;
	struct score_value *value = &truth->values.items[truth->values_by_rel[low + i]];
	return value->rel == rel ? value : NULL;
}
