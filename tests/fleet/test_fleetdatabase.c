/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The database as a file: whole or not there.  What stands in it, tests/fleet/index.sh and
 * questions.sh ask by the program of SQLite.
 */
#include "help/collections.h"

#include "fleet/fleetdatabase.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static bool is_database(const char *folder)
{
	char *path = collections_path(folder, "index.sqlite"), begin[16] = "";
	FILE *file = fopen(path, "r");
	bool is = file && fread(begin, 1, 16, file) == 16 &&
		  memcmp(begin, "SQLite format 3", 16) == 0;

	if (file)
		(void)fclose(file);
	free(path);
	return is;
}

static const struct fleetdata_machine machine = { .name = "pc\xFF'); DROP TABLE x;--" };

static void test_commit(void **state)
{
	char *folder = collections_new();
	struct fleetdatabase *database = NULL;
	struct failure failure = { "" };

	(void)state;
	if (!fleetdatabase_library_version()) {
		assert_int_equal(fleetdatabase_open(folder, NULL, &database, &failure),
				 STATUS_UNSUPPORTED);
		collections_remove(folder);
		return;
	}
	assert_int_equal(fleetdatabase_open(folder, NULL, &database, &failure),
			 STATUS_OK);
	fleetdatabase_put_machine(database, 1, &machine);
	assert_false(is_database(folder));
	assert_int_equal(fleetdatabase_commit(database, &failure), STATUS_OK);
	assert_true(is_database(folder));
	assert_int_equal(files_in(folder), 1);
	collections_remove(folder);
}

static void test_abort(void **state)
{
	char *folder = collections_new();
	struct fleetdatabase *database = NULL;
	struct failure failure = { "" };

	(void)state;
	fleetdatabase_abort(NULL);
	if (!fleetdatabase_library_version())
		return collections_remove(folder);
	assert_int_equal(fleetdatabase_open(folder, NULL, &database, &failure),
			 STATUS_OK);
	fleetdatabase_put_machine(database, 1, &machine);
	fleetdatabase_abort(database);
	assert_int_equal(files_in(folder), 0);
	collections_remove(folder);
}

/* A row that cannot be put spoils all of it, and what was there before stays. */
static void test_failure(void **state)
{
	char *folder = collections_new();
	struct fleetdatabase *database = NULL;
	struct failure failure = { "" };

	(void)state;
	if (!fleetdatabase_library_version())
		return collections_remove(folder);
	COLLECTIONS_TEXT(folder, "index.sqlite", "before");
	assert_int_equal(fleetdatabase_open(folder, NULL, &database, &failure),
			 STATUS_OK);
	fleetdatabase_put_machine(database, 1, &machine);
	fleetdatabase_put_machine(database, 1, &machine);
	fleetdatabase_put_machine(database, 2, &machine);
	assert_int_equal(fleetdatabase_commit(database, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, "/index.sqlite: UNIQUE constraint"));
	assert_false(is_database(folder));
	assert_int_equal(files_in(folder), 1);
	collections_remove(folder);
}

static void test_no_folder(void **state)
{
	struct fleetdatabase *database = NULL;
	struct failure failure = { "" };

	(void)state;
	if (!fleetdatabase_library_version())
		return;
	assert_int_equal(fleetdatabase_open("/nowhere/at/all", NULL, &database, &failure),
			 STATUS_IO);
	assert_string_equal(failure.sentence,
			    "/nowhere/at/all/index.sqlite: No such file "
			    "or directory");
	assert_null(database);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commit),
		cmocka_unit_test(test_abort),
		cmocka_unit_test(test_failure),
		cmocka_unit_test(test_no_folder),
	};
	return UNIT_RUN(tests);
}
