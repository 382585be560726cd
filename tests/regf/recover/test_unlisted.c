/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key records that are there and that no list names. */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"
#include "regf/recover/unlisted.h"

/* root\p with subkeys "a" and "b", of which its record tells nothing any more. */
struct recipe {
	struct builder *b;
	builder_key p, a, b_key;
	struct hive hive;
	struct usage usage;
	struct key_tree *tree;
	struct unlisted unlisted;
};

static void make(struct recipe *t)
{
	*t = (struct recipe){ .b = hives_new(5) };
	t->p = builder_key_add(t->b, builder_root(t->b), "p", HIVES_TIME);
	t->a = builder_key_add(t->b, t->p, "a", HIVES_TIME);
	t->b_key = builder_key_add(t->b, t->p, "b", HIVES_TIME);
	builder_finish(t->b);
}

static void forget_list(struct recipe *t)
{
	builder_poke32(t->b, builder_key_offset(t->b, t->p) + 20, 0);
	builder_poke32(t->b, builder_key_offset(t->b, t->p) + NK_LIST, NIL);
}

static void find(struct recipe *t)
{
	t->hive = hives_open(t->b);
	assert_int_equal(record_read(t->hive.image, t->hive.diags, &t->usage, &t->tree),
			 STATUS_OK);
	assert_int_equal(unlisted_find(t->hive.image, &t->usage, &t->unlisted),
			 STATUS_OK);
}

static bool names(const struct recipe *t, const char *parent, const char *name)
{
	const struct key *key = key_at(t->tree->root, parent);

	assert_non_null(key);
	return unlisted_names(&t->unlisted, t->hive.image, key, text_of(name));
}

static void finish(struct recipe *t)
{
	unlisted_clear(&t->unlisted);
	unlisted_clear(&t->unlisted);
	usage_clear(&t->usage);
	key_tree_free(t->tree);
	hives_close(&t->hive);
}

static void test_none_in_a_sound_hive(void **state)
{
	struct recipe t;

	(void)state;
	make(&t);
	find(&t);
	assert_int_equal(t.unlisted.n, 0);
	assert_false(names(&t, "p", "a"));
	assert_false(unlisted_is_below(&t.unlisted, t.hive.image, t.tree->root));
	finish(&t);
}

static void test_records_of_a_forgotten_list(void **state)
{
	struct recipe t;

	(void)state;
	make(&t);
	forget_list(&t);
	find(&t);
	assert_int_equal(t.unlisted.n, 2);
	assert_true(names(&t, "p", "a"));
	assert_true(names(&t, "p", "B"));
	assert_false(names(&t, "p", "c"));
	assert_false(names(&t, "", "a"));
	assert_true(unlisted_is_below(&t.unlisted, t.hive.image, t.tree->root));
	assert_true(
		unlisted_is_below(&t.unlisted, t.hive.image, key_at(t.tree->root, "p")));
	finish(&t);
}

/* A freed record, one without a name, and one whose name leads out of its cell. */
/* Behind a cell of impossible size a bin has no map: a record there is found all the same. */
static void test_bytes_without_a_map(void **state)
{
	struct recipe t;

	(void)state;
	make(&t);
	forget_list(&t);
	builder_poke32(t.b, builder_key_offset(t.b, t.a) - 4, 0);
	find(&t);
	assert_true(t.hive.image->gaps.n > 0);
	assert_false(names(&t, "p", "a")); /* its own cell has no size */
	assert_true(names(&t, "p", "b"));
	for (size_t i = 0; i < t.hive.image->gaps.n; i++)
		t.hive.image->gaps.items[i].kind = GAP_FOREIGN;
	unlisted_clear(&t.unlisted);
	assert_int_equal(unlisted_find(t.hive.image, &t.usage, &t.unlisted), STATUS_OK);
	assert_false(names(&t, "p", "b"));
	finish(&t);
}

static void test_what_is_no_record(void **state)
{
	struct recipe t;

	(void)state;
	make(&t);
	forget_list(&t);
	builder_poke16(t.b, builder_key_offset(t.b, t.a) + 72, 0);
	builder_poke16(t.b, builder_key_offset(t.b, t.b_key) + 72, 0xffff);
	find(&t);
	assert_int_equal(t.unlisted.n, 0);
	finish(&t);
	make(&t);
	forget_list(&t);
	builder_poke32(t.b, builder_key_offset(t.b, t.a) - 4, 88); /* free */
	find(&t);
	assert_false(names(&t, "p", "a"));
	assert_true(names(&t, "p", "b"));
	finish(&t);
}

/* A value that its key's list names no more. */
static void test_value_that_no_list_names(void **state)
{
	(void)state;
	for (int forgotten = 0; forgotten < 2; forgotten++) {
		struct recipe t = { .b = hives_new(5) };
		t.a = builder_key_add(t.b, builder_root(t.b), "a", HIVES_TIME);
		builder_value_dword(t.b, t.a, "DefaultProfile", 1);
		builder_finish(t.b);
		if (forgotten) {
			builder_poke32(t.b, builder_key_offset(t.b, t.a) + 36, 0);
			builder_poke32(t.b, builder_key_offset(t.b, t.a) + 40, NIL);
		}
		find(&t);
		assert_int_equal(unlisted_has_value(t.hive.image, &t.usage,
						    text_of("defaultprofile")),
				 forgotten);
		assert_false(
			unlisted_has_value(t.hive.image, &t.usage, text_of("Default")));
		finish(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_none_in_a_sound_hive),
		cmocka_unit_test(test_value_that_no_list_names),
		cmocka_unit_test(test_records_of_a_forgotten_list),
		cmocka_unit_test(test_bytes_without_a_map),
		cmocka_unit_test(test_what_is_no_record),
	};

	return UNIT_RUN(tests);
}
