/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts to UTF-8 and back, in hex, and made visible. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/text.h"

#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	struct text back;

	assert_non_null(hex);
	assert_string_equal(hex, expected);
	assert_true(text_from_utf16_hex(hex, strlen(hex), &back));
	assert_true(text_same(back, t));
	text_free(back);
	free(hex);
}

static void assert_from_hex(const char *hex, struct text expected)
{
	struct text t;

	assert_true(text_from_utf16_hex(hex, strlen(hex), &t));
	assert_true(text_same(t, expected));
	text_free(t);
}

static void test_from_utf16_hex_ends_at_the_first_fault(void **state)
{
	(void)state;
	assert_from_hex("4100c", text_of("A"));
	assert_from_hex("4100c0", text_of("A"));
	assert_from_hex("4100x2004200", text_of("A"));
	assert_from_hex("410042g0", text_of("A"));
	assert_from_hex("FF00", LATIN1("\xFF"));
	assert_from_hex("x", text_of(""));
}

static void assert_exact(struct text t, const char *expected)
{
	char *shown = text_exact(t);

	assert_non_null(shown);
	assert_string_equal(shown, expected);
	free(shown);
}

static void test_exact_loses_nothing(void **state)
{
	(void)state;
	assert_exact(text_of(""), "");
	assert_exact(LATIN1("a\0\xE9\n"), "a\\u{0}\xC3\xA9\\u{a}");
	assert_exact(UTF16("\x3D\xD8\x00\xDE"), "\xF0\x9F\x98\x80");
	assert_exact(UTF16("\x00\xDE\x3D\xD8"), "\\u{de00}\\u{d83d}");
	assert_exact(UTF16("\xFE\xFF\xFF\xFF"), "\\u{fffe}\\u{ffff}");
	assert_exact(UTF16("\x2E\x20\xFD\xFF"), "\\u{202e}\xEF\xBF\xBD");
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
	assert_null(UNIT_FAIL_AT(0, text_to_utf8(LATIN1("a"), NULL)));
	assert_null(UNIT_FAIL_AT(0, text_to_utf8(LATIN1("\xFF"), NULL)));
	assert_null(UNIT_FAIL_AT(0, text_to_utf16_hex(LATIN1("a"))));
	assert_null(UNIT_FAIL_AT(0, text_visible("a")));
	assert_null(UNIT_FAIL_AT(0, text_exact(text_of("a"))));
	assert_false(UNIT_FAIL_AT(0, text_from_utf16_hex("4100", 4, &t)));
	assert_false(UNIT_FAIL_AT(0, text_from_utf8("a", 1, &t)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_single_unit_to_utf8),
		cmocka_unit_test(test_every_surrogate_pair_there_and_back),
		cmocka_unit_test(test_lone_surrogates_become_visible),
		cmocka_unit_test(test_to_utf8_of_whole_names),
		cmocka_unit_test(test_utf16_hex_is_exact),
		cmocka_unit_test(test_from_utf16_hex_ends_at_the_first_fault),
		cmocka_unit_test(test_exact_loses_nothing),
		cmocka_unit_test(test_from_malformed_utf8),
		cmocka_unit_test(test_visible_controls),
		cmocka_unit_test(test_visible_bidirectional_and_hidden),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
