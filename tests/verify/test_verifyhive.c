/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Base blocks and logs: each field that is told. */
#include "help/unit.h"

#include "help/verified.h"
#include "verify/verifyhive.h"

#include <string.h>

#define SIZE 2048

static const char *right[] = { "version",
			       "1.3",
			       "primary_sequence",
			       "7",
			       "secondary_sequence",
			       "7",
			       "checksum",
			       "ok",
			       "state",
			       "clean",
			       "last_written",
			       "1601-01-01T12:00:00.0000000Z",
			       "embedded_name",
			       "A",
			       "data_size",
			       "4096",
			       "free_cells",
			       "plain",
			       NULL };

static void seal(uint8_t *bytes)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < 508; i += 4)
		sum ^= le32(bytes + i);
	put_le32(bytes + 508, sum);
}

/* The regf specification, "Base block". */
static void fill(uint8_t bytes[SIZE], uint32_t type)
{
	memset(bytes, 0, SIZE);
	memcpy(bytes, "regf", 4);
	put_le32(bytes + 4, 7);
	put_le32(bytes + 8, 7);
	put_le32(bytes + 12, (uint32_t)UINT64_C(432000000000));
	put_le32(bytes + 16, (uint32_t)(UINT64_C(432000000000) >> 32));
	put_le32(bytes + 20, 1);
	put_le32(bytes + 24, 3);
	put_le32(bytes + 28, type);
	put_le32(bytes + 40, 4096);
	bytes[48] = 'A';
	seal(bytes);
}

static uint64_t wrong(struct verified *verified, const char *const *words)
{
	uint64_t before = verified->report.tally.n_wrong;

	assert_int_equal(verifyhive_base(&verified->report, verified_element(words)),
			 STATUS_OK);
	return verified->report.tally.n_wrong - before;
}

static void test_base(void **state)
{
	static const char *const other[] = { "1.4",   "8",
					     "6",     "bad",
					     "dirty", "1601-01-01T12:00:00.0000001Z",
					     "B",     "4097" };
	uint8_t bytes[SIZE];
	struct verified *verified = verified_new();

	(void)state;
	fill(bytes, 0);
	verified->report.input = verified_add(verified, "hive", bytes, SIZE);
	assert_int_equal(wrong(verified, right), 0);
	assert_int_equal(verified->report.tally.hold[VERIFYTALLY_BASE], 8);
	assert_int_equal(verified->report.files.items[0].minor, 3);
	for (size_t i = 0; i < ARRAY_LEN(other); i++) {
		const char *was = right[2 * i + 1];
		right[2 * i + 1] = other[i];
		assert_int_equal(wrong(verified, right), 1);
		right[2 * i + 1] = was;
	}
	verified_free(verified);
}

static void test_base_bytes(void **state)
{
	uint8_t bytes[SIZE];
	struct verified *verified = verified_new();

	(void)state;
	fill(bytes, 0);
	verified->report.input = verified_add(verified, "hive", bytes, SIZE);
	/* One wrong byte anywhere in the base block at least spoils its checksum. */
	for (size_t i = 0; i < 512; i++) {
		verified->files[0].bytes[i] ^= 0x10;
		verified_again(verified, 0);
		assert_true(wrong(verified, right) > 0);
		verified->files[0].bytes[i] ^= 0x10;
	}
	/* What the bins tell, where it is lost, does not stand there. */
	const char *was = right[9];
	right[9] = "no_base_block";
	assert_int_equal(wrong(verified, right), 0);
	right[9] = was;
	verified_free(verified);
}

/* The regf specification, "New format": two entries of one sector each. */
static void fill_log(uint8_t bytes[SIZE])
{
	fill(bytes, 6);
	for (size_t i = 0; i < 2; i++) {
		memcpy(bytes + 512 + 512 * i, "HvLE", 4);
		put_le32(bytes + 516 + 512 * i, 512);
		put_le32(bytes + 524 + 512 * i, 7 + (uint32_t)i);
	}
}

static uint64_t wrong_log(struct verified *verified, const char *format,
			  const char *first, const char *last, const char *n)
{
	const char *words[] = { "format",
				format,
				"first_sequence",
				first,
				"last_sequence",
				last,
				"entries",
				n,
				NULL };
	uint64_t before = verified->report.tally.n_wrong;

	assert_int_equal(verifyhive_log(&verified->report, verified_element(words)),
			 STATUS_OK);
	return verified->report.tally.n_wrong - before;
}

static void test_log(void **state)
{
	uint8_t bytes[SIZE];
	struct verified *verified = verified_new();
	const struct verifytally *tally = &verified->report.tally;

	(void)state;
	fill_log(bytes);
	verified->report.input = verified_add(verified, "hive.LOG1", bytes, SIZE);
	assert_int_equal(wrong_log(verified, "new", "7", "8", "2"), 0);
	assert_int_equal(wrong_log(verified, "old", "7", "8", "2"), 1);
	assert_int_equal(wrong_log(verified, "new", "6", "8", "2"), 1);
	assert_int_equal(wrong_log(verified, "new", "7", "9", "2"), 1);
	assert_int_equal(wrong_log(verified, "new", "7", "9", "3"), 1);
	assert_int_equal(tally->hold[VERIFYTALLY_LOG], 2 + 1 + 3);
	assert_int_equal(
		verifyhive_entry(&verified->report,
				 verified_element((const char *const[]){
					 "log", "i1", "log_sequence", "8", NULL })),
		STATUS_OK);
	assert_int_equal(tally->n_wrong, 4);
	assert_int_equal(
		verifyhive_entry(&verified->report,
				 verified_element((const char *const[]){
					 "log", "i1", "log_sequence", "9", NULL })),
		STATUS_OK);
	assert_int_equal(tally->n_wrong, 5);
	verified_free(verified);
}

static void test_old_log(void **state)
{
	uint8_t bytes[SIZE];
	struct verified *verified = verified_new();

	(void)state;
	fill(bytes, 1);
	memcpy(bytes + 512, "DIRT", 4);
	verified->report.input = verified_add(verified, "hive.LOG", bytes, SIZE);
	assert_int_equal(wrong_log(verified, "old", "7", "7", "1"), 0);
	assert_int_equal(wrong_log(verified, "new", "7", "7", "1"), 1);
	assert_int_equal(wrong_log(verified, "old", "6", "6", "1"), 1);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base),
		cmocka_unit_test(test_base_bytes),
		cmocka_unit_test(test_log),
		cmocka_unit_test(test_old_log),
	};
	return UNIT_RUN(tests);
}
