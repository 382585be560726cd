/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain keys and values: order, lookup whatever the case, walks, paths, words. */
#include "help/unit.h"

#include "regf/key.h"

#include "help/hives.h"
#include "help/keys.h"

#include <stdlib.h>
#include <string.h>

/* UTF-16 units as a name. */
#define UNITS(literal)                                                                   \
	((struct text){ .bytes = span_of(literal, sizeof(literal) - 1),                  \
			.encoding = TEXT_UTF16LE })

static void test_child_by_name(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, "Software\\Microsoft");
	keys_add(keys, "Control Panel");
	keys_add(keys, "Environment");
	const struct key *root = keys_root(keys);
	const struct key *software = key_child(root, text_of("Software"));
	assert_non_null(software);
	assert_ptr_equal(key_child(root, text_of("SOFTWARE")), software);
	assert_ptr_equal(key_child(root, text_of("software")), software);
	assert_ptr_equal(key_child(root, UNITS("s\0O\0F\0t\0w\0a\0r\0e\0")), software);
	assert_ptr_equal(software->parent, root);
	assert_null(key_child(root, text_of("Softwar")));
	assert_null(key_child(root, text_of("Software1")));
	assert_null(key_child(root, text_of("")));
	assert_null(key_child(root, text_of("Microsoft")));
	assert_null(key_child(root, text_of("Software\\Microsoft")));
	assert_null(key_child(software->children, text_of("a")));
	keys_free(keys);
}

static void test_every_child_is_found(void **state)
{
	(void)state;
	for (unsigned n = 0; n <= 17; n++) {
		struct keys *keys = keys_new("root");
		char name[2] = "a";
		for (unsigned i = 0; i < n; i++) {
			name[0] = (char)('A' + (i * 7) % 17);
			keys_add(keys, name);
		}
		const struct key *root = keys_root(keys);
		assert_int_equal(root->n_children, n);
		for (unsigned i = 0; i < 17; i++) {
			name[0] = (char)('A' + (i * 7) % 17);
			const struct key *key = key_child(root, text_of(name));
			assert_int_equal(key != NULL, i < n);
			if (key)
				assert_true(text_same(key_name(key), text_of(name)));
		}
		keys_free(keys);
	}
}

static void test_value_by_name(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_dword(keys, "", "B", 2);
	keys_dword(keys, "", "a", 1);
	keys_dword(keys, "", "", 0);
	keys_dword(keys, "", "c\\d", 3);
	const struct key *root = keys_root(keys);
	assert_int_equal(key_value(root, text_of("b"))->data[0], 2);
	assert_int_equal(key_value(root, text_of("A"))->data[0], 1);
	assert_int_equal(key_value(root, text_of("C\\D"))->data[0], 3);
	/* the default value has no name */
	assert_int_equal(key_value(root, text_of(""))->data[0], 0);
	assert_null(key_value(root, text_of("d")));
	assert_null(key_value(root, text_of("aa")));
	keys_free(keys);
}

/* Case folds beyond ASCII as Windows folds it: unit by unit. */
static void test_names_beyond_ascii(void **state)
{
	struct builder *b = hives_new(5);
	builder_key privet = builder_key_add(b, builder_root(b), "Привет", HIVES_TIME);

	(void)state;
	builder_key_add(b, privet, "Ключ", HIVES_TIME);
	builder_key_add(b, builder_root(b), "ëigenaardig", HIVES_TIME);
	builder_key_add(b, builder_root(b), "ß", HIVES_TIME);
	builder_finish(b);
	struct hive hive = hives_open(b);
	const struct key *root = hive.tree->root;
	const struct key *key =
		key_child(root, UNITS("\x3f\4\x20\4\x18\4\x12\4\x15\4\x22\4"));
	assert_non_null(key); /* пРИВЕТ */
	assert_non_null(key_child(key, UNITS("\x1a\4\x1b\4\x2e\4\x27\4"))); /* КЛЮЧ */
	assert_non_null(key_child(root, text_of("\xCBIGENAARDIG")));
	assert_non_null(key_child(root, UNITS("\xCB\0I\0g\0e\0n\0a\0a\0r\0d\0i\0g\0")));
	assert_non_null(key_at(root, "\xCBigenaardig"));
	assert_null(key_child(root, text_of("Eigenaardig")));
	assert_non_null(key_child(root, text_of("\xDF")));
	assert_null(key_child(root, text_of("ss")));
	assert_null(key_child(root, text_of("SS")));
	hives_close(&hive);
}

static void test_key_at_a_path(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, "a\\b\\c");
	keys_add(keys, "a\\d");
	const struct key *root = keys_root(keys);
	const struct key *a = key_child(root, text_of("a"));
	const struct key *b = key_child(a, text_of("b"));
	assert_ptr_equal(key_at(root, ""), root);
	assert_ptr_equal(key_at(root, "a"), a);
	assert_ptr_equal(key_at(root, "A\\B"), b);
	assert_ptr_equal(key_at(a, "b"), b);
	assert_ptr_equal(key_at(root, "a\\b\\c"), key_child(b, text_of("c")));
	assert_null(key_at(root, "a\\x"));
	assert_null(key_at(root, "a\\x\\c"));
	assert_null(key_at(root, "a\\b\\c\\d"));
	assert_null(key_at(root, "b"));
	keys_free(keys);
}

static void test_nearest_key_on_the_way(void **state)
{
	struct keys *keys = keys_new("root");
	bool whole = false;

	(void)state;
	keys_add(keys, "a\\b\\c");
	const struct key *root = keys_root(keys);
	const struct key *b = key_at(root, "a\\b");
	assert_ptr_equal(key_nearest(root, text_of("a\\b"), &whole), b);
	assert_true(whole);
	assert_ptr_equal(key_nearest(root, text_of("A\\B\\x\\c"), &whole), b);
	assert_false(whole);
	assert_ptr_equal(key_nearest(root, text_of("x\\a"), &whole), root);
	assert_false(whole);
	assert_ptr_equal(key_nearest(root, text_of(""), &whole), root);
	assert_true(whole);
	assert_ptr_equal(key_nearest(root, text_of("\\a\\\\b\\"), &whole), b);
	assert_true(whole);
	assert_ptr_equal(key_nearest(root, UNITS("a\0\\\0b\0"), NULL), b);
	keys_free(keys);
}

/* ---- order ---- */

static void name_key(struct key *key, const char *name, uint32_t place)
{
	*key = (struct key){ .name = (const uint8_t *)name,
			     .name_len = (uint16_t)strlen(name),
			     .record_off = place };
}

static void test_children_are_sorted(void **state)
{
	struct key parent = { 0 }, children[6];
	const char *const names[] = { "b", "_", "B", "aa", "A", "a1" };
	/* Upper case: "_" stands behind the letters; same names by their place. */
	const uint32_t order[] = { 5, 6, 4, 1, 3, 2 };

	(void)state;
	for (uint32_t i = 0; i < 6; i++)
		name_key(&children[i], names[i], i + 1);
	parent.children = children;
	parent.n_children = 6;
	key_sort_children(&parent);
	for (uint32_t i = 0; i < 6; i++)
		assert_int_equal(children[i].record_off, order[i]);
	/* What is sorted stays as it is. */
	key_sort_children(&parent);
	for (uint32_t i = 0; i < 6; i++)
		assert_int_equal(children[i].record_off, order[i]);
	parent.n_children = 0;
	key_sort_children(&parent);
}

static void test_values_are_sorted(void **state)
{
	struct key key = { 0 };
	struct value values[4] = {
		{ .name = (const uint8_t *)"b", .name_len = 1, .record_off = 9 },
		{ .name = (const uint8_t *)"", .name_len = 0, .record_off = 7 },
		{ .name = (const uint8_t *)"B", .name_len = 1, .record_off = 3 },
		{ .name = (const uint8_t *)"a", .name_len = 1, .record_off = 8 },
	};

	(void)state;
	key.values = values;
	key.n_values = 4;
	key_sort_values(&key);
	assert_int_equal(values[0].record_off, 7);
	assert_int_equal(values[1].record_off, 8);
	assert_int_equal(values[2].record_off, 3);
	assert_int_equal(values[3].record_off, 9);
}

/* ---- walks ---- */

/*
 * In the order that text_compare() gives, which test_text.c proves: names that begin
 * alike, of both encodings, with letters whose upper case no byte can hold, of every
 * length around the eight units that are compared as a number; and more than are few.
 */
static void test_values_of_many_kinds_are_sorted(void **state)
{
	static const uint8_t units[] = { 0,   1,    'A',  'Z',	'[',  '`',  'a',  'z',
					 '{', 0x7f, 0x80, 0xb5, 0xdf, 0xe9, 0xfe, 0xff };
	static uint8_t names[40][22];
	struct value values[40];
	uint32_t random = 7;

	(void)state;
	for (uint32_t round = 0; round < 200; round++) {
		struct key key = { .values = values,
				   .n_values = round % 4 ? 31 + round % 3 : 40 };
		for (uint32_t i = 0; i < key.n_values; i++) {
			bool wide = i % 5 == 0;
			memset(names[i], 'k', sizeof(names[i]));
			for (size_t k = wide; wide && k < sizeof(names[i]); k += 2)
				names[i][k] = i % 10 == 5 && k == 9;
			random = random * 1664525 + 1013904223;
			names[i][(random >> 16) % 11] = units[random >> 28];
			values[i] = (struct value){
				.name = names[i],
				.name_len =
					(uint16_t)((random >> 20) % 12 * (wide ? 2 : 1)),
				.flags = wide ? VALUE_FLAG_NAME_UTF16 : 0,
				.record_off = 1000 - i,
			};
		}
		key_sort_values(&key);
		for (uint32_t i = 1; i < key.n_values; i++) {
			int order = text_compare(value_name(&values[i - 1]),
						 value_name(&values[i]));
			assert_true(order < 0 ||
				    (order == 0 &&
				     values[i - 1].record_off < values[i].record_off));
		}
	}
}

static void test_walk_goes_over_the_whole_tree(void **state)
{
	struct keys *keys = keys_new("root");
	static const char *const order[] = { "root", "a", "b", "c", "d", "e", "f", "g" };
	size_t n = 0;

	(void)state;
	keys_add(keys, "g");
	keys_add(keys, "a\\e\\f");
	keys_add(keys, "a\\b\\d");
	keys_add(keys, "a\\b\\c");
	const struct key *root = keys_root(keys);
	for (const struct key *key = root; key; key = key_next(root, key)) {
		assert_true(n < ARRAY_LEN(order));
		assert_true(text_same(key_name(key), text_of(order[n])));
		n++;
	}
	assert_int_equal(n, ARRAY_LEN(order));

	/* A subtree, and a key without any, end where they end. */
	const struct key *b = key_at(root, "a\\b");
	n = 0;
	for (const struct key *key = b; key; key = key_next(b, key))
		n++;
	assert_int_equal(n, 3);
	const struct key *g = key_at(root, "g");
	assert_null(key_next(g, g));
	keys_free(keys);
}

/* For who builds a tree: the same keys in the same order. */
static void test_walk_of_the_builder(void **state)
{
	struct key root = { 0 }, children[2] = { { 0 } }, below[2] = { { 0 } };
	struct key *const order[] = { &root, &children[0], &below[0], &below[1],
				      &children[1] };
	size_t n = 0;

	(void)state;
	root.children = children;
	root.n_children = 2;
	children[0].children = below;
	children[0].n_children = 2;
	children[0].parent = children[1].parent = &root;
	below[0].parent = below[1].parent = &children[0];
	for (struct key *key = &root; key; key = key_next_mutable(&root, key)) {
		assert_true(n < ARRAY_LEN(order));
		assert_ptr_equal(key, order[n]);
		assert_ptr_equal(key_next(&root, key),
				 n + 1 < ARRAY_LEN(order) ? order[n + 1] : NULL);
		n++;
	}
	assert_int_equal(n, ARRAY_LEN(order));
	/* A subtree ends where it ends. */
	assert_ptr_equal(key_next_mutable(&children[0], &below[0]), &below[1]);
	assert_null(key_next_mutable(&children[0], &below[1]));
	assert_null(key_next_mutable(&children[1], &children[1]));
}

static void test_newest_time_of_a_subtree(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_add(keys, "a\\b\\c");
	keys_add(keys, "a\\d");
	keys_add(keys, "e");
	struct key *root = keys_root(keys);
	assert_true(key_newest(root) == 0);
	struct key *a = &root->children[0], *e = &root->children[1];
	root->mtime_ft = 5;
	a->children[0].children[0].mtime_ft = 30;
	a->children[1].mtime_ft = 20;
	e->mtime_ft = 40;
	assert_true(key_newest(root) == 40);
	assert_true(key_newest(a) == 30);
	assert_true(key_newest(&a->children[1]) == 20);
	e->mtime_ft = UINT64_MAX;
	assert_true(key_newest(root) == UINT64_MAX);
	keys_free(keys);
}

/* ---- words and paths ---- */

static void test_type_words(void **state)
{
	char number[11];
	static const char *const words[] = {
		"REG_NONE",
		"REG_SZ",
		"REG_EXPAND_SZ",
		"REG_BINARY",
		"REG_DWORD",
		"REG_DWORD_BIG_ENDIAN",
		"REG_LINK",
		"REG_MULTI_SZ",
		"REG_RESOURCE_LIST",
		"REG_FULL_RESOURCE_DESCRIPTOR",
		"REG_RESOURCE_REQUIREMENTS_LIST",
		"REG_QWORD",
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LEN(words); i++)
		assert_string_equal(key_type_word(i, number), words[i]);
	assert_string_equal(key_type_word(12, number), "12");
	assert_string_equal(key_type_word(0xFFFF0012, number), "4294901778");
	assert_string_equal(key_type_word(UINT32_MAX, number), "4294967295");
}

static void check_path(const struct key *key, const struct key *top, const char *prefix,
		       const struct value *value, const char *expected)
{
	struct text path = { 0 };

	assert_true(key_path(key, top, prefix, value, &path));
	assert_int_equal(path.encoding, TEXT_UTF16LE);
	assert_true(text_same(path, text_of(expected)));
	text_free(path);
}

static void test_paths(void **state)
{
	struct keys *keys = keys_new("root");

	(void)state;
	keys_dword(keys, "a\\bb\\c", "name", 1);
	keys_dword(keys, "a\\bb\\c", "", 2);
	keys_dword(keys, "", "name", 3);
	const struct key *root = keys_root(keys);
	const struct key *a = key_at(root, "a"), *c = key_at(root, "a\\bb\\c");
	const struct value *value = key_value(c, text_of("name"));
	check_path(root, NULL, "", NULL, "");
	check_path(a, NULL, "", NULL, "a");
	check_path(c, NULL, "", NULL, "a\\bb\\c");
	check_path(c, root, "", NULL, "a\\bb\\c");
	check_path(c, a, "", NULL, "bb\\c");
	check_path(c, c, "", NULL, "");
	check_path(c, NULL, "Software\\", NULL, "Software\\a\\bb\\c");
	check_path(c, a, "x\\", value, "x\\bb\\c\\name");
	check_path(c, NULL, "", value, "a\\bb\\c\\name");
	check_path(c, c, "x\\", value, "x\\name");
	check_path(c, NULL, "", key_value(c, text_of("")), "a\\bb\\c\\");
	check_path(root, NULL, "", key_value(root, text_of("name")), "name");
	keys_free(keys);
}

/* Nothing of a name is lost, whatever units it has. */
static void test_paths_beyond_ascii(void **state)
{
	const uint16_t odd[] = { 'x', 0xD800, 0, 'y' };
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "Привет\\ëë", HIVES_TIME);
	struct text path = { 0 };

	(void)state;
	builder_key_add_units(b, key, odd, 4, HIVES_TIME);
	builder_finish(b);
	struct hive hive = hives_open(b);
	const struct key *at = &hive.tree->root->children[0].children[0].children[0];
	assert_true(key_path(at, NULL, "", NULL, &path));
	assert_true(text_same(path, UNITS("\x1f\4\x40\4\x38\4\x32\4\x35\4\x42\4\\\0"
					  "\xeb\0\xeb\0\\\0x\0\0\xd8\0\0y\0")));
	text_free(path);
	hives_close(&hive);
}

static void test_own_cell(void **state)
{
	struct value value = { .data_len = 8 };

	(void)state;
	assert_true(value_has_own_cell(&value));
	value.flags = VALUE_FLAG_INLINE;
	assert_false(value_has_own_cell(&value));
	value.flags = VALUE_FLAG_SEGMENTED;
	assert_false(value_has_own_cell(&value));
	value = (struct value){ 0 };
	assert_false(value_has_own_cell(&value));
}

static void test_free_takes_null(void **state)
{
	struct key_tree *tree = NULL;

	(void)state;
	key_tree_free(NULL);
	key_tree_freep(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_child_by_name),
		cmocka_unit_test(test_every_child_is_found),
		cmocka_unit_test(test_value_by_name),
		cmocka_unit_test(test_names_beyond_ascii),
		cmocka_unit_test(test_key_at_a_path),
		cmocka_unit_test(test_nearest_key_on_the_way),
		cmocka_unit_test(test_children_are_sorted),
		cmocka_unit_test(test_values_are_sorted),
		cmocka_unit_test(test_values_of_many_kinds_are_sorted),
		cmocka_unit_test(test_walk_goes_over_the_whole_tree),
		cmocka_unit_test(test_walk_of_the_builder),
		cmocka_unit_test(test_newest_time_of_a_subtree),
		cmocka_unit_test(test_type_words),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_paths_beyond_ascii),
		cmocka_unit_test(test_own_cell),
		cmocka_unit_test(test_free_takes_null),
	};

	return UNIT_RUN(tests);
}
