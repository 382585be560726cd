/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps between two states: what one writes elsewhere in the hive is not walked for, and
 * no list that it changes is missed.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "mapi/section.h"
#include "snapshot/state.h"

#include "samples/builder_log.h"
#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROFILES MAPI_WMS "\\Profiles"
#define OFFICE_PROFILES MAPI_OFFICE("16.0") "\\Profiles"

static void add_first(struct states *states, const struct builder_log_state *from)
{
	assert_int_equal(
		states_add(states, span_of(from->bytes, from->len), true, 0, 1, NULL),
		STATUS_OK);
}

/* The bytes with what was poked into them. */
static struct builder_log_state take_as_it_is(struct builder *b)
{
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	struct builder_log_state state = { malloc(len), len };

	assert_non_null(state.bytes);
	memcpy(state.bytes, bytes, len);
	return state;
}

/* Adds `after` as the step of a log from `before`.  Return: what states_add() said. */
static void add_step(struct states *states, const struct builder_log_state *before,
		     const struct builder_log_state *after)
{
	struct builder_log log = builder_log_new(before, 7);
	struct txlog *opened = NULL;
	enum txlog_fault fault;

	builder_log_add(&log, before, after, NULL);
	assert_int_equal(txlog_open(span_of(log.bytes, log.len), &opened, &fault),
			 STATUS_OK);
	struct txlog_pages pages = txlog_pages(opened, &opened->entries[0]);
	assert_int_equal(states_add(states, span_of(after->bytes, after->len),
				    states->n == 0, (uint32_t)states->n, 1, &pages),
			 STATUS_OK);
	txlog_free(opened);
	builder_log_free(&log);
}

/* The lists below many other keys, and another list of Office. */
static struct builder *recipe(void)
{
	static uint8_t data[600];
	struct builder *b = hives_new(5);
	char name[32];

	builder_path(b, PROFILES "\\Work", HIVES_TIME);
	builder_key home = builder_path(b, PROFILES "\\Home", HIVES_TIME);
	builder_value_dword(b, home, "00033009", 1);

	for (unsigned i = 0; i < 40; i++) {
		(void)snprintf(name, sizeof(name), "Software\\Microsoft\\x%u", i);
		builder_key key = builder_path(b, name, HIVES_TIME);
		builder_value_set(b, key, "x", BUILDER_BINARY, data, sizeof(data));
	}
	builder_path(b, MAPI_OFFICE("15.0"), HIVES_TIME);
	builder_path(b, OFFICE_PROFILES "\\Work", HIVES_TIME);
	return b;
}

static bool same_bytes(struct text a, struct text b)
{
	return text_length(a) == text_length(b) && text_same(a, b);
}

static bool same_lists(const struct state *a, const struct state *b)
{
	if (a->n_stores != b->n_stores || a->n_profiles != b->n_profiles)
		return false;
	for (size_t i = 0; i < a->n_stores; i++)
		if (a->stores[i].present != b->stores[i].present)
			return false;
	for (size_t i = 0; i < a->n_profiles; i++)
		if (!same_bytes(a->profiles[i].name, b->profiles[i].name) ||
		    memcmp(&a->profiles[i].digest, &b->profiles[i].digest,
			   sizeof(a->profiles[i].digest)) != 0)
			return false;
	return true;
}

/*
 * A byte of each 40 is changed, by a step of its own: where the hive is not walked for
 * that and can be walked, it has the same lists.
 */
static void test_each_place_is_walked_or_the_same(void **state)
{
	struct builder *b = recipe();
	struct builder_log_state before = builder_log_state_take(b), after;
	size_t n_same = 0, n_walked = 0;

	(void)state;
	for (size_t off = FIRST_BIN; off < before.len; off += 40) {
		struct states states = { 0 }, plain = { 0 };
		builder_poke8(b, off, (uint8_t)(before.bytes[off] ^ 0x21));
		after = take_as_it_is(b);
		builder_poke8(b, off, before.bytes[off]);
		add_first(&states, &before);
		uint64_t once = states.n_walked;
		add_step(&states, &before, &after);
		assert_int_equal(states.n, 2);
		if (states.n_walked == once) {
			n_same++;
			assert_true(states.items[1].walkable);
			add_first(&plain, &after);
			if (plain.items[0].walkable)
				assert_true(
					same_lists(&states.items[1], &plain.items[0]));
		}
		n_walked += states.n_walked > once;
		states_clear(&states);
		states_clear(&plain);
		builder_log_state_free(&after);
	}
	assert_true(n_same > 100);
	assert_true(n_walked > 100);
	builder_log_state_free(&before);
	builder_free(b);
}

/* Lists that come where none was are seen, also below a version that had none. */
static void test_new_lists_are_seen(void **state)
{
	static const char *const paths[] = {
		MAPI_OFFICE("15.0") "\\Profiles\\New",
		MAPI_OFFICE("17.0") "\\Profiles\\New",
		MAPI_WMS "\\Deleted Profiles\\New",
		PROFILES "\\New",
		"Software\\Microsoft\\Windows Messaging Subsystem\\Profiles\\New",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct builder *b = recipe();
		struct states states = { 0 };
		struct builder_log_state before = builder_log_state_take(b);
		builder_path(b, paths[i], HIVES_TIME);
		struct builder_log_state after = builder_log_state_take(b);
		add_first(&states, &before);
		add_step(&states, &before, &after);
		assert_int_equal(states.items[1].n_profiles,
				 states.items[0].n_profiles + 1);
		states_clear(&states);
		builder_log_state_free(&before);
		builder_log_state_free(&after);
		builder_free(b);
	}
}

/* Behind a state that could not be walked the next one is, whatever was written. */
static void test_walk_after_an_unwalkable_state(void **state)
{
	struct builder *b = recipe();
	struct builder_log_state before = builder_log_state_take(b);
	struct states states = { 0 };
	struct builder_log_state broken = builder_log_state_take(b);

	(void)state;
	memset(broken.bytes +
		       builder_key_offset(b, builder_path(b, "Software\\Microsoft\\x39",
							  HIVES_TIME)),
	       0, 2);
	add_first(&states, &broken);
	assert_false(states.items[0].walkable);
	add_step(&states, &broken, &before);
	assert_true(states.items[1].walkable);
	assert_int_equal(states.items[1].n_profiles, 3);
	states_clear(&states);
	builder_log_state_free(&before);
	builder_log_state_free(&broken);
	builder_free(b);
}

/* ---- what a list hangs on, each in a bin of its own ---- */

enum { OWN_BIN = 5000, KEY_MAX = 200 };

/* A cell that shares its bin with nothing that lists are read from. */
static uint32_t own_bin(struct builder *b)
{
	return hives_cell(b, OWN_BIN);
}

static void copy_bytes(struct builder *b, size_t from, size_t to, size_t len)
{
	for (size_t i = 0; i < len; i++)
		builder_poke8(b, to + i, (uint8_t)hives_get(b, from + i, 1));
}

/* A copy of a key's record in a bin of its own, which nothing names yet. */
static uint32_t copy_record(struct builder *b, builder_key key)
{
	uint32_t cell = own_bin(b);

	copy_bytes(b, builder_key_offset(b, key), hives_data(cell), KEY_MAX);
	return cell;
}

/* A list without hints that names one cell. */
static void put_list(struct builder *b, uint32_t cell, const char *kind, uint32_t names)
{
	builder_poke8(b, hives_data(cell), (uint8_t)kind[0]);
	builder_poke8(b, hives_data(cell) + 1, (uint8_t)kind[1]);
	builder_poke16(b, hives_data(cell) + LIST_COUNT, 1);
	builder_poke32(b, hives_data(cell) + LIST_ITEMS, names);
}

/* The two states of a recipe, `after` being what it is now; what a walk would find. */
static void check_step(struct builder *b, struct builder_log_state *before)
{
	struct builder_log_state after = take_as_it_is(b);
	struct states states = { 0 }, plain = { 0 };

	add_first(&states, before);
	assert_true(states.items[0].walkable);
	add_step(&states, before, &after);
	add_first(&plain, &after);
	assert_true(plain.items[0].walkable);
	assert_true(states.items[1].walkable);
	assert_true(same_lists(&states.items[1], &plain.items[0]));
	/* The recipe is one in which the lists change. */
	assert_false(same_lists(&states.items[0], &states.items[1]));
	states_clear(&states);
	states_clear(&plain);
	builder_log_state_free(before);
	builder_log_state_free(&after);
	builder_free(b);
}

/* The list of profiles has no key; another one's name becomes its name. */
static void test_key_that_gets_the_name(void **state)
{
	struct builder *b = hives_new(3);
	builder_key above = builder_path(b, MAPI_WMS, HIVES_TIME);
	uint32_t cell =
		copy_record(b, builder_path(b, MAPI_WMS "\\Profiler", HIVES_TIME));

	(void)state;
	/* What such a list keeps of a name are its first four characters. */
	builder_poke32(b, builder_key_list_offset(b, above) + LIST_ITEMS, cell);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	builder_poke8(b, hives_data(cell) + NK_NAME + strlen("Profile"), 's');
	check_step(b, &before);
}

/* The same where the name begins on the page behind that of its record. */
static void test_name_on_the_next_page(void **state)
{
	enum { BEFORE = 4000 };
	struct builder *b = hives_new(3);
	builder_key above = builder_path(b, MAPI_WMS, HIVES_TIME);
	builder_key key = builder_path(b, MAPI_WMS "\\Profiler", HIVES_TIME);
	uint32_t first = own_bin(b), cell = first + BEFORE;
	size_t size = hives_data(first) - 4;

	(void)state;
	builder_poke32(b, size + BEFORE, hives_get(b, size, 4) + BEFORE);
	builder_poke32(b, size, -(uint32_t)BEFORE);
	copy_bytes(b, builder_key_offset(b, key), hives_data(cell), KEY_MAX);
	assert_int_not_equal(cell / 4096, (cell + 4 + NK_NAME) / 4096);
	builder_poke32(b, builder_key_list_offset(b, above) + LIST_ITEMS, cell);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	builder_poke8(b, hives_data(cell) + NK_NAME + strlen("Profile"), 's');
	check_step(b, &before);
}

/* Lists of lists of lists: other writers nest deeper than Windows. */
static void test_leaf_far_below(void **state)
{
	struct builder *b = recipe();
	builder_key list = builder_path(b, PROFILES, HIVES_TIME);
	builder_key work = builder_path(b, PROFILES "\\Work", HIVES_TIME);
	builder_key home = builder_path(b, PROFILES "\\Home", HIVES_TIME);
	uint32_t outer = own_bin(b), inner = own_bin(b), leaf = own_bin(b);

	(void)state;
	put_list(b, outer, "ri", inner);
	put_list(b, inner, "ri", leaf);
	put_list(b, leaf, "li", work);
	builder_poke32(b, builder_key_offset(b, list) + NK_LIST, outer);
	builder_poke32(b, builder_key_offset(b, list) + NK_SUBKEYS, 1);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	builder_poke32(b, hives_data(leaf) + LIST_ITEMS, home);
	check_step(b, &before);
}

/* A key that tells of no subkeys, and an old offset of a list: it may come to hold one. */
static void test_list_behind_an_old_offset(void **state)
{
	struct builder *b = hives_new(5);
	builder_key list = builder_path(b, PROFILES, HIVES_TIME);
	builder_key work = builder_path(b, "Other\\Work", HIVES_TIME);
	uint32_t place = own_bin(b), record = copy_record(b, work);

	(void)state;
	builder_poke32(b, builder_key_offset(b, list) + NK_LIST, place);
	builder_poke32(b, hives_data(record) + NK_PARENT, list);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	put_list(b, place, "li", record);
	check_step(b, &before);
}

/* The same list all the time, but its first key comes to say that it belongs here. */
static void test_first_key_of_an_old_list(void **state)
{
	struct builder *b = hives_new(5);
	builder_key list = builder_path(b, PROFILES, HIVES_TIME);
	uint32_t place = own_bin(b);
	uint32_t record = copy_record(b, builder_path(b, "Other\\Work", HIVES_TIME));

	(void)state;
	put_list(b, place, "li", record);
	builder_poke32(b, builder_key_offset(b, list) + NK_LIST, place);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	builder_poke32(b, hives_data(record) + NK_PARENT, list);
	check_step(b, &before);
}

/* A profile that says it is another key's: it is, once that one's list names it, too. */
static void test_profile_that_another_key_gets(void **state)
{
	struct builder *b = recipe();
	builder_key other = builder_path(b, "Other", HIVES_TIME);
	builder_key sub = builder_path(b, "Other\\Sub", HIVES_TIME);
	builder_key work = builder_path(b, PROFILES "\\Work", HIVES_TIME);
	uint32_t place = own_bin(b);

	(void)state;
	builder_poke32(b, builder_key_offset(b, work) + NK_PARENT, other);
	builder_poke32(b, builder_key_offset(b, other) + NK_LIST, place);
	put_list(b, place, "li", sub);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	builder_poke32(b, hives_data(place) + LIST_ITEMS, work);
	check_step(b, &before);
}

/* Without Software the root may be any part of a user's hive, by what is far below it. */
static void test_root_that_becomes_a_list(void **state)
{
	struct builder *b = hives_new(3);
	builder_key root = builder_root(b);
	builder_key section = builder_path(b, "Other\\" SECTION_ROOT, HIVES_TIME);
	uint32_t other = copy_record(b, builder_path(b, "Other\\Sub", HIVES_TIME));
	uint32_t profile = copy_record(b, builder_path(b, "Work", HIVES_TIME));
	uint32_t wanted = copy_record(b, section), place = own_bin(b), below = own_bin(b);

	(void)state;
	put_list(b, place, "li", profile);
	put_list(b, below, "li", other);
	builder_poke32(b, hives_data(profile) + NK_LIST, below);
	builder_poke32(b, hives_data(profile) + NK_SUBKEYS, 1);
	builder_poke32(b, hives_data(other) + NK_PARENT, profile);
	builder_poke32(b, hives_data(wanted) + NK_PARENT, profile);
	builder_poke32(b, builder_key_offset(b, root) + NK_LIST, place);
	builder_poke32(b, builder_key_offset(b, root) + NK_SUBKEYS, 1);
	builder_finish(b);
	struct builder_log_state before = take_as_it_is(b);
	put_list(b, below, "li", wanted);
	check_step(b, &before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_place_is_walked_or_the_same),
		cmocka_unit_test(test_new_lists_are_seen),
		cmocka_unit_test(test_walk_after_an_unwalkable_state),
		cmocka_unit_test(test_key_that_gets_the_name),
		cmocka_unit_test(test_name_on_the_next_page),
		cmocka_unit_test(test_leaf_far_below),
		cmocka_unit_test(test_list_behind_an_old_offset),
		cmocka_unit_test(test_first_key_of_an_old_list),
		cmocka_unit_test(test_profile_that_another_key_gets),
		cmocka_unit_test(test_root_that_becomes_a_list),
	};

	return UNIT_RUN(tests);
}
