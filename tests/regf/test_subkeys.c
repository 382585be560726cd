/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Subkey lists of every kind: where they lead, counts, order, and what they keep
 * of the names.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/parent.h"

#include <stdio.h>
#include <string.h>

static void check_many(unsigned minor, bool li, unsigned n, const char *kind)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = minor, .li_lists = li, .sequence = 1 });
	char name[16];

	for (unsigned i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i * 7919 % n);
		builder_key_add(b, builder_root(b), name, HIVES_TIME);
	}
	builder_finish(b);
	size_t len = 0, list = builder_key_list_offset(b, builder_root(b));
	assert_memory_equal(builder_bytes(b, &len) + list, kind, 2);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->root->n_children, n);
	for (unsigned i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "%05u", i);
		assert_true(text_same(key_name(&hive.tree->root->children[i]),
				      text_of(name)));
		assert_ptr_equal(hive.tree->root->children[i].parent, hive.tree->root);
	}
	hives_close(&hive);
}

static void test_lists_of_each_kind(void **state)
{
	(void)state;
	check_many(3, false, 1, "lf");
	check_many(3, false, 500, "lf");
	check_many(3, false, 501, "ri");
	check_many(5, false, 500, "lh");
	check_many(5, false, 2500, "ri");
	check_many(3, true, 500, "li");
	check_many(3, true, 1200, "ri");
}

/* ---- two lists ---- */

/*
 * The list of "a" names a key of "z", too, which is read later: the key stays where it
 * says that it is.  Where the other list does not name it, its own word is not enough.
 */
static void test_key_that_two_lists_name(void **state)
{
	(void)state;
	for (int both = 0; both < 2; both++) {
		struct builder *b = hives_new(5);
		builder_key a = builder_path(b, "a", HIVES_TIME);
		builder_key z = builder_path(b, "z", HIVES_TIME);
		builder_key_add(b, a, "own", HIVES_TIME);
		builder_key child = builder_key_add(b, z, "child", HIVES_TIME);
		builder_key other = builder_key_add(b, z, "other", HIVES_TIME);
		builder_finish(b);
		builder_poke32(b, builder_key_list_offset(b, a) + LIST_ITEMS, child);
		if (!both)
			builder_poke32(b, builder_key_list_offset(b, z) + LIST_ITEMS,
				       other);
		size_t record = builder_key_offset(b, child);
		struct hive hive = hives_open(b);
		assert_int_equal(hives_say(&hive, DIAG_KEY_ELSEWHERE, record), both);
		assert_int_equal(key_at(hive.tree->root, "z\\child") != NULL, both);
		assert_int_equal(key_at(hive.tree->root, "a\\child") != NULL, !both);
		if (both)
			assert_true(hives_key(&hive, "a")->flags &
				    KEY_FLAG_SUBKEYS_PARTIAL);
		assert_non_null(key_at(hive.tree->root, "z\\other"));
		hives_close(&hive);
	}
}

/* ---- references ---- */

/* Makes the element of "b" point elsewhere: the others are still there. */
static void check_element(bool li, uint32_t (*where)(struct parent *))
{
	struct parent t = parent_of(li, "abc");
	uint32_t target = where(&t);

	builder_poke32(t.b, t.list + LIST_ITEMS + (li ? 4 : 8), target);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_KEY_DAMAGED, t.record));
	assert_string_equal(children_of(hives_key(&hive, "p")), "ac");
	hives_close(&hive);
}

static uint32_t middle_of_key(struct parent *t)
{
	return t->p + 8;
}

static uint32_t odd_place(struct parent *t)
{
	return t->p + 4;
}

static uint32_t free_cell(struct parent *t)
{
	builder_key gone = builder_key_add(t->b, builder_root(t->b), "gone", HIVES_TIME);

	builder_key_delete(t->b, gone, HIVES_TIME);
	builder_finish(t->b);
	return gone;
}

static uint32_t own_list(struct parent *t)
{
	return hives_cell_at(t->list);
}

static uint32_t past_the_end(struct parent *t)
{
	(void)t;
	return 4096;
}

static uint32_t far_past_the_end(struct parent *t)
{
	(void)t;
	return 0xFFFFFFF8;
}

static uint32_t nil(struct parent *t)
{
	(void)t;
	return NIL;
}

static void test_element_that_leads_nowhere(void **state)
{
	uint32_t (*const places[])(struct parent *) = {
		middle_of_key, odd_place,	 free_cell, own_list,
		past_the_end,  far_past_the_end, nil,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		check_element(false, places[i]);
		check_element(true, places[i]);
	}
}

/* The key's own reference to its list: the subkeys are found by the parent they tell. */
static void test_list_that_is_not_there(void **state)
{
	uint32_t (*const places[])(struct parent *) = {
		middle_of_key, odd_place, free_cell, past_the_end, far_past_the_end, nil,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct parent t = parent_of(false, "abc");
		uint32_t target = places[i](&t);
		builder_poke32(t.b, t.record + NK_LIST, target);
		struct hive hive = hives_open(t.b);
		assert_true(hives_say(&hive, DIAG_LIST_DAMAGED, t.record));
		assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 3);
		assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
		assert_int_equal(hive.tree->n_keys, 5);
		hives_close(&hive);
	}
}

static void test_list_without_signature(void **state)
{
	const uint16_t signatures[] = { 0, 0x6b6e, 0x666d, 0x6a6c, 0x464c };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++) {
		struct parent t = parent_of(false, "abc");
		builder_poke16(t.b, t.list, signatures[i]);
		struct hive hive = hives_open(t.b);
		assert_true(hives_say(&hive, DIAG_LIST_DAMAGED, t.record));
		assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
		hives_close(&hive);
	}
}

/* ---- counts ---- */

static void check_count(uint32_t count, enum diag_code code)
{
	struct parent t = parent_of(false, "abc");

	builder_poke32(t.b, t.record + NK_SUBKEYS, count);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, code, t.record));
	assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
	hives_close(&hive);
}

/* Fewer than told: something is lost; more: the count alone is odd. */
static void test_count_of_the_key(void **state)
{
	(void)state;
	check_count(4, DIAG_LIST_DAMAGED);
	check_count(0xFFFFFFFF, DIAG_LIST_DAMAGED);
	check_count(2, DIAG_LIST_COUNT);
	check_count(1, DIAG_LIST_COUNT);
}

/* The list decides, whatever the key's count: also where it says none. */
static void test_count_0_of_the_key(void **state)
{
	(void)state;
	check_count(0, DIAG_LIST_COUNT);
}

static void test_count_0_of_the_list(void **state)
{
	struct parent t = parent_of(false, "abc");

	(void)state;
	builder_poke16(t.b, t.list + LIST_COUNT, 0);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say(&hive, DIAG_LIST_DAMAGED, t.record));
	assert_int_equal(diag_count_of(hive.diags, DIAG_KEY_SALVAGED), 3);
	assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
	hives_close(&hive);
}

/* Three lf elements and 4 bytes of head fill 28 bytes: a cell without slack. */
static void test_list_longer_than_its_cell(void **state)
{
	const uint16_t counts[] = { 4, 5, 0xFFFF };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct parent t = parent_of(false, "abc");
		assert_int_equal(hives_get(t.b, t.list - 4, 4), 0u - 32);
		builder_poke16(t.b, t.list + LIST_COUNT, counts[i]);
		struct hive hive = hives_open(t.b);
		assert_true(hives_say_only(&hive, DIAG_LIST_DAMAGED, t.list));
		assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
		hives_close(&hive);
	}
}

/* ---- order and names ---- */

static void test_unsorted_list(void **state)
{
	struct parent t = parent_of(true, "abc");

	(void)state;
	uint32_t a = hives_get(t.b, t.list + LIST_ITEMS, 4);
	uint32_t c = hives_get(t.b, t.list + LIST_ITEMS + 8, 4);
	builder_poke32(t.b, t.list + LIST_ITEMS, c);
	builder_poke32(t.b, t.list + LIST_ITEMS + 8, a);
	struct hive hive = hives_open(t.b);
	assert_string_equal(children_of(hives_key(&hive, "p")), "abc");
	/* Windows looks keys up by halving and would not find these. */
	assert_int_equal(diag_count_of(hive.diags, DIAG_LIST_ORDER), 1);
	assert_int_equal(diag_count(hive.diags), 1);
	hives_close(&hive);
}

static void test_duplicate_names(void **state)
{
	struct parent t = parent_of(true, "abc");
	builder_key b = builder_key_find(t.b, t.p, "b");
	size_t record = builder_key_offset(t.b, b);

	(void)state;
	builder_poke8(t.b, record + NK_NAME, 'A');
	struct hive hive = hives_open(t.b);
	const struct key *p = hives_key(&hive, "p");
	assert_int_equal(p->n_children, 3);
	assert_true(hives_say_only(&hive, DIAG_KEY_DUPLICATE, record));
	assert_int_equal(p->children[1].record_off, record);
	/* Lookup gives one of them, always the same. */
	assert_ptr_equal(key_child(p, text_of("a")), &p->children[0]);
	hives_close(&hive);
}

static void test_key_named_twice_by_one_list(void **state)
{
	struct parent t = parent_of(true, "abc");
	uint32_t a = hives_get(t.b, t.list + LIST_ITEMS, 4);

	(void)state;
	builder_poke32(t.b, t.list + LIST_ITEMS + 4, a);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say_only(&hive, DIAG_KEY_REPEATED, hives_data(a)));
	assert_string_equal(children_of(hives_key(&hive, "p")), "ac");
	hives_close(&hive);
}

/* ---- hints and hashes ---- */

/* The names that a list keeps a part of: what fits is silent. */
static void test_hints_that_fit(void **state)
{
	static const char *const names[] = {
		"a",
		"ab",
		"abc",
		"abcd",
		"abcde",
		"ëigenaardig",
		"ÿ",
		"Привет",
		"aПр",
		"ß",
		"abcП",
		"abcdП",
		"{13DBB0C8-AA05-101A-9BB0-00AA002FC45A}",
	};

	(void)state;
	for (unsigned minor = 3; minor <= 6; minor++) {
		struct builder *b = hives_new(minor);
		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			builder_key_add(b, builder_root(b), names[i], HIVES_TIME);
		builder_finish(b);
		struct hive hive = hives_open(b);
		assert_true(hives_are_silent(&hive));
		assert_int_equal(hive.tree->root->n_children, ARRAY_LEN(names));
		hives_close(&hive);
	}
}

/* One bit of an element's hint or hash, and then of the name, is flipped. */
static void check_hint(unsigned minor, bool of_name, size_t byte)
{
	struct builder *b = hives_new(minor);
	builder_key key = builder_key_add(b, builder_root(b), "abcdefgh", HIVES_TIME);
	size_t record = builder_key_offset(b, key);

	builder_finish(b);
	size_t at = of_name ? record + NK_NAME + byte
			    : builder_key_list_offset(b, builder_root(b)) + LIST_ITEMS +
				      4 + byte;
	builder_poke8(b, at, (uint8_t)(hives_get(b, at, 1) ^ 1));
	struct hive hive = hives_open(b);
	/* lf knows four characters only */
	assert_true(minor < 5 && byte >= 4
			    ? hives_are_silent(&hive)
			    : hives_say_only(&hive, DIAG_KEY_HINT, record));
	assert_int_equal(hive.tree->root->n_children, 1);
	hives_close(&hive);
}

static void test_hints_that_do_not_fit(void **state)
{
	(void)state;
	for (size_t byte = 0; byte < 8; byte++) {
		check_hint(3, true, byte);
		check_hint(5, true, byte);
	}
	for (size_t byte = 0; byte < 4; byte++) {
		check_hint(3, false, byte);
		check_hint(5, false, byte);
	}
}

/* A hint that begins with NUL tells nothing: the name was not Latin-1. */
static void test_empty_hint(void **state)
{
	struct parent t = parent_of(false, "abc");

	(void)state;
	builder_poke32(t.b, t.list + LIST_ITEMS + 4, 0);
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_of_each_kind),
		cmocka_unit_test(test_key_that_two_lists_name),
		cmocka_unit_test(test_element_that_leads_nowhere),
		cmocka_unit_test(test_list_that_is_not_there),
		cmocka_unit_test(test_list_without_signature),
		cmocka_unit_test(test_count_of_the_key),
		cmocka_unit_test(test_count_0_of_the_key),
		cmocka_unit_test(test_count_0_of_the_list),
		cmocka_unit_test(test_list_longer_than_its_cell),
		cmocka_unit_test(test_unsorted_list),
		cmocka_unit_test(test_duplicate_names),
		cmocka_unit_test(test_key_named_twice_by_one_list),
		cmocka_unit_test(test_hints_that_fit),
		cmocka_unit_test(test_hints_that_do_not_fit),
		cmocka_unit_test(test_empty_hint),
	};

	return UNIT_RUN(tests);
}
