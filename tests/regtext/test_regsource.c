/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Units, headers and texts in each encoding. */
#include "help/unit.h"

#include "regtext/regsource.h"

#define BYTES(literal) span_of(literal, sizeof(literal) - 1)

static struct regsource source_of(struct span bytes, enum regtext_encoding encoding)
{
	return (struct regsource){ .bytes = bytes,
				   .encoding = encoding,
				   .width = encoding == REGTEXT_UTF16LE ||
							    encoding == REGTEXT_UTF16BE
						    ? 2
						    : 1 };
}

static void test_units(void **state)
{
	(void)state;
	struct regsource narrow = source_of(BYTES("a\xff"), REGTEXT_ANSI);
	struct regsource little = source_of(BYTES("a\x01z"), REGTEXT_UTF16LE);
	struct regsource big = source_of(BYTES("a\x01z"), REGTEXT_UTF16BE);

	assert_int_equal(regsource_unit(&narrow, 1), 0xff);
	assert_int_equal(regsource_unit(&narrow, 2), REGSOURCE_END);
	assert_int_equal(regsource_unit(&little, 0), 0x161);
	assert_int_equal(regsource_unit(&big, 0), 0x6101);
	/* Half a unit is none. */
	assert_int_equal(regsource_unit(&little, 2), REGSOURCE_END);
	assert_int_equal(regsource_unit(&little, SIZE_MAX), REGSOURCE_END);
}

static void test_lines(void **state)
{
	(void)state;
	struct regsource source = source_of(BYTES(" \tx\r\n\n\ry"), REGTEXT_ASCII);

	assert_int_equal(regsource_skip_blanks(&source, 0), 2);
	assert_int_equal(regsource_line_end(&source, 0), 3);
	assert_int_equal(regsource_next_line(&source, 3), 5);
	assert_int_equal(regsource_next_line(&source, 5), 6);
	assert_int_equal(regsource_next_line(&source, 6), 7);
	assert_int_equal(regsource_next_line(&source, 8), 8);
	assert_true(regsource_is(&source, 7, "Y"));
	assert_false(regsource_is(&source, 7, "yy"));
}

/* What a header makes of the encoding. */
static void header(struct span bytes, enum regtext_encoding encoding,
		   enum regtext_version version, size_t end)
{
	struct regsource source = { .bytes = bytes,
				    .encoding = REGTEXT_ASCII,
				    .width = 1 };
	enum regtext_version found;

	assert_int_equal(regsource_header(&source, 0, &found), end);
	assert_int_equal(source.encoding, encoding);
	assert_int_equal(found, version);
	assert_int_equal(source.width, encoding >= REGTEXT_UTF16LE ? 2 : 1);
}

static void test_headers(void **state)
{
	(void)state;
	header(BYTES("REGEDIT4\n"), REGTEXT_ASCII, REGTEXT_VERSION_4, 8);
	header(BYTES("REGEDIT4  \n\xc3\xa9"), REGTEXT_UTF8, REGTEXT_VERSION_4, 10);
	header(BYTES("REGEDIT4\n\xe9x"), REGTEXT_ANSI, REGTEXT_VERSION_4, 8);
	header(BYTES("\xef\xbb\xbfREGEDIT4"), REGTEXT_ASCII, REGTEXT_VERSION_4, 11);
	header(BYTES("\xff\xfeR\0E\0G\0E\0D\0I\0T\0"
		     "4\0\n\0"),
	       REGTEXT_UTF16LE, REGTEXT_VERSION_4, 18);
	header(BYTES("R\0E\0G\0E\0D\0I\0T\0"
		     "4\0\n\0"),
	       REGTEXT_UTF16LE, REGTEXT_VERSION_4, 16);
	header(BYTES("\xfe\xff\0R\0E\0G\0E\0D\0I\0T\0"
		     "4\0\n"),
	       REGTEXT_UTF16BE, REGTEXT_VERSION_4, 18);
	header(BYTES("Windows Registry Editor Version 5.00\r\n"), REGTEXT_ASCII,
	       REGTEXT_VERSION_5, 36);
	/* A character that the end cut off is no other code page. */
	header(BYTES("REGEDIT4\n\xc3\xa9\xc3"), REGTEXT_UTF8, REGTEXT_VERSION_4, 8);
}

static void test_no_header(void **state)
{
	(void)state;
	enum regtext_version version;
	struct regsource source = source_of(BYTES("REGEDIT45\n"), REGTEXT_ASCII);
	assert_int_equal(regsource_header(&source, 0, &version), 0);
	source.bytes = BYTES("REGEDIT4");
	assert_int_equal(regsource_header(&source, 1, &version), 0);
	source.bytes = BYTES("Windows Registry Editor");
	assert_int_equal(regsource_header(&source, 0, &version), 0);
}

/* A text, read whole, has these units in UTF-16LE. */
static void text_is_units(struct span bytes, enum regtext_encoding encoding,
			  struct span units, bool doubtful)
{
	struct regsource source = source_of(bytes, encoding);
	struct text expected = { units, TEXT_UTF16LE }, text;
	struct arena *arena = arena_new();
	bool doubt = false;

	assert_non_null(arena);
	assert_int_equal(regsource_text(&source, 0, bytes.len, arena, &text, &doubt),
			 STATUS_OK);
	assert_true(text_same(text, expected));
	assert_int_equal(doubt, doubtful);
	arena_free(arena);
}

static void test_texts(void **state)
{
	(void)state;
	text_is_units(BYTES("a\\"), REGTEXT_ASCII, BYTES("a\0\\\0"), false);
	text_is_units(BYTES("\xc3\xa9\xf0\x9f\x98\x80"), REGTEXT_UTF8,
		      BYTES("\xe9\0\x3d\xd8\x00\xde"), false);
	/* Taken for windows-1252, which nothing says. */
	text_is_units(BYTES("\xe9\x80\x81"), REGTEXT_ANSI, BYTES("\xe9\0\xac\x20\x81\0"),
		      true);
	text_is_units(BYTES("a"), REGTEXT_ANSI, BYTES("a\0"), false);
	text_is_units(BYTES("\x01\xd8z\0"), REGTEXT_UTF16LE, BYTES("\x01\xd8z\0"), false);
	text_is_units(BYTES("\xd8\x01\0z"), REGTEXT_UTF16BE, BYTES("\x01\xd8z\0"), false);
}

static void test_unescaped(void **state)
{
	(void)state;
	struct span bytes = BYTES("\\\\ \\\" \\n \xe9");
	struct regsource source = source_of(bytes, REGTEXT_ANSI);
	struct arena *arena = arena_new();
	struct text text;
	bool doubt = false;

	assert_int_equal(
		regsource_unescaped(&source, 0, bytes.len, true, arena, &text, &doubt),
		STATUS_OK);
	/* Nothing else is an escape. */
	assert_true(span_equal(text.bytes, BYTES("\\\0 \0\"\0 \0\\\0n\0 \0\xe9\0\0\0")));
	assert_true(doubt);
	arena_free(arena);
}

/*
 * Headers of one file, each judged by what follows it: UTF-8 up to the last character
 * that is not ASCII, another code page up to the last byte that is no UTF-8.  Those
 * between two places that decide are not looked for anew.
 */
static void test_many_headers(void **state)
{
	static const char text[] = "REGEDIT4\n" /* 0 */
				   "REGEDIT4\n" /* 9 */
				   "\xff\n"
				   "REGEDIT4\n" /* 20 */
				   "REGEDIT4\n" /* 29 */
				   "\xc3\xa4\n"
				   "REGEDIT4\n"	 /* 41 */
				   "REGEDIT4\n"; /* 50 */
	static const struct {
		size_t at;
		enum regtext_encoding encoding;
		size_t decided_from;
	} headers[] = {
		{ 0, REGTEXT_ANSI, 0 },	   { 9, REGTEXT_ANSI, 0 },
		{ 20, REGTEXT_UTF8, 20 },  { 29, REGTEXT_UTF8, 20 },
		{ 41, REGTEXT_ASCII, 41 }, { 50, REGTEXT_ASCII, 41 },
	};
	struct regsource source = { .bytes = BYTES(text),
				    .encoding = REGTEXT_ASCII,
				    .width = 1 };
	enum regtext_version version;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
		assert_int_equal(regsource_header(&source, headers[i].at, &version),
				 headers[i].at + 8);
		assert_int_equal(source.encoding, headers[i].encoding);
		assert_int_equal(source.eight_from, headers[i].decided_from);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_headers), cmocka_unit_test(test_units),
		cmocka_unit_test(test_lines),	     cmocka_unit_test(test_headers),
		cmocka_unit_test(test_no_header),    cmocka_unit_test(test_texts),
		cmocka_unit_test(test_unescaped),
	};
	return UNIT_RUN(tests);
}
