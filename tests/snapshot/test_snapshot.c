/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be asked of a snapshot: lists, profiles, keys, files, and how sound it is. */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/hives.h"
#include "help/pair.h"
#include "help/texts.h"

#include <string.h>

#define OFFICE MAPI_OFFICE("16.0") "\\Profiles"

/* ---- the same list, the same name ---- */

static void test_same_store_and_namesake(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_add(pair->before, OFFICE, "Home", 2);
	pair_add(pair->before, OFFICE, "Work", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OFFICE "\\Home"),
			   pair_changed());
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	pair_compare(pair);
	for (size_t i = 0; i < pair->old->n_profiles; i++) {
		const struct snapshot_profile *profile = &pair->old->profiles[i];
		const struct store *store = snapshot_store(pair->old, profile);
		struct text name = key_name(profile->profile.key);
		/* In itself it finds itself. */
		assert_ptr_equal(snapshot_same_store(pair->old, store), store);
		assert_ptr_equal(snapshot_namesake(pair->old, store, name), profile);
	}
	const struct store *wms =
		snapshot_same_store(pair->new, &pair->old->stores.items[0]);
	assert_non_null(wms);
	assert_null(wms->key);
	assert_null(snapshot_namesake(pair->new, wms, text_of("Work")));
	const struct snapshot_profile *home = pair_profile(pair->old, "Home");
	const struct store *office = snapshot_store(pair->old, home);
	assert_int_equal(office->kind, STORE_OFFICE);
	assert_null(snapshot_namesake(pair->new, office, text_of("Home")));
	const struct snapshot_profile *work =
		snapshot_namesake(pair->new, office, text_of("wORK"));
	assert_ptr_equal(work, &pair->new->profiles[0]);
	/* A list of a version that is not there. */
	struct store other = *office;
	other.office_version = (char[]){ "15.0" };
	assert_null(snapshot_same_store(pair->old, &other));
	assert_null(snapshot_namesake(pair->old, &other, text_of("Work")));
}

/* ---- keys by their paths ---- */

static void test_nearest_key(void **state)
{
	struct pair *pair = *state;
	bool whole = false;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	const struct key *list = key_at(pair->old->keys->root, PAIR_PROFILES);
	assert_ptr_equal(snapshot_nearest_key(pair->old, text_of(PAIR_PROFILES), &whole),
			 list);
	assert_true(whole);
	assert_ptr_equal(snapshot_nearest_key(pair->old,
					      text_of(PAIR_PROFILES "\\None\\Deeper"),
					      &whole),
			 list);
	assert_false(whole);
	assert_ptr_equal(snapshot_nearest_key(pair->old, text_of(""), NULL),
			 pair->old->keys->root);
}

/* A saved subtree lacks the beginning of the path. */
static void test_nearest_key_of_a_subtree(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();
	bool whole = false;

	options.root_name = "Windows Messaging Subsystem";
	pair_restart(pair, &options);
	pair_add(pair->before, "Profiles", "Work", 1);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	const struct key *list = key_at(pair->old->keys->root, "Profiles");
	assert_non_null(list);
	assert_ptr_equal(snapshot_nearest_key(pair->old, text_of(PAIR_PROFILES), &whole),
			 list);
	assert_true(whole);
	assert_ptr_equal(snapshot_nearest_key(pair->old, text_of("Profiles"), &whole),
			 list);
	assert_true(whole);
}

static void test_nearest_key_without_keys(void **state)
{
	struct snapshot none = { 0 };

	(void)state;
	assert_null(snapshot_nearest_key(&none, text_of("Software"), NULL));
}

/* ---- files ---- */

/* Pages that the log has stand there; the others stand in the hive file. */
static void test_locate(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Work"),
			    "new", 1);
	struct dirty_files files = dirty_files_of(pair->before, pair->after);
	struct snapshot *snapshot = dirty_files_read(&files);
	const struct key *changed = key_at(snapshot->keys->root, PAIR_PROFILES "\\Work");
	uint32_t offset = changed->record_off;
	uint64_t place = 0;
	size_t log = 7;

	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);
	assert_int_equal(log, 0);
	assert_ptr_equal(file, snapshot->logs[0]);
	assert_true(span_starts(file->bytes, offset, "nk", 2));
	assert_true(span_starts(file->bytes, offset + NK_NAME, "Work", 4));
	struct diag diag = { .offset = changed->record_off };
	assert_ptr_equal(snapshot_diag_file(snapshot, &diag, &place), file);
	assert_int_equal(place, offset);
	/* The base block is no page of the log. */
	offset = 4;
	assert_ptr_equal(snapshot_locate(snapshot, &offset, &log), snapshot->evidence);
	assert_int_equal(log, SIZE_MAX);
	assert_int_equal(offset, 4);
	diag.offset = DIAG_NOWHERE;
	assert_ptr_equal(snapshot_diag_file(snapshot, &diag, &place), snapshot->evidence);
	assert_true(place == DIAG_NOWHERE);
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/* Without logs all stands in the hive file, at the same place. */
static void test_locate_without_logs(void **state)
{
	struct pair *pair = *state;
	uint32_t offset = 5000;
	uint64_t place = 0;
	size_t log = 7;
	struct diag diag = { .offset = UINT32_MAX };

	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	assert_ptr_equal(snapshot_locate(pair->old, &offset, &log), pair->old->evidence);
	assert_int_equal(offset, 5000);
	assert_int_equal(log, SIZE_MAX);
	assert_ptr_equal(snapshot_diag_file(pair->old, &diag, &place),
			 pair->old->evidence);
	assert_true(place == UINT32_MAX);
}

/* ---- how sound it is ---- */

/* Logs that could not be used leave the hive incomplete, but not damaged. */
static void test_complete_and_damaged(void **state)
{
	struct snapshot snapshot = { .diags = diag_list_new() };

	(void)state;
	assert_non_null(snapshot.diags);
	assert_true(snapshot_is_complete(&snapshot));
	assert_false(snapshot_is_damaged(&snapshot));
	diag_at(snapshot.diags, DIAG_KEY_NAME, 4096, "a warning");
	assert_true(snapshot_is_complete(&snapshot));
	assert_false(snapshot_is_damaged(&snapshot));
	diag_at(snapshot.diags, DIAG_LOG_REFUSED, DIAG_NOWHERE, "a log");
	assert_false(snapshot_is_complete(&snapshot));
	assert_false(snapshot_is_damaged(&snapshot));
	diag_at(snapshot.diags, DIAG_LOG_CUT, DIAG_NOWHERE, "another log");
	assert_false(snapshot_is_damaged(&snapshot));
	diag_at(snapshot.diags, DIAG_KEY_DAMAGED, 4096, "a key");
	assert_true(snapshot_is_damaged(&snapshot));
	diag_list_free(snapshot.diags);
}

/* ---- times ---- */

/* A time that stands alone a century ahead is passed over; of two equal ones the first. */
static void test_newest_key(void **state)
{
	const uint64_t second = 10000000, century = 36525 * UINT64_C(86400) * second;
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	builder_key_touch(pair->before, pair_key(pair->before, PAIR_PROFILES "\\Home"),
			  pair_saved() - second);
	builder_key_touch(pair->before, pair_key(pair->before, PAIR_PROFILES "\\Work"),
			  pair_saved() - second);
	builder_key_touch(pair->before, pair_key(pair->before, "Software"),
			  pair_saved() + century);
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	const struct key *root = pair->old->keys->root;
	const struct key *list = key_at(root, PAIR_PROFILES);
	assert_ptr_equal(snapshot_newest_key(pair->old, root), key_at(list, "Home"));
	assert_ptr_equal(snapshot_newest_key(pair->old, key_at(list, "Work")),
			 key_at(list, "Work"));
	const struct key *software = key_at(root, "Software");
	assert_non_null(software);
	const struct key none = { .mtime_ft = software->mtime_ft };
	assert_null(snapshot_newest_key(pair->old, &none));
}

static void test_words_and_nothing(void **state)
{
	(void)state;
	assert_string_equal(snapshot_readers_word(SNAPSHOT_AGREE), "agree");
	assert_string_equal(snapshot_readers_word(SNAPSHOT_DIFFER), "differ");
	assert_string_equal(snapshot_readers_word(SNAPSHOT_HIVEX), "hivex");
	assert_string_equal(snapshot_readers_word(SNAPSHOT_OWN), "own");
	snapshot_free(NULL);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_same_store_and_namesake),
		PAIR_TEST(test_nearest_key),
		PAIR_TEST(test_nearest_key_of_a_subtree),
		cmocka_unit_test(test_nearest_key_without_keys),
		PAIR_TEST(test_locate),
		PAIR_TEST(test_locate_without_logs),
		cmocka_unit_test(test_complete_and_damaged),
		PAIR_TEST(test_newest_key),
		cmocka_unit_test(test_words_and_nothing),
	};

	return UNIT_RUN(tests);
}
