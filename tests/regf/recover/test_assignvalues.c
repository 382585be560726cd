/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which key a deleted value belongs to. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "regf/recover/region.h"

#include <stdlib.h>

enum { NK_LARGEST_NAME = 60, NK_LARGEST_DATA = 64 };

static void check_owners(struct stages *s, const struct apart *t, uint32_t first,
			 uint32_t second)
{
	assert_non_null(stages_value(s, t->first_record));
	assert_non_null(stages_value(s, t->second_record));
	assert_int_equal(stages_value(s, t->first_record)->owner, first);
	assert_int_equal(stages_value(s, t->second_record)->owner, second);
	assert_null(stages_value(s, t->first_record)->owner_live);
	assert_null(stages_value(s, t->second_record)->owner_live);
}

static void test_list_of_a_deleted_key(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	check_owners(s, &t, 0, 0);
	/* Records and list are used up; the data are not yet. */
	assert_false(region_is_untaken(&s->search, hives_cell_at(t.record), 84));
	assert_false(region_is_untaken(&s->search, hives_cell_at(t.list), 12));
	assert_false(region_is_untaken(&s->search, hives_cell_at(t.first_record), 24));
	assert_true(region_is_untaken(&s->search, hives_cell_at(t.first_data), 24));
	assert_true(region_is_untaken(&s->search, hives_cell_at(t.second_data), 44));
	stages_close(s);
}

/* One element of the list changed in the deleted key. */
static void check_element(uint32_t element, uint32_t first, uint32_t second)
{
	struct apart t = apart_plain();

	apart_delete(&t);
	builder_poke32(t.b, t.list, element);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	check_owners(s, &t, first, second);
	stages_close(s);
}

static void test_elements(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	/* The place of a cell that is no value's: that one is lost. */
	check_element(t.gone, DELETED_NONE, 0);
	/* No place of a cell at all: then it is no list. */
	check_element(3, DELETED_NONE, DELETED_NONE);
	check_element(0, DELETED_NONE, DELETED_NONE);
	check_element(NIL, DELETED_NONE, DELETED_NONE);
	/* The other value twice: it is still there once. */
	check_element(hives_cell_at(t.second_record), DELETED_NONE, 0);
	builder_free(t.b);
}

/*
 * A list of values of which none is left in the whole hive: there are no items, not an
 * empty list of them.  Nothing may be added to that pointer; only clang's sanitizer for
 * undefined behaviour (-fsanitize=undefined) ends a test that does.
 */
static void test_no_value_left(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	builder_poke32(t.b, t.first_record, 0);
	builder_poke32(t.b, t.second_record, 0);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	assert_int_equal(s->search.values.n, 0);
	assert_null(s->search.values.items);
	/* It is the key's list all the same. */
	assert_false(region_is_untaken(&s->search, hives_cell_at(t.list), 12));
	stages_close(s);
}

static void test_list_in_use_again(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, 16), t.list);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	check_owners(s, &t, DELETED_NONE, DELETED_NONE);
	stages_close(s);
}

/* The number of values that the record tells, and what of them the list has room for. */
static void test_counts(void **state)
{
	(void)state;
	for (uint32_t n = 0; n <= 4; n++) {
		struct apart t = apart_plain();
		apart_delete(&t);
		builder_poke32(t.b, t.record + NK_VALUES, n);
		struct stages *s = stages_run(t.b, STAGES_VALUES);
		/*
		 * The cell has room for three elements, the third a 0, which is no
		 * place; four do not fit.
		 */
		check_owners(s, &t, n == 1 || n == 2 ? 0 : DELETED_NONE,
			     n == 2 ? 0 : DELETED_NONE);
		stages_close(s);
	}
}

/* Names and data longer than the key ever had, as its own record tells. */
static void test_largest(void **state)
{
	(void)state;
	for (uint32_t more = 0; more <= 1; more++) {
		struct apart t = apart_plain();
		apart_delete(&t);
		builder_poke32(t.b, t.record + NK_LARGEST_DATA, APART_SECOND_LEN - more);
		struct stages *s = stages_run(t.b, STAGES_VALUES);
		assert_true(s->search.trust_largest);
		check_owners(s, &t, 0, more ? DELETED_NONE : 0);
		stages_close(s);
		/* Names count as UTF-16: "first" and "other" have 10 bytes each. */
		t = apart_plain();
		apart_delete(&t);
		builder_poke32(t.b, t.record + NK_LARGEST_NAME, 10 - more);
		s = stages_run(t.b, STAGES_VALUES);
		check_owners(s, &t, more ? DELETED_NONE : 0, more ? DELETED_NONE : 0);
		stages_close(s);
	}
}

/* Where a live key is larger than its record tells, nobody keeps these sizes. */
static void test_sizes_that_nobody_keeps(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_LARGEST_NAME, 0);
	apart_delete(&t);
	builder_poke32(t.b, t.record + NK_LARGEST_DATA, 1);
	builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_LARGEST_NAME, 0);
	struct stages *s = stages_run(t.b, STAGES_VALUES);
	assert_false(s->search.trust_largest);
	check_owners(s, &t, 0, 0);
	stages_close(s);
}

/* ---- two keys ---- */

/* root\a and root\b, each with a value "v", deleted; b's record then names a's list. */
static void check_two(uint64_t time_a, uint64_t time_b, bool is_of_b)
{
	struct builder *b = hives_new(5);
	builder_key keys[2], root = builder_root(b);
	size_t records[2], value;

	builder_path(b, "live", HIVES_TIME);
	keys[0] = builder_key_add(b, root, "a", time_a);
	builder_value_dword(b, keys[0], "v", 1);
	keys[1] = builder_key_add(b, root, "b", time_b);
	builder_value_dword(b, keys[1], "v", 2);
	value = builder_value_offset(b, keys[0], "v");
	uint32_t list = hives_cell_at(builder_key_values_offset(b, keys[0]));
	for (size_t i = 0; i < 2; i++)
		records[i] = builder_key_offset(b, keys[i]);
	builder_key_delete(b, keys[0], LATER(8));
	builder_key_delete(b, keys[1], LATER(8));
	builder_finish(b);
	builder_poke32(b, records[1] + NK_VALUE_LIST, list);
	struct stages *s = stages_run(b, STAGES_VALUES);
	assert_int_equal(s->search.keys.n, 2);
	const struct deleted_key *owner = stages_key(s, records[is_of_b]);
	assert_non_null(owner);
	assert_int_equal(stages_value(s, value)->owner, owner - s->search.keys.items);
	stages_close(s);
}

static void test_list_that_two_keys_name(void **state)
{
	(void)state;
	/* It is the one's that was written last; else the one's that comes first. */
	check_two(LATER(1), LATER(2), true);
	check_two(LATER(2), LATER(1), false);
	check_two(LATER(1), LATER(1), false);
}

/* Each has a list of its own, but b's names a's value too. */
static void check_value_of_two(uint64_t time_a, uint64_t time_b, bool is_of_b)
{
	struct builder *b = hives_new(5);
	builder_key keys[2], root = builder_root(b);
	size_t records[2];

	builder_path(b, "live", HIVES_TIME);
	keys[0] = builder_key_add(b, root, "a", time_a);
	builder_value_dword(b, keys[0], "v", 1);
	keys[1] = builder_key_add(b, root, "b", time_b);
	builder_value_dword(b, keys[1], "v", 2);
	size_t value = builder_value_offset(b, keys[0], "v");
	size_t list = builder_key_values_offset(b, keys[1]);
	for (size_t i = 0; i < 2; i++)
		records[i] = builder_key_offset(b, keys[i]);
	builder_key_delete(b, keys[0], LATER(8));
	builder_key_delete(b, keys[1], LATER(8));
	builder_finish(b);
	builder_poke32(b, list, hives_cell_at(value));
	struct stages *s = stages_run(b, STAGES_VALUES);
	const struct deleted_key *owner = stages_key(s, records[is_of_b]);
	assert_non_null(owner);
	assert_int_equal(stages_value(s, value)->owner, owner - s->search.keys.items);
	stages_close(s);
}

static void test_value_that_two_keys_name(void **state)
{
	(void)state;
	check_value_of_two(LATER(1), LATER(2), true);
	check_value_of_two(LATER(2), LATER(1), false);
}

/* ---- live keys ---- */

static void test_behind_the_list_of_a_live_key(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "live", HIVES_TIME);

	(void)state;
	builder_value_dword(b, key, "stays", 1);
	builder_value_dword(b, key, "goes", 2);
	size_t record = builder_value_offset(b, key, "goes");
	builder_value_delete(b, key, "goes");
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_VALUES);
	const struct deleted_value *value = stages_value(s, record);
	assert_non_null(value);
	assert_int_equal(value->owner, DELETED_NONE);
	assert_ptr_equal(value->owner_live, stages_live(s, "live"));
	stages_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list_of_a_deleted_key),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_no_value_left),
		cmocka_unit_test(test_list_in_use_again),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_sizes_that_nobody_keeps),
		cmocka_unit_test(test_list_that_two_keys_name),
		cmocka_unit_test(test_value_that_two_keys_name),
		cmocka_unit_test(test_behind_the_list_of_a_live_key),
	};

	return UNIT_RUN(tests);
}
