/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys and values against their records.  Byte runs have no hash here, so that each change
 * is found by what it means or not at all.
 */
#include "help/unit.h"

#include "help/cells.h"
#include "verify/verifycellcheck.h"

/* Return: how many statements about the cell do not hold. */
static uint64_t wrong(struct verified *verified, struct verifycell *cell)
{
	uint64_t before = verified->report.tally.n_wrong;

	for (size_t i = 0; i < cell->runs.n; i++)
		cell->runs.items[i].hashed = false;
	assert_int_equal(verifycellcheck_all(&verified->report, cell), STATUS_OK);
	return verified->report.tally.n_wrong - before;
}

static struct verified *begin(uint8_t bytes[CELLS_SIZE])
{
	struct verified *verified = verified_new();

	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	return verified;
}

/* Of these bytes of the file, whether changing one is noticed; others are not looked at. */
static void change_each(struct verified *verified, struct verifycell *cell,
			const char *places, size_t from)
{
	for (size_t i = 0; places[i]; i++) {
		uint8_t *byte = &verified->files[0].bytes[from + i];
		*byte ^= 0x01;
		verified_again(verified, 0);
		assert_true((wrong(verified, cell) > 0) == (places[i] == 'x'));
		*byte ^= 0x01;
		verified_again(verified, 0);
	}
	assert_int_equal(wrong(verified, cell), 0);
}

static void test_key_bytes(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct verified *verified = begin(bytes);
	struct verifycell_run runs[2];
	struct verifycell cell = cells_key(bytes, runs);

	(void)state;
	/* Signature, flags (the bit of the encoding is another), time. */
	change_each(verified, &cell, "xx--xxxxxxxx----", CELLS_KEY);
	/* The length of the name may only be more than there is room for, and its bytes. */
	change_each(verified, &cell, "----xxxx", CELLS_KEY + 72);
	/* The sign of the cell's size. */
	verified->files[0].bytes[3] = 0;
	verified_again(verified, 0);
	assert_int_equal(wrong(verified, &cell), 1);
	verified_free(verified);
}

static void test_value_bytes(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = begin(bytes);
	struct verifycell_run runs[2];
	struct verifycell cell = cells_value(bytes, runs, data);

	(void)state;
	/* Signature, length of the name, size, place of the data, type. */
	change_each(verified, &cell, "xx--xxxx----xxxx", CELLS_VALUE);
	change_each(verified, &cell, "x---xxxx", CELLS_VALUE + 16);
	change_each(verified, &cell, "xxxxxx-", CELLS_DATA);
	verified_free(verified);
}

#define EXPECT_WRONG(member, other)                                                      \
	do {                                                                             \
		__typeof__(cell.member) as_it_was = cell.member;                         \
		cell.member = (other);                                                   \
		assert_true(wrong(verified, &cell) > 0);                                 \
		cell.member = as_it_was;                                                 \
		assert_int_equal(wrong(verified, &cell), 0);                             \
	} while (0)

static void test_what_is_said(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = begin(bytes);
	struct verifycell_run runs[2];
	struct verifycell cell = cells_key(bytes, runs);
	struct span units = span_of("4e0061006d006500", 16);

	(void)state;
	EXPECT_WRONG(is_value, true);
	EXPECT_WRONG(in_use, false);
	EXPECT_WRONG(recovered, true);
	EXPECT_WRONG(has_time, false);
	EXPECT_WRONG(filetime, CELLS_TIME + 1);
	EXPECT_WRONG(name, span_of("Nami", 4));
	EXPECT_WRONG(name, span_of("NAME", 4));
	EXPECT_WRONG(name_utf16, units);
	EXPECT_WRONG(path, span_of("Name\\Other", 10));
	EXPECT_WRONG(path, span_of("AboveName", 9));
	cell = cells_value(bytes, runs, data);
	EXPECT_WRONG(is_value, false);
	EXPECT_WRONG(name, span_of("wert", 4));
	EXPECT_WRONG(path, span_of("Wer", 3));
	EXPECT_WRONG(type[4], 'S');
	EXPECT_WRONG(data[5], 'x');
	EXPECT_WRONG(data_len, 5);
	verified_free(verified);
}

/* It has the path of its key. */
static void test_default_value(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified;
	struct verifycell_run runs[2];

	(void)state;
	cells_fill(bytes);
	bytes[CELLS_VALUE + 2] = 0;
	verified = verified_new();
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	struct verifycell cell = cells_value(bytes, runs, data);
	cell.name = span_of("", 0);
	cell.path = span_of("Above\\Name", 10);
	runs[0].len = 20;
	assert_int_equal(wrong(verified, &cell), 0);
	verified_free(verified);
}

static void test_left(void **state)
{
	uint8_t bytes[CELLS_SIZE], data[6];
	struct verified *verified = begin(bytes);
	const struct verifytally *tally = &verified->report.tally;
	struct verifycell_run runs[2];
	struct verifycell cell = cells_value(bytes, runs, data);

	(void)state;
	cell.redacted = true;
	cell.data_len = 0;
	assert_int_equal(wrong(verified, &cell), 0);
	assert_int_equal(tally->hold[VERIFYTALLY_DATA], 1);
	assert_true(tally->left[VERIFYTALLY_HELD_BACK] > 0);
	runs[1].len = 7;
	assert_int_equal(wrong(verified, &cell), 1);
	/* What is concluded is not held against bytes that are lost. */
	cell = cells_key(bytes, runs);
	cell.inferred = 1u << VERIFYCELL_KIND | 1u << VERIFYCELL_NAME;
	cell.in_use = false;
	cell.recovered = true;
	memcpy(verified->files[0].bytes + CELLS_KEY, "\xff\xff\xff", 3);
	memcpy(verified->files[0].bytes + CELLS_KEY + 76, "????", 4);
	verified_again(verified, 0);
	assert_int_equal(wrong(verified, &cell), 0);
	assert_int_equal(tally->left[VERIFYTALLY_CONCLUDED], 2);
	/* Of text there is no place, and of a file that is not there nothing. */
	cell = (struct verifycell){ .unplaced = true };
	assert_int_equal(wrong(verified, &cell), 0);
	assert_int_equal(tally->left[VERIFYTALLY_EXPORT], 1);
	cell = cells_key(bytes, runs);
	runs[0].file = VERIFYFILES_NONE;
	assert_int_equal(wrong(verified, &cell), 0);
	assert_int_equal(tally->left[VERIFYTALLY_NOT_THERE], 6);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_bytes),    cmocka_unit_test(test_value_bytes),
		cmocka_unit_test(test_what_is_said), cmocka_unit_test(test_default_value),
		cmocka_unit_test(test_left),
	};
	return UNIT_RUN(tests);
}
