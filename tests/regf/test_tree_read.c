/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hivex as a reader of its own: the plain keys it yields. */
#include "help/unit.h"

#include "help/bothreaders.h"

#include <stdlib.h>
#include <string.h>

static void check_same(const struct key *own, const struct key *other)
{
	assert_true(text_same(key_name(own), key_name(other)));
	assert_true(own->mtime_ft == other->mtime_ft);
	assert_int_equal(own->record_off, other->record_off);
	assert_int_equal(own->depth, other->depth);
	assert_int_equal(own->n_children, other->n_children);
	assert_int_equal(own->n_values, other->n_values);
	for (uint32_t i = 0; i < own->n_values; i++) {
		const struct value *a = &own->values[i], *b = &other->values[i];
		assert_true(text_same(value_name(a), value_name(b)));
		assert_int_equal(a->type, b->type);
		assert_int_equal(a->declared_len, b->declared_len);
		assert_int_equal(a->record_off, b->record_off);
		assert_true(span_equal(value_data(a), value_data(b)));
		assert_true(b->flags & VALUE_FLAG_COPIED);
	}
}

static void test_keys_are_those_of_the_own_reader(void **state)
{
	struct both both = open_both(small_hive().b);
	struct key_tree *keys = NULL;

	(void)state;
	assert_int_equal(tree_read(both.tree, both.hive.diags, &keys), STATUS_OK);
	assert_true(hives_are_silent(&both.hive));
	assert_int_equal(keys->n_keys, 5);
	assert_int_equal(keys->n_values, 4);
	const struct key *own = both.hive.tree->root, *other = keys->root;
	for (; own && other; own = key_next(both.hive.tree->root, own),
			     other = key_next(keys->root, other))
		check_same(own, other);
	assert_null(own);
	assert_null(other);
	assert_int_equal(key_value(key_at(keys->root, "p"), text_of("\xE4"))->data[19999],
			 0xA5);
	/* They outlive hivex. */
	tree_close(both.tree);
	both.tree = NULL;
	assert_non_null(key_at(keys->root, "p\\a"));
	key_tree_free(keys);
	close_both(&both);
}

static void test_what_is_refused_is_said_and_left_out(void **state)
{
	struct small t = small_hive();
	size_t record = builder_key_offset(t.b, t.p);
	struct key_tree *keys = NULL;

	(void)state;
	builder_poke32(t.b, t.values, NIL);
	struct both both = open_both(t.b);
	assert_int_equal(tree_read(both.tree, both.hive.diags, &keys), STATUS_OK);
	assert_true(hives_say_only(&both.hive, DIAG_READER_REFUSED, record));
	assert_int_equal(key_at(keys->root, "p")->n_values, 0);
	assert_int_equal(keys->n_keys, 5);
	key_tree_free(keys);
	close_both(&both);

	t = small_hive();
	builder_poke32(t.b, t.list + LIST_ITEMS, NIL);
	both = open_both(t.b);
	assert_int_equal(tree_read(both.tree, both.hive.diags, &keys), STATUS_OK);
	assert_true(hives_say_only(&both.hive, DIAG_READER_REFUSED, record));
	assert_int_equal(keys->n_keys, 2);
	assert_int_equal(keys->n_values, 3);
	key_tree_free(keys);
	close_both(&both);
}

/* The list of p names the root, or p itself: each key comes once. */
static void test_key_below_itself_comes_once(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct small t = small_hive();
		struct key_tree *keys = NULL;
		builder_poke32(t.b, t.list + LIST_ITEMS, i ? t.p : builder_root(t.b));
		struct both both = open_both(t.b);
		assert_int_equal(tree_read(both.tree, both.hive.diags, &keys), STATUS_OK);
		assert_int_equal(keys->n_keys, 4);
		key_tree_free(keys);
		close_both(&both);
	}
}

static void test_depth_limit(void **state)
{
	(void)state;
	for (unsigned levels = 511; levels <= 513; levels++) {
		struct both both = open_both(chain(levels));
		struct key_tree *keys = NULL;
		assert_int_equal(tree_read(both.tree, both.hive.diags, &keys), STATUS_OK);
		assert_int_equal(keys->n_keys, levels < 513 ? levels + 1 : 513);
		assert_int_equal(diag_count_of(both.hive.diags, DIAG_DEPTH_LIMIT),
				 levels == 513);
		key_tree_free(keys);
		close_both(&both);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_are_those_of_the_own_reader),
		cmocka_unit_test(test_what_is_refused_is_said_and_left_out),
		cmocka_unit_test(test_key_below_itself_comes_once),
		cmocka_unit_test(test_depth_limit),
	};

	return UNIT_RUN(tests);
}
