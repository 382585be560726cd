/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code points out of UTF-8 and UTF-16 and into them; all of them. */
#include "help/unit.h"

#include "base/unicode.h"

#include "base/compiler.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* Against libunistring, which has them from elsewhere. */
static void test_every_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		uint8_t expected[6];
		uint16_t units[2], expected_units[2];
		char bytes[4];
		uint32_t back = 0;
		if (unicode_is_surrogate(c))
			continue;
		int n = u8_uctomb(expected, c, sizeof(expected));
		assert_int_equal(unicode_utf8_size(c), n);
		assert_int_equal(unicode_to_utf8(c, bytes), n);
		assert_memory_equal(bytes, expected, (size_t)n);
		assert_int_equal(unicode_from_utf8(expected, (size_t)n, &back), n);
		assert_int_equal(back, c);
		n = u16_uctomb(expected_units, c, 2);
		assert_int_equal(unicode_to_utf16(c, units), n);
		assert_memory_equal(units, expected_units, (size_t)n * 2);
		if (n == 2) {
			assert_true(unicode_is_high(units[0]) &&
				    unicode_is_low(units[1]));
			assert_int_equal(unicode_of_pair(units[0], units[1]), c);
		}
	}
}

static void test_halves(void **state)
{
	uint16_t units[2] = { 0, 0 };

	(void)state;
	for (uint32_t c = 0; c <= 0xFFFF; c++) {
		assert_int_equal(unicode_is_high(c), c >= 0xD800 && c <= 0xDBFF);
		assert_int_equal(unicode_is_low(c), c >= 0xDC00 && c <= 0xDFFF);
		assert_int_equal(unicode_is_surrogate(c),
				 unicode_is_high(c) || unicode_is_low(c));
	}
	/* Alone it stays what it is. */
	assert_int_equal(unicode_to_utf16(0xD800, units), 1);
	assert_int_equal(units[0], 0xD800);
}

/* Every sequence of two bytes, and three behind each first one: valid as libunistring says. */
static void test_what_is_utf8(void **state)
{
	(void)state;
	for (uint32_t all = 0; all <= 0xFFFFFF; all += all & 0xFF ? 0x3F : 1) {
		const uint8_t bytes[] = { (uint8_t)(all >> 16), (uint8_t)(all >> 8),
					  (uint8_t)all, 0x80 };
		uint32_t c = 0;
		ucs4_t expected = 0;
		int n = u8_mbtoucr(&expected, bytes, sizeof(bytes));
		size_t used = unicode_from_utf8(bytes, sizeof(bytes), &c);
		assert_in_range(used, 1, 4);
		if (n > 0) {
			assert_int_equal(used, n);
			assert_int_equal(c, expected);
		} else {
			assert_int_equal(c, UNICODE_NOT_UTF8);
		}
	}
}

/* The examples of Unicode 14, section 3.9, tables 3-8 to 3-11, and ends. */
static void test_broken_sequences(void **state)
{
	static const struct {
		const char *bytes;
		size_t used;
		uint32_t c;
	} rows[] = {
		{ "\xC0\xAF", 1, UNICODE_NOT_UTF8 },
		{ "\x80", 1, UNICODE_NOT_UTF8 },
		{ "\xED\xA0\x80", 1, UNICODE_NOT_UTF8 },
		{ "\xF4\x91\x92\x93", 1, UNICODE_NOT_UTF8 },
		{ "\xFF", 1, UNICODE_NOT_UTF8 },
		{ "\xE1\x80\xE2", 2, UNICODE_NOT_UTF8 },
		{ "\xF1\x91\x92"
		  "A",
		  3, UNICODE_NOT_UTF8 },
		{ "\xC3", 1, UNICODE_CUT_OFF },
		{ "\xE2\x82", 2, UNICODE_CUT_OFF },
		{ "\xF0\x9F\x98", 3, UNICODE_CUT_OFF },
		{ "\xE0\x80", 1, UNICODE_NOT_UTF8 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint32_t c = 0;
		assert_int_equal(unicode_from_utf8((const uint8_t *)rows[i].bytes,
						   strlen(rows[i].bytes), &c),
				 rows[i].used);
		assert_int_equal(c, rows[i].c);
	}
}

/*
 * Of what libunistring's version of Unicode hides, all that Unicode 14 has is hidden; no
 * letter, mark, number or sign is.
 */
static void test_hidden(void **state)
{
	static const uint32_t samples[] = { 0,	    0x1F,   0x7F,   0x9F,   0xAD,
					    0x200B, 0x202E, 0x2066, 0xFEFF, 0xE0001 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		assert_true(unicode_is_hidden(samples[i]));
	for (uint32_t c = 0; c <= 0x10FFFF; c++)
		if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc |
								UC_CATEGORY_MASK_Zl |
								UC_CATEGORY_MASK_Zp))
			assert_true(unicode_is_hidden(c));
		else if (uc_is_general_category_withtable(
				 c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
					    UC_CATEGORY_MASK_S | UC_CATEGORY_MASK_P) &&
			 !uc_is_property_default_ignorable_code_point(c))
			assert_false(unicode_is_hidden(c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_halves),
		cmocka_unit_test(test_what_is_utf8),
		cmocka_unit_test(test_broken_sequences),
		cmocka_unit_test(test_hidden),
	};

	return UNIT_RUN(tests);
}
