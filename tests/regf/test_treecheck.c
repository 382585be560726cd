/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers compared: each single difference between them is found. */
#include "help/unit.h"

#include "help/bothreaders.h"

#include "regf/treecheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum treecheck_verdict verdict_on(struct both *both, const char *path, bool whole)
{
	enum treecheck_verdict verdict = TREECHECK_AGREES;
	const struct key *key = key_at(both->hive.tree->root, path);

	assert_non_null(key);
	assert_int_equal(
		treecheck_key(both->tree, key, whole, both->hive.diags, &verdict),
		STATUS_OK);
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
	assert_int_equal(treecheck_key(both.tree, p, true, both.hive.diags, &verdict),
			 STATUS_OK);
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
	assert_int_equal(treecheck_key(both.tree, both.hive.tree->root, true,
				       both.hive.diags, &verdict),
			 STATUS_OK);
	assert_int_equal(verdict, TREECHECK_DIFFERS);
	verdict = TREECHECK_REFUSES;
	assert_int_equal(treecheck_key(both.tree, both.hive.tree->root, true,
				       both.hive.diags, &verdict),
			 STATUS_OK);
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

/* ---- what keys share ---- */

enum { OWNERS = 40, SHARED = 50 };

/* Keys that all name the list of subkeys, or of values, of the first of them. */
static struct builder *keys_of_one_list(bool values)
{
	struct builder *b = hives_new(5);
	builder_key keys[OWNERS];
	char name[16];

	for (unsigned i = 0; i < OWNERS; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		keys[i] = builder_key_add(b, builder_root(b), name, HIVES_TIME);
	}
	for (unsigned i = 0; i < SHARED; i++) {
		(void)snprintf(name, sizeof(name), "x%06u", i);
		if (values)
			builder_value_dword(b, keys[0], name, i);
		else
			(void)builder_key_add(b, keys[0], name, HIVES_TIME);
	}
	builder_finish(b);
	size_t list = values ? builder_key_values_offset(b, keys[0])
			     : builder_key_list_offset(b, keys[0]);
	for (unsigned i = 1; i < OWNERS; i++) {
		size_t key = builder_key_offset(b, keys[i]);
		builder_poke32(b, key + (values ? NK_VALUES : NK_SUBKEYS), SHARED);
		builder_poke32(b, key + (values ? NK_VALUE_LIST : NK_LIST),
			       hives_cell_at(list));
	}
	return b;
}

/* hivex would read it for each of them; the own reader gave it to one. */
static void test_shared_lists_are_not_asked_for(void **state)
{
	(void)state;
	for (int values = 0; values < 2; values++) {
		struct both both = open_both(keys_of_one_list(values));
		assert_int_equal(verdict_on(&both, "", true), TREECHECK_REFUSES);
		assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_NOT_ASKED),
				 OWNERS - 1);
		assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_DIFFERS), 0);
		close_both(&both);
	}
}

/* Nor is the way through one, where the own reader found a key by its parent. */
static void test_way_through_a_shared_list(void **state)
{
	struct both both = open_both(small_hive().b);
	struct key *p = &both.hive.tree->root->children[0];

	(void)state;
	p->flags |= KEY_FLAG_SUBKEYS_REFUSED;
	assert_int_equal(verdict_on(&both, "p\\a", true), TREECHECK_REFUSES);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_NOT_ASKED), 1);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_DIFFERS), 0);
	close_both(&both);
}

/* Values that all name one place of data: asked for until the bytes of the hive are spent. */
static void test_bytes_that_hivex_is_asked_for_are_bounded(void **state)
{
	enum { VALUES = 200, LEN = 16000 };
	static const uint8_t data[LEN];
	struct builder *b = hives_new(3);
	char name[16];

	(void)state;
	builder_value_set(b, builder_root(b), "data", BUILDER_BINARY, data, LEN);
	for (unsigned i = 0; i < VALUES; i++) {
		(void)snprintf(name, sizeof(name), "v%06u", i);
		builder_value_dword(b, builder_root(b), name, i);
	}
	builder_finish(b);
	size_t place = builder_value_data_offset(b, builder_root(b), "data");
	for (unsigned i = 0; i < VALUES; i++) {
		(void)snprintf(name, sizeof(name), "v%06u", i);
		size_t record = builder_value_offset(b, builder_root(b), name);
		builder_poke32(b, record + VK_SIZE, LEN);
		builder_poke32(b, record + VK_DATA, hives_cell_at(place));
	}
	struct both both = open_both(b);
	(void)verdict_on(&both, "", true);
	size_t asked = diag_count_of(both.hive.diags, DIAG_READER_DIFFERS);
	assert_true(asked > 0);
	assert_true(asked * LEN <= 8 * both.hive.image->bytes.len);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_NOT_ASKED), 1);
	/* It is told once, and what comes later is not taken for compared. */
	assert_int_equal(verdict_on(&both, "", false), TREECHECK_REFUSES);
	assert_int_equal(diag_count_of(both.hive.diags, DIAG_READER_NOT_ASKED), 1);
	close_both(&both);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_difference_is_found),
		cmocka_unit_test(test_one_key_alone),
		cmocka_unit_test(test_verdict_only_gets_worse),
		cmocka_unit_test(test_key_behind_a_refused_list),
		cmocka_unit_test(test_key_that_hivex_does_not_list),
		cmocka_unit_test(test_deepest_tree_is_checked),
		cmocka_unit_test(test_shared_lists_are_not_asked_for),
		cmocka_unit_test(test_way_through_a_shared_list),
		cmocka_unit_test(test_bytes_that_hivex_is_asked_for_are_bounded),
	};

	return UNIT_RUN(tests);
}
