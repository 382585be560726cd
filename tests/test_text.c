/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names: folding and order, and all that UTF-16 can hold to UTF-8 and back. */
#define UNIT_OOM
#include "unit.h"

#include "base/digest.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct text utf16(const void *bytes, size_t len)
{
	return (struct text){ .bytes = span_of(bytes, len), .encoding = TEXT_UTF16LE };
}

static struct text latin1(const void *bytes, size_t len)
{
	return (struct text){ .bytes = span_of(bytes, len), .encoding = TEXT_LATIN1 };
}

/* A UTF-16LE text over a string literal of its bytes. */
#define UTF16(literal) utf16(literal, sizeof(literal) - 1)
#define LATIN1(literal) latin1(literal, sizeof(literal) - 1)

static void free_units(struct text t)
{
	free((void *)(uintptr_t)t.bytes.ptr);
}

/* The bytes of one unit. */
static struct text one_unit(uint16_t unit, uint8_t bytes[2])
{
	bytes[0] = (uint8_t)(unit & 0xFF);
	bytes[1] = (uint8_t)(unit >> 8);
	return utf16(bytes, 2);
}

static void assert_utf8(struct text t, const char *expected, bool expect_lossy)
{
	bool lossy = !expect_lossy;
	char *utf8 = text_to_utf8(t, &lossy);

	assert_non_null(utf8);
	assert_string_equal(utf8, expected);
	assert_int_equal(lossy, expect_lossy);
	free(utf8);
}

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

/* UTF-8 computed another way than by the code under test. */
static void reference_utf8(uint32_t c, char out[5])
{
	memset(out, 0, 5);
	if (c < 0x80) {
		out[0] = (char)c;
	} else if (c < 0x800) {
		out[0] = (char)(192 + c / 64);
		out[1] = (char)(128 + c % 64);
	} else if (c < 0x10000) {
		out[0] = (char)(224 + c / 4096);
		out[1] = (char)(128 + c / 64 % 64);
		out[2] = (char)(128 + c % 64);
	} else {
		out[0] = (char)(240 + c / 262144);
		out[1] = (char)(128 + c / 4096 % 64);
		out[2] = (char)(128 + c / 64 % 64);
		out[3] = (char)(128 + c % 64);
	}
}

static void test_every_single_unit_to_utf8(void **state)
{
	(void)state;
	for (uint32_t u = 0; u <= 0xFFFF; u++) {
		bool held = u >= 0x20 || u == 9 || u == 10 || u == 13;
		uint8_t bytes[2];
		char expected[5];
		struct text back;

		if ((u >= 0xD800 && u <= 0xDFFF) || u >= 0xFFFE)
			held = false;
		reference_utf8(held ? u : 0xFFFD, expected);
		assert_utf8(one_unit((uint16_t)u, bytes), expected, !held);
		if (u <= 0xFF)
			assert_utf8(latin1(bytes, 1), expected, !held);
		if (!held)
			continue;
		assert_true(text_from_utf8(expected, strlen(expected), &back));
		assert_true(text_same(back, utf16(bytes, 2)));
		free_units(back);
	}
}

static void test_every_surrogate_pair_there_and_back(void **state)
{
	static uint8_t pairs[1024 * 4];
	static char expected[1024 * 4 + 1];

	(void)state;
	for (uint32_t high = 0xD800; high <= 0xDBFF; high++) {
		for (uint32_t low = 0xDC00; low <= 0xDFFF; low++) {
			size_t at = (low - 0xDC00) * 4;
			char one[5];

			(void)one_unit((uint16_t)high, pairs + at);
			(void)one_unit((uint16_t)low, pairs + at + 2);
			reference_utf8(65536 + (high - 0xD800) * 1024 + (low - 0xDC00),
				       one);
			memcpy(expected + at, one, 4);
		}

		struct text t = utf16(pairs, sizeof(pairs));
		struct text back;

		assert_utf8(t, expected, false);
		assert_true(text_from_utf8(expected, sizeof(expected) - 1, &back));
		assert_true(span_equal(back.bytes, t.bytes));
		assert_int_equal(back.encoding, TEXT_UTF16LE);
		free_units(back);
	}
}

static void test_lone_surrogates_become_visible(void **state)
{
	(void)state;
	/* High at the end, high before high, low first, pair reversed. */
	assert_utf8(UTF16("A\0\x00\xD8"), "A\xEF\xBF\xBD", true);
	assert_utf8(UTF16("\x00\xD8\x00\xD8\x00\xDC"), "\xEF\xBF\xBD\xF0\x90\x80\x80",
		    true);
	assert_utf8(UTF16("\x00\xDC"
			  "A\0"),
		    "\xEF\xBF\xBD"
		    "A",
		    true);
	assert_utf8(UTF16("\x00\xDC\x00\xDC"), "\xEF\xBF\xBD\xEF\xBF\xBD", true);
	assert_utf8(UTF16("\xFF\xDF\xFF\xDB"), "\xEF\xBF\xBD\xEF\xBF\xBD", true);
	assert_utf8(UTF16("\xFF\xDB\xFF\xDF"), "\xF4\x8F\xBF\xBF", false);
	assert_utf8(UTF16("\xFF\xDB\xFF\xDB"), "\xEF\xBF\xBD\xEF\xBF\xBD", true);
	assert_utf8(UTF16("\xFF\xDB\x00\xE0"), "\xEF\xBF\xBD\xEE\x80\x80", true);
}

static void test_to_utf8_of_whole_names(void **state)
{
	char *utf8;

	(void)state;
	assert_utf8(utf16(NULL, 0), "", false);
	assert_utf8(latin1(NULL, 0), "", false);
	assert_utf8(LATIN1("Outlook ~"), "Outlook ~", false);
	assert_utf8(UTF16("O\0k\0 \0~\0"), "Ok ~", false);
	assert_utf8(LATIN1("\xEBig\x7F"), "\xC3\xABig\x7F", false);
	assert_utf8(LATIN1("a\0b"),
		    "a\xEF\xBF\xBD"
		    "b",
		    true);
	assert_utf8(LATIN1("a\tb\r\n"), "a\tb\r\n", false);
	assert_utf8(LATIN1("a\x1F"), "a\xEF\xBF\xBD", true);
	assert_utf8(UTF16("\x1F\x04 \0\x1F\0"), "\xD0\x9F \xEF\xBF\xBD", true);
	/* lossy may be left out. */
	utf8 = text_to_utf8(LATIN1("\0"), NULL);
	assert_string_equal(utf8, "\xEF\xBF\xBD");
	free(utf8);
}

static void assert_hex(struct text t, const char *expected)
{
	char *hex = text_to_utf16_hex(t);

	assert_non_null(hex);
	assert_string_equal(hex, expected);
	free(hex);
}

static void test_utf16_hex_is_exact(void **state)
{
	(void)state;
	assert_hex(utf16(NULL, 0), "");
	assert_hex(text_of("A"), "4100");
	assert_hex(LATIN1("\xFF\0"), "ff000000");
	assert_hex(UTF16("\x00\xD8\x3C\x04\x00\x00"), "00d83c040000");
	assert_hex(UTF16("\xFE\xFF\xAB"), "feffab00");
}

static void assert_from(const char *utf8, size_t len, const char *expected_hex)
{
	/* On the heap without NUL, so that a sanitizer sees one byte too far. */
	char *copy = malloc(len ? len : 1);
	struct text t;

	assert_non_null(copy);
	memcpy(copy, utf8, len);
	assert_true(text_from_utf8(copy, len, &t));
	assert_hex(t, expected_hex);
	free_units(t);
	free(copy);
}

#define FROM(literal, hex) assert_from(literal, sizeof(literal) - 1, hex)

static void test_from_malformed_utf8(void **state)
{
	(void)state;
	FROM("", "");
	FROM("a\0b", "610000006200");
	/* Overlong, surrogate, past U+10FFFF, stray and truncated sequences. */
	FROM("\xC0\x80", "fdfffdff");
	FROM("\xC1\xBF", "fdfffdff");
	FROM("\xC2\x80", "8000");
	FROM("\xE0\x9F\xBF", "fdfffdfffdff");
	FROM("\xE0\xA0\x80", "0008");
	FROM("\xED\x9F\xBF", "ffd7");
	FROM("\xED\xA0\x80", "fdfffdfffdff");
	FROM("\xEE\x80\x80", "00e0");
	FROM("\xF0\x8F\xBF\xBF", "fdfffdfffdfffdff");
	FROM("\xF0\x90\x80\x80", "00d800dc");
	FROM("\xF4\x8F\xBF\xBF", "ffdbffdf");
	FROM("\xF4\x90\x80\x80", "fdfffdfffdfffdff");
	FROM("\xF5\x80", "fdfffdff");
	FROM("\xFF\xFE", "fdfffdff");
	FROM("\x80"
	     "a\xBF",
	     "fdff6100fdff");
	FROM("\xE2\x82", "fdff");
	FROM("\xE2\x82"
	     "a",
	     "fdff6100");
	FROM("\xF0\x9F\x98", "fdff");
	FROM("\xF0\x9F\xC3\xA9", "fdffe900");
	FROM("\xC3", "fdff");
}

static void assert_visible(const char *utf8, const char *expected)
{
	char *visible = text_visible(utf8);

	assert_non_null(visible);
	assert_string_equal(visible, expected);
	free(visible);
}

static void assert_shown(uint32_t c, bool as_it_is)
{
	char utf8[5], escape[16];

	reference_utf8(c, utf8);
	(void)snprintf(escape, sizeof(escape), "\\u{%x}", (unsigned)c);
	assert_visible(utf8, as_it_is ? utf8 : escape);
}

static void test_visible_controls(void **state)
{
	(void)state;
	assert_visible("", "");
	assert_visible("C:\\a b~", "C:\\a b~");
	assert_visible("a\nb\tc", "a\\u{a}b\\u{9}c");
	for (uint32_t c = 1; c < 0x20; c++)
		assert_shown(c, false);
	for (uint32_t c = 0x20; c < 0x7F; c++)
		assert_shown(c, true);
	for (uint32_t c = 0x7F; c < 0xA0; c++)
		assert_shown(c, false);
	assert_shown(0xA0, true);
	assert_shown(0xFF, true);
}

static void test_visible_bidirectional_and_hidden(void **state)
{
	/* First and last of each run, whose neighbours are shown. */
	static const uint32_t runs[][2] = {
		{ 0x00AD, 0x00AD }, { 0x061C, 0x061C },	  { 0x180B, 0x180F },
		{ 0x200B, 0x200F }, { 0x2028, 0x202E },	  { 0x2060, 0x206F },
		{ 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },	  { 0xFFF0, 0xFFFB },
		{ 0x3164, 0x3164 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(runs); i++) {
		for (uint32_t c = runs[i][0]; c <= runs[i][1]; c++)
			assert_shown(c, false);
		assert_shown(runs[i][0] - 1, true);
		assert_shown(runs[i][1] + 1, true);
	}
	assert_shown(0x10FFFF, true);
	assert_shown(0xFFFD, true);
	assert_visible("\xE2\x80\xAEgpj.exe", "\\u{202e}gpj.exe");
	assert_visible("Zo\xC3\xAB \xF0\x9F\x98\x80", "Zo\xC3\xAB \xF0\x9F\x98\x80");
	/* Bytes that are not UTF-8 do not pass, though the caller owes UTF-8. */
	assert_visible("a\xFF\xE2\x82", "a\\x{ff}\\x{e2}\\x{82}");
	assert_visible("\xF0\x9F\x98", "\\x{f0}\\x{9f}\\x{98}");
}

static void test_out_of_memory(void **state)
{
	struct text t;

	(void)state;
	unit_fail_after = 0;
	assert_null(text_to_utf8(LATIN1("a"), NULL));
	unit_fail_after = 0;
	assert_null(text_to_utf8(LATIN1("\xFF"), NULL));
	unit_fail_after = 0;
	assert_null(text_to_utf16_hex(LATIN1("a")));
	unit_fail_after = 0;
	assert_null(text_visible("a"));
	unit_fail_after = 0;
	assert_false(text_from_utf8("a", 1, &t));
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
		cmocka_unit_test(test_every_single_unit_to_utf8),
		cmocka_unit_test(test_every_surrogate_pair_there_and_back),
		cmocka_unit_test(test_lone_surrogates_become_visible),
		cmocka_unit_test(test_to_utf8_of_whole_names),
		cmocka_unit_test(test_utf16_hex_is_exact),
		cmocka_unit_test(test_from_malformed_utf8),
		cmocka_unit_test(test_visible_controls),
		cmocka_unit_test(test_visible_bidirectional_and_hidden),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
