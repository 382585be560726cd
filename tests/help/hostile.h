/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds for every hive that could be read, whatever is wrong with it. */
#ifndef TESTS_HELP_HOSTILE_H
#define TESTS_HELP_HOSTILE_H

#include "help/hives.h"

#include "regf/record.h"

#include <stdlib.h>

static inline void hostile_take_run(uint8_t *taken, const struct hive *hive,
				    struct record_run run)
{
	assert_true(run.len <= hive->len && run.file_off <= hive->len - run.len);
	for (uint32_t i = 0; i < run.len; i++) {
		if (taken[run.file_off + i])
			fail_msg("byte 0x%x is shown twice", run.file_off + i);
		taken[run.file_off + i] = 1;
	}
}

static inline void hostile_take_data(uint8_t *taken, const struct hive *hive,
				     const struct value *value)
{
	size_t n = record_data_runs(hive->image, value, NULL, 0);
	struct record_run *runs = calloc(n + 1, sizeof(*runs));

	assert_non_null(runs);
	assert_int_equal(record_data_runs(hive->image, value, runs, n), n);
	for (size_t i = 0; i < n; i++)
		hostile_take_run(taken, hive, runs[i]);
	free(runs);
}

/* No byte of the file belongs to two records, or to the data of two values. */
static inline void hostile_check_disjoint(const struct hive *hive)
{
	uint8_t *taken = calloc(hive->len, 1);
	const struct key *root = hive->tree->root;
	uint64_t n_keys = 0, n_values = 0;

	assert_non_null(taken);
	for (const struct key *key = root; key; key = key_next(root, key), n_keys++) {
		if (key->record_off)
			hostile_take_run(taken, hive, record_key_run(key));
		for (uint32_t i = 0; i < key->n_values; i++, n_values++) {
			const struct value *value = &key->values[i];
			hostile_take_run(taken, hive, record_value_run(value));
			if (!(value->flags & VALUE_FLAG_INLINE))
				hostile_take_data(taken, hive, value);
		}
	}
	assert_int_equal(n_keys, hive->tree->n_keys);
	assert_int_equal(n_values, hive->tree->n_values);
	free(taken);
}

#endif
