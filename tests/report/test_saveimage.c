/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replayed hives as new files: what is in them, and where they must not go. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/logs.h"
#include "help/pair.h"

#include "base/path.h"
#include "regf/evidence.h"
#include "report/saveimage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder for the images, and where the one of the replayed hive goes. */
struct folder {
	char path[48], image[160];
};

static struct folder folder_for(const struct dirtyseries *dirty)
{
	struct folder folder;

	strcpy(folder.path, "/tmp/wmsdiff-images-XXXXXX");
	assert_non_null(mkdtemp(folder.path));
	(void)snprintf(folder.image, sizeof(folder.image), "%s/s2-%s", folder.path,
		       path_name(dirty->hive));
	return folder;
}

/* The bins are those of the state that the log leads to. */
static void test_image(void **state)
{
	AUTO(evidence_freep) struct evidence *image = NULL;
	struct failure failure = { "" };
	struct dirtyseries dirty;

	(void)state;
	dirtyseries_read(&dirty);
	struct folder folder = folder_for(&dirty);
	assert_int_equal(
		saveimage_write(dirty.series, folder.path, NULL, 0, NULL, &failure),
		STATUS_OK);
	assert_int_equal(evidence_read(folder.image, &image, &failure), STATUS_OK);
	logs_assert_image(image->bytes, &logs_story.states[DIRTYSERIES_ENTRIES],
			  LOGS_FIRST + DIRTYSERIES_ENTRIES - 1);
	assert_int_equal(unlink(folder.image), 0);
	/* Nothing else is there. */
	assert_int_equal(rmdir(folder.path), 0);
	dirtyseries_clear(&dirty);
}

static void test_never_over_a_file(void **state)
{
	struct failure failure = { "" };
	struct dirtyseries dirty;
	char kept[8] = "";

	(void)state;
	dirtyseries_read(&dirty);
	struct folder folder = folder_for(&dirty);
	FILE *file = fopen(folder.image, "w");
	assert_non_null(file);
	assert_true(fputs("mine", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(
		saveimage_write(dirty.series, folder.path, NULL, 0, NULL, &failure),
		STATUS_IO);
	assert_non_null(strstr(failure.sentence, folder.image));
	file = fopen(folder.image, "r");
	assert_non_null(file);
	assert_non_null(fgets(kept, sizeof(kept), file));
	assert_int_equal(fclose(file), 0);
	assert_string_equal(kept, "mine");
	assert_int_equal(unlink(folder.image), 0);
	assert_int_equal(rmdir(folder.path), 0);
	dirtyseries_clear(&dirty);
}

static void test_never_beside_evidence(void **state)
{
	struct failure failure = { "" };
	struct dirtyseries dirty;
	char evidence[96];

	(void)state;
	dirtyseries_read(&dirty);
	struct folder folder = folder_for(&dirty);
	(void)snprintf(evidence, sizeof(evidence), "%s/hive", folder.path);
	FILE *file = fopen(evidence, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	const char *const all[] = { evidence };
	assert_int_equal(
		saveimage_write(dirty.series, folder.path, all, 1, NULL, &failure),
		STATUS_IO);
	assert_true(failure.sentence[0] != '\0');
	assert_int_not_equal(access(folder.image, F_OK), 0);
	assert_int_equal(unlink(evidence), 0);
	assert_int_equal(rmdir(folder.path), 0);
	/* A folder that is not there is not made. */
	assert_int_equal(
		saveimage_write(dirty.series, folder.path, NULL, 0, NULL, &failure),
		STATUS_IO);
	assert_int_not_equal(access(folder.path, F_OK), 0);
	dirtyseries_clear(&dirty);
}

/* Of hives without logs there is nothing to save. */
static void test_nothing_replayed(void **state)
{
	struct failure failure = { "" };
	struct pair *pair = NULL;
	char path[] = "/tmp/wmsdiff-images-XXXXXX";

	(void)state;
	assert_int_equal(pair_set_up((void **)&pair), 0);
	pair_fork(pair);
	pair_compare(pair);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots, .n_snapshots = 2 };
	assert_non_null(mkdtemp(path));
	assert_int_equal(saveimage_write(&series, path, NULL, 0, NULL, &failure),
			 STATUS_OK);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(pair_tear_down((void **)&pair), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_image),
		cmocka_unit_test(test_never_over_a_file),
		cmocka_unit_test(test_never_beside_evidence),
		cmocka_unit_test(test_nothing_replayed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
