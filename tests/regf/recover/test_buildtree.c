/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tree of recovered keys: what it is made of, and what is known of each key. */
#include "help/unit.h"

#include "help/apart.h"
#include "help/stages.h"

#include "base/arena.h"
#include "regf/recover/buildtree.h"

#include <stdlib.h>
#include <string.h>

/* A tree made from what the stages found. */
struct built {
	struct stages *s;
	struct key_tree tree;
	struct recovered_keys keys;
};

static struct built build_numbered(struct builder *b, uint32_t first)
{
	struct built t = { .s = stages_run(b, STAGES_PARENTS) };

	t.s->source.first_number = first;
	t.tree.arena = t.s->arena;
	t.keys.tree = &t.tree;
	assert_int_equal(buildtree_make(&t.s->search, &t.keys), STATUS_OK);
	t.keys.tree = NULL; /* it moves with the result */
	return t;
}

static struct built build(struct builder *b)
{
	return build_numbered(b, 0);
}

static void end(struct built *t)
{
	stages_close(t->s);
}

/* What is known of every key below top leads back to that very key. */
static size_t check_below(const struct recovered_keys *keys, const struct key *top)
{
	size_t n = 0;

	for (const struct key *key = top; key; key = key_next(top, key), n++) {
		assert_in_range(key->recovered, keys->first,
				keys->first + keys->n_nodes - 1);
		assert_ptr_equal(recovered_of(keys, key)->key, key);
		for (uint32_t i = 0; i < key->n_children; i++) {
			assert_ptr_equal(key->children[i].parent, key);
			assert_int_equal(key->children[i].depth, key->depth + 1);
		}
	}
	return n;
}

static void check_all(const struct recovered_keys *keys, const struct key *root,
		      uint32_t first)
{
	assert_int_equal(keys->first, first);
	assert_int_equal(check_below(keys, root) + check_below(keys, keys->adrift),
			 keys->n_nodes);
}

static void test_keys_and_values(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct built built = build(t.b);
	check_all(&built.keys, built.tree.root, 0);
	assert_int_equal(built.keys.n_keys, 1);
	assert_int_equal(built.keys.n_values, 2);
	assert_int_equal(built.keys.n_lone, 0);
	assert_int_equal(built.keys.adrift->n_children, 0);
	const struct key *parent = key_at(built.tree.root, "parent");
	assert_non_null(parent);
	assert_true(recovered_is_placeholder(parent));
	assert_int_equal(parent->n_children, 1);
	const struct key *gone = &parent->children[0];
	assert_int_equal(gone->flags, KEY_FLAG_RECOVERED);
	assert_true(text_same(key_name(gone), text_of("gone")));
	assert_int_equal(gone->record_off, t.record);
	assert_int_equal(recovered_of(&built.keys, gone)->rel, t.gone);
	assert_int_equal(recovered_of(&built.keys, gone)->parent_rel, t.parent);
	/* Sorted by name; what is known of them goes with them. */
	assert_int_equal(gone->n_values, 2);
	assert_true(text_same(value_name(&gone->values[0]), text_of("first")));
	assert_true(text_same(value_name(&gone->values[1]), text_of("other")));
	assert_int_equal(
		recovered_of_value(&built.keys, gone, &gone->values[0])->places[0].offset,
		t.first_record);
	assert_int_equal(
		recovered_of_value(&built.keys, gone, &gone->values[1])->places[0].offset,
		t.second_record);
	end(&built);
}

/* The trees of several states of one hive have numbers of their own. */
static void test_numbers(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	struct built built = build_numbered(t.b, 1000);
	check_all(&built.keys, built.tree.root, 1000);
	end(&built);
}

static void test_nothing_deleted(void **state)
{
	struct built built = build(hives_new(5));

	(void)state;
	check_all(&built.keys, built.tree.root, 0);
	assert_int_equal(built.keys.n_nodes, 2);
	assert_int_equal(built.keys.n_keys + built.keys.n_values + built.keys.n_lone, 0);
	assert_true(text_is(key_name(built.tree.root), "ROOT"));
	end(&built);
}

/* Made in another order than that of their names. */
static void test_children_are_sorted(void **state)
{
	static const char *const names[] = { "delta", "Alpha", "charlie", "BRAVO" };
	static const char *const sorted[] = { "Alpha", "BRAVO", "charlie", "delta" };
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME), keys[4];

	(void)state;
	builder_path(b, "live\\old", HIVES_TIME);
	for (size_t i = 0; i < 4; i++) {
		keys[i] = builder_key_add(b, live, names[i], LATER(1));
		builder_path(b, "fill", HIVES_TIME);
	}
	for (size_t i = 0; i < 4; i++)
		builder_key_delete(b, keys[i], LATER(2));
	builder_finish(b);
	struct built built = build(b);
	check_all(&built.keys, built.tree.root, 0);
	const struct key *key = key_at(built.tree.root, "live");
	assert_non_null(key);
	assert_int_equal(key->n_children, 4);
	for (size_t i = 0; i < 4; i++)
		assert_true(text_same(key_name(&key->children[i]), text_of(sorted[i])));
	end(&built);
}

/* A value that no list names is kept apart, with its place. */
static void test_values_without_a_key(void **state)
{
	struct apart t = apart_plain();

	(void)state;
	apart_delete(&t);
	assert_int_equal(apart_reuse(&t, 16), t.list);
	struct built built = build(t.b);
	check_all(&built.keys, built.tree.root, 0);
	assert_int_equal(built.keys.n_values, 0);
	assert_int_equal(built.keys.n_lone, 2);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(built.keys.lone[i].position, i);
		assert_int_equal(built.keys.lone_info[i].places[0].offset,
				 i ? t.second_record : t.first_record);
		assert_int_equal(built.keys.lone[i].record_off,
				 i ? t.second_record : t.first_record);
	}
	end(&built);
}

/* The link of a free list is not shown as data. */
static void test_overwritten_head_of_data(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct built built = build(t.b);
	const struct key *gone = key_at(built.tree.root, "parent\\gone");
	assert_non_null(gone);
	const struct value *value = key_value(gone, text_of("other"));
	assert_non_null(value);
	assert_true(value->flags & VALUE_FLAG_HEAD_LOST);
	assert_int_equal(recovered_of_value(&built.keys, gone, value)->n_head_lost, 4);
	assert_memory_equal(value->data, "\xfd\xff\xfd\xff", 4);
	assert_memory_equal(value->data + 4, &APART_SECOND_DATA[4], APART_SECOND_LEN - 4);
	end(&built);
}

/* What was read from a log's pages does not borrow from them. */
static void test_pages_of_a_log_are_copied(void **state)
{
	struct apart t = apart_plain();
	size_t len = 0;

	(void)state;
	builder_finish(t.b);
	const uint8_t *bytes = builder_bytes(t.b, &len);
	uint8_t *before = malloc(len - FIRST_BIN);
	assert_non_null(before);
	assert_true(span_copy(span_of(bytes, len), FIRST_BIN, before, len - FIRST_BIN));
	struct overlay_run run = { .rel = 0,
				   .len = (uint32_t)len - FIRST_BIN,
				   .log_off = 512 };
	struct overlay overlay = { .runs = &run, .n = 1, .log = 1 };
	apart_delete(&t);
	struct built built = { .s = stages_run_over(t.b, &overlay,
						    span_of(before, len - FIRST_BIN),
						    STAGES_PARENTS) };
	built.tree.arena = built.s->arena;
	built.keys.tree = &built.tree;
	assert_int_equal(buildtree_make(&built.s->search, &built.keys), STATUS_OK);
	memset(before, 0xEE, len - FIRST_BIN);
	const struct key *gone = key_at(built.tree.root, "parent\\gone");
	assert_non_null(gone);
	const struct value *value = key_value(gone, text_of("other"));
	assert_non_null(value);
	assert_true(recoveredkeys_data_is(value, APART_SECOND_DATA, APART_SECOND_LEN));
	/* Its place is in the log. */
	const struct recovered_place *place = recovered_of(&built.keys, gone)->places;
	assert_int_equal(place->origin, RECOVERED_LOG);
	assert_int_equal(place->log, 1);
	assert_int_equal(place->offset, 512 + t.record - FIRST_BIN);
	/* In another state they may well be values of live keys. */
	assert_int_equal(built.keys.n_lone, 0);
	end(&built);
	free(before);
}

/*
 * Whether the default value of a key, which has no name, is kept when it was deleted and
 * no list names it, with that type and size in its record.
 */
static bool is_unnamed_kept(uint32_t type, uint32_t size)
{
	struct builder *b = hives_new(5);
	builder_key live = builder_path(b, "live", HIVES_TIME);
	bool kept = false;

	builder_value_set(b, live, "", BUILDER_BINARY, "12345678", 8);
	builder_value_set(b, live, "second", BUILDER_BINARY, "22222222", 8);
	size_t record = builder_value_offset(b, live, "");
	builder_value_delete(b, live, "");
	builder_finish(b);
	builder_poke32(b, record + 4, size);
	builder_poke32(b, record + 12, type);
	struct built t = build_numbered(b, 1);
	for (size_t i = 0; i < t.keys.n_lone; i++)
		kept |= t.keys.lone[i].record_off == record &&
			t.keys.lone[i].name_len == 0;
	end(&t);
	return kept;
}

static void test_unnamed_values(void **state)
{
	(void)state;
	assert_true(is_unnamed_kept(BUILDER_BINARY, 8));
	assert_true(is_unnamed_kept(BUILDER_SZ, 8));
	assert_true(is_unnamed_kept(BUILDER_DWORD, 4 | 0x80000000));
	/* More data than their cell holds, and no type of a value. */
	assert_false(is_unnamed_kept(BUILDER_BINARY, 4096));
	assert_false(is_unnamed_kept(12, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_and_values),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_nothing_deleted),
		cmocka_unit_test(test_children_are_sorted),
		cmocka_unit_test(test_values_without_a_key),
		cmocka_unit_test(test_unnamed_values),
		cmocka_unit_test(test_overwritten_head_of_data),
		cmocka_unit_test(test_pages_of_a_log_are_copied),
	};

	return UNIT_RUN(tests);
}
