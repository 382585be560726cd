/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When profiles were deleted: before the earlier snapshot or since, one of a name
 * after another, and between a hive's file and its logs.
 */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/recoveredhive.h"

#include <string.h>

/* A moment between the first and the second snapshot's making. */
static uint64_t long_ago(void)
{
	return pair_made() + 1000000000;
}

/* ---- earlier and between ---- */

static void test_deleted_before_and_since(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_PROFILES, "Old", 3);
	builder_key_delete(pair->before, pair_key(pair->before, PAIR_PROFILES "\\Old"),
			   long_ago());
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	const struct recovery *recovery = recovered(pair, true);
	assert_int_equal(recovery->n_profiles, 2);
	const struct recovered_profile *old = recoveredhive_named(recovery, "Old");
	const struct recovered_profile *work = recoveredhive_named(recovery, "Work");
	assert_int_equal(old->since, RECOVERED_SINCE_EARLIER);
	assert_int_equal(old->deleted_ft, long_ago());
	assert_true(old->has_no_gaps);
	assert_int_equal(work->since, RECOVERED_SINCE_BETWEEN);
	assert_int_equal(work->deleted_ft, pair_changed());
	assert_true(work->has_no_gaps);
}

/* Made after the earlier snapshot and deleted again. */
static void test_made_and_deleted_since(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	struct mapi_profile p =
		pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Brief", 4,
			    pair_changed());
	builder_key_delete(pair->after, p.key, pair_changed() + 1000);
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, true));
	assert_true(text_is(profile->name, "Brief"));
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
	assert_int_equal(profile->deleted_ft, pair_changed() + 1000);
	assert_true(profile->has_no_gaps);
}

/* ---- the same name twice ---- */

/*
 * "Work" is deleted, and long before it another "Work": that one was called "Wurk"
 * while both were there, so that each has cells of its own.
 */
static void delete_two_of_one_name(struct pair *pair)
{
	recoveredhive_add_two(pair);
	builder_key wurk = pair_add(pair->before, PAIR_PROFILES, "Wurk", 3);
	size_t record = builder_key_offset(pair->before, wurk);
	builder_key_delete(pair->before, wurk, long_ago());
	builder_finish(pair->before);
	builder_poke8(pair->before, record + NK_NAME + 1, 'o');
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
}

static void test_two_of_one_name(void **state)
{
	struct pair *pair = *state;

	delete_two_of_one_name(pair);
	for (int i = 0; i < 2; i++) {
		const struct recovery *recovery = recovered(pair, i);
		assert_int_equal(recovery->n_profiles, 2);
		const struct recovered_profile *a = &recovery->profiles[0],
					       *b = &recovery->profiles[1];
		assert_true(text_is(a->name, "Work") && text_is(b->name, "Work"));
		assert_true(a->has_no_gaps && b->has_no_gaps);
		assert_false(profile_same_content(&a->profile, &b->profile));
		assert_int_equal(a->deleted_ft + b->deleted_ft,
				 long_ago() + pair_changed());
		const struct recovered_profile *last =
			a->deleted_ft == pair_changed() ? a : b;
		assert_true(profile_same_content(
			&last->profile, &pair_profile(pair->old, "Work")->profile));
		assert_int_equal(last->since,
				 i ? RECOVERED_SINCE_BETWEEN : RECOVERED_SINCE_UNKNOWN);
	}
}

/* One is live under that name again. */
static void test_name_that_is_live_again(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_PROFILES, "Wurk", 3);
	pair_fork(pair);
	size_t record = builder_key_offset(pair->after,
					   pair_key(pair->after, PAIR_PROFILES "\\Wurk"));
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->after);
	pair->spoilt_after = true;
	/* Its hash in the list does not fit any more; that is said and no more. */
	builder_poke8(pair->after, record + NK_NAME + 1, 'o');
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	assert_true(text_is(profile->name, "Work"));
	assert_true(profile->has_no_gaps);
	assert_true(profile_same_content(&profile->profile,
					 &pair_profile(pair->old, "Work")->profile));
	assert_non_null(pair_profile(pair->new, "Work"));
}

/* ---- several earlier snapshots ---- */

/* The newest does not have it any more, but tells that it is deleted already. */
static void test_two_earlier_snapshots(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->before);
	builder_finish(pair->after);
	pair->old = pair_read(pair->before);
	struct snapshot *second = pair_read(pair->after);
	builder_value_dword(pair->after, pair_key(pair->after, "Software"), "Count", 1);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	recoveredhive_wipe(pair, record);
	pair->new = pair_read(pair->after);
	const struct snapshot *const earlier[] = { second, pair->old };
	pair_recover(pair, earlier, 2);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	assert_true(profile->torn);
	assert_true(text_is(profile->name, "Work"));
	assert_int_equal(profile->name_from, RECOVERY_NAME_SNAPSHOT);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->since, RECOVERED_SINCE_EARLIER);
	pair_drop_new(pair);
	snapshot_free(second);
}

/* ---- a hive's file and its logs ---- */

/* A file as it was before the deletion, and a log with what came then. */
static struct snapshot *read_dirty(struct pair *pair, size_t wipe)
{
	struct builder_log_state before = builder_log_state_take(pair->before);
	struct builder_log_state after = builder_log_state_take(pair->after);
	const struct builder_log_state *const states[] = { &before, &after };

	if (wipe)
		memset(after.bytes + wipe, 0, NK_NAME);
	struct dirty_files files = dirty_files_make(states, 2);
	struct snapshot *snapshot = dirty_files_read(&files);
	dirty_files_remove(&files);
	builder_log_state_free(&before);
	builder_log_state_free(&after);
	return snapshot;
}

static void test_deleted_in_the_log(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair->new = read_dirty(pair, 0);
	pair_recover(pair, NULL, 0);
	assert_non_null(pair->recoveries[1]->as_found);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	assert_true(text_is(profile->name, "Work"));
	assert_true(profile->has_no_gaps);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
	assert_int_equal(profile->deleted_ft, pair_changed());
	assert_true(profile_same_content(
		&profile->profile,
		&pair_profile(pair->recoveries[1]->as_found, "Work")->profile));
}

/* How sure a section of the deleted profile is; another key of the file is spoilt or not. */
static enum recovered_certainty section_certainty(struct pair *pair, bool spoilt)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_finish(pair->before);
	size_t home = builder_key_offset(pair->before, pair_key(pair->before, HOME));
	struct builder_log_state file = builder_log_state_take(pair->before);
	struct builder_log_state after = builder_log_state_take(pair->after);
	const struct builder_log_state *const states[] = { &file, &after };
	if (spoilt)
		memset(file.bytes + home, 0, 2);
	struct dirty_files files = dirty_files_make(states, 2);
	pair->new = dirty_files_read(&files);
	dirty_files_remove(&files);
	builder_log_state_free(&file);
	builder_log_state_free(&after);
	pair_recover(pair, NULL, 0);
	const struct recovery *recovery = pair->recoveries[1];
	const struct key *top = recoveredhive_only(recovery)->profile.key;
	assert_true(top->n_children > 0);
	return recovered_of(recovery_part_of(recovery, top)->recovered, &top->children[0])
		->certainty;
}

static void test_file_before_its_logs(void **state)
{
	assert_int_equal(section_certainty(*state, false), RECOVERED_CERTAIN);
}

/* It was being written, so that its pages are of two times: it proves nothing. */
static void test_file_of_two_times(void **state)
{
	assert_int_equal(section_certainty(*state, true), RECOVERED_POSSIBLE);
}

/* The file still names what the log's pages have overwritten. */
static void test_torn_in_the_log(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair->new = read_dirty(pair, record);
	pair_recover(pair, NULL, 0);
	assert_non_null(pair->recoveries[1]->as_found);
	const struct recovered_profile *profile = recoveredhive_only(pair->recoveries[1]);
	assert_true(text_is(profile->name, "Work"));
	assert_true(profile->torn);
	assert_int_equal(profile->name_from, RECOVERY_NAME_SNAPSHOT);
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_deleted_before_and_since),
		PAIR_TEST(test_made_and_deleted_since),
		PAIR_TEST(test_two_of_one_name),
		PAIR_TEST(test_name_that_is_live_again),
		PAIR_TEST(test_two_earlier_snapshots),
		PAIR_TEST(test_deleted_in_the_log),
		PAIR_TEST(test_file_before_its_logs),
		PAIR_TEST(test_file_of_two_times),
		PAIR_TEST(test_torn_in_the_log),
	};

	return UNIT_RUN(tests);
}
