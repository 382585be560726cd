/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The score of recovery over many random hives.  SCORE_HIVES sets how many,
 * SCORE_SEED takes only the hive of that seed, as a fault names it.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "whole/score.h"

#include "regf/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What takes about five seconds, and less than a minute under sanitizers. */
#define HIVES 2000

/*
 * Of names with no form of their own, whose length a free list of Windows 2000
 * has taken, so many of a hundred may be wrong: their cell may end in padding
 * that looks like more of the name.
 */
#define TOLERANCE 20

/*
 * In Windows 2000 one in so many values may be missed or, told as inferred, be
 * given to another key: bytes of data can look like a record without a head,
 * and a link like an element.  No path told as certain may be wrong.
 */
#define CHANCE 2000

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

/* The seeds of one group: its number stands in their low bits. */
static uint64_t seed_of(unsigned group, uint64_t i)
{
	uint64_t state = i;

	return (score_random(&state) >> 20) << 2 | group;
}

/* Calls `check` with each hive of a group. */
static void each_hive(uint64_t flags, void (*check)(struct score_hive *, void *),
		      void *to)
{
	unsigned group = flags & (SCORE_GROUPS - 1);
	uint64_t upgraded = flags & SCORE_UPGRADED;
	uint64_t one = number_of("SCORE_SEED", 0);
	uint64_t n = number_of("SCORE_HIVES", HIVES) / SCORE_GROUPS;
	struct score_hive hive;

	for (uint64_t i = 0; i < (one ? 1 : n); i++) {
		if (one && (one & (SCORE_GROUPS - 1 + SCORE_UPGRADED)) != flags)
			continue;
		score_hive_make(&hive, one ? one : seed_of(group, i) | upgraded);
		check(&hive, to);
		score_hive_clear(&hive);
	}
}

/* ---- the measure itself ---- */

static const struct score_value *live_value(const struct score_truth *truth,
					    const struct score_key *key,
					    const struct value *value)
{
	for (size_t i = 0; i < key->n_values; i++) {
		const struct score_value *live =
			&truth->values.items[key->first_value + i];

		if (score_data_at(live->rel) == value->record_off)
			return live;
	}
	return NULL;
}

static void check_live_key(const struct score_truth *truth, const struct key *key)
{
	const struct score_key *live =
		score_truth_key(truth, hives_cell_at(key->record_off), 0);

	assert_non_null(live);
	if (!live)
		return;
	assert_true(live->time == key->mtime_ft);
	assert_true(score_same(live->name, key_name(key)) || !key->parent);
	assert_int_equal(live->n_values, key->n_values);
	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct value *value = &key->values[i];
		const struct score_value *same = live_value(truth, live, value);

		assert_non_null(same);
		if (!same)
			return;
		assert_true(score_same(same->name, value_name(value)));
		assert_int_equal(same->type, value->type);
		assert_int_equal(same->len, value->data_len);
		assert_memory_equal(same->data, value->data, same->len);
	}
}

/* What is noted of live keys is what the own reader reads of them. */
static void check_live(struct score_hive *hive, void *to)
{
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(hive->b, &len);
	uint8_t *copy = malloc(len);
	struct score_truth truth;

	(void)to;
	assert_non_null(copy);
	memcpy(copy, bytes, len);
	score_truth_init(&truth);
	score_truth_note(&truth, hive->b, builder_root(hive->b));
	score_truth_sort(&truth);
	struct hive opened = hives_open_bytes(copy, len);
	assert_int_equal(opened.read, STATUS_OK);
	assert_int_equal(truth.keys.n, opened.tree->n_keys);
	assert_int_equal(truth.values.n, opened.tree->n_values);
	for (const struct key *key = opened.tree->root; key;
	     key = key_next(opened.tree->root, key))
		check_live_key(&truth, key);
	hives_close(&opened);
	score_truth_clear(&truth);
}

static void test_truth_is_what_is_read(void **state)
{
	(void)state;
	for (unsigned group = 0; group < SCORE_GROUPS; group++)
		each_hive(group, check_live, NULL);
}

static void check_intact(struct score_hive *hive, void *to)
{
	struct score_truth *truth = &hive->truth;
	struct score_oracle oracle;
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(hive->b, &len);

	(void)to;
	score_oracle_init(&oracle, bytes, len, hive->windows_2000);
	score_oracle_judge(&oracle, truth);
	for (size_t i = 0; i < truth->keys.n; i++)
		assert_true(truth->keys.items[i].intact);
	for (size_t i = 0; i < truth->values.n; i++) {
		const struct score_value *value = &truth->values.items[i];

		assert_true(value->intact && value->data_intact);
		assert_true(value->key == SCORE_NONE || value->slot_intact ||
			    (value->slot_spared && hive->windows_2000));
	}
	for (size_t i = 0; i < truth->profiles.n; i++)
		assert_true(score_oracle_profile(truth, i));
	score_oracle_clear(&oracle);
}

/* Where nothing was written after the deletions, all that was deleted is intact. */
static void test_untouched_is_intact(void **state)
{
	(void)state;
	for (unsigned group = 0; group < SCORE_GROUPS; group++)
		if (!(group & SCORE_REUSE))
			each_hive(group, check_intact, NULL);
}

/* ---- recovery ---- */

static void find_alone(struct score_hive *hive, void *to)
{
	score_find(hive, false, to);
}

static void find_with_witness(struct score_hive *hive, void *to)
{
	score_find(hive, true, to);
}

static void check_group(uint64_t flags)
{
	static const char *const labels[SCORE_GROUPS + 4][2] = {
		{ "plain,untouched", "plain,untouched,witness" },
		{ "w2000,untouched", "w2000,untouched,witness" },
		{ "plain,reuse", "plain,reuse,witness" },
		{ "w2000,reuse", "w2000,reuse,witness" },
		[SCORE_GROUPS + SCORE_WINDOWS_2000] = { "upgraded,untouched",
							"upgraded,untouched,witness" },
		[SCORE_GROUPS + SCORE_WINDOWS_2000 +
			SCORE_REUSE] = { "upgraded,reuse", "upgraded,reuse,witness" },
	};
	unsigned group = flags & (SCORE_GROUPS - 1);
	unsigned label = group + (flags & SCORE_UPGRADED ? SCORE_GROUPS : 0);
	uint64_t faults = 0;

	for (size_t i = 0; i < 2; i++) {
		struct score_tally tally = { .label = labels[label][i],
					     .most = number_of("SCORE_SEED", 0)
							     ? UINT64_MAX
							     : 12,
					     .strict = !(group & SCORE_REUSE),
					     .heads_lost = group & SCORE_WINDOWS_2000 };

		each_hive(flags, i ? find_with_witness : find_alone, &tally);
		if (tally.hives == 0)
			skip();
		score_print(&tally);
		/* A share of few says nothing. */
		if (tally.other_names.n >= 100 &&
		    tally.other_names.wrong * 100 > tally.other_names.n * TOLERANCE)
			score_fault(&tally, "too many wrong names of inferred length");
		assert_int_equal(tally.wrong_paths[RECOVERED_CERTAIN], 0);
		uint64_t allowed =
			tally.heads_lost ? tally.rows[SCORE_VALUES].truth / CHANCE : 0;
		faults += tally.faults > allowed ? tally.faults - allowed : 0;
	}
	assert_int_equal(faults, 0);
}

static void test_plain_untouched(void **state)
{
	(void)state;
	check_group(0);
}

static void test_windows_2000_untouched(void **state)
{
	(void)state;
	check_group(SCORE_WINDOWS_2000);
}

static void test_plain_reuse(void **state)
{
	(void)state;
	check_group(SCORE_REUSE);
}

static void test_windows_2000_reuse(void **state)
{
	(void)state;
	check_group(SCORE_REUSE | SCORE_WINDOWS_2000);
}

static void test_upgraded_untouched(void **state)
{
	(void)state;
	check_group(SCORE_WINDOWS_2000 | SCORE_UPGRADED);
}

static void test_upgraded_reuse(void **state)
{
	(void)state;
	check_group(SCORE_REUSE | SCORE_WINDOWS_2000 | SCORE_UPGRADED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truth_is_what_is_read),
		cmocka_unit_test(test_untouched_is_intact),
		cmocka_unit_test(test_plain_untouched),
		cmocka_unit_test(test_windows_2000_untouched),
		cmocka_unit_test(test_plain_reuse),
		cmocka_unit_test(test_windows_2000_reuse),
		cmocka_unit_test(test_upgraded_untouched),
		cmocka_unit_test(test_upgraded_reuse),
	};

	return UNIT_RUN(tests);
}
