/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Byte runs: their hashes and places, and which of them are the record. */
#include "help/unit.h"

#include "help/cells.h"
#include "verify/verifyrecord.h"

#include <stdlib.h>

static struct verified *begin(uint8_t bytes[CELLS_SIZE])
{
	struct verified *verified = verified_new();

	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	return verified;
}

static void test_run(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct verified *verified = begin(bytes);
	const struct verifytally *tally = &verified->report.tally;
	struct verifycell_run run = cells_run(bytes, 4, 80);

	(void)state;
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	assert_int_equal(tally->hold[VERIFYTALLY_RUN], 1);
	run.offset = 5;
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	assert_int_equal(tally->wrong[VERIFYTALLY_RUN], 1);
	run.offset = CELLS_SIZE - 79;
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	run.offset = UINT64_MAX;
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	run = (struct verifycell_run){ .len = UINT64_MAX };
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	assert_int_equal(tally->wrong[VERIFYTALLY_PLACE], 3);
	run = (struct verifycell_run){ .len = 4 };
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	assert_int_equal(tally->left[VERIFYTALLY_HELD_BACK], 1);
	run.file = 9;
	assert_int_equal(verifyrecord_run(&verified->report, &run), STATUS_OK);
	assert_int_equal(tally->left[VERIFYTALLY_NOT_THERE], 2);
	verified_free(verified);
}

/* Parted anywhere, it is put together again, and the data are no part of it. */
static void test_pieces(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = begin(bytes);
	struct verifycell_run runs[3];
	struct verifycell cell = cells_value(bytes, runs, data);
	struct verifyrecord record;

	(void)state;
	cell.runs.n = 3;
	for (size_t cut = 1; cut < 24; cut++) {
		runs[0] = cells_run(bytes, CELLS_VALUE, cut);
		runs[1] = cells_run(bytes, CELLS_VALUE + cut, 24 - cut);
		runs[2] = cells_run(bytes, CELLS_DATA, 6);
		assert_int_equal(verifyrecord_read(&verified->report, &cell, &record),
				 STATUS_OK);
		assert_int_equal(record.n_runs, 2);
		assert_int_equal(record.len, 24);
		assert_memory_equal(record.bytes, bytes + CELLS_VALUE, 24);
		free(record.bytes);
	}
	/* A name of another length fits none. */
	runs[0] = cells_run(bytes, CELLS_VALUE, 12);
	runs[1] = cells_run(bytes, CELLS_VALUE + 12, 12);
	cell.name = span_of("Wer", 3);
	assert_int_equal(verifyrecord_read(&verified->report, &cell, &record), STATUS_OK);
	assert_int_equal(record.n_runs, 0);
	free(record.bytes);
	cell.runs.n = 0;
	assert_int_equal(verifyrecord_read(&verified->report, &cell, &record),
			 STATUS_ABSENT);
	free(record.bytes);
	verified_free(verified);
}

static void test_encoding(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct verified *verified = begin(bytes);
	struct verifycell_run runs[2];
	struct verifycell cell = cells_key(bytes, runs);
	struct verifyrecord record = { bytes + CELLS_KEY, 80, 1 };

	(void)state;
	assert_true(verifyrecord_may_be(&verified->report, &cell, &record, TEXT_LATIN1));
	assert_false(
		verifyrecord_may_be(&verified->report, &cell, &record, TEXT_UTF16LE));
	bytes[CELLS_KEY + 2] = 0;
	assert_false(verifyrecord_may_be(&verified->report, &cell, &record, TEXT_LATIN1));
	cell.inferred = 1u << VERIFYCELL_ENCODING;
	assert_true(verifyrecord_may_be(&verified->report, &cell, &record, TEXT_LATIN1));
	cell.inferred = 0;
	verified->report.files.items[0].minor = 1;
	assert_true(verifyrecord_may_be(&verified->report, &cell, &record, TEXT_LATIN1));
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_encoding),
	};
	return UNIT_RUN(tests);
}
