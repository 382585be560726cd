/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What only replaces its own: a file that a function knows, and that also when another one
 * was put there meanwhile; never a link, evidence that was read, or an output of the run.
 */
#include "help/unit.h"

#include "report/outputplace.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OURS "Windows Registry Editor Version 5.00\n; ours"

static bool is_ours(int fd, const void *context)
{
	char bytes[64];

	assert_string_equal(context, "lent");
	ssize_t n = pread(fd, bytes, sizeof(bytes), 0);

	return n == (ssize_t)strlen(OURS) && memcmp(bytes, OURS, strlen(OURS)) == 0;
}

struct folder {
	char path[40], target[64], other[64];
	struct kept *kept;
};

static void put_bytes(const char *path, const char *bytes)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(bytes, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void check_bytes(const char *path, const char *bytes)
{
	char found[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_int_equal(fread(found, 1, sizeof(found) - 1, f), strlen(bytes));
	assert_string_equal(found, bytes);
	assert_int_equal(fclose(f), 0);
}

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	strcpy(folder->path, "/tmp/wmsdiff-own-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	(void)snprintf(folder->target, sizeof(folder->target), "%s/target", folder->path);
	(void)snprintf(folder->other, sizeof(folder->other), "%s/other", folder->path);
	assert_int_equal(kept_new(&folder->kept), STATUS_OK);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;

	(void)unlink(folder->target);
	(void)unlink(folder->other);
	assert_int_equal(rmdir(folder->path), 0);
	kept_free(folder->kept);
	free(folder);
	return 0;
}

static enum status begin(struct folder *folder, struct outputplace *place, int *fd,
			 struct failure *failure)
{
	enum status status = outputplace_open_own(folder->target, is_ours, "lent", false,
						  folder->kept, place, fd, failure);

	if (status == STATUS_OK)
		assert_int_equal(write(*fd, "new", 3), 3);
	return status;
}

static enum status end(struct folder *folder, struct outputplace *place, int fd,
		       struct failure *failure)
{
	enum status status =
		outputplace_put(place, fd, folder->kept, folder->target, failure);

	outputplace_clear(place);
	assert_int_equal(close(fd), 0);
	return status;
}

static void refused(struct folder *folder, const char *why)
{
	struct outputplace place;
	struct failure failure = { "" };
	int fd;

	assert_int_equal(begin(folder, &place, &fd, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, why));
}

static void test_own(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure = { "" };
	int fd;

	/* Nothing is there; then what is ours. */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(begin(folder, &place, &fd, &failure), STATUS_OK);
		assert_int_equal(end(folder, &place, fd, &failure), STATUS_OK);
		check_bytes(folder->target, "new");
		put_bytes(folder->target, OURS);
	}
	put_bytes(folder->target, OURS "\n");
	refused(folder, OUTPUTPLACE_IS_THERE);
	put_bytes(folder->target, "");
	refused(folder, OUTPUTPLACE_IS_THERE);
	check_bytes(folder->target, "");
}

static void test_what_is_kept(void **state)
{
	struct folder *folder = *state;
	struct stat st;

	put_bytes(folder->target, OURS);
	assert_int_equal(stat(folder->target, &st), 0);
	assert_int_equal(kept_add(folder->kept, filemark_of(&st), KEPT_EVIDENCE),
			 STATUS_OK);
	refused(folder, "is evidence");
	kept_free(folder->kept);
	assert_int_equal(kept_new(&folder->kept), STATUS_OK);
	assert_int_equal(kept_add(folder->kept, filemark_of(&st), KEPT_OUTPUT),
			 STATUS_OK);
	refused(folder, "is an output of this run");
	check_bytes(folder->target, OURS);
}

/* A link to one of ours may be anybody's. */
static void test_link(void **state)
{
	struct folder *folder = *state;

	put_bytes(folder->other, OURS);
	assert_int_equal(symlink("other", folder->target), 0);
	refused(folder, OUTPUTPLACE_IS_THERE);
	assert_int_equal(unlink(folder->target), 0);
	assert_int_equal(symlink("nowhere", folder->target), 0);
	refused(folder, OUTPUTPLACE_IS_THERE);
	assert_int_equal(unlink(folder->target), 0);
	assert_int_equal(mkdir(folder->target, 0700), 0);
	refused(folder, OUTPUTPLACE_IS_THERE);
	assert_int_equal(rmdir(folder->target), 0);
	assert_int_equal(mkfifo(folder->target, 0600), 0);
	refused(folder, OUTPUTPLACE_IS_THERE);
}

/* What came there between looking and putting is looked at again, and put back. */
static void test_meanwhile(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure = { "" };
	int fd;

	put_bytes(folder->target, OURS);
	assert_int_equal(begin(folder, &place, &fd, &failure), STATUS_OK);
	put_bytes(folder->other, "edited");
	assert_int_equal(rename(folder->other, folder->target), 0);
	assert_int_equal(end(folder, &place, fd, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, OUTPUTPLACE_IS_THERE));
	check_bytes(folder->target, "edited");

	assert_int_equal(unlink(folder->target), 0);
	assert_int_equal(begin(folder, &place, &fd, &failure), STATUS_OK);
	put_bytes(folder->other, OURS);
	assert_int_equal(symlink("other", folder->target), 0);
	assert_int_equal(end(folder, &place, fd, &failure), STATUS_IO);
	check_bytes(folder->other, OURS);
}

/* Nobody else may read what is secret, whatever the mask lets through. */
static void test_secret(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure = { "" };
	mode_t before = umask(0);
	struct stat st;
	int fd;

	for (int secret = 0; secret < 2; secret++) {
		put_bytes(folder->target, OURS);
		assert_int_equal(chmod(folder->target, 0644), 0);
		assert_int_equal(outputplace_open_own(folder->target, is_ours, "lent",
						      secret, folder->kept, &place, &fd,
						      &failure),
				 STATUS_OK);
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(st.st_mode & 0777, secret ? 0600 : 0666);
		assert_int_equal(end(folder, &place, fd, &failure), STATUS_OK);
		assert_int_equal(stat(folder->target, &st), 0);
		assert_int_equal(st.st_mode & 0777, secret ? 0600 : 0666);
	}
	(void)umask(before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_own),	      TEST(test_what_is_kept), TEST(test_link),
		TEST(test_meanwhile), TEST(test_secret),
	};

	return UNIT_RUN(tests);
}
