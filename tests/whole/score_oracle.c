/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of the deleted the finished bytes still hold: only then can recovery be
 * asked for it.  A record that is intact stands where it stood, byte for byte,
 * outside all cells in use; in Windows 2000 a free list may have taken its
 * first four bytes.
 */
#include "help/unit.h"

#include "whole/score.h"

#include "help/hives.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNIT = 8,     /* what cells are aligned to */
	LINK = 4,     /* bytes of a free list's link */
	BIN_SIZE = 8, /* fields of a bin */
	BIN_HEADER = 32,
	CELL_START = 2, /* of score_oracle.live: a cell in use begins */
};

/* ---- cells in use ---- */

static void mark(struct score_oracle *oracle, size_t from, size_t len)
{
	memset(oracle->live + from / UNIT, 1, len / UNIT);
}

static void walk_bin(struct score_oracle *oracle, size_t bin, size_t len)
{
	mark(oracle, bin, BIN_HEADER);
	for (size_t at = bin + BIN_HEADER; at < bin + len;) {
		int32_t size = (int32_t)score_get(oracle->bytes, at, 4);
		size_t whole = (size_t)(size < 0 ? -size : size);

		assert_true(whole > 0 && whole % UNIT == 0 && whole <= bin + len - at);
		if (size < 0) {
			mark(oracle, at, whole);
			oracle->live[at / UNIT] = CELL_START;
		}
		at += whole;
	}
}

void score_oracle_init(struct score_oracle *oracle, const uint8_t *bytes, size_t len,
		       bool windows_2000)
{
	size_t n = len / UNIT;

	*oracle = (struct score_oracle){ .bytes = bytes,
					 .len = len,
					 .windows_2000 = windows_2000,
					 .live = calloc(n, 1),
					 .end = calloc(n, sizeof(uint32_t)) };
	assert_non_null(oracle->live);
	assert_non_null(oracle->end);
	mark(oracle, 0, FIRST_BIN);
	oracle->bins_len = (size_t)score_get(bytes, BASE_DATA_SIZE, 4);
	for (size_t bin = FIRST_BIN; bin < FIRST_BIN + oracle->bins_len;) {
		size_t size = (size_t)score_get(bytes, bin + BIN_SIZE, 4);

		walk_bin(oracle, bin, size);
		bin += size;
	}
	for (size_t i = n; i-- > 0;)
		oracle->end[i] = oracle->live[i] ? (uint32_t)(i * UNIT)
				 : i + 1 < n && !oracle->live[i + 1]
					 ? oracle->end[i + 1]
					 : (uint32_t)((i + 1) * UNIT);
}

void score_oracle_clear(struct score_oracle *oracle)
{
	free(oracle->live);
	free(oracle->end);
	*oracle = (struct score_oracle){ 0 };
}

/* No byte of the range is in use or past the end. */
static bool is_free(const struct score_oracle *oracle, size_t offset, size_t len)
{
	for (size_t i = offset / UNIT; i < (offset + len + UNIT - 1) / UNIT; i++)
		if (i >= oracle->len / UNIT || oracle->live[i])
			return false;
	return true;
}

/* ---- what cannot be ---- */

/* What contradicts that a cell with that much data was freed here. */
static const char *cell_denial(const struct score_oracle *oracle, size_t cell, size_t len)
{
	if (cell + 4 > oracle->len || len > oracle->len - cell - 4)
		return "the file ends before";
	int64_t size = (int32_t)score_get(oracle->bytes, cell, 4);
	uint64_t whole = (uint64_t)(size < 0 ? -size : size);
	if (whole % UNIT != 0 || whole < len + 4)
		return "the cell is too small";
	if (whole > oracle->len - cell)
		return "the cell ends behind the file";
	if (oracle->live[cell / UNIT] == CELL_START)
		return "the cell is in use";
	/* Inside a cell in use it may be in the end that is not. */
	if (!oracle->live[cell / UNIT] && whole > oracle->end[cell / UNIT] - cell)
		return "the cell ends behind the free bytes";
	return NULL;
}

/* ---- what is intact ---- */

static bool is_same(const struct score_oracle *oracle, const struct score_part *part,
		    size_t from, size_t len)
{
	return memcmp(oracle->bytes + part->offset + from, part->was + from, len) == 0;
}

/* Bytes that a free list may have taken. */
static size_t spared(const struct score_oracle *oracle, const struct score_part *part)
{
	return !oracle->windows_2000 ? 0 : part->len < LINK ? part->len : LINK;
}

static bool is_intact(const struct score_oracle *oracle, const struct score_part *part)
{
	size_t head = spared(oracle, part);

	return is_free(oracle, part->offset, part->len) &&
	       is_same(oracle, part, head, part->len - head);
}

static bool is_sound(const struct score_oracle *oracle, const struct score_part *part)
{
	return !cell_denial(oracle, part->offset - 4, part->len);
}

/* What a record refers to may lie behind an end that was cut: then it looks like junk. */
static bool key_is_sound(const struct score_oracle *oracle, const struct score_key *key)
{
	return key->intact && is_sound(oracle, &key->record) &&
	       score_data_at(key->parent_rel) < oracle->len &&
	       (key->n_values == 0 || key->list.offset < oracle->len);
}

static bool value_is_sound(const struct score_oracle *oracle,
			   const struct score_value *value)
{
	return value->intact && is_sound(oracle, &value->record) &&
	       (value->n_parts == 0 || value->parts[0].offset < oracle->len);
}

static void judge_slot(const struct score_oracle *oracle, const struct score_key *key,
		       struct score_value *value)
{
	size_t at = 4 * value->slot;

	if (!key->intact || !is_free(oracle, key->list.offset + at, 4) ||
	    !is_sound(oracle, &key->list))
		return;
	value->slot_intact = is_same(oracle, &key->list, at, 4);
	value->slot_spared = at == 0 && oracle->windows_2000 &&
			     (!value->slot_intact || value->headless);
	/* It may as well be a link: free lists lead to such cells. */
	if (value->slot_spared)
		value->slot_intact = false;
}

static void judge_value(const struct score_oracle *oracle,
			const struct score_truth *truth, struct score_value *value)
{
	value->intact = is_intact(oracle, &value->record);
	value->sound = value_is_sound(oracle, value);
	value->headless = value->intact && !is_same(oracle, &value->record, 0, LINK);
	if (value->key != SCORE_NONE)
		judge_slot(oracle, &truth->keys.items[value->key], value);
	value->data_intact = true;
	for (size_t i = 0; i < value->n_parts; i++)
		value->data_intact &= is_intact(oracle, &value->parts[i]);
	if (!value->intact || !value->data_intact)
		return;
	value->bytes_intact = value->len;
	if (value->n_parts == 1) {
		size_t head = spared(oracle, &value->parts[0]);

		if (!is_same(oracle, &value->parts[0], 0, head))
			value->bytes_intact -= (uint32_t)head;
	}
}

void score_oracle_judge(const struct score_oracle *oracle, struct score_truth *truth)
{
	for (size_t i = 0; i < truth->keys.n; i++) {
		struct score_key *key = &truth->keys.items[i];

		key->intact = is_intact(oracle, &key->record);
		key->sound = key_is_sound(oracle, key);
	}
	for (size_t i = 0; i < truth->values.n; i++)
		judge_value(oracle, truth, &truth->values.items[i]);
}

/* All keys above it are live or intact, too: else nothing tells the path. */
static bool path_is_intact(const struct score_truth *truth, const struct score_key *key)
{
	for (;;) {
		const struct score_key *above;
		size_t i = 0;

		/* The parent was live when the key went: its own deletion came later. */
		do
			above = score_truth_key(truth, key->parent_rel, i++);
		while (above && above->when < key->when);
		if (!above)
			return true;
		if (!above->intact)
			return false;
		key = above;
	}
}

bool score_oracle_profile(const struct score_truth *truth, size_t profile)
{
	const struct score_key *root =
		&truth->keys.items[truth->profiles.items[profile].root];

	for (const struct score_key *key = root;
	     key < truth->keys.items + truth->keys.n && key->when == root->when; key++) {
		if (key->profile != profile)
			continue;
		if (!key->intact)
			return false;
		for (size_t i = 0; i < key->n_values; i++) {
			const struct score_value *value =
				&truth->values.items[key->first_value + i];

			if (!value->intact || !value->data_intact ||
			    !(value->slot_intact || value->slot_spared))
				return false;
		}
	}
	return path_is_intact(truth, root);
}

/* ---- what stands in the way ---- */

static bool overlaps(const struct score_part *part, size_t offset, size_t len)
{
	return part->offset < offset + len && offset < part->offset + part->len;
}

const char *score_oracle_denial(const struct score_oracle *oracle,
				const struct score_truth *truth, uint32_t rel, size_t len)
{
	size_t offset = score_data_at(rel);
	const char *why = cell_denial(oracle, offset - 4, len);

	if (why)
		return why;
	for (size_t i = 0; i < truth->keys.n; i++)
		if (truth->keys.items[i].sound &&
		    overlaps(&truth->keys.items[i].record, offset, len))
			return "a deleted key stands there";
	for (size_t i = 0; i < truth->values.n; i++)
		if (truth->values.items[i].sound &&
		    overlaps(&truth->values.items[i].record, offset, len))
			return "a deleted value stands there";
	return NULL;
}
