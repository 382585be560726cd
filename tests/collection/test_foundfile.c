/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One open file: what is done with it by its kind, as an operand and in a folder. */
#include "help/collections.h"

#include "collection/foundfile.h"
#include "samples/pe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Finds of an operand that is not there, into which the file is read. */
static struct finds *read_file(const void *bytes, size_t len, bool inside)
{
	char *top = collections_new(), *path = collections_path(top, "f");
	struct finds *finds = collections_find("/nowhere/at/all");
	struct failure failure = { 0 };
	struct foundlist list = { finds, 0, &failure };
	struct stat st;

	diag_list_free(finds->diags);
	finds->diags = diag_list_new();
	finds->operands[0].whole = true;
	collections_write(top, "f", bytes, len);
	int fd = open(path, O_RDONLY);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(foundfile_read(&list, fd, &st, path, inside), STATUS_OK);
	(void)close(fd);
	free(path);
	collections_remove(top);
	return finds;
}

static void check_kept(const void *bytes, size_t len, enum filekind kind)
{
	for (int inside = 0; inside < 2; inside++) {
		struct finds *finds = read_file(bytes, len, inside);
		assert_int_equal(finds->n, 1);
		assert_int_equal(finds->items[0].kind, kind);
		assert_int_equal(finds->items[0].size, len);
		assert_true(finds->items[0].mtime_ft > 0);
		assert_int_equal(diag_count(finds->diags), 0);
		assert_int_equal(finds->operands[0].n_left, 0);
		finds_free(finds);
	}
}

static void test_evidence(void **state)
{
	struct pe_string strings[] = { { "OriginalFilename", "MAPI32.DLL" } };
	struct pe_recipe recipe = {
		.has_version = true, .strings = strings, .n_strings = 1, .size = 50000
	};
	struct pe_image image = pe_image_build(&recipe);

	(void)state;
	check_kept("regf", 4, FILEKIND_HIVE);
	check_kept("REGEDIT4\r\n", 10, FILEKIND_REG);
	check_kept("MAPI32.DLL - 1704 mad.exe\r\n", 27, FILEKIND_LISTING);
	check_kept(image.bytes, image.len, FILEKIND_MAPI32);
	pe_image_free(&image);
}

/* What is told of what cannot be used: as an operand an error, in a folder at most that. */
static void check_left(const char *bytes, enum filekind kind, bool told_inside)
{
	for (int inside = 0; inside < 2; inside++) {
		struct finds *finds = read_file(bytes, strlen(bytes), inside);
		assert_int_equal(finds->n, 0);
		assert_int_equal(finds->operands[0].seen[kind], 1);
		assert_int_equal(finds->operands[0].n_left, 1);
		assert_int_equal(collections_said(finds, DIAG_OPERAND_UNUSABLE), !inside);
		assert_int_equal(collections_said(finds, DIAG_LEFT_OUT),
				 inside && told_inside);
		assert_int_equal(finds->operands[0].whole, inside);
		finds_free(finds);
	}
}

static void test_left(void **state)
{
	(void)state;
	check_left("vhdxfile", FILEKIND_DISK_VHDX, true);
	check_left("CREG", FILEKIND_HIVE_95, true);
	/* of these a drive is full */
	check_left("!BDN", FILEKIND_MAIL_STORE, false);
	check_left("Rar!\x1a\x07", FILEKIND_ARCHIVE_OTHER, false);
	check_left("MZ", FILEKIND_PROGRAM, false);
	check_left("hello", FILEKIND_OTHER, false);
	check_left("", FILEKIND_EMPTY, false);
}

/* A descriptor that cannot be read: the file is lost, not left. */
static void test_unreadable(void **state)
{
	char *top = collections_new(), *path = collections_path(top, "NTUSER.DAT");

	(void)state;
	collections_write_hive(top, "NTUSER.DAT");
	for (int inside = 0; inside < 2; inside++) {
		struct finds *finds = collections_find("/nowhere/at/all");
		struct foundlist list = { finds, 0, NULL };
		int fd = open(path, O_WRONLY);
		struct stat st;
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(foundfile_read(&list, fd, &st, path, inside), STATUS_OK);
		(void)close(fd);
		assert_int_equal(finds->n, 1);
		assert_int_equal(finds->items[0].kind, FILEKIND_UNREAD);
		assert_non_null(finds->items[0].unread);
		assert_int_equal(collections_said(finds, DIAG_FILE_UNREADABLE), inside);
		finds_free(finds);
	}
	free(path);
	collections_remove(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_unreadable),
	};

	return UNIT_RUN(tests);
}
