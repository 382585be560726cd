/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walking through folders: order, what is not opened, and folders that change meanwhile. */
#include "help/collections.h"
#include "help/open_files.h"

#include "collection/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* What was met, a line each: "d path", "f path", "o path", "l<loss> path". */
struct met {
	const char *folder; /* of the test */
	char *text;
	size_t len, n;
	void (*act)(const struct met *met,
		    const char *path); /* at each file and folder */
	enum status end_with;
};

static void note(struct met *met, const char *what, const char *path)
{
	size_t len = strlen(what) + strlen(path) + 3;

	met->text = realloc(met->text, met->len + len);
	assert_non_null(met->text);
	met->len += (size_t)sprintf(met->text + met->len, "%s %s\n", what, path);
	met->n++;
	if (met->act)
		met->act(met, path);
}

static enum status folder(void *data, const char *path)
{
	note(data, "d", path);
	return STATUS_OK;
}

static enum status file(void *data, const struct walk_file *found)
{
	struct met *met = data;
	int fd = openat(found->folder, found->name, O_RDONLY | O_NOFOLLOW);
	struct stat st;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_ino, found->st->st_ino);
	(void)close(fd);
	assert_string_equal(found->path + strlen(found->path) - strlen(found->name),
			    found->name);
	note(met, "f", found->path);
	return met->end_with;
}

static enum status other(void *data, const char *path, mode_t mode)
{
	assert_false(S_ISREG(mode) || S_ISDIR(mode));
	note(data, S_ISLNK(mode) ? "link" : "o", path);
	return STATUS_OK;
}

static enum status lost(void *data, const char *path, enum walk_loss loss, int error)
{
	static const char *const words[] = { "unreadable", "gone", "loop", "depth",
					     "moved" };

	(void)error;
	note(data, words[loss], path);
	return STATUS_OK;
}

static enum status walk(struct met *met, const char *path, size_t memory)
{
	struct walk_visitor visitor = { met, folder, file, other, lost, memory };
	size_t before = open_files();
	int fd = open(path, O_RDONLY | O_DIRECTORY);

	assert_true(fd >= 0);
	enum status status = walk_folder(fd, &visitor);
	assert_int_equal(close(fd), 0);
	assert_int_equal(open_files(), before);
	return status;
}

static void check(struct met *met, size_t memory, const char *expected)
{
	assert_int_equal(walk(met, met->folder, memory), STATUS_OK);
	assert_string_equal(met->text, expected);
	free(met->text);
	*met = (struct met){ .folder = met->folder };
}

static void test_order(void **state)
{
	char *top = collections_new();
	struct met met = { .folder = top };

	(void)state;
	COLLECTIONS_TEXT(top, "b", "");
	COLLECTIONS_TEXT(top, "B", "");
	COLLECTIONS_TEXT(top, "a/z", "");
	COLLECTIONS_TEXT(top, "a/y/x", "");
	COLLECTIONS_TEXT(top, "a.b", "");
	COLLECTIONS_TEXT(top, "\xc3\xa4", "");
	COLLECTIONS_TEXT(top, "\xff", "");
	COLLECTIONS_TEXT(top, "line\nbreak", "");
	COLLECTIONS_TEXT(top, "\x1b[31m", "");
	collections_make(top, "empty");
	check(&met, 0,
	      "d \nf \x1b[31m\nf B\nd a\nd a/y\nf a/y/x\nf a/z\nf a.b\nf b\nd empty\n"
	      "f line\nbreak\nf \xc3\xa4\nf \xff\n");
	collections_remove(top);
}

static void test_what_is_not_opened(void **state)
{
	char *top = collections_new(), *path;
	struct met met = { .folder = top };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	COLLECTIONS_TEXT(top, "real/file", "x");
	path = collections_path(top, "loop");
	assert_int_equal(symlink(".", path), 0);
	free(path);
	path = collections_path(top, "up");
	assert_int_equal(symlink("../..", path), 0);
	free(path);
	path = collections_path(top, "to-file");
	assert_int_equal(symlink("real/file", path), 0);
	free(path);
	path = collections_path(top, "nowhere");
	assert_int_equal(symlink("/nowhere/at/all", path), 0);
	free(path);
	/* opening one would wait for a writer */
	path = collections_path(top, "fifo");
	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
	path = collections_path(top, "socket");
	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	free(path);
	check(&met, 0,
	      "d \no fifo\nlink loop\nlink nowhere\nd real\nf real/file\no socket\n"
	      "link to-file\nlink up\n");
	(void)close(fd);
	collections_remove(top);
}

/* More names than there is room for: all are met, in order, each once. */
static void test_little_memory(void **state)
{
	char *top = collections_new(), name[300], expected[64];
	struct met met = { .folder = top };

	(void)state;
	for (int i = 0; i < 500; i++) {
		/* not in the order of their names */
		(void)sprintf(name, "%03d-%0*d", i * 7 % 500, 1 + i % 200, 0);
		COLLECTIONS_TEXT(top, name, "");
		(void)sprintf(name, "%03d/file", i * 7 % 500);
		COLLECTIONS_TEXT(top, name, "");
	}
	assert_int_equal(walk(&met, top, 1), STATUS_OK);
	assert_int_equal(met.n, 1 + 500 * 3);
	const char *at = met.text + strlen("d \n");
	for (int i = 0; i < 500; i++) {
		size_t len = (size_t)sprintf(expected, "d %03d\nf %03d/file\nf %03d-", i,
					     i, i);
		assert_memory_equal(at, expected, len);
		at = strchr(at + len, '\n') + 1;
	}
	free(met.text);
	collections_remove(top);
}

/* Deeper than a path can be, each folder's name as long as can be. */
static void test_deep_and_long(void **state)
{
	enum { DEPTH = 300 };
	char *top = collections_new(), name[256];
	struct met met = { .folder = top };
	int fd = open(top, O_RDONLY | O_DIRECTORY);

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	for (int i = 0; i < DEPTH; i++) {
		assert_int_equal(mkdirat(fd, name, 0700), 0);
		int below = openat(fd, name, O_RDONLY | O_DIRECTORY);
		assert_true(below >= 0);
		(void)close(fd);
		fd = below;
	}
	int last = openat(fd, name, O_WRONLY | O_CREAT, 0600);
	assert_int_equal(write(last, "x", 1), 1);
	(void)close(last);
	(void)close(fd);
	assert_int_equal(walk(&met, top, 0), STATUS_OK);
	assert_int_equal(met.n, 1 + DEPTH + 1);
	char *path = strrchr(met.text, ' ') + 1;
	assert_int_equal(strlen(path), (DEPTH + 1) * 256);
	path[strlen(path) - 1] = '\0';
	/* and it can be opened again */
	fd = open(top, O_RDONLY | O_DIRECTORY);
	int file = walk_open(fd, path);
	char byte = 0;
	assert_int_equal(read(file, &byte, 1), 1);
	assert_int_equal(byte, 'x');
	(void)close(file);
	(void)close(fd);
	free(met.text);
	collections_remove(top);
}

/* ---- what changes meanwhile ---- */

static void remove_b(const struct met *met, const char *path)
{
	char *b = collections_path(met->folder, "b");

	if (strcmp(path, "a") == 0)
		assert_int_equal(unlink(b), 0);
	free(b);
}

static void test_file_that_vanishes(void **state)
{
	char *top = collections_new();
	struct met met = { .folder = top, .act = remove_b };

	(void)state;
	COLLECTIONS_TEXT(top, "a", "");
	COLLECTIONS_TEXT(top, "b", "");
	COLLECTIONS_TEXT(top, "c", "");
	check(&met, 0, "d \nf a\ngone b\nf c\n");
	collections_remove(top);
}

/* Moves the folder that is being looked through to the top. */
static void move_folder(const struct met *met, const char *path)
{
	char *from = collections_path(met->folder, "a/b");
	char *to = collections_path(met->folder, "moved");

	if (strcmp(path, "a/b/c/file") == 0)
		assert_int_equal(rename(from, to), 0);
	free(from);
	free(to);
}

/* What is behind it where it stood goes on; what it held itself cannot be had. */
static void test_folder_that_is_moved(void **state)
{
	char *top = collections_new();
	struct met met = { .folder = top, .act = move_folder };

	(void)state;
	COLLECTIONS_TEXT(top, "a/b/c/file", "");
	COLLECTIONS_TEXT(top, "a/b/d", "");
	COLLECTIONS_TEXT(top, "a/e", "");
	check(&met, 0, "d \nd a\nd a/b\nd a/b/c\nf a/b/c/file\nf a/b/d\nf a/e\n");
	collections_remove(top);
}

static void swap_for_link(const struct met *met, const char *path)
{
	char *b = collections_path(met->folder, "b");

	if (strcmp(path, "a") == 0) {
		assert_int_equal(rmdir(b), 0);
		assert_int_equal(symlink("/", b), 0);
	}
	free(b);
}

static void test_folder_that_becomes_a_link(void **state)
{
	char *top = collections_new();
	struct met met = { .folder = top, .act = swap_for_link };

	(void)state;
	COLLECTIONS_TEXT(top, "a", "");
	collections_make(top, "b");
	check(&met, 0, "d \nf a\nlink b\n");
	collections_remove(top);
}

static void test_unreadable_folder(void **state)
{
	uid_t user = geteuid();
	char *top, *path;

	(void)state;
	/* root reads all; 65534 is nobody */
	if (user == 0 && seteuid(65534) != 0)
		UNIT_SKIP("this user may not do that");
	top = collections_new();
	struct met met = { .folder = top };
	COLLECTIONS_TEXT(top, "a/file", "");
	COLLECTIONS_TEXT(top, "b", "");
	path = collections_path(top, "a");
	assert_int_equal(chmod(path, 0), 0);
	check(&met, 0, "d \nunreadable a\nf b\n");
	free(path);
	/* one that can be opened, but nothing in it */
	path = collections_path(top, "a");
	assert_int_equal(chmod(path, 0400), 0);
	check(&met, 0, "d \nd a\nunreadable a\nf b\n");
	free(path);
	collections_remove(top);
	assert_int_equal(seteuid(user), 0);
}

/* The top mounted below itself: only where this process may mount. */
static void test_loop_of_mounts(void **state)
{
	char *top = collections_new(), *inner;
	struct met met = { .folder = top };

	(void)state;
	COLLECTIONS_TEXT(top, "a/b/file", "");
	inner = collections_path(top, "a/b/inner");
	assert_int_equal(mkdir(inner, 0700), 0);
	if (!collections_mount(top, inner)) {
		free(inner);
		collections_remove(top);
		UNIT_SKIP("this user may not do that");
	}
	check(&met, 0, "d \nd a\nd a/b\nf a/b/file\nloop a/b/inner\n");
	assert_int_equal(umount(inner), 0);
	free(inner);
	collections_remove(top);
}

static void test_visitor_ends_it(void **state)
{
	char *top = collections_new();
	struct met met = { .folder = top, .end_with = STATUS_LIMIT };

	(void)state;
	COLLECTIONS_TEXT(top, "a/b", "");
	COLLECTIONS_TEXT(top, "c", "");
	assert_int_equal(walk(&met, top, 0), STATUS_LIMIT);
	assert_string_equal(met.text, "d \nd a\nf a/b\n");
	free(met.text);
	collections_remove(top);
}

static void test_opening(void **state)
{
	char *top = collections_new(), *link, name[300];
	int fd = open(top, O_RDONLY | O_DIRECTORY);

	(void)state;
	COLLECTIONS_TEXT(top, "a/b", "x");
	link = collections_path(top, "link");
	assert_int_equal(symlink("a", link), 0);
	size_t before = open_files();
	assert_int_equal(walk_open(fd, "link/b"), -1);
	assert_int_equal(walk_open(fd, "a/c"), -1);
	assert_int_equal(errno, ENOENT);
	memset(name, 'n', 299);
	name[299] = '\0';
	assert_int_equal(walk_open(fd, name), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	assert_int_equal(open_files(), before);
	int file = walk_open(fd, "a/b");
	assert_true(file >= 0);
	(void)close(file);
	(void)close(fd);
	free(link);
	collections_remove(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_what_is_not_opened),
		cmocka_unit_test(test_little_memory),
		cmocka_unit_test(test_deep_and_long),
		cmocka_unit_test(test_file_that_vanishes),
		cmocka_unit_test(test_folder_that_is_moved),
		cmocka_unit_test(test_folder_that_becomes_a_link),
		cmocka_unit_test(test_unreadable_folder),
		cmocka_unit_test(test_visitor_ends_it),
		cmocka_unit_test(test_opening),
		cmocka_unit_test(test_loop_of_mounts),
	};

	return UNIT_RUN(tests);
}
