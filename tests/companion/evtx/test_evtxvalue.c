/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sizes of values: each type takes its own, and none but that. */
#include "help/unit.h"

#include "companion/evtx/evtxvalue.h"

static const uint8_t sid[8 + 4 * 15] = { 1, 2, 0, 0, 0, 0, 0, 5 };

static bool sound(uint8_t type, size_t len)
{
	return evtxvalue_is_sound(type, span_of(sid, len));
}

static void test_fixed(void **state)
{
	/* Type and size as the description of the format lists them. */
	static const uint8_t rows[][2] = {
		{ 0x03, 1 }, { 0x04, 1 },  { 0x05, 2 }, { 0x06, 2 },
		{ 0x07, 4 }, { 0x08, 4 },  { 0x09, 8 }, { 0x0a, 8 },
		{ 0x0b, 4 }, { 0x0c, 8 },  { 0x0d, 4 }, { 0x0f, 16 },
		{ 0x11, 8 }, { 0x12, 16 }, { 0x14, 4 }, { 0x15, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t len = 0; len < 40; len++) {
			uint8_t size = rows[i][1];
			assert_int_equal(sound(rows[i][0], len), len == 0 || len == size);
			/* an array holds any number of them */
			assert_int_equal(sound(rows[i][0] | 0x80, len), len % size == 0);
		}
}

static void test_others(void **state)
{
	(void)state;
	for (size_t len = 0; len < 40; len++) {
		assert_int_equal(sound(0x01, len), len % 2 == 0); /* UTF-16 */
		assert_int_equal(sound(0x81, len), len % 2 == 0);
		assert_true(sound(0x00, len) && sound(0x02, len) && sound(0x0e, len));
		assert_int_equal(sound(0x10, len), len == 0 || len == 4 || len == 8);
		assert_int_equal(sound(0x13, len), len == 0 || len == 16);
		assert_int_equal(sound(0x93, len), len == 0);
		assert_int_equal(sound(0x8e, len), len == 0);
	}
}

static void test_unknown(void **state)
{
	(void)state;
	for (unsigned type = 0x16; type < 0x80; type++) {
		assert_false(sound((uint8_t)type, 8));
		assert_false(sound((uint8_t)(type | 0x80), 8));
		assert_false(sound((uint8_t)type, 0));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixed),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_unknown),
	};
	return UNIT_RUN(tests);
}
