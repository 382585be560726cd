/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files are kept by device and inode, as what they were added first. */
#include "help/unit.h"

#include "report/kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct filemark mark_of(unsigned device, unsigned inode)
{
	return (struct filemark){ .device = device, .inode = inode };
}

static void test_marks(void **state)
{
	struct kept *kept = NULL;

	(void)state;
	assert_int_equal(kept_what(NULL, mark_of(1, 2)), KEPT_NOT);
	assert_int_equal(kept_new(&kept), STATUS_OK);
	assert_int_equal(kept_what(kept, mark_of(0, 0)), KEPT_NOT);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(kept_add(kept, mark_of(1, i),
					  i % 2 ? KEPT_OUTPUT : KEPT_EVIDENCE),
				 STATUS_OK);
	/* Evidence does not become an output by being named as one. */
	assert_int_equal(kept_add(kept, mark_of(1, 0), KEPT_OUTPUT), STATUS_OK);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(kept_what(kept, mark_of(1, i)),
				 i % 2 ? KEPT_OUTPUT : KEPT_EVIDENCE);
	assert_int_equal(kept_what(kept, mark_of(2, 1)), KEPT_NOT);
	assert_int_equal(kept_what(kept, mark_of(1, 1000)), KEPT_NOT);
	kept_free(kept);
	kept_free(NULL);
}

/* Another name of the file is the same file; what is not there is nothing. */
static void test_path(void **state)
{
	char path[] = "/tmp/wmsdiff-kept-XXXXXX", link_path[64];
	struct kept *kept = NULL;
	struct stat st;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(snprintf(link_path, sizeof(link_path), "%s.link", path) > 0);
	assert_int_equal(symlink(path, link_path), 0);
	assert_int_equal(kept_new(&kept), STATUS_OK);
	assert_int_equal(kept_add_path(kept, "/nowhere/at/all"), STATUS_OK);
	assert_int_equal(kept_what(kept, filemark_of(&st)), KEPT_NOT);
	assert_int_equal(kept_add_path(kept, link_path), STATUS_OK);
	assert_int_equal(kept_what(kept, filemark_of(&st)), KEPT_EVIDENCE);
	kept_free(kept);
	assert_int_equal(unlink(link_path), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(close(fd), 0);
}

/* By their names, in any case; an output that is only called after the hive is none. */
static void test_beside(void **state)
{
	static const struct {
		const char *name;
		enum kept_as as;
	} files[] = {
		{ "NTUSER.DAT.LOG", KEPT_EVIDENCE },
		{ "ntuser.dat.LOG2", KEPT_EVIDENCE },
		{ "NTUSER.DAT{1-2}.TM.blf", KEPT_EVIDENCE },
		{ "NTUSER.DAT{1-2}.TMContainer1.regtrans-ms", KEPT_EVIDENCE },
		{ "NTUSER.DAT.xml", KEPT_NOT },
		{ "NTUSER.DAT.LOG.html", KEPT_NOT },
		{ "other.LOG", KEPT_NOT },
	};
	char folder[] = "/tmp/wmsdiff-kept-XXXXXX", path[128];
	struct kept *kept = NULL;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, files[i].name);
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		assert_int_equal(fclose(file), 0);
	}
	assert_int_equal(kept_new(&kept), STATUS_OK);
	assert_int_equal(kept_add_beside(kept, "/nowhere/at/all"), STATUS_OK);
	(void)snprintf(path, sizeof(path), "%s/NTUSER.DAT", folder);
	assert_int_equal(kept_add_beside(kept, path), STATUS_OK);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, files[i].name);
		assert_int_equal(stat(path, &st), 0);
		if (kept_what(kept, filemark_of(&st)) != files[i].as)
			fail_msg("%s", files[i].name);
		assert_int_equal(unlink(path), 0);
	}
	assert_int_equal(rmdir(folder), 0);
	kept_free(kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_beside),
	};
	return UNIT_RUN(tests);
}
