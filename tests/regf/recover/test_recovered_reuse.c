/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is freed is used again: what a live key has now is no source, and what
 * two deleted ones had belongs to the later one.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include <stdlib.h>
#include <string.h>

#define SEGMENT 16344

enum { CELL_OF_KEY = 88, CELL_OF_LIST = 16, CELL_OF_VALUE = 32, CELL_OF_FIRST_DATA = 24 };

static bool is_first(const struct value *value)
{
	return value && recoveredkeys_data_is(value, APART_FIRST_DATA, APART_FIRST_LEN);
}

static bool is_second(const struct value *value)
{
	return value && recoveredkeys_data_is(value, APART_SECOND_DATA, APART_SECOND_LEN);
}

/* ---- a live key has the cell ---- */

static void test_nothing_reused(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_true(is_first(recoveredkeys_value(&l, "parent\\gone", "first")));
	assert_true(is_second(recoveredkeys_value(&l, "parent\\gone", "other")));
	assert_int_equal(l.found->n_lone, 0);
	recoveredkeys_close(&l);
}

static void test_record_of_the_key(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, CELL_OF_KEY), t.record);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->n_keys, 0);
	assert_int_equal(l.found->n_lone, 2);
	assert_true(is_first(recoveredkeys_lone(&l, "first")));
	assert_true(is_second(recoveredkeys_lone(&l, "other")));
	recoveredkeys_close(&l);
}

static void test_list(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, CELL_OF_LIST), t.list);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_key(&l, "parent\\gone");
	assert_int_equal(key->n_values, 0);
	assert_int_equal(recoveredkeys_of_key(&l, key)->n_values_recorded, 2);
	assert_true(is_first(recoveredkeys_lone(&l, "first")));
	assert_true(is_second(recoveredkeys_lone(&l, "other")));
	recoveredkeys_close(&l);
}

static void test_record_of_a_value(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, CELL_OF_VALUE), t.second_record);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_key(&l, "parent\\gone");
	assert_int_equal(key->n_values, 1);
	assert_int_equal(recoveredkeys_of_key(&l, key)->n_values_recorded, 2);
	assert_true(is_first(recoveredkeys_value(&l, "parent\\gone", "first")));
	assert_int_equal(l.found->n_lone, 0);
	recoveredkeys_close(&l);
}

/* Even if a live value stands there now: it is not the deleted key's. */
static void test_live_value_in_the_record_of_a_value(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_value_dword(t.b, t.parent, "stays", 1);
	assert_int_equal(builder_value_offset(t.b, t.parent, "stays"), t.second_record);
	builder_finish(t.b);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 1);
	assert_int_equal(l.found->n_values, 1);
	assert_int_equal(l.found->n_lone, 0);
	recoveredkeys_close(&l);
}

static void test_data(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, CELL_OF_FIRST_DATA), t.first_data);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", "first");
	assert_int_equal(value->data_len, 0);
	assert_int_equal(value->declared_len, APART_FIRST_LEN);
	assert_int_equal(value->type, BUILDER_BINARY);
	assert_true(value->flags & VALUE_FLAG_SHORT);
	assert_true(recoveredkeys_of_value(&l, "parent\\gone", "first")->data_lost);
	assert_int_equal(recoveredkeys_of_value(&l, "parent\\gone", "first")->n_runs, 0);
	assert_true(is_second(recoveredkeys_value(&l, "parent\\gone", "other")));
	assert_false(recoveredkeys_of_value(&l, "parent\\gone", "other")->data_lost);
	recoveredkeys_close(&l);
}

/* Used again for less and freed again: the size that the cell tells now shows it. */
static void test_data_in_a_cell_that_was_divided(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.first_data - 4, 16);
	builder_poke32(t.b, t.first_data - 4 + 16, 8);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_true(hives_are_silent(&l.hive));
	assert_true(recoveredkeys_of_value(&l, "parent\\gone", "first")->data_lost);
	recoveredkeys_close(&l);
}

/* ---- another deleted key has it ---- */

/* A later key in the cells of the values, which is deleted, too. */
static struct apart followed(const char *name, const char *first, const char *second)
{
	struct apart t = apart_plain();

	apart_delete(&t);
	builder_key later = builder_key_add(t.b, t.parent, name, LATER(3));
	builder_value_set(t.b, later, first, BUILDER_BINARY, "A later value in it.", 20);
	builder_value_set(t.b, later, second, BUILDER_BINARY,
			  "And another one of the same length in it", 40);
	assert_int_equal(builder_key_values_offset(t.b, later), t.list);
	assert_int_equal(builder_value_offset(t.b, later, first), t.second_record);
	assert_int_equal(builder_value_offset(t.b, later, second), t.first_record);
	assert_int_equal(builder_value_data_offset(t.b, later, first), t.first_data);
	t.gone = later;
	builder_key_delete(t.b, later, LATER(4));
	builder_finish(t.b);
	return t;
}

static void test_list_of_a_later_key(void **state)
{
	struct apart t = followed("a later key", "third", "fourth");

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_key(&l, "parent\\a later key");
	assert_int_equal(key->n_values, 2);
	assert_true(recoveredkeys_data_is(
		recoveredkeys_value(&l, "parent\\a later key", "third"),
		"A later value in it.", 20));
	key = recoveredkeys_key(&l, "parent\\gone");
	assert_int_equal(key->n_values, 0);
	assert_int_equal(recoveredkeys_of_key(&l, key)->n_values_recorded, 2);
	recoveredkeys_close(&l);
}

/* The later key's record and list are gone: its values must not become the other's. */
static struct apart followed_without_a_trace(void)
{
	struct apart t = followed("a later key", "longest", "longer");
	size_t record = builder_key_offset(t.b, t.gone);

	for (size_t i = 0; i < 76; i += 4)
		builder_poke32(t.b, record + i, 0);
	/* The list is again as the first key had it. */
	builder_poke32(t.b, t.list, hives_cell_at(t.first_record));
	builder_poke32(t.b, t.list + 4, hives_cell_at(t.second_record));
	return t;
}

/* A key remembers how long its longest value name was. */
static void test_names_longer_than_the_key_had(void **state)
{
	struct apart t = followed_without_a_trace();

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 0);
	assert_non_null(recoveredkeys_lone(&l, "longest"));
	assert_non_null(recoveredkeys_lone(&l, "longer"));
	recoveredkeys_close(&l);
}

/* But where live keys do not, no writer kept it. */
static void test_sizes_that_nobody_keeps(void **state)
{
	enum { NK_MAX_VALUE_NAME = 60 };
	struct apart t = followed_without_a_trace();

	(void)state;
	builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_MAX_VALUE_NAME, 0);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 2);
	recoveredkeys_close(&l);
}

/* The same value twice in one list is there once. */
static void test_list_that_repeats_itself(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.list + 4, hives_cell_at(t.first_record));
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_key(&l, "parent\\gone")->n_values, 1);
	assert_true(is_first(recoveredkeys_value(&l, "parent\\gone", "first")));
	assert_true(is_second(recoveredkeys_lone(&l, "other")));
	recoveredkeys_close(&l);
}

/* Two values whose data are in one cell: it is shown once. */
static void test_data_of_two_values(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.second_record + VK_DATA, hives_cell_at(t.first_data));
	builder_poke32(t.b, t.second_record + VK_SIZE, APART_FIRST_LEN);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct value *first = recoveredkeys_value(&l, "parent\\gone", "first");
	const struct value *second = recoveredkeys_value(&l, "parent\\gone", "other");
	assert_int_equal(first->data_len + second->data_len, APART_FIRST_LEN);
	recoveredkeys_close(&l);
}

/* ---- behind the list of a live key ---- */

/* root\live with "a" and "b"; what stood in the cell of "c" is now another's. */
static struct builder *tail(bool deleted_again)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	builder_key other = builder_path(b, "other", HIVES_TIME);

	builder_value_dword(b, live, "a", 1);
	builder_value_dword(b, live, "b", 2);
	builder_value_dword(b, live, "c", 3);
	size_t record = builder_value_offset(b, live, "c");
	builder_value_delete(b, live, "c");
	builder_value_dword(b, other, "too long", 4);
	assert_int_equal(builder_value_offset(b, other, "too long"), record);
	if (deleted_again) {
		size_t key = builder_key_offset(b, other);
		size_t list = builder_key_values_offset(b, other);
		builder_key_delete(b, other, LATER(1));
		builder_finish(b);
		for (size_t i = 0; i < 76; i += 4)
			builder_poke32(b, key + i, 0);
		builder_poke32(b, list, 0);
	}
	builder_finish(b);
	return b;
}

static void test_live_value_behind_the_list(void **state)
{
	(void)state;
	struct recoveredkeys l = recoveredkeys_of(tail(false));
	assert_int_equal(l.found->n_values, 0);
	assert_int_equal(l.found->n_lone, 0);
	recoveredkeys_close(&l);
}

/* No value of the live key ever had so long a name, as the key itself remembers. */
static void test_value_behind_the_list_that_was_another_key_s(void **state)
{
	(void)state;
	struct recoveredkeys l = recoveredkeys_of(tail(true));
	assert_int_equal(l.found->n_values, 0);
	assert_non_null(recoveredkeys_lone(&l, "too long"));
	recoveredkeys_close(&l);
}

/* ---- big data ---- */

/* A deleted value of three segments, so many of which are in use again. */
static struct recoveredkeys big(unsigned n_reused, uint8_t *data, size_t len)
{
	static const uint8_t other[SEGMENT];
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	builder_key gone = builder_path(b, "live\\gone", LATER(1));
	char name[] = "0";

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(1 + i % 255);
	for (unsigned i = 0; i < n_reused; i++, name[0]++)
		builder_value_dword(b, live, name, 0);
	builder_value_set(b, gone, "big", BUILDER_BINARY, data, len);
	builder_key_delete(b, gone, LATER(2));
	while (name[0]-- > '0')
		builder_value_set(b, live, name, BUILDER_BINARY, other, SEGMENT);
	builder_finish(b);
	return recoveredkeys_of(b);
}

static void test_segments(void **state)
{
	uint8_t *data = malloc(3 * SEGMENT);

	(void)state;
	assert_non_null(data);
	for (uint32_t n_reused = 0; n_reused <= 3; n_reused++) {
		struct recoveredkeys l = big(n_reused, data, 3 * SEGMENT - 5);
		const struct value *value = recoveredkeys_value(&l, "live\\gone", "big");
		const struct recovered_value *info =
			recoveredkeys_of_value(&l, "live\\gone", "big");
		/* From the last one on. */
		uint32_t len = n_reused ? (3 - n_reused) * SEGMENT : 3 * SEGMENT - 5;
		assert_int_equal(value->data_len, len);
		assert_int_equal(value->declared_len, 3 * SEGMENT - 5);
		assert_memory_equal(value->data, data, len);
		assert_int_equal(info->n_runs, 3 - n_reused);
		assert_int_equal(info->data_lost, n_reused == 3);
		assert_int_equal(!!(value->flags & VALUE_FLAG_SHORT), n_reused > 0);
		recoveredkeys_close(&l);
	}
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_reused),
		cmocka_unit_test(test_record_of_the_key),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_record_of_a_value),
		cmocka_unit_test(test_live_value_in_the_record_of_a_value),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_data_in_a_cell_that_was_divided),
		cmocka_unit_test(test_list_of_a_later_key),
		cmocka_unit_test(test_names_longer_than_the_key_had),
		cmocka_unit_test(test_sizes_that_nobody_keeps),
		cmocka_unit_test(test_list_that_repeats_itself),
		cmocka_unit_test(test_data_of_two_values),
		cmocka_unit_test(test_live_value_behind_the_list),
		cmocka_unit_test(test_value_behind_the_list_that_was_another_key_s),
		cmocka_unit_test(test_segments),
	};

	return UNIT_RUN(tests);
}
