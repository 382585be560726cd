/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hivex as a reader of its own: the plain keys it yields; and that holding
 * both readers against each other finds each single difference.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/tree.h"
#include "regf/treecheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct both {
	struct hive hive;
	struct tree *tree;
};

static struct both open_both(struct builder *b)
{
	struct both both = { .hive = hives_open(b) };

	assert_int_equal(both.hive.read, STATUS_OK);
	assert_int_equal(hives_hivex(&both.hive, &both.tree), STATUS_OK);
	return both;
}

static void close_both(struct both *both)
{
	tree_close(both->tree);
	hives_close(&both->hive);
}

/* root\p with subkeys a (a value "below"), b, c and values 1, 2, 3. */
struct small {
	struct builder *b;
	size_t list, values; /* file offsets */
	builder_key p, a;
};

static struct small small_hive(void)
{
	struct small t = { .b = hives_new(5) };
	static uint8_t data[20000];

	data[19999] = 0xA5;
	t.p = builder_key_add(t.b, builder_root(t.b), "p", HIVES_TIME);
	t.a = builder_key_add(t.b, t.p, "a", HIVES_TIME + 1);
	builder_key_add(t.b, t.p, "b", HIVES_TIME + 2);
	builder_key_add(t.b, t.p, "Ключ", HIVES_TIME + 3);
	builder_value_string(t.b, t.p, "1", "one");
	builder_value_set(t.b, t.p, "ä", 0xFFFF0012, data, sizeof(data));
	builder_value_set(t.b, t.p, "", BUILDER_NONE, "", 0);
	builder_value_dword(t.b, t.a, "below", 4);
	builder_finish(t.b);
	t.list = builder_key_list_offset(t.b, t.p);
	t.values = builder_key_values_offset(t.b, t.p);
	return t;
}

/* ---- reading ---- */

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

static struct builder *chain(unsigned levels)
{
	struct builder *b = hives_new(3);
	builder_key key = builder_root(b);

	for (unsigned i = 0; i < levels; i++)
		key = builder_key_add(b, key, "k", HIVES_TIME);
	builder_finish(b);
	return b;
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

/* ---- each single difference is found ---- */

static enum treecheck_verdict verdict_on(struct both *both, const char *path, bool whole)
{
	enum treecheck_verdict verdict = TREECHECK_AGREES;
	const struct key *key = key_at(both->hive.tree->root, path);

	assert_non_null(key);
	treecheck_key(both->tree, key, whole, both->hive.diags, &verdict);
	return verdict;
}

/* Lets a change loose on the own reader's key "p". */
static void check_change(void (*change)(struct key *p))
{
	struct both both = open_both(small_hive().b);
	struct key *p = &both.hive.tree->root->children[0];

	assert_int_equal(verdict_on(&both, "p", true), TREECHECK_AGREES);
	assert_true(hives_are_silent(&both.hive));
	change(p);
	enum treecheck_verdict verdict = TREECHECK_AGREES;
	treecheck_key(both.tree, p, true, both.hive.diags, &verdict);
	assert_int_equal(verdict, TREECHECK_DIFFERS);
	assert_true(diag_count_of(both.hive.diags, DIAG_READER_DIFFERS) > 0);
	close_both(&both);
}

static void other_key_name(struct key *p)
{
	p->name = (const uint8_t *)"q";
}

static void longer_key_name(struct key *p)
{
	p->name = (const uint8_t *)"pq";
	p->name_len = 2;
}

static void key_name_in_other_case(struct key *p)
{
	p->name = (const uint8_t *)"P";
}

static void other_time(struct key *p)
{
	p->mtime_ft++;
}

static void one_value_less(struct key *p)
{
	p->n_values--;
}

static void one_child_less(struct key *p)
{
	p->n_children--;
}

static void other_place_of_child(struct key *p)
{
	p->children[0].record_off += 8;
}

static void other_time_of_child(struct key *p)
{
	p->children[0].mtime_ft++;
}

static void other_place_of_value(struct key *p)
{
	p->values[0].record_off += 8;
}

static void other_value_name(struct key *p)
{
	p->values[1].name = (const uint8_t *)"2";
}

static void other_value_type(struct key *p)
{
	p->values[1].type = KEY_TYPE_EXPAND_SZ;
}

static void other_value_size(struct key *p)
{
	p->values[1].declared_len--;
}

static void shorter_data(struct key *p)
{
	p->values[1].data_len--;
}

static void other_data(struct key *p)
{
	static uint8_t data[20000]; /* without the last byte's 0xA5 */

	p->values[2].data = data;
}

static void test_each_difference_is_found(void **state)
{
	void (*const changes[])(struct key * p) = {
		other_key_name,	      longer_key_name,	   key_name_in_other_case,
		other_time,	      one_value_less,	   one_child_less,
		other_place_of_child, other_time_of_child, other_place_of_value,
		other_value_name,     other_value_type,	   other_value_size,
		shorter_data,	      other_data,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		check_change(changes[i]);
}

/* Without `whole`, what stands below the key's own children is not looked at. */
static void test_one_key_alone(void **state)
{
	struct both both = open_both(small_hive().b);
	struct key *p = &both.hive.tree->root->children[0];

	(void)state;
	p->children[0].mtime_ft++;
	assert_int_equal(verdict_on(&both, "p", false), TREECHECK_AGREES);
	assert_int_equal(verdict_on(&both, "p\\a", false), TREECHECK_DIFFERS);
	assert_int_equal(verdict_on(&both, "p", true), TREECHECK_DIFFERS);
	close_both(&both);
}

static void test_verdict_only_gets_worse(void **state)
{
	struct both both = open_both(small_hive().b);
	enum treecheck_verdict verdict = TREECHECK_DIFFERS;

	(void)state;
	treecheck_key(both.tree, both.hive.tree->root, true, both.hive.diags, &verdict);
	assert_int_equal(verdict, TREECHECK_DIFFERS);
	verdict = TREECHECK_REFUSES;
	treecheck_key(both.tree, both.hive.tree->root, true, both.hive.diags, &verdict);
	assert_int_equal(verdict, TREECHECK_REFUSES);
	close_both(&both);
}

/*
 * hivex refuses the list on the way to a key: it cannot read there, which is
 * no contradiction.
 */
static void test_key_behind_a_refused_list(void **state)
{
	struct small t = small_hive();

	(void)state;
	builder_poke32(t.b, t.list + LIST_ITEMS, NIL);
	struct both both = open_both(t.b);
	assert_int_equal(verdict_on(&both, "p\\b", true), TREECHECK_REFUSES);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_DIFFERS), 0);
	close_both(&both);
}

/* One that the own reader alone has is a contradiction. */
static void test_key_that_hivex_does_not_list(void **state)
{
	struct both both = open_both(small_hive().b);
	struct key *p = &both.hive.tree->root->children[0];

	(void)state;
	p->children[0].record_off += 8;
	assert_int_equal(verdict_on(&both, "p\\a", false), TREECHECK_DIFFERS);
	close_both(&both);
}

static void test_deepest_tree_is_checked(void **state)
{
	struct both both = open_both(chain(512));
	struct key *key = both.hive.tree->root;

	(void)state;
	assert_int_equal(verdict_on(&both, "", true), TREECHECK_AGREES);
	while (key->n_children)
		key = &key->children[0];
	assert_int_equal(key->depth, 512);
	key->mtime_ft++;
	assert_int_equal(verdict_on(&both, "", true), TREECHECK_DIFFERS);
	close_both(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_are_those_of_the_own_reader),
		cmocka_unit_test(test_what_is_refused_is_said_and_left_out),
		cmocka_unit_test(test_key_below_itself_comes_once),
		cmocka_unit_test(test_depth_limit),
		cmocka_unit_test(test_each_difference_is_found),
		cmocka_unit_test(test_one_key_alone),
		cmocka_unit_test(test_verdict_only_gets_worse),
		cmocka_unit_test(test_key_behind_a_refused_list),
		cmocka_unit_test(test_key_that_hivex_does_not_list),
		cmocka_unit_test(test_deepest_tree_is_checked),
	};

	return UNIT_RUN(tests);
}
