/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same on a file system that has no files without a name, or cannot exchange two: the
 * system calls that the library uses are ours here, and refuse that.
 */
#include "help/unit.h"

#include "report/leftover.h"
#include "report/outputplace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool cannot_exchange;
/* After the first exchange: 1: what stands in the place is removed; 2: it is replaced. */
static int meddles;
static const char *meddled;
static unsigned n_refused;

int openat(int folder, const char *path, int flags, ...)
{
	va_list rest;

	if ((flags & O_TMPFILE) == O_TMPFILE) {
		n_refused++;
		errno = EOPNOTSUPP;
		return -1;
	}
	va_start(rest, flags);
	mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
	va_end(rest);
	return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
	if (cannot_exchange && flags != 0) {
		n_refused++;
		errno = EINVAL;
		return -1;
	}
	int answer = (int)syscall(SYS_renameat2, from, old, to, new, flags);
	if (meddles && answer == 0 && (flags & RENAME_EXCHANGE)) {
		(void)unlink(meddled);
		if (meddles == 2)
			assert_int_equal(symlink("of another", meddled), 0);
		meddles = 0;
	}
	return answer;
}

struct folder {
	char path[40];
	char target[64];
	struct kept *kept;
};

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	strcpy(folder->path, "/tmp/wmsdiff-named-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	(void)snprintf(folder->target, sizeof(folder->target), "%s/target", folder->path);
	assert_int_equal(kept_new(&folder->kept), STATUS_OK);
	n_refused = 0;
	*state = folder;
	return 0;
}

/* Nothing but the target is left. */
static int tear_down(void **state)
{
	struct folder *folder = *state;

	assert_true(n_refused > 0);
	(void)unlink(folder->target);
	assert_int_equal(rmdir(folder->path), 0);
	kept_free(folder->kept);
	free(folder);
	return 0;
}

static int open_target(struct folder *folder, struct outputplace *place)
{
	struct failure failure;
	int fd = -1;

	assert_int_equal(outputplace_open(folder->target, OUTPUTPLACE_REPLACES,
					  folder->kept, place, &fd, &failure),
			 STATUS_OK);
	assert_true(place->temporary[0]);
	assert_int_equal(write(fd, "new", 3), 3);
	return fd;
}

static void put(struct folder *folder, struct outputplace *place, int fd,
		enum status expected)
{
	struct failure failure;

	assert_int_equal(
		outputplace_put(place, fd, folder->kept, folder->target, &failure),
		expected);
	outputplace_clear(place);
	assert_int_equal(close(fd), 0);
}

static void check_bytes(const struct folder *folder, const char *bytes)
{
	char found[16] = "";
	int fd = open(folder->target, O_RDONLY);

	assert_true(fd >= 0);
	assert_int_equal(read(fd, found, sizeof(found) - 1), strlen(bytes));
	assert_string_equal(found, bytes);
	assert_int_equal(close(fd), 0);
}

/* New, then in the place of an older one, then in that of evidence that comes in between. */
static void replace_all(struct folder *folder)
{
	struct outputplace place;
	int fd = open_target(folder, &place);

	put(folder, &place, fd, STATUS_OK);
	check_bytes(folder, "new");
	assert_int_equal(truncate(folder->target, 1), 0);
	fd = open_target(folder, &place);
	put(folder, &place, fd, STATUS_OK);
	check_bytes(folder, "new");
	fd = open_target(folder, &place);
	assert_int_equal(kept_add_path(folder->kept, folder->target), STATUS_OK);
	assert_int_equal(truncate(folder->target, 2), 0);
	put(folder, &place, fd, STATUS_IO);
	check_bytes(folder, "ne");
}

static void test_named(void **state)
{
	cannot_exchange = false;
	replace_all(*state);
}

static void test_named_without_exchange(void **state)
{
	cannot_exchange = true;
	replace_all(*state);
}

/* What another one put there in between is kept by the name that is told. */
static void check_kept(const struct folder *folder, const char *told)
{
	char path[128];
	struct stat st;
	const char *name = strstr(told, "is called .wmsdiff-");

	assert_non_null(name);
	(void)snprintf(path, sizeof(path), "%s/%.21s", folder->path, name + 10);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(unlink(path), 0);
}

/*
 * Evidence comes to the place, and while it is being put back our own file is removed, or
 * replaced once more: no evidence goes.
 */
static void test_meddled_with(void **state)
{
	struct folder *folder = *state;

	cannot_exchange = false;
	for (int how = 1; how <= 2; how++) {
		struct outputplace place;
		struct failure failure = { "" };
		int fd = open_target(folder, &place);
		int hive = open(folder->target, O_WRONLY | O_CREAT, 0666);
		assert_int_equal(write(hive, "regf1234", 8), 8);
		assert_int_equal(close(hive), 0);
		meddled = folder->target;
		meddles = how;
		assert_int_equal(outputplace_put(&place, fd, folder->kept, folder->target,
						 &failure),
				 STATUS_IO);
		outputplace_clear(&place);
		assert_int_equal(close(fd), 0);
		check_bytes(folder, "regf1234");
		if (how == 2)
			check_kept(folder, failure.sentence);
		(void)unlink(folder->target);
	}
}

static void test_removed_by_a_signal(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	int fd = open_target(folder, &place);
	char path[sizeof(folder->path) + sizeof(place.temporary) + 1];

	(void)snprintf(path, sizeof(path), "%s/%s", folder->path, place.temporary);
	assert_int_equal(access(path, F_OK), 0);
	leftover_remove_all();
	assert_int_equal(access(path, F_OK), -1);
	outputplace_clear(&place);
	assert_int_equal(close(fd), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_named),
		TEST(test_named_without_exchange),
		TEST(test_meddled_with),
		TEST(test_removed_by_a_signal),
	};
	return UNIT_RUN(tests);
}
