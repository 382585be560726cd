/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys that no readable list names: found by the parent that they tell where a
 * list is known to be damaged, and only there.
 */
#include "help/unit.h"

#include "help/hives.h"

#include <string.h>

/* root\p with subkeys "c", "b", "a", made in this order; a\below has a value. */
struct recipe {
	struct builder *b;
	builder_key p, c, a;
	size_t record, list; /* file offsets of p's record and of its list */
};

static struct recipe recipe(void)
{
	struct recipe t = { .b = hives_new(5) };

	t.p = builder_key_add(t.b, builder_root(t.b), "p", HIVES_TIME);
	t.c = builder_key_add(t.b, t.p, "c", HIVES_TIME);
	builder_key_add(t.b, t.p, "b", HIVES_TIME);
	t.a = builder_key_add(t.b, t.p, "a", HIVES_TIME);
	builder_value_dword(t.b, builder_key_add(t.b, t.a, "below", HIVES_TIME), "v", 1);
	builder_finish(t.b);
	t.record = builder_key_offset(t.b, t.p);
	t.list = builder_key_list_offset(t.b, t.p);
	return t;
}

static void check_all(const struct hive *hive)
{
	assert_int_equal(hives_key(hive, "p")->n_children, 3);
	assert_non_null(hives_key(hive, "p\\c"));
	assert_non_null(hives_key(hive, "p\\b"));
	assert_int_equal(hives_value(hive, "p\\a\\below", "v")->data_len, 4);
	assert_int_equal(hive->tree->n_keys, 6);
}

static void test_keys_of_a_lost_list(void **state)
{
	struct recipe t = recipe();
	size_t a = builder_key_offset(t.b, t.a);

	(void)state;
	builder_poke32(t.b, t.record + NK_LIST, NIL);
	struct hive hive = hives_open(t.b);
	check_all(&hive);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 3);
	assert_true(hives_say(&hive, DIAG_KEY_SALVAGED, a));
	assert_true(diag_count_of(hive.diags, DIAG_LIST_DAMAGED) > 0);
	/* There is no list that could be out of order. */
	assert_int_equal(diag_count_of(hive.diags, DIAG_LIST_ORDER), 0);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_HINT), 0);
	hives_close(&hive);
}

/* The count of p's list is one too low: the key left out is found, the rest is listed. */
static void test_key_that_its_list_left_out(void **state)
{
	struct recipe t = recipe();
	size_t c = builder_key_offset(t.b, t.c);

	(void)state;
	builder_poke16(t.b, t.list + LIST_COUNT, 2);
	struct hive hive = hives_open(t.b);
	check_all(&hive);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 1);
	assert_true(hives_say(&hive, DIAG_KEY_SALVAGED, c));
	hives_close(&hive);
}

/* More keys told than there are: nothing is found, and the list stays in order. */
static void test_list_in_order_stays_so(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke32(t.b, t.record + NK_SUBKEYS, 4);
	struct hive hive = hives_open(t.b);
	check_all(&hive);
	assert_true(hives_say_only(&hive, DIAG_LIST_DAMAGED, t.record));
	hives_close(&hive);
}

/* Not listed, in a hive without damage: a leftover and no key. */
static void test_leftovers_of_a_sound_hive_are_no_keys(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke16(t.b, t.list + LIST_COUNT, 2);
	builder_poke32(t.b, t.record + NK_SUBKEYS, 2);
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_key(&hive, "p")->n_children, 2);
	hives_close(&hive);
}

/* A freed record is deleted, not lost. */
static void test_freed_keys_are_not_salvaged(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_key_delete(t.b, t.c, HIVES_TIME);
	builder_finish(t.b);
	t.record = builder_key_offset(t.b, t.p);
	builder_poke32(t.b, t.record + NK_LIST, NIL);
	struct hive hive = hives_open(t.b);
	assert_int_equal(hives_key(&hive, "p")->n_children, 2);
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 2);
	hives_close(&hive);
}

static void test_key_that_names_itself_as_parent(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke32(t.b, builder_key_offset(t.b, t.c) + NK_PARENT, t.c);
	builder_poke32(t.b, builder_key_offset(t.b, t.c) + NK_SUBKEYS, 1);
	builder_poke32(t.b, t.record + NK_LIST, NIL);
	struct hive hive = hives_open(t.b);
	assert_int_equal(hives_key(&hive, "p")->n_children, 2);
	assert_int_equal(hive.tree->n_keys, 5);
	hives_close(&hive);
}

/* ---- what must not be taken for a key, or not for another's ---- */

/* What hangs on a lost key is lost with it: it comes up nowhere else. */
static void test_keys_below_a_lost_key_go_nowhere_else(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke16(t.b, builder_key_offset(t.b, t.a), 0);
	struct hive hive = hives_open(t.b);
	assert_int_equal(hives_key(&hive, "p")->n_children, 2);
	assert_int_equal(hive.tree->n_keys, 4);
	assert_true(diag_count_from(hive.diags, DIAG_ERROR) > 0);
	for (const struct key *key = hive.tree->root; key;
	     key = key_next(hive.tree->root, key))
		assert_false(text_is(key_name(key), "below"));
	hives_close(&hive);
}

static void test_two_candidates_of_one_name(void **state)
{
	struct recipe t = recipe();
	builder_key d = builder_key_add(t.b, t.p, "d", HIVES_TIME + 1);
	size_t c, second;

	(void)state;
	builder_finish(t.b);
	c = builder_key_offset(t.b, t.c);
	second = builder_key_offset(t.b, d);
	builder_poke8(t.b, second + NK_NAME, 'C');
	builder_poke32(t.b, builder_key_offset(t.b, t.p) + NK_LIST, NIL);
	struct hive hive = hives_open(t.b);
	const struct key *p = hives_key(&hive, "p");
	assert_int_equal(p->n_children, 4);
	/* Neither is preferred: both are there, in the order of their places. */
	assert_int_equal(p->children[2].record_off, c < second ? c : second);
	assert_int_equal(p->children[3].record_off, c < second ? second : c);
	assert_true(hives_say(&hive, DIAG_KEY_DUPLICATE, c < second ? second : c));
	hives_close(&hive);
}

/* c and b name each other as parents; a still names p. */
static void test_parents_in_a_ring(void **state)
{
	struct recipe t = recipe();
	builder_key b = builder_key_find(t.b, t.p, "b");
	size_t at_c = builder_key_offset(t.b, t.c), at_b = builder_key_offset(t.b, b);

	(void)state;
	builder_poke32(t.b, at_c + NK_PARENT, b);
	builder_poke32(t.b, at_b + NK_PARENT, t.c);
	builder_poke32(t.b, at_c + NK_SUBKEYS, 1);
	builder_poke32(t.b, at_b + NK_SUBKEYS, 1);
	builder_poke32(t.b, t.record + NK_LIST, NIL);
	struct hive hive = hives_open(t.b);
	assert_int_equal(hives_key(&hive, "p")->n_children, 1);
	assert_int_equal(hive.tree->n_keys, 4);
	hives_close(&hive);
	/* The same ring entered from the list: each key once. */
	t = recipe();
	b = builder_key_find(t.b, t.p, "b");
	at_c = builder_key_offset(t.b, t.c);
	builder_poke32(t.b, t.record + NK_PARENT, t.c);
	builder_poke32(t.b, builder_key_offset(t.b, b) + NK_PARENT, t.c);
	builder_poke32(t.b, at_c + NK_SUBKEYS, 5);
	hive = hives_open(t.b);
	check_all(&hive);
	assert_int_equal(hives_key(&hive, "p\\c")->n_children, 0);
	hives_close(&hive);
}

/* ---- the root ---- */

static void test_root_found_by_its_mark(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke32(t.b, BASE_ROOT, 0x28);
	builder_checksum(t.b);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say(&hive, DIAG_ROOT_LOST, BASE_ROOT));
	assert_int_equal(hive.read, STATUS_OK);
	check_all(&hive);
	assert_true(text_is(key_name(hive.tree->root), "ROOT"));
	hives_close(&hive);
}

/* The root's own record is spoilt: its subkeys name its cell. */
static void test_subkeys_of_a_spoilt_root(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke16(t.b, builder_key_offset(t.b, builder_root(t.b)), 0);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say(&hive, DIAG_ROOT_LOST, BASE_ROOT));
	assert_int_equal(hive.read, STATUS_OK);
	check_all(&hive);
	assert_int_equal(hive.tree->root->name_len, 0);
	assert_int_equal(hive.tree->root->record_off, 0);
	hives_close(&hive);
}

static void test_hive_without_any_key(void **state)
{
	struct builder *b = hives_new(3);

	(void)state;
	builder_poke16(b, builder_key_offset(b, builder_root(b)), 0);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.read, STATUS_MALFORMED);
	assert_true(hives_say(&hive, DIAG_ROOT_LOST, BASE_ROOT));
	hives_close(&hive);
}

/*
 * The root offset leads to a subkey of the true root, which alone is marked.  Either
 * the hive is read from its root, or it is said that something is wrong.
 */
static void test_root_offset_to_another_key(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke32(t.b, BASE_ROOT, t.a);
	builder_checksum(t.b);
	struct hive hive = hives_open(t.b);
	assert_true(diag_count_from(hive.diags, DIAG_ERROR) > 0);
	hives_close(&hive);
}

/* A leftover with the mark of a root, without subkeys: nothing names it. */
static void check_marked_leftover(bool root_is_spoilt)
{
	struct recipe t = recipe();
	builder_key stray = builder_key_add(t.b, t.p, "stray", HIVES_TIME);

	builder_finish(t.b);
	builder_poke16(t.b, builder_key_list_offset(t.b, t.p) + LIST_COUNT, 3);
	builder_poke32(t.b, builder_key_offset(t.b, t.p) + NK_SUBKEYS, 3);
	builder_poke32(t.b, builder_key_offset(t.b, stray) + NK_PARENT, 0xfffffff8);
	builder_poke16(t.b, builder_key_offset(t.b, stray) + NK_FLAGS, 0x2c);
	if (root_is_spoilt) {
		builder_poke16(t.b, builder_key_offset(t.b, builder_root(t.b)), 0);
	} else {
		builder_poke32(t.b, BASE_ROOT, NIL);
		builder_checksum(t.b);
	}
	struct hive hive = hives_open(t.b);
	assert_int_equal(hive.read, STATUS_OK);
	check_all(&hive);
	hives_close(&hive);
}

static void test_marked_leftover_is_no_root(void **state)
{
	(void)state;
	check_marked_leftover(false);
	check_marked_leftover(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_of_a_lost_list),
		cmocka_unit_test(test_key_that_its_list_left_out),
		cmocka_unit_test(test_list_in_order_stays_so),
		cmocka_unit_test(test_leftovers_of_a_sound_hive_are_no_keys),
		cmocka_unit_test(test_freed_keys_are_not_salvaged),
		cmocka_unit_test(test_key_that_names_itself_as_parent),
		cmocka_unit_test(test_keys_below_a_lost_key_go_nowhere_else),
		cmocka_unit_test(test_two_candidates_of_one_name),
		cmocka_unit_test(test_parents_in_a_ring),
		cmocka_unit_test(test_root_found_by_its_mark),
		cmocka_unit_test(test_subkeys_of_a_spoilt_root),
		cmocka_unit_test(test_hive_without_any_key),
		cmocka_unit_test(test_root_offset_to_another_key),
		cmocka_unit_test(test_marked_leftover_is_no_root),
	};

	return UNIT_RUN(tests);
}
