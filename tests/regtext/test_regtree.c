/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorted trees: what comes twice, and what is left open. */
#include "help/unit.h"

#include "help/exports.h"

#include "regtext/regtree.h"

static void test_sorted(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5
		"[HKCU]\n\"b\"=\"1\"\n\"A\"=\"2\"\n@=\"3\"\n[HKCU\\z]\n[HKCU\\B]\n[HKCU\\a]\n");
	const struct key *root = exports_key(&export, 0, "");

	assert_int_equal(root->n_children, 3);
	assert_true(text_is(key_name(&root->children[0]), "a"));
	assert_true(text_is(key_name(&root->children[1]), "B"));
	assert_true(text_is(key_name(&root->children[2]), "z"));
	assert_int_equal(root->n_values, 3);
	assert_int_equal(root->values[0].name_len, 0);
	assert_true(text_is(value_name(&root->values[1]), "A"));
	assert_true(text_is(value_name(&root->values[2]), "b"));
	assert_int_equal(export.text->roots[0].keys.n_keys, 4);
	assert_int_equal(export.text->roots[0].keys.n_values, 3);
	assert_int_equal(root->children[1].depth, 1);
	assert_ptr_equal(root->children[1].parent, root);
	assert_int_equal(root->children[1].mtime_ft, 0);
	exports_close(&export);
}

/* A key's name that comes again, in another case, is the same key. */
static void test_merged(void **state)
{
	(void)state;
	struct export export =
		EXPORTS(EXPORTS_5
			"[HKCU\\A]\n\"x\"=dword:1\n[HKCU\\B]\n[HKCU\\a]\n\"y\"=dword:2\n"
			"[HKCU\\A\\c]\n[HKCU\\B\\d]\n[HKCU\\a\\C]\n\"z\"=dword:3\n");

	assert_int_equal(exports_key(&export, 0, "")->n_children, 2);
	assert_int_equal(exports_key(&export, 0, "A")->n_children, 1);
	EXPORTS_EXPECT(&export, "a", "x", KEY_TYPE_DWORD, "\1\0\0\0");
	EXPORTS_EXPECT(&export, "a", "y", KEY_TYPE_DWORD, "\2\0\0\0");
	EXPORTS_EXPECT(&export, "a\\c", "z", KEY_TYPE_DWORD, "\3\0\0\0");
	assert_int_equal(diag_count(export.diags), 0);
	exports_close(&export);
}

static void test_repeated(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5
		"[HKCU\\A]\n\"x\"=dword:1\n\"s\"=dword:5\n\"X\"=dword:2\n\"s\"=dword:5\n");

	/* The last one, as regedit would leave it. */
	EXPORTS_EXPECT(&export, "A", "x", KEY_TYPE_DWORD, "\2\0\0\0");
	assert_int_equal(exports_key(&export, 0, "A")->n_values, 2);
	/* The same again is nothing to tell. */
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_REPEATED), 1);
	exports_close(&export);
}

static void test_branches(void **state)
{
	(void)state;
	struct export export = EXPORTS(
		EXPORTS_5 "[HKCU\\A\\B]\n[HKCU\\A\\B\\C]\n[HKCU\\A\\D]\n[HKCU\\E]\n");

	assert_false(exports_is_whole(&export, 0, ""));
	assert_false(exports_is_whole(&export, 0, "A"));
	assert_true(exports_is_whole(&export, 0, "A\\B"));
	assert_true(exports_is_whole(&export, 0, "A\\B\\C"));
	assert_true(exports_is_whole(&export, 0, "A\\D"));
	assert_false(export.text->roots[0].whole);
	assert_int_equal(export.text->roots[0].n_branches, 3);
	exports_close(&export);
}

/* A way in one part, a whole branch in another. */
static void test_way_and_branch(void **state)
{
	(void)state;
	static const char restored[] =
		EXPORTS_5 "[HKCU\\A]\n\n[HKCU\\A\\B]\n\n[HKCU\\A\\B\\C]\n\n"
			  "[HKCU\\A\\B\\C\\D]\n\"x\"=\"y\"\n";
	static const char both[] =
		EXPORTS_5 "[HKCU\\A]\n\n[HKCU\\A\\B]\n\n[HKCU\\A\\B\\C]\n\n"
			  "[HKCU\\A\\B\\C\\D]\n\"x\"=\"y\"\n" EXPORTS_5 "[HKCU\\A\\B]\n";
	struct export export = EXPORTS(restored);

	assert_false(exports_is_whole(&export, 0, "A\\B"));
	assert_true(exports_is_whole(&export, 0, "A\\B\\C\\D"));
	exports_close(&export);
	export = EXPORTS(both);
	assert_false(exports_is_whole(&export, 0, "A"));
	assert_true(exports_is_whole(&export, 0, "A\\B"));
	exports_close(&export);
}

/* Nobody knows how a name in an unknown code page is spelt: a list with it is open. */
static void test_doubtful_names(void **state)
{
	(void)state;
	struct export export =
		EXPORTS(EXPORTS_4
			"[HKCU]\n[HKCU\\A]\n[HKCU\\A\\\xe9]\n[HKCU\\B]\n\"\xe9\"=\"\"\n");

	assert_int_equal(exports_key(&export, 0, "A")->flags & KEY_FLAG_SUBKEYS_PARTIAL,
			 KEY_FLAG_SUBKEYS_PARTIAL);
	assert_int_equal(exports_key(&export, 0, "A")->flags & KEY_FLAG_VALUES_PARTIAL,
			 0);
	assert_int_equal(exports_key(&export, 0, "B")->flags & KEY_FLAG_SUBKEYS_PARTIAL,
			 0);
	assert_int_equal(exports_key(&export, 0, "B")->flags & KEY_FLAG_VALUES_PARTIAL,
			 KEY_FLAG_VALUES_PARTIAL);
	assert_true(exports_is_whole(&export, 0, ""));
	assert_int_equal(diag_count_of(export.diags, DIAG_EXPORT_ENCODING), 1);
	exports_close(&export);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_branches),
		cmocka_unit_test(test_way_and_branch),
		cmocka_unit_test(test_doubtful_names),
	};
	return UNIT_RUN(tests);
}
