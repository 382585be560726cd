/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits of both cases, of numbers and of bytes. */
#include "help/unit.h"

#include "base/hex.h"

#include <stdio.h>
#include <string.h>

static void test_every_unit(void **state)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	(void)state;
	for (uint32_t unit = 0; unit <= 0xFFFF; unit++) {
		const char *at = unit && unit < 0x80 ? strchr(digits, (int)unit) : NULL;
		int expected = at ? (int)(at - digits) : -1;
		assert_int_equal(hex_digit((uint16_t)unit),
				 expected < 16 ? expected : expected - 6);
	}
}

/* Against printf(), at both sides of each power of 16. */
static void test_numbers(void **state)
{
	(void)state;
	for (unsigned bit = 0; bit < 32; bit++)
		for (int off = -1; off <= 1; off++) {
			uint32_t value = (UINT32_C(1) << bit) + (uint32_t)off;
			char expected[16], got[16] = "";
			int n = snprintf(expected, sizeof(expected), "%x", value);
			assert_int_equal(hex_length(value), n);
			assert_ptr_equal(hex_put(got, value, (unsigned)n), got + n);
			assert_string_equal(got, expected);
		}
	char got[5] = "....";
	assert_ptr_equal(hex_put(got, 0x123A, 2), got + 2);
	assert_string_equal(got, "3a..");
	assert_ptr_equal(hex_put(got, 0x7, 4), got + 4);
	assert_string_equal(got, "0007");
}

static void test_bytes(void **state)
{
	static const uint8_t bytes[] = { 0x00, 0x0F, 0xF0, 0x9A, 0xFF };
	char out[11];

	(void)state;
	hex_bytes(out, bytes, sizeof(bytes));
	assert_string_equal(out, "000ff09aff");
	hex_bytes(out, bytes, 0);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_unit),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_bytes),
	};

	return UNIT_RUN(tests);
}
