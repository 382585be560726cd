/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data of values against their runs: each byte, each lost part, and each length. */
#include "help/unit.h"

#include "help/cells.h"
#include "verify/verifydata.h"

/* Return: what is wrong, or NULL. */
static const char *wrong(struct verified *verified, const struct verifycell *cell,
			 const uint8_t *bytes)
{
	uint8_t record_bytes[24];
	struct verifyrecord record = { record_bytes, 24, 1 };
	struct verifydata_answer answer = { 0 };

	memcpy(record_bytes, bytes + CELLS_VALUE, 24);
	assert_int_equal(verifydata_compare(&verified->report, cell, &record, &answer),
			 STATUS_OK);
	return answer.wrong;
}

static void test_runs(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[8];
	struct verified *verified = verified_new();
	struct verifycell_run runs[2];

	(void)state;
	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	struct verifycell cell = cells_value(bytes, runs, data);
	assert_null(wrong(verified, &cell, bytes));
	for (size_t i = 0; i < 6; i++) {
		data[i] ^= 0x20;
		assert_non_null(wrong(verified, &cell, bytes));
		data[i] ^= 0x20;
	}
	for (uint64_t len = 0; len < 8; len++) {
		runs[1].len = len;
		assert_true(!wrong(verified, &cell, bytes) == (len == 6));
	}
	runs[1].len = 6;
	for (size_t len = 0; len < 8; len++) {
		cell.data_len = len;
		assert_true(!wrong(verified, &cell, bytes) == (len == 6));
	}
	verified_free(verified);
}

static void test_lost(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = verified_new();
	struct verifycell_run runs[2];

	(void)state;
	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	struct verifycell cell = cells_value(bytes, runs, data);
	/* The first four are overwritten: the run has what was written over them. */
	memcpy(data, "et", 2);
	cell.data_len = 2;
	cell.unknown[0] = (struct verifycell_range){ 0, 4 };
	assert_null(wrong(verified, &cell, bytes));
	data[0] = 'x';
	assert_non_null(wrong(verified, &cell, bytes));
	/* The last two are lost, and no run has them. */
	memcpy(data, "secr", 4);
	cell.data_len = 4;
	cell.unknown[0] = (struct verifycell_range){ 4, 6 };
	runs[1].len = 4;
	assert_null(wrong(verified, &cell, bytes));
	/* None was found. */
	cell.data_len = 0;
	cell.unknown[0] = (struct verifycell_range){ 0, 6 };
	cell.runs.n = 1;
	assert_null(wrong(verified, &cell, bytes));
	/* Other evidence told the first four. */
	cell = cells_value(bytes, runs, data);
	memcpy(data, "SECR", 4);
	assert_non_null(wrong(verified, &cell, bytes));
	cell.inferred_bytes = (struct verifycell_range){ 0, 4 };
	assert_null(wrong(verified, &cell, bytes));
	verified_free(verified);
}

static void test_inline(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = verified_new();
	struct verifycell_run runs[2];

	(void)state;
	cells_fill(bytes);
	put_le32(bytes + CELLS_VALUE + 4, 0x80000004u);
	memcpy(bytes + CELLS_VALUE + 8, "four", 4);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	struct verifycell cell = cells_value(bytes, runs, data);
	memcpy(data, "four", 4);
	cell.data_len = 4;
	assert_non_null(wrong(verified, &cell, bytes));
	cell.runs.n = 1;
	assert_null(wrong(verified, &cell, bytes));
	data[3] = 'x';
	assert_non_null(wrong(verified, &cell, bytes));
	/* Longer ones stand elsewhere: more than four bytes are damage, and lost. */
	data[3] = 'r';
	put_le32(bytes + CELLS_VALUE + 4, 0x80000009u);
	assert_non_null(wrong(verified, &cell, bytes));
	cell.unknown[0] = (struct verifycell_range){ 4, 9 };
	assert_null(wrong(verified, &cell, bytes));
	verified_free(verified);
}

/* What a log added to the end of a hive may be zeros that stand in no file. */
static void test_zeros(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = verified_new();
	struct verifycell_run runs[2];

	(void)state;
	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	struct verifycell cell = cells_value(bytes, runs, data);
	runs[1].len = 4;
	assert_non_null(wrong(verified, &cell, bytes));
	data[4] = data[5] = 0;
	assert_null(wrong(verified, &cell, bytes));
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_inline),
		cmocka_unit_test(test_zeros),
	};
	return UNIT_RUN(tests);
}
