/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines, odd but legal, foreign, and broken. */
#include "help/unit.h"

#include "help/exports.h"

#include "regtext/regparser.h"

#include <stdlib.h>
#include <string.h>

#define KEY EXPORTS_5 "[HKCU]\n[HKCU\\A]\n"

/* Exactly one diagnostic, of this code, at this offset behind KEY. */
static void says(const struct export *export, enum diag_code code, size_t offset)
{
	assert_int_equal(export->status, STATUS_OK);
	assert_int_equal(diag_count(export->diags), 1);
	assert_int_equal(diag_item(export->diags, 0)->code, code);
	assert_int_equal(diag_item(export->diags, 0)->offset, sizeof(KEY) - 1 + offset);
}

static void test_legal(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5
		"\n; [HKCU\\no]\n  [HKCU\\A] ; comment\n ;\"no\"=\"\"\n\t\"x\" = \"1\"\n"
		"[HKCU\\b]c]\n[HKCU\\d] [HKCU\\e]\n\n\x1a");

	assert_int_equal(diag_count(export.diags), 0);
	EXPORTS_EXPECT(&export, "A", "x", KEY_TYPE_SZ, "1\0\0\0");
	assert_int_equal(exports_key(&export, 0, "A")->n_values, 1);
	assert_int_equal(exports_key(&export, 0, "b]c")->n_values, 0);
	/* From the first bracket to the last. */
	assert_int_equal(exports_key(&export, 0, "d] [HKCU\\e")->n_values, 0);
	exports_close(&export);
}

static void test_foreign(void **state)
{
	(void)state;
	struct export export = EXPORTS(KEY "\"x\"=\"1\"\n-- \nKind regards\n");

	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_FOREIGN), 2);
	assert_int_equal(diag_count_from(export.diags, DIAG_ERROR), 0);
	assert_true(exports_is_whole(&export, 0, "A"));
	exports_close(&export);
	export = EXPORTS(KEY "\"x\"=dword:\n");
	says(&export, DIAG_EXPORT_FOREIGN, 0);
	assert_int_equal(exports_key(&export, 0, "A")->n_values, 0);
	exports_close(&export);
}

/* What may have held a value leaves the values of its key open, and no more. */
static void test_broken_values(void **state)
{
	(void)state;
	static const char *const lines[] = { KEY "x\"=\"1\"\n\"y\"=\"2\"\n",
					     KEY "\"x\"=what\n\"y\"=\"2\"\n",
					     KEY "\"x\"=\"1\n\"y\"=\"2\"\n",
					     KEY "=\n\"y\"=\"2\"\n" };

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct export export = exports_bytes(lines[i], strlen(lines[i]));
		says(&export, DIAG_EXPORT_LINE, 0);
		EXPORTS_EXPECT(&export, "A", "y", KEY_TYPE_SZ, "2\0\0\0");
		assert_int_equal(exports_key(&export, 0, "A")->flags,
				 KEY_FLAG_VALUES_PARTIAL);
		assert_true(exports_is_whole(&export, 0, ""));
		exports_close(&export);
	}
	struct export export = EXPORTS(KEY "a\0b\n");
	says(&export, DIAG_EXPORT_LINE, 0);
	exports_close(&export);
}

static void test_cut(void **state)
{
	(void)state;
	struct export export = EXPORTS(KEY "\"x\"=hex:01,\\\n");

	says(&export, DIAG_EXPORT_CUT, 0);
	exports_close(&export);
	export = EXPORTS(KEY "\"x\"=\"abc");
	says(&export, DIAG_EXPORT_CUT, 0);
	exports_close(&export);
}

/* Values behind the line of a key that is broken belong to nobody. */
static void test_broken_keys(void **state)
{
	(void)state;
	struct export export = EXPORTS(KEY "[HKCU\\B\n\"x\"=\"1\"\n[HKCU\\C]\n");

	says(&export, DIAG_EXPORT_KEY, 0);
	assert_int_equal(exports_key(&export, 0, "A")->n_values, 0);
	assert_int_equal(exports_key(&export, 0, "C")->n_values, 0);
	exports_close(&export);
	export = EXPORTS(KEY "[HKCU\\B\0C]\n");
	says(&export, DIAG_EXPORT_KEY, 0);
	exports_close(&export);
	export = EXPORTS(EXPORTS_5 "\"x\"=\"1\"\n");
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_LINE), 1);
	exports_close(&export);
}

/* The values of a key of no user are passed over, strings over lines too. */
static void test_other_roots(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5 "[HKEY_CLASSES_ROOT\\x]\n@=\"a\n[HKCU\\no]\nb\"\n[HKCU\\A]\n");

	assert_int_equal(diag_count(export.diags), 0);
	assert_int_equal(exports_key(&export, 0, "")->n_children, 1);
	assert_string_equal(export.text->other, "HKEY_CLASSES_ROOT\\x");
	exports_close(&export);
}

static void refused(struct export export, const char *sentence)
{
	assert_int_equal(export.status, STATUS_UNSUPPORTED);
	assert_null(export.text);
	assert_string_equal(export.failure.sentence, sentence);
	exports_close(&export);
}

static void test_changes(void **state)
{
	(void)state;
	refused(EXPORTS(EXPORTS_5 "[-HKCU\\A]\n"),
		"0x28: a list of changes, not an export: it removes a key here, so it shows "
		"no state that could be compared");
	refused(EXPORTS(EXPORTS_5 "[HKCU\\A]\n\"x\"=-\n"),
		"0x31: a list of changes, not an export: it removes a value here, so it "
		"shows no state that could be compared");
	/* Also of what would be passed over. */
	refused(EXPORTS(EXPORTS_5 "[HKCR\\A]\n@=-\n"),
		"0x31: a list of changes, not an export: it removes a value here, so it "
		"shows no state that could be compared");
	struct export export = EXPORTS(KEY "\"-\"=\"-\"\n[HKCU\\-A]\n; [-HKCU]\n");
	assert_int_equal(export.status, STATUS_OK);
	exports_close(&export);
}

static void test_key_limit(void **state)
{
	(void)state;
	struct regforest forest = { 0 };
	struct arena *arena = arena_new();
	struct diag_list *diags = diag_list_new();
	static const char text[] = "[HKCU\\A]\n\"x\"=\"1\"\n[HKCU\\B]\n";
	struct regparser parser = {
		.source = { .bytes = span_of(text, sizeof(text) - 1),
			    .encoding = REGTEXT_ASCII,
			    .width = 1 },
		.forest = &forest,
		.diags = diags,
	};

	assert_int_equal(regforest_init(&forest, arena), STATUS_OK);
	/* As if that many had been read. */
	forest.nodes.n = REGTEXT_MAX_KEYS + REGFOREST_N_BASES;
	forest.nodes.cap = forest.nodes.n;
	struct regnode *items = calloc(forest.nodes.cap, sizeof(*items));
	assert_non_null(items);
	memcpy(items, forest.nodes.items, REGFOREST_N_BASES * sizeof(*items));
	free(forest.nodes.items);
	forest.nodes.items = items;
	assert_int_equal(regparser_read(&parser, 0), STATUS_OK);
	/* It is told once. */
	assert_int_equal(diag_count(diags), 1);
	assert_int_equal(diag_item(diags, 0)->code, DIAG_COUNT_LIMIT);
	assert_int_equal(diag_item(diags, 0)->offset, 0);
	assert_int_equal(forest.values.n, 0);
	regparser_clear(&parser);
	regforest_clear(&forest);
	arena_free(arena);
	diag_list_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_legal),	      cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_broken_values), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_broken_keys),   cmocka_unit_test(test_other_roots),
		cmocka_unit_test(test_changes),	      cmocka_unit_test(test_key_limit),
	};
	return UNIT_RUN(tests);
}
