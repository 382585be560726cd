/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was added comes out sorted, inputs once; what was removed again is gone. */
#include "help/unit.h"

#include "report/filelist.h"

#include <stdio.h>
#include <string.h>

static struct filemark mark_of(unsigned inode)
{
	return (struct filemark){ .device = 1, .inode = inode };
}

static void add(struct filelist *list, enum filelist_kind kind, const char *path,
		uint8_t sum, unsigned inode)
{
	struct digest digest = { { sum } };

	assert_int_equal(filelist_add(list, kind, path, &digest, mark_of(inode)),
			 STATUS_OK);
}

static void test_order(void **state)
{
	struct filelist *list = NULL;
	size_t n = 9;

	(void)state;
	assert_int_equal(filelist_new(&list), STATUS_OK);
	(void)filelist_sorted(list, &n);
	assert_int_equal(n, 0);
	add(list, FILELIST_INPUT, "b", 1, 0);
	add(list, FILELIST_OUTPUT, "/z", 2, 10);
	add(list, FILELIST_STREAM, NULL, 3, 0);
	add(list, FILELIST_INPUT, "a", 4, 0);
	add(list, FILELIST_OUTPUT, "/y", 5, 11);
	/* Read for two subjects; but with other bytes it is told twice. */
	add(list, FILELIST_INPUT, "b", 1, 0);
	add(list, FILELIST_INPUT, "b", 0, 0);
	const struct filelist_item *items = filelist_sorted(list, &n);
	static const struct {
		const char *path;
		uint8_t sum;
	} expected[] = { { "/y", 5 }, { "/z", 2 }, { NULL, 3 },
			 { "a", 4 },  { "b", 0 },  { "b", 1 } };
	assert_int_equal(n, ARRAY_LEN(expected));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(items[i].sha256.bytes[0], expected[i].sum);
		if (expected[i].path)
			assert_string_equal(items[i].path, expected[i].path);
		else
			assert_null(items[i].path);
	}
	filelist_free(list);
	filelist_free(NULL);
}

static void test_drop(void **state)
{
	struct filelist *list = NULL;
	size_t n;

	(void)state;
	assert_int_equal(filelist_new(&list), STATUS_OK);
	add(list, FILELIST_OUTPUT, "/a", 1, 10);
	add(list, FILELIST_OUTPUT, "/b", 2, 11);
	add(list, FILELIST_INPUT, "i", 3, 12);
	filelist_drop(list, mark_of(10));
	/* Inputs are never removed, and what was not put out is none. */
	filelist_drop(list, mark_of(12));
	filelist_drop(list, mark_of(13));
	const struct filelist_item *items = filelist_sorted(list, &n);
	assert_int_equal(n, 2);
	assert_string_equal(items[0].path, "/b");
	assert_string_equal(items[1].path, "i");
	filelist_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_drop),
	};

	return UNIT_RUN(tests);
}
