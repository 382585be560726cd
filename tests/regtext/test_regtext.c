/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole exports: versions, encodings, users, joined files; and memory that ends. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/exports.h"

#include <string.h>

#define SID "S-1-5-21-1-2-3-1001"

static const char plain[] = EXPORTS_5
	"[HKEY_CURRENT_USER\\Key]\r\n\"\xe9\"=\"\xfc\"\r\n\"h\"=hex(2):61,00,00,00\r\n";

static void test_utf16(void **state)
{
	(void)state;
	for (int form = 0; form < 4; form++) {
		bool big = form & 1, mark = form & 2;
		struct export export = exports_utf16(plain, big, mark);
		const struct key *key = exports_key(&export, 0, "Key");
		assert_int_equal(export.text->encoding,
				 big ? REGTEXT_UTF16BE : REGTEXT_UTF16LE);
		assert_int_equal(export.text->version, REGTEXT_VERSION_5);
		assert_int_equal(key->n_values, 2);
		EXPORTS_EXPECT(&export, "Key", "\xe9", KEY_TYPE_SZ, "\xfc\0\0\0");
		EXPORTS_EXPECT(&export, "Key", "h", KEY_TYPE_EXPAND_SZ, "a\0\0\0");
		assert_int_equal(diag_count(export.diags), 0);
		exports_close(&export);
	}
}

static void test_8_bits(void **state)
{
	(void)state;
	struct export export = EXPORTS("\xef\xbb\xbf" EXPORTS_5
				       "[HKCU\\A]\n\"\xc3\xa9\"=\"\xe2\x82\xac\"\n");

	assert_int_equal(export.text->encoding, REGTEXT_UTF8);
	EXPORTS_EXPECT(&export, "A", "\xe9", KEY_TYPE_SZ, "\xac\x20\0\0");
	assert_int_equal(diag_count(export.diags), 0);
	exports_close(&export);
	/* The same bytes in a code page that nothing tells. */
	export = EXPORTS(EXPORTS_4 "[HKCU\\A]\n\"\xe9\"=\"\x80\"\n\"x\"=\"\xe9\"\n");
	assert_int_equal(export.text->encoding, REGTEXT_ANSI);
	assert_int_equal(export.text->version, REGTEXT_VERSION_4);
	EXPORTS_EXPECT(&export, "A", "\xe9", KEY_TYPE_SZ, "\xac\x20\0\0");
	assert_int_equal(export.text->n_doubtful, 2);
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_ENCODING), 1);
	exports_close(&export);
}

static void test_users(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5
		"[HKEY_USERS]\n[HKEY_USERS\\.DEFAULT]\n[HKEY_USERS\\" SID "\\Software]\n"
		"[HKEY_USERS\\" SID "_Classes]\n[HKLM\\Loaded\\x]\n[HKLM\\SYSTEM\\y]\n"
		"[HKCU\\z]\n");
	static const struct {
		enum regtext_root_kind kind;
		const char *path, *name;
		bool whole;
	} expected[] = {
		{ REGTEXT_CURRENT_USER, "HKEY_CURRENT_USER", "", false },
		{ REGTEXT_USERS, "HKEY_USERS\\.DEFAULT", ".DEFAULT", true },
		{ REGTEXT_USERS, "HKEY_USERS\\" SID, SID, false },
		{ REGTEXT_MACHINE, "HKEY_LOCAL_MACHINE\\Loaded", "Loaded", false },
	};

	assert_int_equal(export.status, STATUS_OK);
	assert_int_equal(export.text->n_roots, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		const struct regtext_root *root = &export.text->roots[i];
		assert_int_equal(root->kind, expected[i].kind);
		assert_string_equal(root->path, expected[i].path);
		assert_string_equal(root->name, expected[i].name);
		assert_int_equal(root->whole, expected[i].whole);
	}
	exports_close(&export);
}

static void test_without_root(void **state)
{
	(void)state;
	struct export export =
		EXPORTS(EXPORTS_5 "[\\]\n\n[\\Software]\n\"a\"=dword:00000001\n");

	assert_int_equal(export.text->n_roots, 1);
	assert_int_equal(export.text->roots[0].kind, REGTEXT_UNNAMED);
	assert_string_equal(export.text->roots[0].path, "");
	assert_true(export.text->roots[0].whole);
	EXPORTS_EXPECT(&export, "Software", "a", KEY_TYPE_DWORD, "\1\0\0\0");
	exports_close(&export);
}

/* Two exports in one file: each is a branch, of whatever version and encoding. */
static void test_joined(void **state)
{
	(void)state;
	static const char mixed[] = EXPORTS_4 "[HKCU\\A]\n\"h\"=hex(2):61,00\n"
					      "\xff\xfeR\0E\0G\0E\0D\0I\0T\0"
					      "4\0\n\0"
					      "[\0H\0K\0C\0U\0\\\0B\0]\0\n\0";
	struct export export =
		EXPORTS(EXPORTS_4 "[HKCU\\A]\n\"h\"=hex(2):61,00\n" EXPORTS_5
				  "[HKCU\\A\\B]\n\"h\"=hex(2):61,00\n");

	assert_int_equal(export.text->n_parts, 2);
	EXPORTS_EXPECT(&export, "A", "h", KEY_TYPE_EXPAND_SZ, "a\0\0\0");
	EXPORTS_EXPECT(&export, "A\\B", "h", KEY_TYPE_EXPAND_SZ, "a\0");
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_JOINED), 1);
	exports_close(&export);
	export = EXPORTS(mixed);
	assert_int_equal(export.text->n_parts, 2);
	assert_int_equal(exports_key(&export, 0, "")->n_children, 2);
	assert_true(exports_is_whole(&export, 0, "B"));
	exports_close(&export);
}

static void test_no_export(void **state)
{
	(void)state;
	struct export export = EXPORTS("[HKCU\\A]\n");

	assert_int_equal(export.status, STATUS_UNSUPPORTED);
	assert_string_equal(export.failure.sentence,
			    "0x0: not a .reg export: the header is missing");
	exports_close(&export);
	export = EXPORTS("");
	assert_int_equal(export.status, STATUS_UNSUPPORTED);
	exports_close(&export);
	export = EXPORTS(EXPORTS_5);
	assert_int_equal(export.status, STATUS_OK);
	assert_int_equal(export.text->n_roots, 0);
	exports_close(&export);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(regtext_encoding_word(REGTEXT_ASCII), "ascii");
	assert_string_equal(regtext_encoding_word(REGTEXT_UTF8), "utf-8");
	assert_string_equal(regtext_encoding_word(REGTEXT_ANSI), "ansi");
	assert_string_equal(regtext_encoding_word(REGTEXT_UTF16LE), "utf-16le");
	assert_string_equal(regtext_encoding_word(REGTEXT_UTF16BE), "utf-16be");
}

static void test_memory(void **state)
{
	(void)state;
	static const char text[] =
		EXPORTS_5 "[HKCR\\x]\n[HKCU\\A\\B]\n\"x\"=\"1\"\n\"h\"=hex:01\n"
			  "\"d\"=dword:1\n\"a\"=hex(2):61,61,00\n[HKU\\\xe9\\A]\n";
	struct diag_list *diags = diag_list_new();
	struct unit_oom oom;

	UNIT_FAIL_EACH (oom) {
		struct regtext *export = NULL;
		struct failure failure;
		enum status status =
			UNIT_FAILING(oom, regtext_read(span_of(text, sizeof(text) - 1),
						       diags, &export, &failure));
		/* Only diagnostics do without. */
		assert_int_equal(status, export ? STATUS_OK : STATUS_NOMEM);
		regtext_free(export);
	}
	assert_true(oom.n > 10);
	diag_list_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf16),  cmocka_unit_test(test_8_bits),
		cmocka_unit_test(test_users),  cmocka_unit_test(test_without_root),
		cmocka_unit_test(test_joined), cmocka_unit_test(test_no_export),
		cmocka_unit_test(test_words),  cmocka_unit_test(test_memory),
	};
	return UNIT_RUN(tests);
}
