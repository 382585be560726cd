/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a snapshot: what is refused and why, and what a file becomes. */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/hives.h"
#include "help/pair.h"
#include "help/texts.h"

#include "snapshot/snapshotread.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is no hive ---- */

static const struct {
	const char *bytes;
	size_t len;
	const char *why;
	const char *of_machine; /* if it is not the same for a machine's */
} others[] = {
	{ "", 0, "the file is empty", NULL },
	{ "words and more words\n", 21, "a text file, not a registry hive", NULL },
	{ "REGEDIT4\r\n\r\n", 12, "0x0: a .reg export without a user's keys",
	  "0x0: a .reg export, not a hive of the machine" },
	{ "\0\1\2\3\4\5\6\7", 8, "it does not begin with \"regf\"", NULL },
	{ "reg", 3, "not a registry hive", NULL },
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		char *path = hives_temporary(others[i].bytes, others[i].len);
		struct snapshot *snapshot = NULL;
		struct failure failure = { 0 };
		assert_int_equal(snapshotread_file(path, &snapshot, &failure),
				 STATUS_UNSUPPORTED);
		assert_null(snapshot);
		assert_non_null(strstr(failure.sentence, path));
		if (!strstr(failure.sentence, others[i].why))
			fail_msg("no \"%s\" in: %s", others[i].why, failure.sentence);
		unlink(path);
		free(path);
	}
}

/* A run goes on without a machine's hive: that becomes what is said of it. */
static void test_machine_that_is_no_hive(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		char *path = hives_temporary(others[i].bytes, others[i].len);
		struct snapshot_source source = { .path = path, .machine = true };
		struct snapshot *snapshot = NULL;
		struct failure failure = { 0 };
		assert_int_equal(snapshotread_source(&source, &snapshot, &failure),
				 STATUS_OK);
		assert_null(snapshot->image);
		assert_null(snapshot->keys);
		assert_int_equal(diag_count(snapshot->diags), 1);
		assert_int_equal(diag_item(snapshot->diags, 0)->code, DIAG_WRONG_KIND);
		assert_non_null(strstr(diag_item(snapshot->diags, 0)->sentence,
				       others[i].of_machine ? others[i].of_machine
							    : others[i].why));
		snapshot_free(snapshot);
		unlink(path);
		free(path);
	}
}

static void test_log_given_as_hive(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };

	pair_fork(pair);
	builder_path(pair->after, "Software", pair_changed());
	struct dirty_files files = dirty_files_of(pair->before, pair->after);
	assert_int_equal(snapshotread_file(files.log, &snapshot, &failure),
			 STATUS_UNSUPPORTED);
	assert_null(snapshot);
	assert_non_null(strstr(failure.sentence, "a transaction log, not a hive"));
	dirty_files_remove(&files);
}

static void test_file_that_is_not_there(void **state)
{
	char *path = hives_temporary("", 0);
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };

	(void)state;
	unlink(path);
	assert_int_equal(snapshotread_file(path, &snapshot, &failure), STATUS_IO);
	assert_null(snapshot);
	assert_non_null(strstr(failure.sentence, path));
	free(path);
}

/* ---- what a hive becomes ---- */

static void test_all_that_is_read(void **state)
{
	static const char *const names[] = { "Alpha", "Work", "Old", "Zeta" };
	static const size_t lists[] = { 0, 0, 1, 2 };
	struct pair *pair = *state;

	pair_add(pair->before, MAPI_OFFICE("16.0") "\\Profiles", "Zeta", 4);
	pair_add(pair->before, PAIR_DELETED, "Old", 3);
	pair_add(pair->before, PAIR_PROFILES, "Work", 2);
	pair_add(pair->before, PAIR_PROFILES, "Alpha", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "WORK");
	builder_key_touch(pair->before, pair_key(pair->before, PAIR_PROFILES "\\Alpha"),
			  pair_changed());
	builder_finish(pair->before);
	pair->old = pair_read(pair->before);
	const struct snapshot *snapshot = pair->old;
	/* In order of store, then name. */
	assert_int_equal(snapshot->n_profiles, ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct snapshot_profile *profile = &snapshot->profiles[i];
		assert_text(key_name(profile->profile.key), names[i]);
		assert_int_equal(profile->store, lists[i]);
		assert_int_equal(profile->is_default, i == 1);
	}
	assert_int_equal(snapshot->newest_ft, pair_changed());
	assert_int_equal(snapshot->readers, SNAPSHOT_AGREE);
	assert_int_equal(snapshot->subject.role, SUBJECT_USER);
	assert_string_equal(snapshot->subject.sid, PAIR_SID);
	assert_int_equal(snapshot->number, STAGE_NO_HIVE);
	assert_false(snapshot->borrowed);
	assert_int_equal(diag_count(snapshot->diags), 0);
}

/* A hive without a root key is a snapshot all the same; its diagnostics tell. */
static void test_lost_root(void **state)
{
	struct pair *pair = *state;

	builder_finish(pair->before);
	builder_poke16(pair->before,
		       builder_key_offset(pair->before, builder_root(pair->before)), 0);
	pair->old = pair_read(pair->before);
	assert_null(pair->old->keys);
	assert_non_null(pair->old->image);
	assert_int_equal(pair->old->n_profiles, 0);
	assert_int_equal(diag_count_of(pair->old->diags, DIAG_ROOT_LOST), 1);
	assert_true(snapshot_is_damaged(pair->old));
}

/* ---- before its logs ---- */

static void test_as_found(void **state)
{
	struct pair *pair = *state;
	struct snapshot *found = NULL;
	struct failure failure;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Gone"),
			   pair_changed());
	struct dirty_files files = dirty_files_of(pair->before, pair->after);
	struct snapshot *snapshot = dirty_files_read(&files);
	dirty_files_remove(&files);
	/* The files are gone: both come from what was read once. */
	assert_int_equal(snapshotread_as_found(snapshot, &found, &failure), STATUS_OK);
	assert_int_equal(snapshot->n_profiles, 1);
	assert_int_equal(found->n_profiles, 2);
	assert_true(found->borrowed);
	assert_ptr_equal(found->evidence, snapshot->evidence);
	assert_false(snapshot_is_replayed(found));
	assert_true(snapshot_is_dirty(found));
	assert_int_equal(found->n_logs, 0);
	snapshot_free(found);
	/* What it borrowed is still there. */
	assert_true(span_starts(snapshot->evidence->bytes, 0, "regf", 4));
	snapshot_free(snapshot);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_machine_that_is_no_hive),
		PAIR_TEST(test_log_given_as_hive),
		cmocka_unit_test(test_file_that_is_not_there),
		PAIR_TEST(test_all_that_is_read),
		PAIR_TEST(test_lost_root),
		PAIR_TEST(test_as_found),
	};

	return UNIT_RUN(tests);
}
