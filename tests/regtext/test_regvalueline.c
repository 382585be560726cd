/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One value: what is taken, what is not, and where reading goes on. */
#include "help/unit.h"

#include "help/exports.h"

#include "regtext/regparser.h"
#include "regtext/regvalueline.h"

#include <string.h>

#define KEY_4 EXPORTS_4 "[HKCU\\A]\n"
#define KEY_5 EXPORTS_5 "[HKCU\\A]\n"

static void read_line(const char *text, enum regvalueline_kind kind, size_t resume)
{
	struct regforest forest;
	struct arena *arena = arena_new();
	struct regparser parser = {
		.source = { .bytes = span_of(text, strlen(text)),
			    .encoding = REGTEXT_ASCII,
			    .width = 1 },
		.forest = &forest,
		.version = REGTEXT_VERSION_5,
	};
	struct regvalue value;
	size_t at = 0;

	assert_non_null(arena);
	assert_int_equal(regforest_init(&forest, arena), STATUS_OK);
	assert_int_equal(regvalueline_read(&parser, &at, true, &value), kind);
	assert_int_equal(at, resume);
	regparser_clear(&parser);
	regforest_clear(&forest);
	arena_free(arena);
}

static void test_kinds(void **state)
{
	(void)state;
	read_line("@=\"\"", REGVALUELINE_OK, 4);
	read_line(" ", REGVALUELINE_CUT, 1);
	read_line("\"a\" = dword: 1 ; x\ny", REGVALUELINE_OK, 18);
	read_line("\"a\"=dword:\n", REGVALUELINE_ODD, 10);
	read_line("\"a\"=dword:x\n", REGVALUELINE_BAD, 12);
	read_line("\"a\"=-\n", REGVALUELINE_REMOVES, 6);
	read_line("\"a\"=-1\n", REGVALUELINE_BAD, 7);
	read_line("\"a\"=", REGVALUELINE_CUT, 4);
	read_line("\"a\"", REGVALUELINE_CUT, 3);
	read_line("\"a\n", REGVALUELINE_CUT, 3);
	read_line("\"a\" x\n", REGVALUELINE_BAD, 6);
	read_line("\"a\"=\"b\"x\ny", REGVALUELINE_BAD, 9);
	read_line("\"a\"=word\ny", REGVALUELINE_BAD, 9);
}

/* A missing mark swallows no line; a list that is cut ends where a key begins. */
static void test_resume(void **state)
{
	(void)state;
	read_line("\"a\"=\"b\n\"c\"=\"d\"\n", REGVALUELINE_BAD, 7);
	read_line("\"a\"=hex:01,\\\n[K]\n", REGVALUELINE_BAD, 13);
	read_line("\"a\"=hex:01,\\\n  02,\\\n\"b\"=\"\"\n", REGVALUELINE_BAD, 20);
	read_line("\"a\"=hex:01,\\\n  0x,\\\n  03\n", REGVALUELINE_BAD, 20);
}

static void test_data(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		KEY_5
		"@=\"default\"\n\"empty\"=\"\"\n\"path\"=\"C:\\\\x \\\"y\\\" \\n\"\n"
		"\"lines\"=\"a\r\nb\"\n\"d\"=dword:0001\n\"h\"=hex:\n\"q\"=hex(b):1,2\n"
		"\"p\"=hex(ffff0012):01\n\"na\\\\me\\\"\"=hex(0):ff\n");

	EXPORTS_EXPECT(&export, "A", "", KEY_TYPE_SZ, "d\0e\0f\0a\0u\0l\0t\0\0\0");
	EXPORTS_EXPECT(&export, "A", "empty", KEY_TYPE_SZ, "\0\0");
	EXPORTS_EXPECT(&export, "A", "path", KEY_TYPE_SZ,
		       "C\0:\0\\\0x\0 \0\"\0y\0\"\0 \0\\\0n\0\0\0");
	EXPORTS_EXPECT(&export, "A", "lines", KEY_TYPE_SZ, "a\0\r\0\n\0b\0\0\0");
	EXPORTS_EXPECT(&export, "A", "d", KEY_TYPE_DWORD, "\1\0\0\0");
	EXPORTS_EXPECT(&export, "A", "h", KEY_TYPE_BINARY, "");
	EXPORTS_EXPECT(&export, "A", "q", KEY_TYPE_QWORD, "\1\2");
	EXPORTS_EXPECT(&export, "A", "p", 0xffff0012, "\1");
	EXPORTS_EXPECT(&export, "A", "na\\me\"", KEY_TYPE_NONE, "\xff");
	assert_int_equal(diag_count(export.diags), 0);
	exports_close(&export);
}

/* Strings in hex of version 4: the code page, unless their bytes show UTF-16. */
static void test_version_4(void **state)
{
	(void)state;
	struct export export =
		EXPORTS(KEY_4 "\"a\"=hex(2):25,61,25,00\n\"w\"=hex(2):25,00,61,00,00,00\n"
			      "\"m\"=hex(7):61,00,62,00,00\n\"one\"=hex(2):61,00\n"
			      "\"mw\"=hex(7):61,00,00,00,00,00\n\"b\"=hex:61,00\n");

	EXPORTS_EXPECT(&export, "A", "a", KEY_TYPE_EXPAND_SZ, "%\0a\0%\0\0\0");
	EXPORTS_EXPECT(&export, "A", "w", KEY_TYPE_EXPAND_SZ, "%\0a\0\0\0");
	EXPORTS_EXPECT(&export, "A", "m", KEY_TYPE_MULTI_SZ, "a\0\0\0b\0\0\0\0\0");
	EXPORTS_EXPECT(&export, "A", "one", KEY_TYPE_EXPAND_SZ, "a\0\0\0");
	EXPORTS_EXPECT(&export, "A", "mw", KEY_TYPE_MULTI_SZ, "a\0\0\0\0\0");
	EXPORTS_EXPECT(&export, "A", "b", KEY_TYPE_BINARY, "a\0");
	exports_close(&export);
}

/* Version 5 holds UTF-16, in 8 bits too; what all looks like ANSI is taken so, and told. */
static void test_version_5(void **state)
{
	(void)state;
	struct export export =
		EXPORTS(KEY_5 "\"a\"=hex(2):25,61,00\n\"w\"=hex(2):25,00,61,00,00,00\n");

	EXPORTS_EXPECT(&export, "A", "a", KEY_TYPE_EXPAND_SZ, "%a\0");
	assert_int_equal(diag_count(export.diags), 0);
	exports_close(&export);
	export = EXPORTS(KEY_5 "\"a\"=hex(2):25,61,00\n\"b\"=hex(2):25,61\n");
	EXPORTS_EXPECT(&export, "A", "a", KEY_TYPE_EXPAND_SZ, "%\0a\0\0\0");
	EXPORTS_EXPECT(&export, "A", "b", KEY_TYPE_EXPAND_SZ, "%a");
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_ENCODING), 1);
	assert_false(exports_key(&export, 0, "A")->flags & KEY_FLAG_SUBKEYS_PARTIAL);
	assert_true(exports_key(&export, 0, "A")->flags & KEY_FLAG_VALUES_PARTIAL);
	exports_close(&export);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),	  cmocka_unit_test(test_resume),
		cmocka_unit_test(test_data),	  cmocka_unit_test(test_version_4),
		cmocka_unit_test(test_version_5),
	};
	return UNIT_RUN(tests);
}
