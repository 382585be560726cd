/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Value records and their data, in the record or in a cell of their own: what
 * is damaged or odd about them, and where their bytes stand.  Lists of values
 * and big data have tests of their own.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/two_values.h"

#include "regf/record.h"

#include <string.h>

/* The data of the value, at the runs that are told for it. */
static void check_runs(const struct hive *hive, const struct value *value, size_t n,
		       size_t offset)
{
	struct record_run run = { 0 };

	assert_int_equal(record_data_runs(hive->image, value, NULL, 0), n);
	assert_int_equal(record_data_runs(hive->image, value, &run, 1), n);
	if (n == 0)
		return;
	assert_int_equal(run.file_off, offset);
	assert_int_equal(run.len, value->data_len);
	assert_memory_equal(hive->bytes + run.file_off, value->data, run.len);
}

static void test_sound_values(void **state)
{
	struct values t = two_values(3);
	struct hive hive = hives_open(t.b);
	const struct value *v = hives_value(&hive, "", "V");
	const struct value *w = hives_value(&hive, "", "w");

	(void)state;
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_values, 2);
	assert_int_equal(v->type, KEY_TYPE_BINARY);
	assert_int_equal(v->data_len, 12);
	assert_int_equal(v->declared_len, 12);
	assert_memory_equal(v->data, "0123456789ab", 12);
	assert_int_equal(v->record_off, t.v);
	assert_int_equal(v->flags, 0);
	assert_true(value_has_own_cell(v));
	check_runs(&hive, v, 1, t.data);
	assert_int_equal(w->type, 0xFFFF0012);
	assert_int_equal(w->data_len, 2);
	assert_memory_equal(w->data, "xy", 2);
	assert_int_equal(w->flags, VALUE_FLAG_INLINE);
	assert_false(value_has_own_cell(w));
	check_runs(&hive, w, 1, t.w + VK_DATA);
	struct record_run run = record_value_run(v);
	assert_int_equal(run.file_off, t.v);
	assert_int_equal(run.len, 21);
	hives_close(&hive);
}

/* ---- size and place of data ---- */

static struct hive poked(size_t (*where)(const struct values *), uint32_t number)
{
	struct values t = two_values(3);

	builder_poke32(t.b, where(&t), number);
	return hives_open(t.b);
}

static size_t size_of_v(const struct values *t)
{
	return t->v + VK_SIZE;
}

static size_t size_of_w(const struct values *t)
{
	return t->w + VK_SIZE;
}

static size_t place_of_v(const struct values *t)
{
	return t->v + VK_DATA;
}

static void test_inline_sizes(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_free(t.b);
	for (uint32_t size = 0; size <= 4; size++) {
		struct hive hive = poked(size_of_w, 0x80000000 | size);
		const struct value *w = hives_value(&hive, "", "w");
		assert_true(hives_are_silent(&hive));
		assert_int_equal(w->data_len, size);
		assert_int_equal(w->declared_len, size);
		assert_int_equal(!!(w->flags & VALUE_FLAG_SHORT), 0);
		if (size)
			assert_memory_equal(w->data, "xy\0\0", size);
		check_runs(&hive, w, size != 0, t.w + VK_DATA);
		hives_close(&hive);
	}
	for (uint32_t size = 5; size < 0x80000000; size += 0x7FFFFFFA) {
		struct hive hive = poked(size_of_w, 0x80000000 | size);
		const struct value *w = hives_value(&hive, "", "w");
		assert_true(hives_say_only(&hive, DIAG_DATA_SHORT, t.w));
		assert_int_equal(w->data_len, 4);
		assert_int_equal(w->declared_len, size);
		assert_true(w->flags & VALUE_FLAG_SHORT);
		hives_close(&hive);
	}
}

/* Size 0 without the inline bit: nothing is looked for, wherever it points. */
static void test_no_data(void **state)
{
	const uint32_t places[] = { NIL, 0, 0x20, 4, 0x12345678 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct values t = two_values(3);
		builder_poke32(t.b, t.v + VK_SIZE, 0);
		builder_poke32(t.b, t.v + VK_DATA, places[i]);
		struct hive hive = hives_open(t.b);
		assert_true(hives_are_silent(&hive));
		const struct value *v = hives_value(&hive, "", "v");
		assert_int_equal(v->data_len, 0);
		assert_int_equal(v->declared_len, 0);
		check_runs(&hive, v, 0, 0);
		hives_close(&hive);
	}
}

/* Without the inline bit even one byte stands in a cell. */
static void test_few_bytes_in_a_cell(void **state)
{
	(void)state;
	for (uint32_t size = 1; size <= 12; size++) {
		struct hive hive = poked(size_of_v, size);
		const struct value *v = hives_value(&hive, "", "v");
		assert_true(hives_are_silent(&hive));
		assert_int_equal(v->data_len, size);
		assert_memory_equal(v->data, "0123456789ab", size);
		assert_int_equal(v->flags, 0);
		hives_close(&hive);
	}
}

static void test_size_larger_than_the_cell(void **state)
{
	const uint32_t sizes[] = { 13, 16345, 0x7FFFFFFF };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct values t = two_values(3);
		builder_poke32(t.b, t.v + VK_SIZE, sizes[i]);
		struct hive hive = hives_open(t.b);
		const struct value *v = hives_value(&hive, "", "v");
		assert_true(hives_say_only(&hive, DIAG_DATA_SHORT, t.v));
		assert_int_equal(v->data_len, 12);
		assert_int_equal(v->declared_len, sizes[i]);
		assert_int_equal(v->flags, VALUE_FLAG_SHORT);
		assert_memory_equal(v->data, "0123456789ab", 12);
		check_runs(&hive, v, 1, t.data);
		hives_close(&hive);
	}
}

static void check_lost(uint32_t place)
{
	struct values t = two_values(3);

	builder_poke32(t.b, t.v + VK_DATA, place);
	struct hive hive = hives_open(t.b);
	const struct value *v = hives_value(&hive, "", "v");
	assert_true(hives_say_only(&hive, DIAG_DATA_LOST, t.v));
	assert_int_equal(v->data_len, 0);
	assert_int_equal(v->declared_len, 12);
	assert_true(v->flags & VALUE_FLAG_SHORT);
	check_runs(&hive, v, 0, 0);
	assert_int_equal(hives_value(&hive, "", "w")->data_len, 2);
	hives_close(&hive);
}

static void test_data_that_are_not_there(void **state)
{
	struct values t = two_values(3);
	uint32_t cell = hives_cell_at(t.data);

	(void)state;
	builder_free(t.b);
	check_lost(NIL);
	check_lost(0);
	check_lost(cell + 4);
	check_lost(cell + 8);
	check_lost(4096);
	check_lost(0xFFFFFFF8);
	/* The root key's own cell and the list that holds the value are taken. */
	check_lost(0x20);
	check_lost(hives_cell_at(t.list));
	check_lost(hives_cell_at(t.v));
}

static void test_data_in_a_free_cell(void **state)
{
	struct values t = two_values(3);

	(void)state;
	builder_poke32(t.b, t.data - 4, 16);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_DATA_LOST, t.v));
	assert_int_equal(hives_value(&hive, "", "v")->data_len, 0);
	hives_close(&hive);
	hive = poked(place_of_v, NIL);
	assert_int_equal(diag_count(hive.diags), 1);
	hives_close(&hive);
}

/* Two values refer to one cell: one has it, and of the other it is said. */
static void test_data_of_two_values(void **state)
{
	struct values t = two_values(3);
	builder_key root = builder_root(t.b);

	(void)state;
	builder_value_set(t.b, root, "x", BUILDER_BINARY, "ABCDEFGHIJKL", 12);
	builder_finish(t.b);
	size_t x = builder_value_offset(t.b, root, "x");
	builder_poke32(t.b, x + VK_DATA, hives_cell_at(t.data));
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_DATA_LOST, x));
	assert_memory_equal(hives_value(&hive, "", "v")->data, "0123456789ab", 12);
	assert_int_equal(hives_value(&hive, "", "x")->data_len, 0);
	hives_close(&hive);
}

/* ---- names ---- */

static void check_name(const uint16_t *units, size_t n, bool utf16)
{
	struct builder *b = hives_new(5);

	builder_value_set_units(b, builder_root(b), units, n, BUILDER_DWORD, "\1\0\0\0",
				4);
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	const struct value *value = &hive.tree->root->values[0];
	assert_int_equal(!!(value->flags & VALUE_FLAG_NAME_UTF16), utf16);
	assert_int_equal(text_length(value_name(value)), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(text_unit(value_name(value), i), units[i]);
	assert_ptr_equal(key_value(hive.tree->root, value_name(value)), value);
	struct record_run run = record_value_run(value);
	assert_int_equal(run.len, 20 + (utf16 ? 2 : 1) * n);
	hives_close(&hive);
}

static void test_names_of_both_encodings(void **state)
{
	const uint16_t latin[] = { 0xE9, 0xFF, 0x80 }, wide[] = { 'a', 0x100 };
	const uint16_t nul[] = { 'a', 0, 'b' }, lone[] = { 0xDC00, 'a', 0xD800 };

	(void)state;
	check_name(latin, 3, false);
	check_name(wide, 2, true);
	check_name(nul, 3, false);
	check_name(lone, 3, true);
}

/* The record of "v" has room for a name of 8 bytes less its head of 20: 8. */
static void test_name_longer_than_its_cell(void **state)
{
	struct values t = two_values(3);
	uint32_t room = 0u - hives_get(t.b, t.v - 4, 4) - 4 - 20;

	(void)state;
	builder_free(t.b);
	for (uint32_t more = 0; more < 2; more++) {
		t = two_values(3);
		builder_poke16(t.b, t.v + VK_NAME_LEN, (uint16_t)(room + more));
		struct hive hive = hives_open(t.b);
		assert_true(more ? hives_say_only(&hive, DIAG_VALUE_DAMAGED, t.v)
				 : hives_are_silent(&hive));
		assert_int_equal(hive.tree->n_values, 2);
		assert_int_equal(hive.tree->root->values[0].name_len, room);
		assert_int_equal(hive.tree->root->values[0].name[0], 'v');
		hives_close(&hive);
	}
}

static void test_default_value_has_no_name(void **state)
{
	struct builder *b = hives_new(3);

	(void)state;
	builder_value_string(b, builder_root(b), "", "default");
	builder_value_string(b, builder_root(b), "a", "named");
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_int_equal(hives_value(&hive, "", "")->data_len, 16);
	assert_int_equal(hives_value(&hive, "", "")->name_len, 0);
	assert_ptr_equal(hives_value(&hive, "", ""), &hive.tree->root->values[0]);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound_values),
		cmocka_unit_test(test_inline_sizes),
		cmocka_unit_test(test_no_data),
		cmocka_unit_test(test_few_bytes_in_a_cell),
		cmocka_unit_test(test_size_larger_than_the_cell),
		cmocka_unit_test(test_data_that_are_not_there),
		cmocka_unit_test(test_data_in_a_free_cell),
		cmocka_unit_test(test_data_of_two_values),
		cmocka_unit_test(test_names_of_both_encodings),
		cmocka_unit_test(test_name_longer_than_its_cell),
		cmocka_unit_test(test_default_value_has_no_name),
	};

	return UNIT_RUN(tests);
}
