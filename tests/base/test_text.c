/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names: folding and order, and all that UTF-16 can hold to UTF-8 and back. */
#include "help/unit.h"

#include "base/sum/digest.h"
#include "base/text.h"

#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_upcase_of_every_unit(void **state)
{
	unsigned mapped = 0;

	(void)state;
	for (unsigned u = 0; u <= 0xFFFF; u++) {
		uint16_t up = text_upcase((uint16_t)u);

		mapped += up != u;
		assert_int_equal(text_upcase(up), up);
		if (u >= 0xD800 && u < 0xE000)
			assert_int_equal(up, u);
		else
			assert_false(up >= 0xD800 && up < 0xE000);
		if (u < 0x80)
			assert_int_equal(up, u >= 'a' && u <= 'z' ? u - 32 : u);
	}
	assert_int_equal(mapped, 973);
}

/* The 128 KB whose MD5 is published for Windows (head of upcase.tsv). */
static void test_upcase_is_the_table_of_windows(void **state)
{
	static uint8_t table[131072];
	char hex[DIGEST_HEX_SIZE];

	(void)state;
	for (unsigned u = 0; u <= 0xFFFF; u++)
		(void)one_unit(text_upcase((uint16_t)u), table + (size_t)2 * u);

	struct digest digest = digest_of(span_of(table, sizeof(table)));

	digest_hex(&digest, hex);
	assert_string_equal(
		hex, "41c26bc7a12bdaeb26025c93118697c7e3ef81ee048b00fe5cce2a472e0e0742");
}

static void test_upcase_by_example(void **state)
{
	static const uint16_t pairs[][2] = {
		{ 'a', 'A' },
		{ 'z', 'Z' },
		{ '`', '`' },
		{ '{', '{' },
		{ 0x00E0, 0x00C0 },
		{ 0x00F6, 0x00D6 },
		{ 0x00F7, 0x00F7 },
		{ 0x00FE, 0x00DE },
		{ 0x00FF, 0x0178 },
		{ 0x00DF, 0x00DF },
		{ 0x1E9E, 0x1E9E },
		{ 0x0101, 0x0100 },
		{ 0x01C6, 0x01C4 },
		{ 0x03B1, 0x0391 },
		{ 0x03C3, 0x03A3 },
		{ 0x03AC, 0x0386 },
		{ 0x03CE, 0x038F },
		{ 0x0430, 0x0410 },
		{ 0x044F, 0x042F },
		{ 0x0451, 0x0401 },
		{ 0x045F, 0x040F },
		{ 0x0219, 0x0218 },
		{ 0x0561, 0x0531 },
		{ 0x1F80, 0x1F88 },
		{ 0x1FB3, 0x1FBC },
		{ 0x217F, 0x216F },
		{ 0x24E9, 0x24CF },
		{ 0x2C30, 0x2C00 },
		{ 0x2D00, 0x10A0 },
		{ 0x1D79, 0xA77D },
		{ 0xFF5A, 0xFF3A },
		/* Exceptions, each with its reason in upcase.tsv. */
		{ 0x00B5, 0x00B5 },
		{ 0x0131, 0x0131 },
		{ 0x017F, 0x017F },
		{ 0x01C5, 0x01C5 },
		{ 0x01C8, 0x01C8 },
		{ 0x01CB, 0x01CB },
		{ 0x01F2, 0x01F2 },
		{ 0x0345, 0x0345 },
		{ 0x03C2, 0x03C2 },
		{ 0x03D0, 0x03D0 },
		{ 0x03D1, 0x03D1 },
		{ 0x03D5, 0x03D5 },
		{ 0x03D6, 0x03D6 },
		{ 0x03F0, 0x03F0 },
		{ 0x03F1, 0x03F1 },
		{ 0x03F5, 0x03F5 },
		{ 0x1E9B, 0x1E9B },
		{ 0x1FBE, 0x1FBE },
		/* After Unicode 5.1: Cyrillic 5.2, Cherokee 8, Georgian 11. */
		{ 0x0525, 0x0525 },
		{ 0xAB70, 0xAB70 },
		{ 0x10D0, 0x10D0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (text_upcase(pairs[i][0]) != pairs[i][1])
			fail_msg("%04X becomes %04X", pairs[i][0],
				 text_upcase(pairs[i][0]));
}

static void test_units_of_odd_lengths(void **state)
{
	(void)state;
	assert_int_equal(text_length(utf16(NULL, 0)), 0);
	assert_int_equal(text_length(UTF16("A")), 1);
	assert_int_equal(text_length(UTF16("A\0")), 1);
	assert_int_equal(text_length(UTF16("A\0B")), 2);
	assert_int_equal(text_length(LATIN1("A\0B")), 3);
	assert_int_equal(text_unit(UTF16("\x34\x12\xFE"), 0), 0x1234);
	assert_int_equal(text_unit(UTF16("\x34\x12\xFE"), 1), 0x00FE);
	assert_int_equal(text_unit(LATIN1("\xFE"), 0), 0x00FE);
	assert_true(text_same(UTF16("A"), UTF16("A\0")));
	assert_true(text_equal(UTF16("a\0b"), LATIN1("AB")));
	assert_utf8(UTF16("A\0B"), "AB", false);
	assert_utf8(UTF16("\x01\xD8\x01"), "\xEF\xBF\xBD\xEF\xBF\xBD", true);
}

static void test_slices(void **state)
{
	struct text odd = UTF16("a\0b\0c");

	(void)state;
	assert_true(text_is(text_slice(odd, 0, 2), "ab"));
	assert_int_equal(text_slice(odd, 0, 2).bytes.len, 4);
	assert_true(text_is(text_slice(odd, 2, 1), "c"));
	assert_int_equal(text_slice(odd, 2, 1).bytes.len, 1);
	assert_true(text_is(text_slice(odd, 1, 2), "bc"));
	assert_true(text_is(text_slice(odd, 1, SIZE_MAX), "bc"));
	assert_true(text_is(text_slice(odd, 3, 1), ""));
	assert_true(text_is(text_slice(odd, SIZE_MAX, SIZE_MAX), ""));
	assert_true(text_is(text_slice(odd, 1, 0), ""));
	assert_true(text_is(text_slice(text_of("abc"), 1, 1), "b"));
}

static void test_until_nul(void **state)
{
	(void)state;
	assert_true(text_is(text_until_nul(UTF16("a\0b\0\0\0c\0")), "ab"));
	assert_true(text_is(text_until_nul(UTF16("a\0b\0")), "ab"));
	assert_true(text_is(text_until_nul(UTF16("a\0b\0\0")), "ab"));
	assert_true(text_is(text_until_nul(UTF16("\0\0a\0")), ""));
	assert_true(text_is(text_until_nul(LATIN1("ab\0c")), "ab"));
	/* No unit is zero, though bytes are. */
	assert_int_equal(text_length(text_until_nul(UTF16("a\0\0\x01"))), 2);
	assert_int_equal(text_length(text_until_nul(utf16(NULL, 0))), 0);
}

static void check_order(struct text a, struct text b, int expected)
{
	assert_int_equal(text_compare(a, b), expected);
	assert_int_equal(text_compare(b, a), -expected);
	assert_int_equal(text_equal(a, b), expected == 0);
}

static void test_compare_in_every_pair_of_encodings(void **state)
{
	/* In order; equal neighbours share their number. */
	static const struct {
		const char *latin1;
		int rank;
	} names[] = {
		{ "", 0 },     { "A", 1 },     { "a", 1 },     { "AB", 2 },
		{ "aB", 2 },   { "ABC", 3 },   { "B", 4 },     { "[", 5 },
		{ "_", 6 },    { "\xB5", 7 },  { "\xC4z", 8 }, { "\xE4Z", 8 },
		{ "\xDF", 9 }, { "\xF7", 10 }, { "\xFF", 11 },
	};
	uint8_t wide[ARRAY_LEN(names)][8] = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; names[i].latin1[k]; k++)
			wide[i][2 * k] = (uint8_t)names[i].latin1[k];
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < ARRAY_LEN(names); k++) {
			struct text a = text_of(names[i].latin1);
			struct text b = text_of(names[k].latin1);
			struct text wa = utf16(wide[i], 2 * text_length(a));
			struct text wb = utf16(wide[k], 2 * text_length(b));
			int order = (names[i].rank > names[k].rank) -
				    (names[i].rank < names[k].rank);

			check_order(a, b, order);
			check_order(wa, b, order);
			check_order(a, wb, order);
			check_order(wa, wb, order);
			assert_int_equal(text_same(wa, b), i == k);
			assert_int_equal(text_same(a, b), i == k);
		}
}

static void test_compare_across_latin1(void **state)
{
	(void)state;
	/* y with diaeresis is Latin-1, its upper case U+0178 is not. */
	check_order(LATIN1("\xFF"), UTF16("\x78\x01"), 0);
	check_order(LATIN1("\xFF"), UTF16("\x77\x01"), 1);
	check_order(LATIN1("\xFF"), LATIN1("\xFE"), 1);
	assert_false(text_same(LATIN1("\xFF"), UTF16("\x78\x01")));
	/* By unit, not by code point: U+10000 comes before U+FF21. */
	check_order(UTF16("\x00\xD8\x00\xDC"), UTF16("\x21\xFF"), -1);
	/* Privet, small and capital. */
	check_order(UTF16("\x1F\x04\x40\x04"), UTF16("\x3F\x04\x20\x04"), 0);
}

static void test_order_is_by_unit(void **state)
{
	(void)state;
	assert_int_equal(text_order(text_of("a"), text_of("B")), 1);
	assert_int_equal(text_order(text_of("A"), text_of("a")), -1);
	assert_int_equal(text_order(text_of("a"), UTF16("a\0")), 0);
	assert_int_equal(text_order(text_of("a"), UTF16("a\0b\0")), -1);
	assert_int_equal(text_order(LATIN1("\xFF"), UTF16("\x00\x01")), -1);
	assert_int_equal(text_order(text_of("x"), text_of("x")), 0);
	assert_false(text_same(text_of("a"), text_of("A")));
}

static void test_parts_of_a_name(void **state)
{
	struct text name = UTF16("P\0r\0o\0f\0i\0l\0e\0s\0");

	(void)state;
	assert_true(text_is(name, "PROFILES"));
	assert_false(text_is(name, "profile"));
	assert_false(text_is(name, "profiles2"));
	assert_true(text_starts_with(name, "pro"));
	assert_true(text_starts_with(name, ""));
	assert_true(text_starts_with(name, "profiles"));
	assert_false(text_starts_with(name, "profiles2"));
	assert_false(text_starts_with(name, "rof"));
	assert_true(text_ends_with(name, "LES"));
	assert_true(text_ends_with(name, ""));
	assert_true(text_ends_with(name, "profiles"));
	assert_false(text_ends_with(name, "2profiles"));
	assert_false(text_ends_with(name, "file"));
	assert_true(text_has(name, "FILE"));
	assert_true(text_has(name, "profiles"));
	assert_true(text_has(name, "s"));
	assert_true(text_has(name, ""));
	assert_true(text_has(text_of(""), ""));
	assert_false(text_has(name, "lees"));
	assert_false(text_has(name, "profiles2"));
}

/* Whatever the encodings, the units of one behind those of the other. */
static void test_join(void **state)
{
	const struct {
		struct text a, b;
		const char *utf16; /* in memory order, as hex */
	} rows[] = {
		{ LATIN1(""), LATIN1(""), "" },
		{ LATIN1("A"), LATIN1(""), "4100" },
		{ LATIN1(""), UTF16("B\0"), "4200" },
		{ LATIN1("\xe4"), UTF16("\x3f\x04"), "e4003f04" },
		{ UTF16("A\0B\0"), LATIN1("C"), "410042004300" },
		{ UTF16("\x3d\xd8"), UTF16("\x00\xde"), "3dd800de" },
		{ UTF16("A\0\0\0"), UTF16("Z"), "410000005a00" }, /* an odd last byte */
		{ UTF16("Z"), LATIN1("A"), "5a004100" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct text joined;
		assert_true(text_join(rows[i].a, rows[i].b, &joined));
		assert_int_equal(text_length(joined),
				 text_length(rows[i].a) + text_length(rows[i].b));
		char *hex = text_to_utf16_hex(joined);
		assert_non_null(hex);
		assert_string_equal(hex, rows[i].utf16);
		free(hex);
		text_free(joined);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_upcase_of_every_unit),
		cmocka_unit_test(test_upcase_is_the_table_of_windows),
		cmocka_unit_test(test_upcase_by_example),
		cmocka_unit_test(test_units_of_odd_lengths),
		cmocka_unit_test(test_slices),
		cmocka_unit_test(test_until_nul),
		cmocka_unit_test(test_compare_in_every_pair_of_encodings),
		cmocka_unit_test(test_compare_across_latin1),
		cmocka_unit_test(test_order_is_by_unit),
		cmocka_unit_test(test_parts_of_a_name),
		cmocka_unit_test(test_join),
	};

	return UNIT_RUN(tests);
}
