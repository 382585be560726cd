/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder of a sweep: made, results moved into it, removed. */
#include "help/sweepfolders.h"

#include "sweep/sweepfolder.h"

#include <errno.h>

static void test_makes(void **state)
{
	struct failure failure = { "" };

	assert_int_equal(sweepfolder_make(*state, &failure), STATUS_OK);
	assert_true(sweepfolders_has(*state, "units"));
	assert_true(sweepfolders_has(*state, "outcomes"));
	assert_int_equal(sweepfolder_make(*state, &failure), STATUS_OK);
	sweepfolders_put(*state, "file", "x");
	char *path = sweepfolder_path(*state, "%s", "file");
	assert_int_equal(sweepfolder_make(path, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, "Not a directory"));
	free(path);
	path = sweepfolder_path(*state, "%s/%d", "a", 7);
	assert_non_null(strstr(path, "/a/7"));
	assert_int_equal(sweepfolder_make(path, &failure), STATUS_IO);
	free(path);
}

/* What leads elsewhere is left there. */
static void test_removes(void **state)
{
	char *inside = sweepfolder_path(*state, "tree");
	char *link_path = sweepfolder_path(*state, "tree/a/link");
	char *outside = sweepfolder_path(*state, "kept");

	sweepfolders_put(*state, "tree/a/b/file", "x");
	sweepfolders_put(*state, "kept/file", "x");
	assert_int_equal(symlink(outside, link_path), 0);
	assert_true(sweepfolder_remove(inside));
	assert_false(sweepfolders_has(*state, "tree"));
	assert_true(sweepfolders_has(*state, "kept/file"));
	assert_true(sweepfolder_remove(inside));
	free(inside);
	free(link_path);
	free(outside);
}

static void test_takes(void **state)
{
	struct failure failure = { "" };
	char *from = sweepfolder_path(*state, "from"),
	     *to = sweepfolder_path(*state, "to");

	sweepfolders_put(from, "units/u/report.xml", "new");
	sweepfolders_put(from, "outcomes/u.tsv", "new");
	assert_int_equal(sweepfolder_make(to, &failure), STATUS_OK);
	sweepfolders_put(to, "units/u/old/report.xml", "old");
	sweepfolders_put(to, "errors/u.txt", "old");
	sweepfolders_put(to, "units/other/report.xml", "x");
	assert_int_equal(sweepfolder_take(to, from, "u", &failure), STATUS_OK);
	assert_true(sweepfolders_has(to, "units/u/report.xml"));
	assert_true(sweepfolders_has(to, "outcomes/u.tsv"));
	assert_true(sweepfolders_has(to, "units/other/report.xml"));
	assert_false(sweepfolders_has(to, "units/u/old"));
	assert_false(sweepfolders_has(to, "errors/u.txt"));
	assert_int_equal(sweepfolder_forget(to, "u", &failure), STATUS_OK);
	assert_false(sweepfolders_has(to, "units/u"));
	assert_false(sweepfolders_has(to, "outcomes/u.tsv"));
	free(from);
	free(to);
}

static void test_writes(void **state)
{
	struct failure failure = { "" };
	char *path = sweepfolder_path(*state, "new"),
	     *bad = sweepfolder_path(*state, "a/b");

	assert_int_equal(sweepfolder_write(path, "abc", 3, &failure), STATUS_OK);
	assert_int_equal(sweepfolder_write(path, "d", 1, &failure), STATUS_OK);
	FILE *file = fopen(path, "r");
	assert_int_equal(fgetc(file), 'd');
	assert_int_equal(fgetc(file), EOF);
	(void)fclose(file);
	assert_int_equal(sweepfolder_write(bad, "x", 1, &failure), STATUS_IO);
	free(path);
	free(bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEPFOLDERS_TEST(test_makes),
		SWEEPFOLDERS_TEST(test_removes),
		SWEEPFOLDERS_TEST(test_takes),
		SWEEPFOLDERS_TEST(test_writes),
	};
	return UNIT_RUN(tests);
}
