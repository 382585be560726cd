/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files by the paths that the report shows: of the collection, else of the system. */
#include "help/unit.h"

#include "collection/foundopener.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/test_foundopener.XXXXXX";

static char *put(const char *name, const char *text)
{
	char *path = NULL;

	assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

static void test_paths(void **state)
{
	struct finds *finds = NULL;
	struct foundopener opener;
	struct failure failure;
	char bytes[16] = "";
	char *sub = NULL;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_true(asprintf(&sub, "%s/in", folder) > 0);
	assert_int_equal(mkdir(sub, 0700), 0);
	/* event logs begin so; a listing need not be one here */
	char *inside = put("in/a.evt", "\x30\x00\x00\x00LfLe");
	char *outside = put("out.txt", "outside");
	char *reg = put("in/x.reg", "REGEDIT4\r\n\r\n");
	assert_int_equal(finds_read((const char *const[]){ sub }, 1, &finds, &failure),
			 STATUS_OK);
	assert_int_equal(foundopener_init(&opener, finds), STATUS_OK);
	int fd = opener.opener.open(&opener.opener, reg, &failure);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, 8), 8);
	assert_memory_equal(bytes, "REGEDIT4", 8);
	close(fd);
	fd = opener.opener.open(&opener.opener, outside, &failure);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, 7), 7);
	assert_memory_equal(bytes, "outside", 7);
	close(fd);
	assert_int_equal(opener.opener.open(&opener.opener, "/nowhere/at/all", &failure),
			 -1);
	assert_string_equal(failure.sentence,
			    "/nowhere/at/all: No such file or directory");
	/* another file stands there than was found: it is not taken for that one */
	assert_int_equal(remove(reg), 0);
	free(put("in/x.reg", "REGEDIT4\r\n\r\n[HKEY_CURRENT_USER]\r\n"));
	assert_int_equal(opener.opener.open(&opener.opener, reg, &failure), -1);
	foundopener_clear(&opener);
	finds_free(finds);
	(void)remove(inside);
	(void)remove(reg);
	(void)remove(outside);
	(void)remove(sub);
	(void)remove(folder);
	free(inside);
	free(outside);
	free(reg);
	free(sub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
	};

	return UNIT_RUN(tests);
}
