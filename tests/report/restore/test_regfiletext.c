/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the formats of .reg files can hold: names, data, characters. */
#include "help/regs.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- what a format can hold ---- */

static void check_can_name(struct text name, bool utf16, bool utf8, bool ansi)
{
	assert_int_equal(regfiletext_can_name(REGFILE_5_UTF16, name), utf16);
	assert_int_equal(regfiletext_can_name(REGFILE_5_UTF8, name), utf8);
	assert_int_equal(regfiletext_can_name(REGFILE_4, name), ansi);
}

static void test_can_name(void **state)
{
	(void)state;
	check_can_name(text_of(""), true, true, true);
	check_can_name(text_of("a\\\"=]\t"), true, true, true);
	check_can_name(text_of("\xE9\xA0\xFF"), true, true, true);
	check_can_name(text_of("a\rb"), false, false, false);
	check_can_name(text_of("a\n"), false, false, false);
	check_can_name((struct text){ .bytes = DATA("a\0b"), .encoding = TEXT_LATIN1 },
		       false, false, false);
	check_can_name(UTF16("\0\0"), false, false, false);
	check_can_name(UTF16("\n\0"), false, false, false);
	/* Only the whole unit is the end of a line: U+0A0D, U+0D0A. */
	check_can_name(UTF16("\x0D\x0A\x0A\x0D"), true, true, false);
	/* An odd last byte, which would come back with another behind it. */
	check_can_name(UTF16("a\0b"), false, false, false);
	/* Surrogates: alone, the wrong way round, paired. */
	check_can_name(UTF16("\x00\xD8"), true, false, false);
	check_can_name(UTF16("a\0\x00\xDC"), true, false, false);
	check_can_name(UTF16("\x00\xDC\x00\xD8"), true, false, false);
	check_can_name(UTF16("\x00\xD8\x00\xD8\x00\xDC"), true, false, false);
	check_can_name(UTF16("\x00\xDC\x00\xDC"), true, false, false);
	check_can_name(UTF16("\x00\xD8\x00\xE0"), true, false, false);
	check_can_name(UTF16("\x34\xD8\x1E\xDD"), true, true, false);
	check_can_name(UTF16("\xBB\x03"), true, true, false);
}

static void test_can_key(void **state)
{
	(void)state;
	for (int format = REGFILE_5_UTF16; format <= REGFILE_4; format++) {
		enum regfile_format f = (enum regfile_format)format;

		assert_true(regfiletext_can_key(f, text_of("a]\"b")));
		assert_false(regfiletext_can_key(f, text_of("")));
		assert_false(regfiletext_can_key(f, text_of("a\\b")));
		assert_false(regfiletext_can_key(f, UTF16("\\\0")));
		assert_false(regfiletext_can_key(f, text_of("a\n")));
	}
	assert_true(regfiletext_can_key(REGFILE_5_UTF16, UTF16("\x00\xD8")));
	assert_false(regfiletext_can_key(REGFILE_5_UTF8, UTF16("\x00\xD8")));
	/* hivexregedit skips such a line as a header. */
	assert_false(regfiletext_can_key(
		REGFILE_5_UTF8, text_of("My Windows Registry Editor Version 1")));
	assert_true(regfiletext_can_key(REGFILE_5_UTF16,
					text_of("My Windows Registry Editor Version 1")));
}

/* The whole of windows-1252: 27 characters beside ASCII and Latin-1. */
static void test_windows_1252(void **state)
{
	/* Of bytes 80 to 9f, as the Unicode Consortium's CP1252.TXT lists them. */
	static const struct {
		uint16_t unit;
		uint8_t byte;
	} special[] = {
		{ 0x20AC, 0x80 }, { 0x201A, 0x82 }, { 0x0192, 0x83 }, { 0x201E, 0x84 },
		{ 0x2026, 0x85 }, { 0x2020, 0x86 }, { 0x2021, 0x87 }, { 0x02C6, 0x88 },
		{ 0x2030, 0x89 }, { 0x0160, 0x8A }, { 0x2039, 0x8B }, { 0x0152, 0x8C },
		{ 0x017D, 0x8E }, { 0x2018, 0x91 }, { 0x2019, 0x92 }, { 0x201C, 0x93 },
		{ 0x201D, 0x94 }, { 0x2022, 0x95 }, { 0x2013, 0x96 }, { 0x2014, 0x97 },
		{ 0x02DC, 0x98 }, { 0x2122, 0x99 }, { 0x0161, 0x9A }, { 0x203A, 0x9B },
		{ 0x0153, 0x9C }, { 0x017E, 0x9E }, { 0x0178, 0x9F },
	};
	size_t n = 0;
	char line[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(special); i++) {
		uint8_t data[4] = { (uint8_t)special[i].unit,
				    (uint8_t)(special[i].unit >> 8) };

		(void)snprintf(line, sizeof(line), "\"n\"=hex(2):%02x,00",
			       special[i].byte);
		regs_expect_value(REGFILE_4, text_of("n"), 2, span_of(data, 4), line);
	}
	for (uint32_t unit = 1; unit < 0x10000; unit++) {
		uint8_t data[4] = { (uint8_t)unit, (uint8_t)(unit >> 8) };
		bool can = regfiletext_can_data(REGFILE_4, 2, span_of(data, 4));

		if (unit < 0x80 || (unit >= 0xA0 && unit <= 0xFF))
			assert_true(can);
		else
			n += can;
	}
	assert_int_equal(n, ARRAY_LEN(special));
}

static void test_can_data(void **state)
{
	static const uint32_t strings[] = { 1, 2, 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
		uint32_t type = strings[i];

		assert_true(regfiletext_can_data(REGFILE_4, type, DATA("\0\0")));
		assert_true(regfiletext_can_data(REGFILE_4, type,
						 DATA("a\0\0\0b\0\0\0\0\0")));
		assert_true(
			regfiletext_can_data(REGFILE_4, type, DATA("\r\0\xE9\0\0\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("a\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("a\0\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("a\0\0\0\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("a\0\0\1")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("\xBB\x03\0\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("\x81\0\0\0")));
		assert_false(regfiletext_can_data(REGFILE_4, type, DATA("\x00\xD8\0\0")));
		/* Version 5 has the bytes as they are. */
		assert_true(
			regfiletext_can_data(REGFILE_5_UTF16, type, DATA("\x00\xD8z")));
		assert_true(
			regfiletext_can_data(REGFILE_5_UTF8, type, DATA("\x00\xD8z")));
		assert_true(regfiletext_can_data(REGFILE_5_UTF16, type, DATA("")));
	}
	assert_true(regfiletext_can_data(REGFILE_4, 0, DATA("\xBB\x03z")));
	assert_true(regfiletext_can_data(REGFILE_4, 3, DATA("\xBB\x03z")));
	assert_true(regfiletext_can_data(REGFILE_4, 6, DATA("\xBB\x03z")));
	assert_true(regfiletext_can_data(REGFILE_4, 500, DATA("")));
}

static void test_gains_nul(void **state)
{
	static const uint32_t strings[] = { 1, 2, 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
		uint32_t type = strings[i];

		assert_true(regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("a\0")));
		assert_true(regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("a\0\0")));
		assert_true(
			regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("a\0\0\1")));
		assert_false(
			regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("a\0\0\0")));
		assert_false(regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("\0\0")));
		assert_false(regfiletext_gains_nul(REGFILE_5_UTF16, type, DATA("")));
		assert_false(regfiletext_gains_nul(REGFILE_5_UTF8, type, DATA("a\0")));
	}
	assert_false(regfiletext_gains_nul(REGFILE_5_UTF16, 3, DATA("a\0")));
	assert_false(regfiletext_gains_nul(REGFILE_5_UTF16, 6, DATA("a\0")));
}

/* ---- characters ---- */

/* A pair of surrogates is one character; one alone is what it is. */
static void test_next(void **state)
{
	static const struct {
		struct text text;
		uint32_t c;
		size_t moved;
	} rows[] = {
		{ { { (const uint8_t *)"a", 1 }, TEXT_LATIN1 }, 'a', 1 },
		{ { { (const uint8_t *)"\xE9", 1 }, TEXT_LATIN1 }, 0xE9, 1 },
		{ { { (const uint8_t *)"\x3D\xD8\x00\xDE", 4 }, TEXT_UTF16LE },
		  0x1F600,
		  2 },
		{ { { (const uint8_t *)"\x00\xD8\x00\xDC", 4 }, TEXT_UTF16LE },
		  0x10000,
		  2 },
		{ { { (const uint8_t *)"\xFF\xDB\xFF\xDF", 4 }, TEXT_UTF16LE },
		  0x10FFFF,
		  2 },
		{ { { (const uint8_t *)"\x00\xD8", 2 }, TEXT_UTF16LE }, 0xD800, 1 },
		{ { { (const uint8_t *)"\x00\xD8\x41\x00", 4 }, TEXT_UTF16LE },
		  0xD800,
		  1 },
		{ { { (const uint8_t *)"\x00\xDC\x00\xD8", 4 }, TEXT_UTF16LE },
		  0xDC00,
		  1 },
		{ { { (const uint8_t *)"\x00\xD8\xFF\xDB", 4 }, TEXT_UTF16LE },
		  0xD800,
		  1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t at = 0;

		assert_int_equal(text_next(rows[i].text, &at), rows[i].c);
		assert_int_equal(at, rows[i].moved);
	}
}

static void test_cp1252(void **state)
{
	uint8_t byte;

	(void)state;
	assert_true(regfiletext_cp1252(0, &byte) && byte == 0);
	assert_true(regfiletext_cp1252(0x7F, &byte) && byte == 0x7F);
	assert_false(regfiletext_cp1252(0x80, &byte));
	assert_false(regfiletext_cp1252(0x9F, &byte));
	assert_true(regfiletext_cp1252(0xA0, &byte) && byte == 0xA0);
	assert_true(regfiletext_cp1252(0xFF, &byte) && byte == 0xFF);
	assert_false(regfiletext_cp1252(0x100, &byte));
	assert_true(regfiletext_cp1252(0x20AC, &byte) && byte == 0x80);
	assert_true(regfiletext_cp1252(0x178, &byte) && byte == 0x9F);
	assert_false(regfiletext_cp1252(0x1F600, &byte));
}

static void test_has(void **state)
{
	(void)state;
	assert_true(regfiletext_has(REGFILE_5_UTF16, 0xD800));
	assert_true(regfiletext_has(REGFILE_5_UTF8, 0xD7FF));
	assert_false(regfiletext_has(REGFILE_5_UTF8, 0xD800));
	assert_false(regfiletext_has(REGFILE_5_UTF8, 0xDFFF));
	assert_true(regfiletext_has(REGFILE_5_UTF8, 0xE000));
	assert_true(regfiletext_has(REGFILE_4, 0x20AC));
	assert_false(regfiletext_has(REGFILE_4, 0x3BB));
}

static void test_is_ansi(void **state)
{
	(void)state;
	for (uint32_t type = 0; type < 12; type++) {
		bool string = type == 1 || type == 2 || type == 7;

		assert_int_equal(regfiletext_is_ansi(REGFILE_4, type), string);
		assert_false(regfiletext_is_ansi(REGFILE_5_UTF16, type));
		assert_false(regfiletext_is_ansi(REGFILE_5_UTF8, type));
	}
}

static void check_can_quote(struct span data, bool utf16, bool utf8, bool ansi)
{
	assert_int_equal(regfiletext_can_quote(REGFILE_5_UTF16, data), utf16);
	assert_int_equal(regfiletext_can_quote(REGFILE_5_UTF8, data), utf8);
	assert_int_equal(regfiletext_can_quote(REGFILE_4, data), ansi);
}

static void test_can_quote(void **state)
{
	(void)state;
	check_can_quote(DATA("\0\0"), true, true, true);
	check_can_quote(DATA("a\0\t\0\0\0"), true, true, true);
	/* No NUL at the end, more than one, half a unit. */
	check_can_quote(DATA(""), false, false, false);
	check_can_quote(DATA("\0"), false, false, false);
	check_can_quote(DATA("a\0"), false, false, false);
	check_can_quote(DATA("a\0\0\0\0\0"), false, false, false);
	check_can_quote(DATA("a\0\0\0\0"), false, false, false);
	/* Controls end lines and strings of some readers. */
	check_can_quote(DATA("\n\0\0\0"), false, false, false);
	check_can_quote(DATA("\x1F\0\0\0"), false, false, false);
	check_can_quote(DATA("\x20\0\0\0"), true, true, true);
	/* hivexregedit takes such bytes for Latin-1. */
	check_can_quote(DATA("\x7F\0\0\0"), true, true, true);
	check_can_quote(DATA("\xE9\0\0\0"), true, false, true);
	check_can_quote(DATA("\xBB\x03\0\0"), true, false, false);
	check_can_quote(DATA("\x00\xD8\0\0"), false, false, false);
	check_can_quote(DATA("\x3D\xD8\x00\xDE\0\0"), true, false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_can_name),     cmocka_unit_test(test_can_key),
		cmocka_unit_test(test_windows_1252), cmocka_unit_test(test_can_data),
		cmocka_unit_test(test_gains_nul),    cmocka_unit_test(test_next),
		cmocka_unit_test(test_cp1252),	     cmocka_unit_test(test_has),
		cmocka_unit_test(test_is_ansi),	     cmocka_unit_test(test_can_quote),
	};

	return UNIT_RUN(tests);
}
