/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence read by the paths under which it was found. */
#include "help/collections.h"
#include "help/open_files.h"

#include "collection/archivefile.h"
#include "collection/foundopener.h"

#include <stdlib.h>
#include <string.h>

static struct evidence *read_item(const struct foundopener *opener, const char *path)
{
	struct failure failure = { 0 };
	struct evidence *evidence = NULL;

	if (evidence_read_through(&opener->opener, path, NULL, &evidence, &failure) !=
	    STATUS_OK)
		fail_msg("%s", failure.sentence);
	return evidence;
}

static void check(const struct finds *finds)
{
	struct foundopener opener;
	size_t before = open_files();

	assert_int_equal(foundopener_init(&opener, finds), STATUS_OK);
	for (size_t i = 0; i < finds->n; i++) {
		const struct found *item = &finds->items[i];
		assert_ptr_equal(foundopener_find(&opener, item->path), item);
		struct evidence *evidence = read_item(&opener, item->path);
		assert_string_equal(evidence->path, item->path);
		assert_int_equal(evidence->bytes.len, item->size);
		assert_int_equal(evidence->mtime_ft, item->mtime_ft);
		assert_int_equal(evidence->bytes.ptr[item->size - 1], 'A' + i);
		evidence_free(evidence);
	}
	foundopener_clear(&opener);
	foundopener_clear(&opener);
	assert_int_equal(open_files(), before);
}

static void test_folder(void **state)
{
	char *top = collections_new();

	(void)state;
	COLLECTIONS_TEXT(top, "Users/a/NTUSER.DAT", "regf A");
	COLLECTIONS_TEXT(top, "Users/b/NTUSER.DAT", "regf B");
	COLLECTIONS_TEXT(top, "Users/b/x.reg", "REGEDIT4 C");
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 3);
	check(finds);
	finds_free(finds);
	collections_remove(top);
}

/* Members of one name are told apart, and their times are those in the archive. */
static void test_archive(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "c.tar");
	struct packer *packer = packer_new(PACKER_TAR);
	static const char *const names[] = { "Users/a/NTUSER.DAT", "Users/a/NTUSER.DAT",
					     "Users/a/NTUSER.DAT (2)",
					     "Users/a/NTUSER.DAT" };
	char bytes[] = "regf A";

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LEN(names); i++, bytes[5]++)
		packer_add(packer, &(struct packer_member){ .name = names[i],
							    .bytes = bytes,
							    .len = 6,
							    .time = i * 1000000000 });
	collections_write_archive(top, "c.tar", packer, 0);
	struct finds *finds = collections_find(path);
	if (archivefile_library_version()) {
		assert_int_equal(finds->n, 4);
		check(finds);
		for (size_t i = 0; i < 4; i++) {
			assert_string_equal(finds->items[i].place.user, "a");
			/* 100 ns since 1601 */
			assert_int_equal(finds->items[i].mtime_ft,
					 UINT64_C(116444736000000000) +
						 i * UINT64_C(10000000000000000));
		}
		assert_int_equal(collections_said(finds, DIAG_MEMBER_REPEATED), 3);
	}
	finds_free(finds);
	free(path);
	collections_remove(top);
}

static void test_unknown(void **state)
{
	char *top = collections_new();
	struct failure failure = { 0 };
	struct evidence *evidence = NULL;
	struct foundopener opener;

	(void)state;
	COLLECTIONS_TEXT(top, "a", "regf A");
	struct finds *finds = collections_find(top);
	assert_int_equal(foundopener_init(&opener, finds), STATUS_OK);
	assert_int_equal(evidence_read_through(&opener.opener, "/etc/passwd", NULL,
					       &evidence, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "/etc/passwd"));
	assert_null(foundopener_find(&opener, ""));
	assert_null(foundopener_find(&opener, top));
	foundopener_clear(&opener);
	finds_free(finds);
	/* of nothing */
	assert_int_equal(finds_read(NULL, 0, NULL, &finds, NULL), STATUS_OK);
	assert_int_equal(foundopener_init(&opener, finds), STATUS_OK);
	assert_null(foundopener_find(&opener, "a"));
	foundopener_clear(&opener);
	finds_free(finds);
	collections_remove(top);
}

/* An operand that is given twice is found twice, and each of it can be read. */
static void test_twice(void **state)
{
	char *top = collections_new();
	struct foundopener opener;
	struct finds *finds;

	(void)state;
	COLLECTIONS_TEXT(top, "NTUSER.DAT", "regf A");
	const char *operands[] = { top, top };
	assert_int_equal(finds_read(operands, 2, NULL, &finds, NULL), STATUS_OK);
	assert_int_equal(finds->n, 2);
	assert_int_equal(foundopener_init(&opener, finds), STATUS_OK);
	assert_ptr_equal(foundopener_find(&opener, finds->items[1].path),
			 &finds->items[0]);
	foundopener_clear(&opener);
	finds_free(finds);
	collections_remove(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_archive),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_twice),
	};

	return UNIT_RUN(tests);
}
