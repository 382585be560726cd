/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands above deleted keys in their tree: each place once. */
#include "help/unit.h"

#include "help/stages.h"

#include "regf/recover/placeholder.h"

#include <stdio.h>

/* root\a\b with "x" and "y" deleted from it, and "z" from root\a. */
struct recipe {
	struct builder *b;
	size_t x, y, z; /* records */
};

static struct recipe recipe(void)
{
	struct recipe t = { .b = hives_new(5) };
	builder_key a = builder_path(t.b, "a", HIVES_TIME);
	builder_key below = builder_path(t.b, "a\\b", HIVES_TIME);
	builder_key x = builder_key_add(t.b, below, "x", LATER(1));
	builder_key y = builder_key_add(t.b, below, "y", LATER(1));
	builder_key z = builder_key_add(t.b, a, "z", LATER(1));

	t.x = builder_key_offset(t.b, x);
	t.y = builder_key_offset(t.b, y);
	t.z = builder_key_offset(t.b, z);
	/* Something old that proves how old both are. */
	builder_path(t.b, "a\\b\\old", HIVES_TIME);
	builder_key_delete(t.b, x, LATER(2));
	builder_key_delete(t.b, y, LATER(2));
	builder_key_delete(t.b, z, LATER(2));
	builder_finish(t.b);
	return t;
}

static const struct placeholder_node *node_of(struct stages *s,
					      const struct placeholders *places,
					      size_t record)
{
	const struct deleted_key *key = stages_key(s, record);

	assert_non_null(key);
	return &places->nodes.items[PLACEHOLDER_FIRST + (key - s->search.keys.items)];
}

/* The number of the placeholder of a live key. */
static uint32_t live_node(struct stages *s, const struct placeholders *places,
			  const char *path)
{
	const struct key *key = stages_live(s, path);
	uint32_t number = 0;

	assert_true(placeholder_find(places, key, &number));
	const struct placeholder_node *node = &places->nodes.items[number];
	assert_true(node->live);
	assert_ptr_equal(node->other, key);
	assert_false(placeholder_is_key(places, number));
	return number;
}

static void test_live_keys_above(void **state)
{
	struct recipe t = recipe();
	struct stages *s = stages_run(t.b, STAGES_PARENTS);
	struct placeholders places = { .search = &s->search };
	uint32_t number = 0;

	(void)state;
	assert_int_equal(placeholder_make_all(&places), STATUS_OK);
	/* The two roots, three deleted keys, "a" and "b". */
	assert_int_equal(places.nodes.n, 2 + 3 + 2);
	uint32_t a = live_node(s, &places, "a"), b = live_node(s, &places, "a\\b");
	assert_int_equal(places.nodes.items[a].parent, PLACEHOLDER_ROOT);
	assert_int_equal(places.nodes.items[b].parent, a);
	assert_int_equal(node_of(s, &places, t.x)->parent, b);
	assert_int_equal(node_of(s, &places, t.y)->parent, b);
	assert_int_equal(node_of(s, &places, t.z)->parent, a);
	/* The node of a deleted key has its number. */
	assert_false(placeholder_is_key(&places, PLACEHOLDER_ROOT));
	assert_false(placeholder_is_key(&places, PLACEHOLDER_ADRIFT));
	for (size_t i = 0; i < 3; i++)
		assert_true(placeholder_is_key(&places, PLACEHOLDER_FIRST + i));
	/* What is on nobody's path has none. */
	assert_false(placeholder_find(&places, stages_live(s, "a\\b\\old"), &number));
	assert_int_equal(places.nodes.items[PLACEHOLDER_ROOT].parent, PLACEHOLDER_ROOT);
	assert_ptr_equal(places.nodes.items[PLACEHOLDER_ROOT].other, s->keys->root);
	assert_int_equal(places.nodes.items[PLACEHOLDER_ADRIFT].parent,
			 PLACEHOLDER_ADRIFT);
	placeholder_clear(&places);
	assert_false(placeholder_find(&places, stages_live(s, "a"), &number));
	stages_close(s);
}

/* Two keys that name one cell as their parent share its place, whatever was there. */
static void test_lost_parents(void **state)
{
	struct recipe t = recipe();

	(void)state;
	builder_poke32(t.b, t.x + NK_PARENT, 0x7f8);
	builder_poke32(t.b, t.y + NK_PARENT, 0x7f8);
	builder_poke32(t.b, t.z + NK_PARENT, 0x7f0);
	struct stages *s = stages_run(t.b, STAGES_PARENTS);
	struct placeholders places = { .search = &s->search };
	assert_int_equal(placeholder_make_all(&places), STATUS_OK);
	assert_int_equal(places.nodes.n, 2 + 3 + 2);
	uint32_t two = node_of(s, &places, t.x)->parent;
	uint32_t one = node_of(s, &places, t.z)->parent;
	assert_int_equal(node_of(s, &places, t.y)->parent, two);
	assert_int_not_equal(one, two);
	assert_int_equal(places.nodes.items[two].lost_rel, 0x7f8);
	assert_int_equal(places.nodes.items[one].lost_rel, 0x7f0);
	assert_int_equal(places.nodes.items[two].parent, PLACEHOLDER_ADRIFT);
	assert_int_equal(places.nodes.items[one].parent, PLACEHOLDER_ADRIFT);
	assert_null(places.nodes.items[two].other);
	placeholder_clear(&places);
	stages_close(s);
}

/* What is no offset of a cell is no parent: what two keys have of it says nothing. */
static void test_parents_that_are_none(void **state)
{
	static const struct {
		uint32_t parent;
		bool share;
	} cases[] = {
		{ 0x21, false }, { 0, false }, { 0xffffffff, false }, { 0xfffffff8, true }
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct recipe t = recipe();
		builder_poke32(t.b, t.x + NK_PARENT, cases[i].parent);
		builder_poke32(t.b, t.y + NK_PARENT, cases[i].parent);
		struct stages *s = stages_run(t.b, STAGES_PARENTS);
		struct placeholders places = { .search = &s->search };
		assert_int_equal(placeholder_make_all(&places), STATUS_OK);
		uint32_t x = node_of(s, &places, t.x)->parent;
		uint32_t y = node_of(s, &places, t.y)->parent;
		assert_int_equal(x == y, cases[i].share);
		assert_int_equal(places.nodes.items[x].lost_rel,
				 cases[i].share ? cases[i].parent : IMAGE_NIL);
		assert_int_equal(places.nodes.items[x].parent, PLACEHOLDER_ADRIFT);
		assert_int_equal(stages_key(s, t.x)->certainty, RECOVERED_PARTIAL);
		placeholder_clear(&places);
		stages_close(s);
	}
}

/* A deleted key below a deleted key needs no placeholder between. */
static void test_deleted_parent(void **state)
{
	struct builder *b = hives_new(5);
	builder_key top = builder_path(b, "top", HIVES_TIME);
	builder_key below = builder_path(b, "top\\below", HIVES_TIME);
	size_t record = builder_key_offset(b, top);
	size_t record_below = builder_key_offset(b, below);

	(void)state;
	builder_key_delete(b, top, LATER(1));
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_PARENTS);
	struct placeholders places = { .search = &s->search };
	assert_int_equal(placeholder_make_all(&places), STATUS_OK);
	assert_int_equal(places.nodes.n, 2 + 2);
	assert_int_equal(node_of(s, &places, record_below)->parent,
			 node_of(s, &places, record) - places.nodes.items);
	assert_int_equal(node_of(s, &places, record)->parent, PLACEHOLDER_ROOT);
	placeholder_clear(&places);
	stages_close(s);
}

/* A live key whose value was deleted has a place too. */
static void test_value_of_a_live_key(void **state)
{
	struct builder *b = hives_new(5);
	builder_key key = builder_path(b, "a\\b", HIVES_TIME);

	(void)state;
	builder_value_dword(b, key, "stays", 1);
	builder_value_dword(b, key, "goes", 2);
	builder_value_delete(b, key, "goes");
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_PARENTS);
	struct placeholders places = { .search = &s->search };
	assert_int_equal(placeholder_make_all(&places), STATUS_OK);
	assert_int_equal(places.nodes.n, 2 + 2);
	assert_int_equal(places.nodes.items[live_node(s, &places, "a\\b")].parent,
			 live_node(s, &places, "a"));
	placeholder_clear(&places);
	stages_close(s);
}

/* More live keys than the table of places begins with. */
static void test_many(void **state)
{
	enum { MANY = 1000 };
	struct builder *b = hives_new(5);
	builder_key keys[MANY];
	char path[32];

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof(path), "%u\\gone", i);
		keys[i] = builder_path(b, path, LATER(1));
	}
	for (unsigned i = 0; i < MANY; i++)
		builder_key_delete(b, keys[i], LATER(2));
	builder_finish(b);
	struct stages *s = stages_run(b, STAGES_PARENTS);
	struct placeholders places = { .search = &s->search };
	assert_int_equal(s->search.keys.n, MANY);
	assert_int_equal(placeholder_make_all(&places), STATUS_OK);
	assert_int_equal(places.nodes.n, 2 + 2 * MANY);
	for (unsigned i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof(path), "%u", i);
		assert_int_equal(places.nodes.items[live_node(s, &places, path)].parent,
				 PLACEHOLDER_ROOT);
	}
	placeholder_clear(&places);
	stages_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_live_keys_above),
		cmocka_unit_test(test_lost_parents),
		cmocka_unit_test(test_parents_that_are_none),
		cmocka_unit_test(test_deleted_parent),
		cmocka_unit_test(test_value_of_a_live_key),
		cmocka_unit_test(test_many),
	};

	return UNIT_RUN(tests);
}
