/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What regedit takes for a quoted text, a number, a list of bytes; and what it does not. */
#include "help/unit.h"

#include "regtext/reglexer.h"

#include <string.h>

static struct regsource source_of(const char *text)
{
	return (struct regsource){ .bytes = span_of(text, strlen(text)),
				   .encoding = REGTEXT_ASCII,
				   .width = 1 };
}

static void quoted(const char *text, enum reglexer_result result, size_t to, bool escapes)
{
	struct regsource source = source_of(text);
	size_t at = 0, from = 0, end = 0;
	bool escaped = false;

	assert_int_equal(reglexer_quoted(&source, &at, &from, &end, &escaped), result);
	if (result != REGLEXER_OK)
		return;
	assert_int_equal(from, 1);
	assert_int_equal(end, to);
	assert_int_equal(at, to + 1);
	assert_int_equal(escaped, escapes);
}

static void test_quoted(void **state)
{
	(void)state;
	quoted("\"\"", REGLEXER_OK, 1, false);
	quoted("\"a\r\nb\" x", REGLEXER_OK, 5, false);
	quoted("\"a\\\"b\"", REGLEXER_OK, 5, true);
	quoted("\"a\\\\\"b\"", REGLEXER_OK, 4, true);
	quoted("\"a\\n\"", REGLEXER_OK, 4, true);
	quoted("\"a", REGLEXER_CUT, 0, false);
	quoted("\"a\\\"", REGLEXER_CUT, 0, false);
}

/* 0x83 0x5c is one character of code page 932. */
static void test_second_byte(void **state)
{
	(void)state;
	struct regsource source = source_of("\"\x83\\\"\r\n");
	size_t at = 0, from, to = 0;
	bool escapes;

	assert_int_equal(reglexer_quoted(&source, &at, &from, &to, &escapes),
			 REGLEXER_CUT);
	source.encoding = REGTEXT_ANSI;
	at = 0;
	assert_int_equal(reglexer_quoted(&source, &at, &from, &to, &escapes),
			 REGLEXER_OK);
	assert_int_equal(to, 3);
	/* What goes on behind it was escaped. */
	source = source_of("\"\x83\\\"b\"\r\n");
	source.encoding = REGTEXT_ANSI;
	at = 0;
	assert_int_equal(reglexer_quoted(&source, &at, &from, &to, &escapes),
			 REGLEXER_OK);
	assert_int_equal(to, 5);
}

static void dword(const char *text, enum reglexer_result result, uint32_t expected)
{
	struct regsource source = source_of(text);
	size_t at = 0;
	uint32_t value = 0;

	assert_int_equal(reglexer_dword(&source, &at, &value), result);
	if (result == REGLEXER_OK)
		assert_int_equal(value, expected);
}

static void test_dword(void **state)
{
	(void)state;
	dword("0", REGLEXER_OK, 0);
	dword(" \t1aF", REGLEXER_OK, 0x1af);
	dword("ffffffff", REGLEXER_OK, UINT32_MAX);
	dword("0ffffffff", REGLEXER_NONE, 0);
	dword("", REGLEXER_NONE, 0);
	dword("x", REGLEXER_NONE, 0);
}

static void hex_type(const char *text, enum reglexer_result result, uint32_t expected)
{
	struct regsource source = source_of(text);
	size_t at = 0;
	uint32_t type = 0;

	assert_int_equal(reglexer_hex_type(&source, &at, &type), result);
	if (result != REGLEXER_OK)
		return;
	assert_int_equal(type, expected);
	assert_int_equal(at, strlen(text));
}

static void test_hex_type(void **state)
{
	(void)state;
	hex_type("hex:", REGLEXER_OK, 3);
	hex_type("HEX(b):", REGLEXER_OK, 11);
	hex_type("hex( 7 ) :", REGLEXER_OK, 7);
	hex_type("hex(ffff0012):", REGLEXER_OK, 0xffff0012);
	hex_type("hex(0000000000000001):", REGLEXER_OK, 1);
	hex_type("hex(100000000):", REGLEXER_NONE, 0);
	hex_type("hex():", REGLEXER_NONE, 0);
	hex_type("hex(g):", REGLEXER_NONE, 0);
	hex_type("hex", REGLEXER_NONE, 0);
}

static void bytes_are(const char *text, enum reglexer_result result, const char *expected,
		      size_t n)
{
	struct regsource source = source_of(text);
	struct reglexer_bytes bytes = { 0 };
	size_t at = 0;

	assert_int_equal(reglexer_hex_bytes(&source, &at, &bytes), result);
	if (result == REGLEXER_OK) {
		assert_int_equal(bytes.n, n);
		if (n > 0)
			assert_memory_equal(bytes.items, expected, n);
	}
	reglexer_clear(&bytes);
}

static void test_hex_bytes(void **state)
{
	(void)state;
	bytes_are("", REGLEXER_OK, "", 0);
	bytes_are(" ; none\r\n", REGLEXER_OK, "", 0);
	bytes_are("0", REGLEXER_OK, "\0", 1);
	bytes_are("1,fF , 00", REGLEXER_OK, "\x01\xff\0", 3);
	bytes_are("01,\\\r\n  02", REGLEXER_OK, "\x01\x02", 2);
	bytes_are("\\\r\n  01,02", REGLEXER_OK, "\x01\x02", 2);
	bytes_are("01, \\ ; more\n\n ; comment\n 02", REGLEXER_OK, "\x01\x02", 2);
	/* An export never ends so. */
	bytes_are("01,\r\n", REGLEXER_NONE, "", 0);
	bytes_are("01,", REGLEXER_CUT, "", 0);
	bytes_are("01,\\\r\n", REGLEXER_CUT, "", 0);
	bytes_are("01,\\\r\n[HKEY", REGLEXER_NONE, "", 0);
	bytes_are("01,,02", REGLEXER_NONE, "", 0);
	bytes_are("01,\\ x\r\n02", REGLEXER_NONE, "", 0);
	bytes_are("g", REGLEXER_NONE, "", 0);
}

/* Past the room that the plain loop has at first: in each width. */
static void test_many_bytes(void **state)
{
	(void)state;
	enum { N = 10000 };
	static uint8_t text[N * 6];
	struct reglexer_bytes bytes = { 0 };

	for (int form = 0; form < 3; form++) {
		size_t width = form == 0 ? 1 : 2, n = 0, at = 0;
		for (size_t i = 0; i < N * 3 - 1; i++) {
			uint8_t c = i % 3 == 2 ? ',' : i % 3 == 0 ? '5' : 'a';
			if (form == 2)
				text[n++] = 0;
			text[n++] = c;
			if (form == 1)
				text[n++] = 0;
		}
		struct regsource source = { .bytes = span_of(text, n),
					    .encoding = form == 0   ? REGTEXT_ASCII
							: form == 1 ? REGTEXT_UTF16LE
								    : REGTEXT_UTF16BE,
					    .width = (unsigned)width };
		assert_int_equal(reglexer_hex_bytes(&source, &at, &bytes), REGLEXER_OK);
		assert_int_equal(at, n);
		assert_int_equal(bytes.n, N);
		for (size_t i = 0; i < N; i++)
			assert_int_equal(bytes.items[i], 0x5a);
	}
	reglexer_clear(&bytes);
}

static void test_end(void **state)
{
	(void)state;
	struct regsource source = source_of("  ; x\ny");
	size_t at = 0;

	assert_true(reglexer_at_end(&source, &at));
	assert_int_equal(at, 5);
	at = 6;
	assert_false(reglexer_at_end(&source, &at));
	assert_int_equal(at, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quoted),	  cmocka_unit_test(test_second_byte),
		cmocka_unit_test(test_dword),	  cmocka_unit_test(test_hex_type),
		cmocka_unit_test(test_hex_bytes), cmocka_unit_test(test_many_bytes),
		cmocka_unit_test(test_end),
	};
	return UNIT_RUN(tests);
}
