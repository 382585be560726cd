/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logs of a hive: which are applied, what is said of each, and the states between. */
#include "help/unit.h"

#include "help/dirty.h"
#include "help/pair.h"

#include "help/hives.h"

#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* "Gone" is in the hive file and not any more after the log's only entry. */
static struct dirty_files deletion(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Gone"),
			   pair_changed());
	return dirty_files_of(pair->before, pair->after);
}

static struct snapshot *read_source(const struct snapshot_source *source)
{
	struct snapshot *snapshot = NULL;
	struct failure failure;

	assert_int_equal(snapshotread_source(source, &snapshot, &failure), STATUS_OK);
	return snapshot;
}

/* Exactly one diagnostic of that code, with these words in its sentence. */
static void assert_said(const struct snapshot *snapshot, enum diag_code code,
			const char *words)
{
	size_t n = 0;

	for (size_t i = 0; i < diag_count(snapshot->diags); i++) {
		const struct diag *diag = diag_item(snapshot->diags, i);
		if (diag->code != code)
			continue;
		n++;
		if (!strstr(diag->sentence, words))
			fail_msg("no \"%s\" in: %s", words, diag->sentence);
	}
	assert_int_equal(n, 1);
}

/* Overwrites a file, or its beginning. */
static void replace(const char *path, const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void test_log_is_applied(void **state)
{
	struct dirty_files files = deletion(*state);
	struct snapshot *snapshot = dirty_files_read(&files);

	assert_int_equal(snapshot->n_logs, 1);
	assert_non_null(snapshot->replay);
	/* The hive file itself, and what the entry makes of it. */
	assert_int_equal(snapshot->states.n, 2);
	assert_true(snapshot->states.items[0].first);
	assert_int_equal(snapshot->states.items[0].n_profiles, 2);
	assert_int_equal(snapshot->states.items[1].sequence, DIRTY_FIRST);
	assert_int_equal(snapshot->states.items[1].log, 0);
	assert_int_equal(snapshot->states.items[1].n_profiles, 1);
	assert_int_equal(snapshot->n_profiles, 1);
	assert_int_equal(diag_count_from(snapshot->diags, DIAG_WARNING), 0);
	assert_false(snapshot_is_dirty(snapshot));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

static void test_without_logs(void **state)
{
	struct dirty_files files = deletion(*state);

	files.source.n_logs = 0;
	struct snapshot *snapshot = read_source(&files.source);
	assert_int_equal(snapshot->n_logs, 0);
	assert_null(snapshot->replay);
	assert_int_equal(snapshot->states.n, 0);
	assert_false(snapshot_is_replayed(snapshot));
	assert_true(snapshot_is_dirty(snapshot));
	assert_int_equal(snapshot->n_profiles, 2);
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/* Of a pair of logs the other may hold more. */
static void test_lone_log(void **state)
{
	struct dirty_files files = deletion(*state);

	files.source.lone_log = true;
	struct snapshot *snapshot = dirty_files_read(&files);
	assert_said(snapshot, DIAG_LOG_LONE, "is applied although its counterpart");
	assert_true(snapshot_is_complete(snapshot));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/* The file ends inside the second entry: the first is applied all the same. */
static void test_log_that_is_cut(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	struct builder_log_state first = builder_log_state_take(pair->before);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Gone"),
			   pair_changed());
	struct builder_log_state second = builder_log_state_take(pair->after);
	builder_value_dword(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Outlook"),
			    "more", 1);
	struct builder_log_state third = builder_log_state_take(pair->after);
	const struct builder_log_state *const states[] = { &first, &second, &third };
	struct builder_log whole = builder_log_new(&first, DIRTY_FIRST);
	builder_log_add(&whole, &first, &second, NULL);
	size_t entry = builder_log_add(&whole, &second, &third, NULL);
	struct dirty_files files = dirty_files_make(states, 3);
	assert_int_equal(truncate(files.log, (off_t)entry + 600), 0);

	struct snapshot *snapshot = dirty_files_read(&files);
	assert_said(snapshot, DIAG_LOG_CUT, "ends inside an entry");
	assert_int_equal(snapshot->states.n, 2);
	assert_int_equal(snapshot->n_profiles, 1);
	/* What the log lost is missing; the hive is sound. */
	assert_false(snapshot_is_complete(snapshot));
	assert_false(snapshot_is_damaged(snapshot));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
	builder_log_free(&whole);
	builder_log_state_free(&first);
	builder_log_state_free(&second);
	builder_log_state_free(&third);
}

/* No log, or none that can be read: an error only where the hive needs one. */
static void test_log_that_cannot_be_used(void **state)
{
	struct pair *pair = *state;
	struct dirty_files files = deletion(pair);

	replace(files.log, "no log at all, but a text\n", 26);
	struct snapshot *snapshot = read_source(&files.source);
	assert_false(snapshot_is_replayed(snapshot));
	assert_said(snapshot, DIAG_LOG_REFUSED, "is not applied: ");
	assert_false(snapshot_is_complete(snapshot));
	assert_false(snapshot_is_damaged(snapshot));
	assert_int_equal(snapshot->n_profiles, 2);
	snapshot_free(snapshot);

	unlink(files.log);
	snapshot = read_source(&files.source);
	assert_int_equal(snapshot->n_logs, 0);
	assert_said(snapshot, DIAG_LOG_REFUSED, files.log);
	snapshot_free(snapshot);

	size_t len = 0;
	builder_finish(pair->before);
	const uint8_t *bytes = builder_bytes(pair->before, &len);
	replace(files.hive, bytes, len);
	snapshot = read_source(&files.source);
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_LOG_REFUSED), 0);
	assert_true(snapshot_is_complete(snapshot));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/* A machine's hive has no stores: nothing is kept on the way. */
static void test_machine(void **state)
{
	struct dirty_files files = deletion(*state);

	files.source.machine = true;
	struct snapshot *snapshot = dirty_files_read(&files);
	assert_int_equal(snapshot->states.n, 0);
	assert_int_equal(snapshot->stores.n, 0);
	assert_null(key_at(snapshot->keys->root, PAIR_PROFILES "\\Gone"));
	assert_non_null(key_at(snapshot->keys->root, PAIR_PROFILES "\\Outlook"));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/* ---- another name ---- */

/* Gives the log's base block another name, and a checksum that fits. */
static void rename_hive(const char *path, char first)
{
	FILE *file = fopen(path, "r+b");
	uint8_t base[512];

	assert_non_null(file);
	assert_int_equal(fread(base, 1, sizeof(base), file), sizeof(base));
	base[BASE_NAME] = (uint8_t)first;
	uint32_t sum = baseblock_checksum(span_of(base, sizeof(base)));
	for (int i = 0; i < 4; i++)
		base[BASE_CHECKSUM + i] = (uint8_t)(sum >> 8 * i);
	rewind(file);
	assert_int_equal(fwrite(base, 1, sizeof(base), file), sizeof(base));
	assert_int_equal(fclose(file), 0);
}

/* The name is another one, numbers and pages are this hive's: applied, and told. */
static void test_log_with_another_name(void **state)
{
	struct dirty_files files = deletion(*state);

	rename_hive(files.log, 'Z');
	struct snapshot *snapshot = dirty_files_read(&files);
	assert_said(snapshot, DIAG_LOG_NAME, files.log);
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_LOG_REFUSED), 0);
	assert_true(snapshot_is_complete(snapshot));
	assert_int_equal(snapshot->n_profiles, 1);
	assert_true(replay_applies_other_name(snapshot->replay));
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

/*
 * A log that brings what a hive does not bear: a key without its signature.  Under the
 * hive's own name it is applied all the same; under another one it may be another hive's,
 * and as the hive is less sound with it, it is not.
 */
static struct dirty_files breaking_log(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Gone", 2);
	pair_fork(pair);
	struct builder_log_state first = builder_log_state_take(pair->before);
	size_t key = builder_key_offset(pair->after,
					pair_key(pair->after, PAIR_PROFILES "\\Gone"));
	struct builder_log_state second = builder_log_state_take(pair->after);
	second.bytes[key] = 'x';
	const struct builder_log_state *const states[] = { &first, &second };
	struct dirty_files files = dirty_files_make(states, 2);

	builder_log_state_free(&first);
	builder_log_state_free(&second);
	return files;
}

static void test_less_sound_with_it(void **state)
{
	struct dirty_files files = breaking_log(*state);
	struct snapshot *snapshot = dirty_files_read(&files);

	assert_true(snapshot_is_replayed(snapshot));
	assert_int_equal(snapshot->n_profiles, 1);
	snapshot_free(snapshot);

	rename_hive(files.log, 'Z');
	snapshot = read_source(&files.source);
	assert_false(snapshot_is_replayed(snapshot));
	assert_said(snapshot, DIAG_LOG_REFUSED, "is not applied: ");
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_LOG_NAME), 0);
	assert_int_equal(snapshot->n_profiles, 2);
	snapshot_free(snapshot);
	dirty_files_remove(&files);
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_log_is_applied),
		PAIR_TEST(test_without_logs),
		PAIR_TEST(test_lone_log),
		PAIR_TEST(test_log_that_is_cut),
		PAIR_TEST(test_log_that_cannot_be_used),
		PAIR_TEST(test_machine),
		PAIR_TEST(test_log_with_another_name),
		PAIR_TEST(test_less_sound_with_it),
	};

	return UNIT_RUN(tests);
}
