/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted profiles of which the hive itself holds nothing any more, but a log
 * that belongs to it: in entries that were applied long ago.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/steps.h"

#include "recovery/recover.h"

#include "snapshot/snapshotread.h"

#include "samples/builder_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A clean hive of that state, beside a log that need not be applied. */
static struct snapshot *read_beside(const struct builder_log_state *hive,
				    const struct builder_log *log)
{
	char *hive_path = hives_temporary(hive->bytes, hive->len);
	char *log_path = hives_temporary(log->bytes, log->len);
	struct snapshot_source source = { .path = hive_path,
					  .logs = { log_path },
					  .n_logs = 1 };
	struct snapshot *snapshot = NULL;
	struct failure failure;

	assert_int_equal(snapshotread_source(&source, &snapshot, &failure), STATUS_OK);
	unlink(hive_path);
	unlink(log_path);
	free(hive_path);
	free(log_path);
	assert_false(snapshot_is_replayed(snapshot));
	return snapshot;
}

struct story {
	struct builder_log_state empty, before, after;
	struct builder_log log;
};

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

/* "Work" comes with the first entry and goes with the second, which leaves no trace. */
static struct story story(struct pair *pair)
{
	struct story s;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	s.empty = builder_log_state_take(pair->before);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	s.before = builder_log_state_take(pair->before);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_wipe_tree(pair, WORK);
	s.after = take_as_it_is(pair->after);
	s.log = builder_log_new(&s.empty, 11);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	return s;
}

static void finish(struct story *s)
{
	builder_log_state_free(&s->empty);
	builder_log_state_free(&s->before);
	builder_log_state_free(&s->after);
	builder_log_free(&s->log);
}

/* All of it stands in the log, and that is said. */
static void check_in_log(const struct pair *pair)
{
	const struct recovery *recovery = pair->recoveries[1];
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	const struct key *top = profile->profile.key;
	const struct recovered_keys *recovered =
		recovery_part_of(recovery, top)->recovered;

	recoveredhive_assert_whole(pair, profile, STORE_WMS, STORE_PROFILES);
	assert_ptr_not_equal(recovered, recovery->recovered);
	assert_int_equal(recovery->recovered->n_keys, 0);
	for (const struct key *key = top; key; key = key_next(top, key)) {
		const struct recovered_key *info = recovered_of(recovered, key);
		assert_int_equal(info->places[0].origin, RECOVERED_LOG);
		assert_int_equal(info->places[0].log, 0);
		/* There stands a key's record, of that name. */
		struct span bytes = pair->new->logs[0]->bytes, name = { 0 };
		assert_true(span_starts(bytes, info->places[0].offset, "nk", 2));
		assert_true(span_sub(bytes, info->places[0].offset + NK_NAME,
				     key->name_len, &name));
		assert_true(span_equal(name, key_name(key).bytes));
	}
}

static void test_profile_in_the_log(void **state)
{
	struct pair *pair = *state;
	struct story s = story(pair);

	/* Without the log nothing is left. */
	struct hive hive = hives_open(builder_clone(pair->after));
	struct recoveredhive_hive h = recoveredhive_hive_of(hive);
	assert_int_equal(h.recovery->n_profiles, 0);
	recoveredhive_hive_close(&h);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	check_in_log(pair);
	finish(&s);
}

/*
 * Sections that only a log has, and a live profile in the cell that they name, which was
 * last written while the clock was set back: they may be its own.
 */
static void test_sections_of_what_may_be_alive(void **state)
{
	struct pair *pair = *state;
	struct story s = { .log = { 0 } };

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	s.empty = builder_log_state_take(pair->before);
	size_t record = builder_key_offset(
		pair->before, pair_add(pair->before, PAIR_PROFILES, "Work", 2));
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	s.before = builder_log_state_take(pair->before);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_key anew =
		builder_key_add(pair->after, pair_key(pair->after, PAIR_PROFILES), "Work",
				pair_made() - 1);
	assert_int_equal(builder_key_offset(pair->after, anew), record);
	const struct key *top = pair_profile(pair->old, "Work")->profile.key;
	for (const struct key *key = top->children; key; key = key_next(top, key))
		recoveredhive_wipe(pair, key->record_off);
	s.after = take_as_it_is(pair->after);
	s.log = builder_log_new(&s.empty, 11);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	assert_true(profile->torn);
	assert_true(profile->may_be_alive);
	assert_int_equal(pair->recoveries[1]->n_gone, 0);
	finish(&s);
}

/* Told by several entries, it is told once. */
static void test_profile_in_several_entries(void **state)
{
	struct pair *pair = *state;
	struct story s = story(pair);

	builder_log_add(&s.log, &s.before, &s.empty, NULL);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	builder_log_add(&s.log, &s.before, &s.after, NULL);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	check_in_log(pair);
	finish(&s);
}

/* The hive has lost a value of it since: every key is known, the log has more of one. */
static void test_more_in_the_log(void **state)
{
	struct pair *pair = *state;
	struct story s;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	s.empty = builder_log_state_take(pair->before);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	size_t value = builder_value_offset(
		pair->before, pair_key(pair->before, WORK "\\" MAPI_INSTANCE),
		"0102300b");
	assert_int_not_equal(value, 0);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->after);
	s.before = take_as_it_is(pair->after);
	recoveredhive_wipe(pair, value);
	s.after = take_as_it_is(pair->after);
	s.log = builder_log_new(&s.empty, 11);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	const struct recovery *recovery = pair->recoveries[1];
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	recoveredhive_assert_whole(pair, profile, STORE_WMS, STORE_PROFILES);
	assert_ptr_not_equal(recovery_part_of(recovery, profile->profile.key),
			     recovery->parts);
	/* The hive has the profile's own record still, which proves place and moment. */
	const struct key *record = recovery_own_record(profile);
	assert_ptr_equal(recovery_part_of(recovery, record), recovery->parts);
	assert_int_equal(recovered_of(recovery->recovered, record)->places[0].origin,
			 RECOVERED_FREE);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->deleted_ft, pair_changed());
	finish(&s);
}

/* Another of that name lives in the list; the hive shows that this one was freed. */
static void test_more_in_the_log_and_a_namesake(void **state)
{
	struct pair *pair = *state;
	struct story s;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	s.empty = builder_log_state_take(pair->before);
	builder_key work = pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	size_t value = builder_value_offset(
		pair->before, pair_key(pair->before, WORK "\\" MAPI_INSTANCE),
		"0102300b");
	pair_fork(pair);
	/* Made in cells of its own before the other one goes, and named like it after that. */
	builder_key other = pair_add(pair->after, PAIR_PROFILES, "Worm", 3);
	builder_key_delete(pair->after, work, pair_changed());
	builder_finish(pair->after);
	builder_poke8(pair->after, builder_key_offset(pair->after, other) + NK_NAME + 3,
		      'k');
	/* Its hash in the list, behind that of "Home". */
	builder_poke32(pair->after,
		       builder_key_list_offset(pair->after,
					       pair_key(pair->after, PAIR_PROFILES)) +
			       16,
		       ((('W' * 37u + 'O') * 37u + 'R') * 37u + 'K'));
	s.before = take_as_it_is(pair->after);
	recoveredhive_wipe(pair, value);
	s.after = take_as_it_is(pair->after);
	s.log = builder_log_new(&s.empty, 11);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	const struct recovery *recovery = pair->recoveries[1];
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	assert_non_null(pair_profile(pair->new, "Work"));
	assert_non_null(profile->in_hive);
	assert_null(profile->lives_on);
	assert_int_equal(recovery->n_gone, 1);
	finish(&s);
}

/* The hive's list was not read to its end: what only the log has may stand there. */
static void test_profile_in_the_log_and_an_unread_list(void **state)
{
	enum { SUBKEYS_AT = 20 };
	struct pair *pair = *state;
	struct story s = story(pair);
	size_t list =
		builder_key_offset(pair->after, pair_key(pair->after, PAIR_PROFILES));

	put_le32(s.after.bytes + list + SUBKEYS_AT, 2);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	assert_true(recoveredhive_only(pair->recoveries[1])->may_be_alive);
	assert_int_equal(pair->recoveries[1]->n_gone, 0);
	finish(&s);
}

/* It is live in the hive: what the log says of it is no deletion. */
static void test_live_profile_in_the_log(void **state)
{
	struct pair *pair = *state;
	struct story s = story(pair);

	pair->new = read_beside(&s.before, &s.log);
	pair_recover(pair, NULL, 0);
	assert_int_equal(pair->recoveries[1]->n_profiles, 0);
	finish(&s);
}

/* ---- very much in a log ---- */

enum { TORN = 20000 };

/*
 * So many freed sections of one name, each below another lost parent, and the
 * same hive with their records overwritten.
 */
static struct builder *many_sections(struct builder_log_state *torn,
				     struct builder_log_state *wiped)
{
	struct builder *b = hives_new(5);
	builder_key many = builder_path(b, "many", HIVES_TIME);
	builder_key *keys = calloc(TORN, sizeof(*keys));
	char name[40];

	assert_non_null(keys);
	for (unsigned i = 0; i < TORN; i++) {
		(void)snprintf(name, sizeof(name), "%032x", i);
		keys[i] = builder_key_add(b, many, name, HIVES_TIME);
	}
	for (unsigned i = TORN; i-- > 0;)
		builder_key_delete(b, keys[i], HIVES_TIME);
	*torn = builder_log_state_take(b);
	*wiped = builder_log_state_take(b);
	for (unsigned i = 0; i < TORN; i++) {
		size_t record = FIRST_BIN + keys[i] + 4;
		put_le32(torn->bytes + record + NK_PARENT, keys[i] + 8);
		memcpy(torn->bytes + record + NK_NAME, MAPI_ROOT, 32);
		memset(wiped->bytes + record, 0, NK_NAME);
	}
	free(keys);
	return b;
}

/* Each is held against what was found before, but not against all of it. */
static void test_many_torn_profiles_in_the_log(void **state)
{
	struct builder_log_state torn, wiped;
	struct builder *b = many_sections(&torn, &wiped);
	struct builder_log log = builder_log_new(&wiped, 5);

	(void)state;
	builder_free(b);
	builder_log_add(&log, &wiped, &torn, NULL);
	uint64_t began = steps_now();
	struct recovery *recovery = NULL;
	struct failure failure;
	struct snapshot *snapshot = read_beside(&wiped, &log);
	assert_int_equal(recover_profiles(snapshot, NULL, 0, 1, &recovery, &failure),
			 STATUS_OK);
	uint64_t took = steps_now() - began;
	assert_int_equal(recovery->n_profiles, TORN);
	steps_assert_few("torn profiles in the log", took, wiped.len + log.len, 200);
	recovery_free(recovery);
	snapshot_free(snapshot);
	builder_log_state_free(&torn);
	builder_log_state_free(&wiped);
	builder_log_free(&log);
}

/* The hive has a copy with an instance key of its own: what the log has is another. */
static void test_copy_with_another_instance(void **state)
{
	struct pair *pair = *state;
	struct story s;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	s.empty = builder_log_state_take(pair->before);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	builder_key copy = builder_key_copy(pair->before, pair_key(pair->before, WORK),
					    pair_key(pair->before, PAIR_PROFILES), "Copy",
					    pair_made());
	builder_value_set(pair->before,
			  builder_key_find(pair->before, copy, MAPI_INSTANCE), "0102300b",
			  BUILDER_BINARY, (uint8_t[16]){ 7 }, 16);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	s.before = builder_log_state_take(pair->before);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Copy");
	recoveredhive_wipe_tree(pair, WORK);
	s.after = take_as_it_is(pair->after);
	s.log = builder_log_new(&s.empty, 11);
	builder_log_add(&s.log, &s.empty, &s.before, NULL);
	pair->new = read_beside(&s.after, &s.log);
	pair_recover(pair, NULL, 0);
	assert_int_equal(pair->recoveries[1]->n_profiles, 2);
	(void)recoveredhive_named(pair->recoveries[1], "Work");
	(void)recoveredhive_named(pair->recoveries[1], "Copy");
	finish(&s);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_profile_in_the_log),
		PAIR_TEST(test_sections_of_what_may_be_alive),
		PAIR_TEST(test_profile_in_several_entries),
		PAIR_TEST(test_more_in_the_log),
		PAIR_TEST(test_copy_with_another_instance),
		PAIR_TEST(test_more_in_the_log_and_a_namesake),
		PAIR_TEST(test_profile_in_the_log_and_an_unread_list),
		PAIR_TEST(test_live_profile_in_the_log),
		cmocka_unit_test(test_many_torn_profiles_in_the_log),
	};

	return UNIT_RUN(tests);
}
