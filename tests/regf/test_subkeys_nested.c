/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Subkey lists of lists: how deep they may be nested, what a spoilt one costs;
 * and lists that two keys lay claim to.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/parent.h"

#include <stdio.h>
#include <string.h>

/* ri above each other that the reader follows; one more is refused. */
#define NESTING_MAX 8

/* ---- ri ---- */

/* Puts n ri of one element each between p and its leaf. */
static struct hive nested(unsigned n)
{
	struct parent t = parent_of(false, "abc");
	uint32_t below = hives_cell_at(t.list);

	for (unsigned i = 0; i < n; i++) {
		uint32_t ri = hives_cell(t.b, 8);
		builder_poke32(t.b, hives_data(ri), 0x00016972); /* "ri", 1 */
		builder_poke32(t.b, hives_data(ri) + LIST_ITEMS, below);
		below = ri;
	}
	builder_poke32(t.b, t.record + NK_LIST, below);
	builder_finish(t.b);
	return hives_open(t.b);
}

static void test_nested_roots(void **state)
{
	(void)state;
	for (unsigned n = 0; n <= NESTING_MAX; n++) {
		struct hive hive = nested(n);
		assert_true(hives_are_silent(&hive));
		assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
		hives_close(&hive);
	}
	struct hive hive = nested(NESTING_MAX + 1);
	assert_true(diag_count_of(hive.diags, DIAG_LIST_DAMAGED) > 0);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 3);
	hives_close(&hive);
}

/* An ri with itself as an element, beside a sound leaf. */
static void test_root_within_itself(void **state)
{
	struct parent t = parent_of(false, "abc");
	uint32_t ri = hives_cell(t.b, 12);

	(void)state;
	builder_poke32(t.b, hives_data(ri), 0x00026972);
	builder_poke32(t.b, hives_data(ri) + LIST_ITEMS, ri);
	builder_poke32(t.b, hives_data(ri) + LIST_ITEMS + 4, hives_cell_at(t.list));
	builder_poke32(t.b, t.record + NK_LIST, ri);
	builder_finish(t.b);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_KEY_REPEATED, hives_data(ri)));
	assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
	hives_close(&hive);
}

/* One leaf of an ri is spoilt: its keys are found by the parent they tell. */
static void test_root_with_a_spoilt_leaf(void **state)
{
	struct builder *b = hives_new(3);
	char name[16];

	(void)state;
	for (unsigned i = 0; i < 600; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i);
		builder_key_add(b, builder_root(b), name, HIVES_TIME);
	}
	builder_finish(b);
	size_t ri = builder_key_list_offset(b, builder_root(b));
	assert_int_equal(hives_get(b, ri + LIST_COUNT, 2), 2);
	uint32_t leaf = hives_get(b, ri + LIST_ITEMS, 4);
	uint32_t n = hives_get(b, hives_data(leaf) + LIST_COUNT, 2);
	builder_poke16(b, hives_data(leaf), 0);
	struct hive hive = hives_open(b);
	assert_true(hives_say(&hive, DIAG_LIST_DAMAGED, ri));
	assert_int_equal(hive.tree->root->n_children, 600);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), n);
	assert_non_null(hives_key(&hive, "00599"));
	hives_close(&hive);
}

/* ---- a list that two keys refer to ---- */

/*
 * root\first and root\second, one of them with n subkeys; the other refers to
 * its list too.  The keys themselves name their parent, which must get them.
 */
static void check_shared(bool owner_is_first, unsigned n)
{
	struct builder *b = hives_new(3);
	builder_key first = builder_key_add(b, builder_root(b), "first", HIVES_TIME);
	builder_key second = builder_key_add(b, builder_root(b), "second", HIVES_TIME);
	builder_key owner = owner_is_first ? first : second;
	builder_key thief = owner_is_first ? second : first;
	char name[16];

	for (unsigned i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i);
		builder_key_add(b, owner, name, HIVES_TIME);
	}
	builder_finish(b);
	size_t list = builder_key_list_offset(b, owner);
	size_t record = builder_key_offset(b, thief);
	builder_poke32(b, record + NK_LIST, hives_cell_at(list));
	builder_poke32(b, record + NK_SUBKEYS, n);
	struct hive hive = hives_open(b);
	assert_true(hives_say(&hive, DIAG_KEY_REPEATED, list));
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_PARENT), 0);
	assert_int_equal(
		hives_key(&hive, owner_is_first ? "first" : "second")->n_children, n);
	assert_int_equal(
		hives_key(&hive, owner_is_first ? "second" : "first")->n_children, 0);
	assert_int_equal(hive.tree->n_keys, n + 3);
	hives_close(&hive);
}

static void test_shared_list_goes_to_its_owner(void **state)
{
	(void)state;
	check_shared(true, 1);
	check_shared(false, 1);
	check_shared(true, 3);
	check_shared(false, 3);
}

static void test_shared_index_root_goes_to_its_owner(void **state)
{
	(void)state;
	check_shared(true, 600);
	check_shared(false, 600);
}

/* Nobody else claims it: the keys are taken where they are listed, and it is said. */
static void test_list_of_a_key_that_does_not_refer_to_it(void **state)
{
	struct parent t = parent_of(false, "abc");
	builder_key other = builder_key_add(t.b, builder_root(t.b), "a", HIVES_TIME);

	(void)state;
	builder_finish(t.b);
	size_t record = builder_key_offset(t.b, other);
	builder_poke32(t.b, record + NK_LIST, hives_cell_at(t.list));
	builder_poke32(t.b, record + NK_SUBKEYS, 3);
	builder_poke32(t.b, t.record + NK_LIST, NIL);
	builder_poke32(t.b, t.record + NK_SUBKEYS, 0);
	struct hive hive = hives_open(t.b);
	assert_string_equal(children_of(hives_key(&hive, "a")), "abc");
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_PARENT), 3);
	assert_int_equal(diag_count(hive.diags), 3);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nested_roots),
		cmocka_unit_test(test_root_within_itself),
		cmocka_unit_test(test_root_with_a_spoilt_leaf),
		cmocka_unit_test(test_shared_list_goes_to_its_owner),
		cmocka_unit_test(test_shared_index_root_goes_to_its_owner),
		cmocka_unit_test(test_list_of_a_key_that_does_not_refer_to_it),
	};

	return UNIT_RUN(tests);
}
