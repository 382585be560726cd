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
	assert_int_equal(states_add(states, span_of(from->bytes, from->len), true, 0, 1,
				    NULL),
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

/* What a walk finds in the second state is what was taken over from the first. */
static void check_taken_over(const struct states *taken, const struct states *walked)
{
	const struct state *a = &taken->items[taken->n - 1];
	const struct state *b = &walked->items[walked->n - 1];

	assert_int_equal(a->n_stores, b->n_stores);
	assert_int_equal(a->n_profiles, b->n_profiles);
	for (size_t i = 0; i < a->n_stores; i++)
		assert_int_equal(a->stores[i].present, b->stores[i].present);
	for (size_t i = 0; i < a->n_profiles; i++) {
		assert_true(same_bytes(a->profiles[i].name, b->profiles[i].name));
		assert_memory_equal(&a->profiles[i].digest, &b->profiles[i].digest,
				    sizeof(a->profiles[i].digest));
	}
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
				check_taken_over(&states, &plain);
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
	memset(broken.bytes + builder_key_offset(b, builder_path(b, "Software\\Microsoft\\x39", HIVES_TIME)), 0,
	       2);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_place_is_walked_or_the_same),
		cmocka_unit_test(test_new_lists_are_seen),
		cmocka_unit_test(test_walk_after_an_unwalkable_state),
	};

	return UNIT_RUN(tests);
}
