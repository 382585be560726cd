/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders with what can be in them: links, pipes, loops, odd names, what cannot be read. */
#include "help/collections.h"
#include "help/open_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_links_and_pipes(void **state)
{
	char *top = collections_new(), *path;

	(void)state;
	collections_write_hive(top, "Users/a/NTUSER.DAT");
	path = collections_path(top, "Users/a/Application Data");
	assert_int_equal(symlink("..", path), 0);
	free(path);
	path = collections_path(top, "Documents and Settings");
	assert_int_equal(symlink("Users", path), 0);
	free(path);
	path = collections_path(top, "NTUSER.DAT");
	assert_int_equal(symlink("Users/a/NTUSER.DAT", path), 0);
	free(path);
	path = collections_path(top, "pipe");
	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
	struct finds *finds = collections_find(top);
	/* what is called as a hive is listed as what could not be read */
	assert_int_equal(finds->n, 2);
	assert_string_equal(finds->items[0].inside, "NTUSER.DAT");
	assert_int_equal(finds->items[0].kind, FILEKIND_UNREAD);
	assert_int_equal(finds->items[1].kind, FILEKIND_HIVE);
	assert_int_equal(finds->operands[0].seen[FILEKIND_LINK], 3);
	assert_int_equal(finds->operands[0].seen[FILEKIND_SPECIAL], 1);
	assert_int_equal(diag_count(finds->diags), 2);
	assert_true(collections_says(
		finds,
		"links not followed: 3; devices, sockets and pipes not opened: 1"));
	finds_free(finds);
	/* but an operand that is a link is what it leads to */
	path = collections_path(top, "Documents and Settings");
	finds = collections_find(path);
	assert_int_equal(finds->n, 1);
	assert_int_equal(finds->items[0].place.layout, PLACE_LIVE);
	finds_free(finds);
	free(path);
	collections_remove(top);
}

static void test_odd_names(void **state)
{
	static const char *const names[] = { "line\nbreak", "\x1b]0;x\x07", "\xff\xfe",
					     " ", "-rf" };
	char *top = collections_new(), path[400], name[256];
	size_t len;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	collections_write_hive(top, name);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "Users/%s/NTUSER.DAT", names[i]);
		collections_write_hive(top, path);
	}
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 6);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "Users/%s/NTUSER.DAT", names[i]);
		collections_check(collections_item(finds, path), hive, len);
	}
	collections_check(collections_item(finds, name), hive, len);
	finds_free(finds);
	free(hive);
	collections_remove(top);
}

/* Fifty folders deep, with names as long as can be: longer than a path may be. */
static void test_deep(void **state)
{
	char *top = collections_new(), name[256];
	int fd = open(top, O_RDONLY | O_DIRECTORY);
	size_t len, before;
	uint8_t *hive = collections_hive(&len);

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	for (int i = 0; i < 50; i++) {
		assert_int_equal(mkdirat(fd, name, 0700), 0);
		int below = openat(fd, name, O_RDONLY | O_DIRECTORY);
		(void)close(fd);
		fd = below;
	}
	int file = openat(fd, "NTUSER.DAT", O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(file, hive, len), len);
	(void)close(file);
	(void)close(fd);
	before = open_files();
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 1);
	assert_int_equal(strlen(finds->items[0].inside), 50 * 256 + 10);
	collections_check(&finds->items[0], hive, len);
	finds_free(finds);
	assert_int_equal(open_files(), before);
	free(hive);
	collections_remove(top);
}

/* What cannot be read is told, the rest is done, and the place is not whole. */
static void test_unreadable(void **state)
{
	uid_t user = geteuid();
	char *top, *path;

	(void)state;
	/* root reads all; 65534 is nobody */
	if (user == 0 && seteuid(65534) != 0)
		UNIT_SKIP("this user may not do that");
	top = collections_new();
	collections_write_hive(top, "Users/a/NTUSER.DAT");
	collections_write_hive(top, "Users/b/NTUSER.DAT");
	collections_write_hive(top, "Users/c/NTUSER.DAT");
	path = collections_path(top, "Users/a/NTUSER.DAT");
	assert_int_equal(chmod(path, 0), 0);
	free(path);
	path = collections_path(top, "Users/b");
	assert_int_equal(chmod(path, 0), 0);
	struct finds *finds = collections_find(top);
	assert_int_equal(collections_said(finds, DIAG_FILE_UNREADABLE), 1);
	assert_int_equal(collections_said(finds, DIAG_FOLDER_UNREADABLE), 1);
	assert_int_equal(finds->n, 2);
	assert_int_equal(finds->items[0].kind, FILEKIND_UNREAD);
	assert_string_equal(finds->items[0].place.user, "a");
	assert_string_equal(finds->items[1].place.user, "c");
	assert_false(finds->operands[0].whole);
	size_t n_whole = 0;
	for (size_t i = 0; i < finds->n_folders; i++)
		n_whole += finds->folders[i].whole;
	/* Users itself and c */
	assert_int_equal(n_whole, 2);
	finds_free(finds);
	assert_int_equal(chmod(path, 0700), 0);
	free(path);
	collections_remove(top);
	assert_int_equal(seteuid(user), 0);
}

/* A folder mounted below itself: only where this process may mount. */
static void test_loop_of_mounts(void **state)
{
	char *top = collections_new(), *inner;

	(void)state;
	collections_write_hive(top, "Users/a/NTUSER.DAT");
	inner = collections_path(top, "Users/loop");
	assert_int_equal(mkdir(inner, 0700), 0);
	if (!collections_mount(top, inner)) {
		free(inner);
		collections_remove(top);
		UNIT_SKIP("this user may not do that");
	}
	struct finds *finds = collections_find(top);
	assert_int_equal(finds->n, 1);
	assert_int_equal(collections_said(finds, DIAG_FOLDER_LOOP), 1);
	/* nothing of it is unknown */
	assert_true(finds->operands[0].whole);
	finds_free(finds);
	assert_int_equal(umount(inner), 0);
	free(inner);
	collections_remove(top);
}

/* The order does not depend on that in which files were made. */
static void test_order(void **state)
{
	static const char *const paths[] = { "A/NTUSER.DAT", "NTUSER.DAT", "a/NTUSER.DAT",
					     "a/b/NTUSER.DAT", "b/NTUSER.DAT" };

	(void)state;
	for (size_t round = 0; round < ARRAY_LEN(paths); round++) {
		char *top = collections_new();
		for (size_t i = 0; i < ARRAY_LEN(paths); i++)
			collections_write_hive(top,
					       paths[(i * 3 + round) % ARRAY_LEN(paths)]);
		struct finds *finds = collections_find(top);
		assert_int_equal(finds->n, ARRAY_LEN(paths));
		for (size_t i = 0; i < ARRAY_LEN(paths); i++)
			assert_string_equal(finds->items[i].inside, paths[i]);
		finds_free(finds);
		collections_remove(top);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links_and_pipes),
		cmocka_unit_test(test_odd_names),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_loop_of_mounts),
	};

	return UNIT_RUN(tests);
}
