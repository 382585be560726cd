/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How values stand in .reg files, typed by hand from the rules: types, folding, strings. */
#include "help/regs.h"

#include <stdlib.h>

/* Bytes of data, and how they are written. */
#define A5 "AAAAA"
#define A20 A5 A5 A5 A5
#define H5 "41,41,41,41,41,"
#define H20 H5 H5 H5 H5
#define H25 H20 H5

/* ---- types ---- */

static void test_types(void **state)
{
	struct text n = text_of("n");

	(void)state;
	regs_expect_all(n, 0, DATA("\x01"), "\"n\"=hex(0):01");
	regs_expect_all(n, 1, DATA("a\0\0\0"), "\"n\"=\"a\"");
	regs_expect_all(n, 3, DATA("\xAB\xCD\x0E"), "\"n\"=hex:ab,cd,0e");
	regs_expect_all(n, 4, DATA("\x78\x56\x34\x12"), "\"n\"=dword:12345678");
	regs_expect_all(n, 4, DATA("\xFF\xFF\xFF\xFF"), "\"n\"=dword:ffffffff");
	regs_expect_all(n, 5, DATA("\0\0\0\1"), "\"n\"=hex(5):00,00,00,01");
	regs_expect_all(n, 6, DATA("a\0"), "\"n\"=hex(6):61,00");
	regs_expect_all(n, 8, DATA("\1"), "\"n\"=hex(8):01");
	regs_expect_all(n, 10, DATA("\1"), "\"n\"=hex(a):01");
	regs_expect_all(n, 11, DATA("\1\0\0\0\0\0\0\0"),
			"\"n\"=hex(b):01,00,00,00,00,00,00,00");
	regs_expect_all(n, 500, DATA("\1"), "\"n\"=hex(1f4):01");
	regs_expect_all(n, 0x80000000, DATA("\1"), "\"n\"=hex(80000000):01");
	regs_expect_all(n, 0xFFFFFFFF, DATA("\1"), "\"n\"=hex(ffffffff):01");
	/* A number of another size than four bytes. */
	regs_expect_all(n, 4, DATA("\1\2\3"), "\"n\"=hex(4):01,02,03");
	regs_expect_all(n, 4, DATA("\1\2\3\4\5"), "\"n\"=hex(4):01,02,03,04,05");
}

static void test_strings_of_hex_are_ansi_in_version_4(void **state)
{
	struct text n = text_of("n");
	struct span expand = DATA("%\0\xE9\0\xAC\x20\0\0");
	struct span list = DATA("a\0\0\0b\0\0\0\0\0");

	(void)state;
	regs_expect_value(REGFILE_5_UTF16, n, 2, expand,
			  "\"n\"=hex(2):25,00,e9,00,ac,20,00,00");
	regs_expect_value(REGFILE_5_UTF8, n, 2, expand,
			  "\"n\"=hex(2):25,00,e9,00,ac,20,00,00");
	regs_expect_value(REGFILE_4, n, 2, expand, "\"n\"=hex(2):25,e9,80,00");
	regs_expect_value(REGFILE_5_UTF16, n, 7, list,
			  "\"n\"=hex(7):61,00,00,00,62,00,00,00,00,00");
	regs_expect_value(REGFILE_4, n, 7, list, "\"n\"=hex(7):61,00,62,00,00");
	/* A link is not converted: its data are bytes in version 4, too. */
	regs_expect_value(REGFILE_4, n, 6, DATA("\xAC\x20"), "\"n\"=hex(6):ac,20");
}

static void test_empty_data(void **state)
{
	struct text n = text_of("n");

	(void)state;
	regs_expect_all(n, 0, DATA(""), "\"n\"=hex(0):");
	regs_expect_all(n, 3, DATA(""), "\"n\"=hex:");
	regs_expect_all(n, 3, span_of(NULL, 0), "\"n\"=hex:");
	regs_expect_all(n, 4, DATA(""), "\"n\"=hex(4):");
	regs_expect_all(n, 11, DATA(""), "\"n\"=hex(b):");
	regs_expect_value(REGFILE_5_UTF16, n, 1, DATA(""), "\"n\"=hex(1):");
	regs_expect_value(REGFILE_5_UTF8, n, 1, DATA(""), "\"n\"=hex(1):");
	regs_expect_value(REGFILE_5_UTF16, n, 2, DATA(""), "\"n\"=hex(2):");
	regs_expect_value(REGFILE_5_UTF16, n, 7, DATA(""), "\"n\"=hex(7):");
	/* An empty string is not empty data. */
	regs_expect_all(n, 1, DATA("\0\0"), "\"n\"=\"\"");
}

/* ---- folding ---- */

static void test_folding_at_the_column(void **state)
{
	(void)state;
	/* 8 columns before the first byte, 77 behind the comma of the 23rd. */
	regs_expect_all(text_of("a"), 3, DATA(A20 "AAA"), "\"a\"=hex:" H20 "41,41,41");
	regs_expect_all(text_of("a"), 3, DATA(A20 "AAAA"),
			"\"a\"=hex:" H20 "41,41,41,\\\n  41");
	/* 78 */
	regs_expect_all(text_of("ab"), 3, DATA(A20 "AAAA"),
			"\"ab\"=hex:" H20 "41,41,41,\\\n  41");
	/* 76 behind the 22nd, 79 behind the 23rd. */
	regs_expect_all(text_of("abc"), 3, DATA(A20 "AAAA"),
			"\"abc\"=hex:" H20 "41,41,41,\\\n  41");
	/* 77 behind the 22nd already. */
	regs_expect_all(text_of("abcd"), 3, DATA(A20 "AAAA"),
			"\"abcd\"=hex:" H20 "41,41,\\\n  41,41");
	/* 6 columns: 75 behind the 23rd, 78 behind the 24th. */
	regs_expect_all(text_of(""), 3, DATA(A20 A5),
			"@=hex:" H20 "41,41,41,41,\\\n  41");
	/* The type in brackets counts: 11 columns. */
	regs_expect_all(text_of("a"), 0, DATA(A20 "AAAA"),
			"\"a\"=hex(0):" H20 "41,41,\\\n  41,41");
	/* An escaped name counts as it is written. */
	regs_expect_all(text_of("\\\""), 3, DATA(A20 "AAAA"),
			"\"\\\\\\\"\"=hex:" H20 "41,41,\\\n  41,41");
}

static void test_folded_lines_have_25_bytes(void **state)
{
	struct text a = text_of("a");

	(void)state;
	regs_expect_all(a, 3, DATA(A20 "AAA" A20 "AAAAA"),
			"\"a\"=hex:" H20 "41,41,41,\\\n  " H20 "41,41,41,41,41");
	regs_expect_all(a, 3, DATA(A20 "AAA" A20 A5 "A"),
			"\"a\"=hex:" H20 "41,41,41,\\\n  " H25 "\\\n  41");
	regs_expect_all(a, 3, DATA(A20 "AAA" A20 A5 A20 A5 "A"),
			"\"a\"=hex:" H20 "41,41,41,\\\n  " H25 "\\\n  " H25 "\\\n  41");
}

static void test_folding_behind_a_long_name(void **state)
{
#define N65 A20 A20 A20 A5
	struct text n85 = text_of(N65 A20);

	(void)state;
	/* 76 and 77 columns behind the comma of the first byte. */
	regs_expect_all(text_of(N65 "A"), 3, DATA("AA"), "\"" N65 "A\"=hex:41,41");
	regs_expect_all(text_of(N65 "AA"), 3, DATA("AA"),
			"\"" N65 "AA\"=hex:41,\\\n  41");
	regs_expect_all(n85, 3, DATA("AA"), "\"" N65 A20 "\"=hex:41,\\\n  41");
	/* The last byte has no comma and never folds. */
	regs_expect_all(n85, 3, DATA("A"), "\"" N65 A20 "\"=hex:41");
	/* Strings and numbers are never folded. */
	regs_expect_all(n85, 4, DATA("\1\0\0\0"), "\"" N65 A20 "\"=dword:00000001");
	regs_expect_all(n85, 1, DATA("a\0 \0b\0\0\0"), "\"" N65 A20 "\"=\"a b\"");
#undef N65
}

static void test_folding_counts_code_units(void **state)
{
	(void)state;
	/* Three euro signs count as three, a clef outside the first plane as two. */
	regs_expect_value(
		REGFILE_5_UTF8, UTF16("\xAC\x20\xAC\x20\xAC\x20"), 3, DATA(A20 "AAAA"),
		"\"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\"=hex:" H20 "41,41,41,\\\n  41");
	regs_expect_value(REGFILE_5_UTF8, UTF16("\xAC\x20\xAC\x20\x34\xD8\x1E\xDD"), 3,
			  DATA(A20 "AAAA"),
			  "\"\xE2\x82\xAC\xE2\x82\xAC\xF0\x9D\x84\x9E\"=hex:" H20
			  "41,41,\\\n  41,41");
	regs_expect_value(REGFILE_4, UTF16("\xAC\x20\xAC\x20\xAC\x20"), 3,
			  DATA(A20 "AAAA"),
			  "\"\x80\x80\x80\"=hex:" H20 "41,41,41,\\\n  41");
	/* In version 4 it is the ANSI bytes of a string that fold. */
	regs_expect_value(
		REGFILE_4, text_of("a"), 2,
		DATA("A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0A\0"
		     "A\0A\0A\0\0\0"),
		"\"a\"=hex(2):" H20 "41,41,\\\n  41,00");
}

/* ---- strings ---- */

static void test_strings_with_escapes(void **state)
{
	struct text n = text_of("n");

	(void)state;
	regs_expect_all(n, 1, DATA("\"\0\\\0\0\0"), "\"n\"=\"\\\"\\\\\"");
	regs_expect_all(n, 1, DATA("\\\0\0\0"), "\"n\"=\"\\\\\"");
	regs_expect_all(n, 1, DATA("a\0=\0-\0\0\0"), "\"n\"=\"a=-\"");
	regs_expect_all(n, 1, DATA("\t\0;\0\0\0"), "\"n\"=\"\t;\"");
}

static void test_strings_outside_ascii(void **state)
{
	struct text n = text_of("n");
	struct span acute = DATA("\xE9\0\0\0");
	struct regs_file made = regs_begin(REGFILE_5_UTF16);
	size_t len;
	uint8_t *bytes;

	(void)state;
	regs_expect_value(REGFILE_5_UTF16, n, 1, acute, "\"n\"=\"\xE9\"");
	regs_expect_value(REGFILE_4, n, 1, acute, "\"n\"=\"\xE9\"");
	/* hivexregedit would read C3 A9 as two characters. */
	regs_expect_value(REGFILE_5_UTF8, n, 1, acute, "\"n\"=hex(1):e9,00,00,00");
	regs_expect_value(REGFILE_5_UTF8, n, 1, DATA("\x7F\0\0\0"), "\"n\"=\"\x7F\"");
	regs_expect_value(REGFILE_5_UTF8, n, 1, DATA("\x80\0\0\0"),
			  "\"n\"=hex(1):80,00,00,00");
	/* A pair of surrogates. */
	regfile_key(made.file, text_of("K"));
	regfile_value(made.file, text_of(""), 1, DATA("\x34\xD8\x1E\xDD\0\0"));
	bytes = regs_end(&made, &len);
	assert_true(len > 20);
	assert_memory_equal(bytes + len - 20,
			    "@\0=\0\"\0\x34\xD8\x1E\xDD\"\0\r\0\n\0\r\0\n\0", 20);
	free(bytes);
}

static void test_strings_that_go_as_hex(void **state)
{
	const struct {
		struct span data;
		const char *line;
	} cases[] = {
		/* no terminator, half a unit, half a terminator */
		{ DATA("a\0"), "\"n\"=hex(1):61,00" },
		{ DATA("a"), "\"n\"=hex(1):61" },
		{ DATA("a\0\0"), "\"n\"=hex(1):61,00,00" },
		{ DATA("\0"), "\"n\"=hex(1):00" },
		/* NUL inside, two terminators */
		{ DATA("a\0\0\0b\0\0\0"), "\"n\"=hex(1):61,00,00,00,62,00,00,00" },
		{ DATA("a\0\0\0\0\0"), "\"n\"=hex(1):61,00,00,00,00,00" },
		/* the ends of lines, another control */
		{ DATA("\r\0\0\0"), "\"n\"=hex(1):0d,00,00,00" },
		{ DATA("\n\0\0\0"), "\"n\"=hex(1):0a,00,00,00" },
		{ DATA("\x1A\0\0\0"), "\"n\"=hex(1):1a,00,00,00" },
		/* a high and a low surrogate alone, and the wrong way round */
		{ DATA("\x00\xD8\0\0"), "\"n\"=hex(1):00,d8,00,00" },
		{ DATA("\x00\xDC\0\0"), "\"n\"=hex(1):00,dc,00,00" },
		{ DATA("\x00\xDC\x00\xD8\0\0"), "\"n\"=hex(1):00,dc,00,d8,00,00" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		regs_expect_value(REGFILE_5_UTF16, text_of("n"), 1, cases[i].data,
				  cases[i].line);
		regs_expect_value(REGFILE_5_UTF8, text_of("n"), 1, cases[i].data,
				  cases[i].line);
	}
	regs_expect_value(REGFILE_4, text_of("n"), 1, DATA("a\0\r\0\n\0\xE9\0\0\0"),
			  "\"n\"=hex(1):61,0d,0a,e9,00");
	regs_expect_value(REGFILE_4, text_of("n"), 1, DATA("a\0\0\0b\0\0\0"),
			  "\"n\"=hex(1):61,00,62,00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_strings_of_hex_are_ansi_in_version_4),
		cmocka_unit_test(test_empty_data),
		cmocka_unit_test(test_folding_at_the_column),
		cmocka_unit_test(test_folded_lines_have_25_bytes),
		cmocka_unit_test(test_folding_behind_a_long_name),
		cmocka_unit_test(test_folding_counts_code_units),
		cmocka_unit_test(test_strings_with_escapes),
		cmocka_unit_test(test_strings_outside_ascii),
		cmocka_unit_test(test_strings_that_go_as_hex),
	};

	return UNIT_RUN(tests);
}
