/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of values: where they and their elements lead, counts, elements and
 * names that come twice, values that mark others as deleted.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/two_values.h"

#include <string.h>

/* ---- lists ---- */

static void test_list_shorter_than_its_count(void **state)
{
	struct values t = two_values(3);

	(void)state;
	/* Its cell of 16 bytes has room for three offsets; the third is cleared. */
	assert_int_equal(hives_get(t.b, t.list - 4, 4), 0u - 16);
	builder_poke32(t.b, t.list + 8, NIL);
	builder_poke32(t.b, t.root + NK_VALUES, 3);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_VALUE_DAMAGED, t.root));
	assert_int_equal(hive.tree->n_values, 2);
	hives_close(&hive);

	for (uint32_t n = 4; n != 3; n = n == 4 ? 0xFFFFFFFF : 3) {
		t = two_values(3);
		builder_poke32(t.b, t.list + 8, NIL);
		builder_poke32(t.b, t.root + NK_VALUES, n);
		hive = hives_open(t.b);
		assert_true(hives_say(&hive, DIAG_VALUE_LIST, t.root));
		assert_int_equal(hive.tree->n_values, 2);
		assert_non_null(hives_value(&hive, "", "w"));
		hives_close(&hive);
	}
}

static void test_count_below_the_list(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_poke32(t.b, t.root + NK_VALUES, 1);
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_values, 1);
	assert_non_null(hives_value(&hive, "", "v"));
	hives_close(&hive);

	/* none at all: where the list points does not matter */
	t = two_values(3);
	builder_poke32(t.b, t.root + NK_VALUES, 0);
	builder_poke32(t.b, t.root + NK_VALUE_LIST, 4);
	hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_values, 0);
	hives_close(&hive);
}

static void test_list_that_is_not_there(void **state)
{
	struct values sample = two_values(3);
	const uint32_t places[] = { NIL,  0,	      0x20,
				    4096, 0xFFFFFFF8, hives_cell_at(sample.list) + 8 };

	(void)state;
	builder_free(sample.b);
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct values t = two_values(3);
		builder_poke32(t.b, t.root + NK_VALUE_LIST, places[i]);
		struct hive hive = hives_open(t.b);
		assert_true(hives_say_only(&hive, DIAG_VALUE_LIST, t.root));
		assert_int_equal(hive.tree->n_values, 0);
		hives_close(&hive);
	}
}

static void test_list_of_two_keys(void **state)
{
	struct values t = two_values(3);
	builder_key child = builder_key_add(t.b, builder_root(t.b), "child", HIVES_TIME);

	(void)state;
	builder_finish(t.b);
	size_t record = builder_key_offset(t.b, child);
	builder_poke32(t.b, record + NK_VALUE_LIST, hives_cell_at(t.list));
	builder_poke32(t.b, record + NK_VALUES, 2);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_VALUE_LIST, record));
	assert_int_equal(hive.tree->root->n_values, 2);
	assert_int_equal(hives_key(&hive, "child")->n_values, 0);
	hives_close(&hive);
}

/* ---- elements ---- */

static void check_element(uint32_t target)
{
	struct values t = two_values(3);

	builder_poke32(t.b, t.list, target);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_VALUE_DAMAGED, t.root));
	assert_int_equal(hive.tree->n_values, 1);
	assert_non_null(hives_value(&hive, "", "w"));
	hives_close(&hive);
}

static void test_element_that_is_no_value(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_free(t.b);
	check_element(NIL);
	check_element(0);
	check_element(4096);
	check_element(0x20);
	check_element(hives_cell_at(t.data));
	check_element(hives_cell_at(t.v) + 8);
	check_element(hives_cell_at(t.v) + 4);
	check_element(hives_cell_at(t.list));
}

static void test_value_named_twice_by_one_list(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_poke32(t.b, t.list + 4, hives_cell_at(t.v));
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_VALUE_DAMAGED, t.root));
	assert_int_equal(hive.tree->n_values, 1);
	assert_int_equal(hives_value(&hive, "", "v")->data_len, 12);
	hives_close(&hive);
}

static void test_duplicate_names(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_poke8(t.b, t.w + VK_NAME, 'V');
	struct hive hive = hives_open(t.b);
	assert_int_equal(hive.tree->n_values, 2);
	size_t later = t.v > t.w ? t.v : t.w;
	assert_true(hives_say_only(&hive, DIAG_VALUE_DUPLICATE, later));
	hives_close(&hive);
}

/* The flag means something from version 1.2 on; Windows writes it into 1.6 hives. */
static void test_tombstone(void **state)
{
	struct values t = two_values(6);

	(void)state;
	builder_poke16(t.b, t.w + VK_FLAGS, 3);
	builder_poke32(t.b, t.w + VK_SIZE, 0);
	builder_poke32(t.b, t.w + VK_DATA, NIL);
	builder_poke32(t.b, t.w + VK_TYPE, 0);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_VALUE_TOMBSTONE, t.w));
	assert_int_equal(hive.tree->n_values, 1);
	assert_null(key_value(hive.tree->root, text_of("w")));
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_shorter_than_its_count),
		cmocka_unit_test(test_count_below_the_list),
		cmocka_unit_test(test_list_that_is_not_there),
		cmocka_unit_test(test_list_of_two_keys),
		cmocka_unit_test(test_element_that_is_no_value),
		cmocka_unit_test(test_value_named_twice_by_one_list),
		cmocka_unit_test(test_duplicate_names),
		cmocka_unit_test(test_tombstone),
	};

	return UNIT_RUN(tests);
}
