/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder of a test's own, made before it and removed behind it. */
#ifndef TESTS_HELP_SWEEPFOLDERS_H
#define TESTS_HELP_SWEEPFOLDERS_H

#include "help/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sweep/sweepfolder.h"

static int sweepfolders_set_up(void **state)
{
	char *path = strdup("/tmp/wmsdiff-sweep-XXXXXX");

	assert_non_null(path);
	assert_non_null(mkdtemp(path));
	*state = path;
	return 0;
}

static int sweepfolders_tear_down(void **state)
{
	assert_true(sweepfolder_remove(*state));
	free(*state);
	return 0;
}

/* Writes a file below the folder; folders on the way are made. */
static inline void sweepfolders_put(const char *folder, const char *name,
				    const char *bytes)
{
	char path[512];

	assert_true(snprintf(path, sizeof(path), "%s/%s", folder, name) <
		    (int)sizeof(path));
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		(void)mkdir(path, 0777);
		*slash = '/';
	}
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static inline bool sweepfolders_has(const char *folder, const char *name)
{
	char path[512];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return lstat(path, &st) == 0;
}

#define SWEEPFOLDERS_TEST(test)                                                          \
	cmocka_unit_test_setup_teardown(test, sweepfolders_set_up, sweepfolders_tear_down)

#endif
