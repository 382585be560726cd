// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Marvin32 as the logs use it: known results, of yarp's and of an independent program in
 * C, and every short length against the builder's own.
 */
#include "help/unit.h"

#include "help/logs.h"

#include "regf/log/marvin.h"

#include <stdlib.h>

static void test_known_results(void **state)
{
	uint8_t bytes[32] = { 0 };

	(void)state;
	assert_true(marvin_hash(span_of(bytes, 0)) == 0xb39efca403966e08);
	assert_true(marvin_hash(span_of(NULL, 0)) == 0xb39efca403966e08);
	assert_true(marvin_hash(span_of(bytes, 32)) == 0xda91a06ac5359223);
	for (uint8_t i = 0; i < 32; i++)
		bytes[i] = i;
	assert_true(marvin_hash(span_of(bytes, 32)) == 0xc64feee425c2e24c);
}

static void test_every_prefix_of_whole_numbers(void **state)
{
	uint8_t bytes[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 37 ^ i >> 3);
	for (size_t len = 0; len <= sizeof(bytes); len += 4) {
		struct span copy = logs_copy(bytes, len);

		assert_true(marvin_hash(copy) == builder_log_marvin32(bytes, len));
		free((void *)(uintptr_t)copy.ptr);
	}
}

/* What does not fill a number does not count, and is not read past its end. */
static void test_last_bytes_do_not_count(void **state)
{
	uint8_t bytes[16] = { 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

	(void)state;
	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct span copy = logs_copy(bytes, len);

		assert_true(marvin_hash(copy) ==
			    builder_log_marvin32(bytes, len / 4 * 4));
		free((void *)(uintptr_t)copy.ptr);
	}
}

static void test_every_bit_counts(void **state)
{
	uint8_t bytes[40] = { 0 };
	uint64_t zeros = marvin_hash(span_of(bytes, sizeof(bytes)));

	(void)state;
	for (size_t bit = 0; bit < 8 * sizeof(bytes); bit++) {
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_true(marvin_hash(span_of(bytes, sizeof(bytes))) != zeros);
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_results),
		cmocka_unit_test(test_every_prefix_of_whole_numbers),
		cmocka_unit_test(test_last_bytes_do_not_count),
		cmocka_unit_test(test_every_bit_counts),
	};

	return UNIT_RUN(tests);
}
