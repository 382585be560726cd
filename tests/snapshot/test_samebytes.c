/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes that two images have in common, and names that are found by them. */
#include "help/unit.h"

#include "help/pair.h"

#include "snapshot/samebytes.h"

#include <string.h>

enum { SIZE = 3 * 4096 + 100 };

static uint8_t one[SIZE], two[SIZE];

/* Two images of the same bytes, which do not repeat within a line. */
static struct samebytes read_images(size_t len_one, size_t len_two)
{
	struct image before = { .bytes = span_of(one, len_one) };
	struct image after = { .bytes = span_of(two, len_two) };
	const struct snapshot old = { .image = &before }, new = { .image = &after };
	struct samebytes same;

	assert_int_equal(samebytes_read(&old, &new, &same), STATUS_OK);
	return same;
}

static void fill(void)
{
	for (size_t i = 0; i < SIZE; i++)
		one[i] = two[i] = (uint8_t)(i * 7 + i / 256);
}

/* A byte that differs is told in its line and in no other, in either order. */
static void test_each_byte(void **state)
{
	static const size_t spoilt[] = { 0, 63, 64, 4095, 4096, 8191, 3 * 4096 - 1 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
		fill();
		two[spoilt[i]] ^= 1;
		struct samebytes same = read_images(SIZE, SIZE);
		for (size_t at = 0; at < (size_t)3 * 4096; at++) {
			bool is = at / 64 != spoilt[i] / 64;
			assert_int_equal(samebytes_are(&same, one + at, two + at, 1), is);
			assert_int_equal(samebytes_are(&same, two + at, one + at, 1), is);
		}
		samebytes_clear(&same);
	}
}

/* A span is the same if all its lines are; behind the last whole page nothing is told. */
static void test_spans_and_ends(void **state)
{
	(void)state;
	fill();
	two[4096] ^= 1;
	struct samebytes same = read_images(SIZE, SIZE);
	assert_true(samebytes_are(&same, one, two, 4096));
	assert_false(samebytes_are(&same, one, two, 4097));
	assert_true(samebytes_are(&same, one + 4160, two + 4160, 8192 - 64));
	assert_false(samebytes_are(&same, one + 4160, two + 4160, 8192 - 63));
	assert_false(samebytes_are(&same, one + 4160, two + 4160, SIZE_MAX));
	assert_false(samebytes_are(&same, one + SIZE - 1, two + SIZE - 1, 1));
	assert_true(samebytes_are(&same, one + 8, two + 8, 0));
	/* Another place, another hive. */
	assert_false(samebytes_are(&same, one + 8, two + 16, 1));
	assert_false(samebytes_are(&same, one + 8, one + 8, 1));
	assert_false(samebytes_are(&same, NULL, NULL, 0));
	samebytes_clear(&same);
	samebytes_clear(&same);
	assert_false(samebytes_are(&same, one, two, 1));
	same = read_images(SIZE, 4096);
	assert_true(samebytes_are(&same, one + 4095, two + 4095, 1));
	assert_false(samebytes_are(&same, one + 4160, two + 4160, 1));
	samebytes_clear(&same);
	same = read_images(4095, SIZE);
	assert_false(samebytes_are(&same, one, two, 1));
	samebytes_clear(&same);
}

/* An export has no image. */
static void test_without_image(void **state)
{
	const struct snapshot none = { 0 };
	struct samebytes same;

	(void)state;
	assert_int_equal(samebytes_read(&none, &none, &same), STATUS_OK);
	assert_false(samebytes_are(&same, one, two, 1));
	samebytes_clear(&same);
}

/* ---- names ---- */

/* Every child and value of one tree is found in the other as by a search. */
static size_t check_all(const struct samebytes *same, const struct key *a,
			const struct key *b)
{
	uint32_t hint = 0;
	size_t n = 0;

	for (uint32_t i = 0; i < a->n_values; i++, n++)
		assert_ptr_equal(samebytes_value(same, &a->values[i], b, &hint),
				 key_value(b, value_name(&a->values[i])));
	hint = 0;
	for (uint32_t i = 0; i < a->n_children; i++, n++) {
		const struct key *child = key_child(b, key_name(&a->children[i]));
		assert_ptr_equal(samebytes_child(same, &a->children[i], b, &hint), child);
		if (child)
			n += check_all(same, &a->children[i], child);
	}
	return n;
}

static void check_pair(const struct pair *pair)
{
	const struct samebytes nothing = { 0 };
	struct samebytes same;
	const struct key *old = pair->old->keys->root, *new = pair->new->keys->root;

	assert_int_equal(samebytes_read(pair->old, pair->new, &same), STATUS_OK);
	size_t n = check_all(&same, old, new);
	assert_true(n > 20);
	assert_int_equal(check_all(&nothing, old, new), n);
	assert_true(check_all(&same, new, old) > 20);
	samebytes_clear(&same);
}

/* Some are deleted, some added before and behind, some written again. */
static void test_found_as_by_a_search(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "B", 1);
	pair_add(pair->before, PAIR_PROFILES, "D", 2);
	pair_add(pair->before, PAIR_PROFILES, "F", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\D"),
			   pair_changed());
	pair_add(pair->after, PAIR_PROFILES, "A", 4);
	pair_add(pair->after, PAIR_PROFILES, "G", 5);
	builder_value_dword(pair->after, pair_key(pair->after, PAIR_PROFILES "\\B"),
			    "a value before others", 1);
	pair_compare(pair);
	check_pair(pair);
}

/* Of two children of one name the first is found, though the second stands in place. */
static void test_names_twice(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_fork(pair);
	builder_finish(pair->before);
	builder_finish(pair->after);
	pair->old = pair_read(pair->before);
	const struct key *key = key_at(pair->old->keys->root, PAIR_PROFILES "\\Two");
	assert_non_null(key);
	pair_rename_record(pair, PAIR_PROFILES, key->record_off, "One");
	pair->new = pair_read(pair->after);
	const struct key *list = key_at(pair->new->keys->root, PAIR_PROFILES);
	assert_int_equal(list->n_children, 2);
	assert_true(list->flags & KEY_FLAG_NAMES_TWICE);
	assert_false(pair->new->keys->root->flags &KEY_FLAG_NAMES_TWICE);
	struct samebytes same;
	assert_int_equal(samebytes_read(pair->new, pair->new, &same), STATUS_OK);
	(void)check_all(&same, list, list);
	samebytes_clear(&same);
	check_pair(pair);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_byte),
		cmocka_unit_test(test_spans_and_ends),
		cmocka_unit_test(test_without_image),
		PAIR_TEST(test_found_as_by_a_search),
		PAIR_TEST(test_names_twice),
	};

	return UNIT_RUN(tests);
}
