/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stores at one moment of a replay: what is kept of them, which states share it,
 * which cannot be read, how many there are, and what can be asked of one.
 */
#include "help/unit.h"

#include "help/hives.h"
#include "help/texts.h"

#include "snapshot/state.h"

#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROFILES MAPI_WMS "\\Profiles"
#define OFFICE_PROFILES MAPI_OFFICE("16.0") "\\Profiles"

enum { FIRST = 100 };

static const struct store wms = { .kind = STORE_WMS, .list = STORE_PROFILES };
static const struct store deleted = { .kind = STORE_WMS, .list = STORE_DELETED_PROFILES };

/* Adds the bytes, and spoils them afterwards: a state keeps nothing of them. */
static void add_bytes(struct states *states, const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	size_t n = states->n;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_int_equal(states_add(states, span_of(copy, len), n == 0,
				    n == 0 ? 0 : FIRST + (uint32_t)n - 1, 1, NULL),
			 STATUS_OK);
	memset(copy, 0xEE, len);
	free(copy);
}

static void add(struct states *states, struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	add_bytes(states, bytes, len);
}

/* One list with two profiles, the second one the default. */
static struct builder *recipe(void)
{
	struct builder *b = hives_new(5);
	builder_key list = builder_path(b, PROFILES, HIVES_TIME);

	builder_path(b, PROFILES "\\Work", HIVES_TIME);
	builder_key home = builder_path(b, PROFILES "\\Home", HIVES_TIME);
	builder_value_dword(b, home, "00033009", 1);
	builder_value_string(b, list, "DefaultProfile", "Home");
	return b;
}

static builder_key at(struct builder *b, const char *path)
{
	builder_key key = builder_key_find(b, builder_root(b), path);

	assert_int_not_equal(key, BUILDER_NO_KEY);
	return key;
}

/* ---- what is kept ---- */

static void test_what_a_state_keeps(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();

	(void)state;
	add(&states, b);
	add(&states, b);
	assert_int_equal(states.n, 2);
	assert_true(states.items[0].first);
	assert_true(states.items[0].walkable);
	assert_int_equal(states.items[0].n_profiles, 2);
	assert_text(states.items[0].profiles[0].name, "Home");
	assert_text(states.items[0].profiles[1].name, "Work");
	assert_false(states.items[1].first);
	assert_int_equal(states.items[1].sequence, FIRST);
	assert_int_equal(states.items[1].log, 1);
	builder_free(b);
	states_clear(&states);
	assert_int_equal(states.n, 0);
	states_clear(&states);
}

/* ---- what can be asked of one ---- */

static void test_lookups(void **state)
{
	static char newer[] = "16.0", old[] = "15.0";
	const struct store office = { .kind = STORE_OFFICE,
				      .list = STORE_PROFILES,
				      .office_version = newer };
	const struct store older = { .kind = STORE_OFFICE,
				     .list = STORE_PROFILES,
				     .office_version = old };
	const struct store unknown = { .kind = STORE_OFFICE, .list = STORE_PROFILES };
	struct states states = { 0 };
	struct builder *b = recipe();

	(void)state;
	builder_path(b, OFFICE_PROFILES "\\Work", HIVES_TIME);
	add(&states, b);
	const struct state *found = &states.items[0];
	const struct state_store *store = state_store(found, &wms);
	assert_non_null(store);
	assert_true(store->present);
	assert_true(store->has_default);
	assert_text(store->default_profile, "Home");
	/* That list is looked for always, and is not there. */
	store = state_store(found, &deleted);
	assert_non_null(store);
	assert_false(store->present);
	assert_non_null(state_store(found, &office));
	assert_false(state_store(found, &office)->has_default);
	assert_null(state_store(found, &older));
	assert_null(state_store(found, &unknown));

	const struct state_profile *profile = state_profile(found, &wms, text_of("WORK"));
	assert_non_null(profile);
	assert_text(profile->name, "Work");
	assert_ptr_equal(&found->stores[profile->store], state_store(found, &wms));
	assert_ptr_equal(state_profile_in(found, found, profile), profile);
	/* Of the same name, but in another list. */
	assert_ptr_not_equal(state_profile(found, &office, text_of("Work")), profile);
	assert_non_null(state_profile(found, &office, text_of("Work")));
	assert_null(state_profile(found, &office, text_of("Home")));
	assert_null(state_profile(found, &older, text_of("Work")));
	assert_null(state_profile(found, &deleted, text_of("Work")));
	assert_null(state_profile(found, &wms, text_of("Wor")));
	assert_null(state_profile(found, &wms, text_of("")));
	builder_free(b);
	states_clear(&states);
}

/* ---- sharing ---- */

/* True if the last state holds nothing of its own. */
static bool is_shared(const struct states *states)
{
	const struct state *last = &states->items[states->n - 1];

	if (last->arena)
		return false;
	assert_ptr_equal(last->stores, last[-1].stores);
	assert_ptr_equal(last->profiles, last[-1].profiles);
	return true;
}

static void test_equal_neighbours_share(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();

	(void)state;
	add(&states, b);
	assert_non_null(states.items[0].arena);
	/* Times and other keys are no content of a profile. */
	builder_key_touch(b, at(b, PROFILES "\\Work"), HIVES_TIME + 1);
	builder_path(b, "Software\\Other", HIVES_TIME + 1);
	add(&states, b);
	assert_true(is_shared(&states));
	add(&states, b);
	assert_true(is_shared(&states));
	assert_ptr_equal(states.items[2].profiles, states.items[0].profiles);
	builder_free(b);
	states_clear(&states);
}

/* Each step changes one thing: each has a state of its own. */
static void test_what_is_not_shared(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();

	(void)state;
	add(&states, b);
	builder_value_dword(b, at(b, PROFILES "\\Home"), "00033009", 2);
	add(&states, b);
	assert_false(is_shared(&states));
	builder_value_string(b, at(b, PROFILES), "DefaultProfile", "HOME");
	add(&states, b);
	assert_false(is_shared(&states));
	builder_value_delete(b, at(b, PROFILES), "DefaultProfile");
	add(&states, b);
	assert_false(is_shared(&states));
	builder_path(b, MAPI_WMS "\\Deleted Profiles", HIVES_TIME);
	add(&states, b);
	assert_false(is_shared(&states));
	builder_key_delete(b, at(b, PROFILES "\\Work"), HIVES_TIME);
	add(&states, b);
	assert_false(is_shared(&states));
	/* Other case: another name. */
	builder_key_delete(b, at(b, PROFILES "\\Home"), HIVES_TIME);
	builder_value_dword(b, builder_path(b, PROFILES "\\HOME", HIVES_TIME), "00033009",
			    2);
	add(&states, b);
	assert_false(is_shared(&states));
	add(&states, b);
	assert_true(is_shared(&states));
	builder_free(b);
	states_clear(&states);
}

/* Of a password the digest tells nothing; that of the secrets does. */
static void test_secret_that_changed(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();
	builder_key account = builder_path(
		b, PROFILES "\\Home\\" MAPI_ACCOUNTS "\\00000001", HIVES_TIME);

	(void)state;
	builder_value_set(b, account, "POP3 Password", BUILDER_BINARY, "old", 4);
	add(&states, b);
	builder_value_set(b, account, "POP3 Password", BUILDER_BINARY, "new", 4);
	add(&states, b);
	assert_false(is_shared(&states));
	const struct state_profile *old =
		state_profile(&states.items[0], &wms, text_of("Home"));
	const struct state_profile *new =
		state_profile(&states.items[1], &wms, text_of("Home"));
	assert_memory_equal(old->digest.bytes, new->digest.bytes, DIGEST_SIZE);
	assert_memory_not_equal(old->secrets.bytes, new->secrets.bytes, DIGEST_SIZE);
	builder_free(b);
	states_clear(&states);
}

/* ---- states that cannot be read ---- */

static void assert_unwalkable(const struct states *states)
{
	const struct state *last = &states->items[states->n - 1];

	assert_false(last->walkable);
	assert_int_equal(last->n_profiles, 0);
	assert_null(state_store(last, &wms));
	assert_null(state_profile(last, &wms, text_of("Home")));
}

static void test_unwalkable(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();
	size_t len = 0;

	(void)state;
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	add_bytes(&states, bytes, 0);
	assert_unwalkable(&states);
	add_bytes(&states, (const uint8_t *)"regf", 4);
	assert_unwalkable(&states);
	/* The first bin's end is missing. */
	add_bytes(&states, bytes, FIRST_BIN + 512);
	assert_unwalkable(&states);
	add_bytes(&states, bytes, len);
	assert_true(states.items[3].walkable);
	/* One key that cannot be read is enough, wherever it is. */
	builder_poke16(b, builder_key_offset(b, at(b, PROFILES "\\Work")), 0x7878);
	add_bytes(&states, builder_bytes(b, &len), len);
	assert_unwalkable(&states);
	/* What is equal to the one before the last is not shared across it. */
	builder_free(b);
	b = recipe();
	add(&states, b);
	assert_true(states.items[5].walkable);
	assert_non_null(states.items[5].arena);
	builder_free(b);
	states_clear(&states);
}

/* A base block that was not written whole is what a log is for. */
static void test_base_block_that_does_not_fit(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();
	size_t len = 0;

	(void)state;
	builder_finish(b);
	builder_poke32(b, BASE_CHECKSUM, 1);
	const uint8_t *bytes = builder_bytes(b, &len);
	add_bytes(&states, bytes, len);
	assert_true(states.items[0].walkable);
	assert_int_equal(states.items[0].n_profiles, 2);
	builder_free(b);
	states_clear(&states);
}

/* ---- one state asked for what another has ---- */

static void test_profile_in_another_state(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();

	(void)state;
	add(&states, b);
	builder_key_delete(b, at(b, PROFILES "\\Home"), HIVES_TIME);
	builder_path(b, OFFICE_PROFILES "\\Home", HIVES_TIME);
	add(&states, b);
	const struct state *first = &states.items[0], *second = &states.items[1];
	assert_null(state_profile_in(second, first,
				     state_profile(first, &wms, text_of("Home"))));
	assert_ptr_equal(state_profile_in(second, first,
					  state_profile(first, &wms, text_of("Work"))),
			 state_profile(second, &wms, text_of("Work")));
	builder_free(b);
	states_clear(&states);
}

/* ---- the limits ---- */

/* A large hive is walked so many times, and then no state is kept any more. */
static void test_bytes_that_are_walked(void **state)
{
	enum { LEN = 2000000 };
	struct builder *b = recipe();
	struct states states = { 0 };
	uint8_t *data = calloc(LEN, 1);
	size_t len = 0;

	(void)state;
	assert_non_null(data);
	builder_value_set(b, builder_root(b), "large", BUILDER_BINARY, data, LEN);
	free(data);
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	for (size_t i = 0; i < STATES_MAX_WALKS + 3; i++)
		assert_int_equal(states_add(&states, span_of(bytes, len), i == 0,
					    (uint32_t)i, 1, NULL),
				 STATUS_OK);
	assert_int_equal(states.n, STATES_MAX_WALKS);
	assert_int_equal(states.n_left_out, 3);
	builder_free(b);
	states_clear(&states);
}

static void test_states_max_and_one_more(void **state)
{
	struct states states = { 0 };
	struct builder *b = recipe();
	size_t len = 0;

	(void)state;
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	while (states.n < STATES_MAX)
		add_bytes(&states, bytes, len);
	assert_int_equal(states.n_left_out, 0);
	assert_int_equal(states.items[STATES_MAX - 1].sequence, FIRST + STATES_MAX - 2);
	/* Equal neighbours share what they hold. */
	assert_null(states.items[STATES_MAX - 1].arena);
	add_bytes(&states, bytes, len);
	add_bytes(&states, bytes, len);
	assert_int_equal(states.n, STATES_MAX);
	assert_int_equal(states.n_left_out, 2);
	builder_free(b);
	states_clear(&states);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_state_keeps),
		cmocka_unit_test(test_lookups),
		cmocka_unit_test(test_equal_neighbours_share),
		cmocka_unit_test(test_what_is_not_shared),
		cmocka_unit_test(test_secret_that_changed),
		cmocka_unit_test(test_unwalkable),
		cmocka_unit_test(test_base_block_that_does_not_fit),
		cmocka_unit_test(test_profile_in_another_state),
		cmocka_unit_test(test_bytes_that_are_walked),
		cmocka_unit_test(test_states_max_and_one_more),
	};

	return UNIT_RUN(tests);
}
