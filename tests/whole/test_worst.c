/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that are as bad as their size allows, of each kind and of growing sizes: four times
 * the bytes are at most some four times the steps, so no work grows with their square.
 */
#include "help/unit.h"

#include "help/collections.h"
#include "help/exports.h"
#include "help/hives.h"
#include "help/sanitized.h"
#include "help/steps.h"

#include "recovery/recover.h"
#include "report/page/pagedoc.h"
#include "snapshot/snapshotread.h"

#include "samples/worst.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Four times the bytes: so many tenths of the steps.  Sorting takes a little more than 40. */
enum { TIMES = 4, MOST_TENTHS = 46 };

/* Steps, and the bytes that they were taken for. */
struct work {
	uint64_t steps;
	double bytes;
	double n; /* of what the kind is about */
};

/* In megabytes; sanitizers take several times as long, and find as much in the smaller. */
#ifdef SANITIZED
static const size_t sizes[] = { 1, 4 };
#else
static const size_t sizes[] = { 1, 4, 16 };
#endif

/* ---- what is done with each ---- */

/* A hive is read with its log, by both readers, and searched for deleted profiles. */
static void read_hive(const struct worst *worst)
{
	char *path = hives_temporary(worst->bytes, worst->len);
	char *log = worst->log ? hives_temporary(worst->log, worst->log_len) : NULL;
	struct snapshot_source source = { .path = path,
					  .logs = { log },
					  .n_logs = log ? 1 : 0 };
	struct snapshot *snapshot = NULL;
	struct recovery *recovery = NULL;
	struct failure failure;

	assert_int_equal(snapshotread_source(&source, &snapshot, &failure), STATUS_OK);
	assert_int_equal(recover_profiles(snapshot, NULL, 0, 1, &recovery, &failure),
			 STATUS_OK);
	assert_int_equal(snapshot_is_replayed(snapshot), log != NULL);
	recovery_free(recovery);
	snapshot_free(snapshot);
	unlink(path);
	if (log)
		unlink(log);
	free(path);
	free(log);
}

static void read_page(const struct worst *worst)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;

	assert_int_equal(pagedoc_new(&doc), STATUS_OK);
	pagedoc_take(doc, span_of(worst->bytes, worst->len));
	assert_int_equal(pagedoc_finish(doc, &failure), STATUS_MALFORMED);
	pagedoc_free(doc);
}

static void read_archive(const struct worst *worst)
{
	char *folder = collections_new(), *path = collections_path(folder, "a.zip");

	collections_write(folder, "a.zip", worst->bytes, worst->len);
	finds_free(collections_find(path));
	free(path);
	collections_remove(folder);
}

static void read_lines(const struct worst *worst)
{
	struct export export = exports_bytes(worst->bytes, worst->len);

	assert_int_equal(export.status, STATUS_OK);
	exports_close(&export);
}

/* ---- the steps ---- */

static struct work count_steps(enum worst_kind kind, size_t megabytes,
			       void (*work)(const struct worst *))
{
	struct worst worst = worst_make(kind, megabytes << 20);
	/* The recipe makes what it says. */
	assert_true(worst.len + worst.log_len > (megabytes << 20) * 5 / 10);
	assert_true(worst.len + worst.log_len < (megabytes << 20) * 18 / 10);
	uint64_t began = steps_now();
	work(&worst);
	struct work done = { steps_now() - began, (double)(worst.len + worst.log_len),
			     (double)worst.n };
	print_message("# %s, %zu MB, %zu of them: %llu steps for %.0f bytes\n",
		      worst_word(kind), megabytes, worst.n,
		      (unsigned long long)done.steps, done.bytes);
	worst_free(&worst);
	return done;
}

static void check(enum worst_kind kind, void (*work)(const struct worst *))
{
	struct work before = count_steps(kind, sizes[0], work);

	assert_true(before.steps > 0);
	for (size_t i = 1; i < ARRAY_LEN(sizes); i++) {
		assert_int_equal(sizes[i], TIMES * sizes[i - 1]);
		struct work now = count_steps(kind, sizes[i], work);
		/* A recipe meets its size only about: of what is in it, some is always there. */
		double growth = now.bytes / before.bytes;
		if (now.n / before.n > growth)
			growth = now.n / before.n;
		double times = growth * MOST_TENTHS / 10 / TIMES;
		if ((double)now.steps > times * (double)before.steps)
			fail_msg(
				"%s: of %zu MB, for each byte, more than %d/%d times the "
				"steps of %zu MB",
				worst_word(kind), sizes[i], MOST_TENTHS, 10 * TIMES,
				sizes[i - 1]);
		before = now;
	}
}

#define TEST(name, kind, work)                                                           \
	static void test_##name(void **state)                                            \
	{                                                                                \
		(void)state;                                                             \
		check(kind, work);                                                       \
	}

TEST(keys, WORST_KEYS, read_hive)
TEST(values, WORST_VALUES, read_hive)
TEST(shared_keys, WORST_SHARED_KEYS, read_hive)
TEST(shared_values, WORST_SHARED_VALUES, read_hive)
TEST(deleted, WORST_DELETED, read_hive)
TEST(entries, WORST_ENTRIES, read_hive)
TEST(touching, WORST_TOUCHING, read_hive)
TEST(attributes, WORST_ATTRIBUTES, read_page)
TEST(members, WORST_MEMBERS, read_archive)
TEST(lines, WORST_LINES, read_lines)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),	    cmocka_unit_test(test_values),
		cmocka_unit_test(test_shared_keys), cmocka_unit_test(test_shared_values),
		cmocka_unit_test(test_deleted),	    cmocka_unit_test(test_entries),
		cmocka_unit_test(test_touching),    cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_members),	    cmocka_unit_test(test_lines),
	};

	return UNIT_RUN(tests);
}
