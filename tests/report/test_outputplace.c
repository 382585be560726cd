/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an output may replace, also where that changes between opening and putting: evidence
 * that was read, evidence by its bytes and outputs of the run stay as they are.
 */
#include "help/unit.h"

#include "report/outputplace.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_BYTES "an output"

struct folder {
	char path[40];
	char target[64], other[64];
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

/* Names in the folder that begin as a temporary one does. */
static size_t count_leftovers(const struct folder *folder)
{
	DIR *dir = opendir(folder->path);
	size_t n = 0;

	assert_non_null(dir);
	for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
		n += strncmp(entry->d_name, ".wmsdiff-", 9) == 0;
	closedir(dir);
	return n;
}

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	strcpy(folder->path, "/tmp/wmsdiff-place-XXXXXX");
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

	assert_int_equal(count_leftovers(folder), 0);
	(void)unlink(folder->target);
	(void)unlink(folder->other);
	assert_int_equal(rmdir(folder->path), 0);
	kept_free(folder->kept);
	free(folder);
	return 0;
}

static enum status open_target(struct folder *folder, enum outputplace_how how,
			       struct outputplace *place, int *fd,
			       struct failure *failure)
{
	enum status status =
		outputplace_open(folder->target, how, folder->kept, place, fd, failure);

	if (status == STATUS_OK)
		assert_int_equal(write(*fd, NEW_BYTES, strlen(NEW_BYTES)),
				 strlen(NEW_BYTES));
	return status;
}

/* Gives the open file its name.  why: a word of the refusal, or NULL where there is none. */
static void put(struct folder *folder, struct outputplace *place, int fd, const char *why)
{
	struct failure failure = { 0 };
	enum status status =
		outputplace_put(place, fd, folder->kept, folder->target, &failure);

	assert_int_equal(status, why ? STATUS_IO : STATUS_OK);
	if (why && !strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
	outputplace_clear(place);
	assert_int_equal(close(fd), 0);
}

static void refused(struct folder *folder, enum outputplace_how how, const char *why)
{
	struct outputplace place;
	struct failure failure = { 0 };
	int fd;

	assert_int_equal(open_target(folder, how, &place, &fd, &failure), STATUS_IO);
	if (!strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
	assert_int_equal(fd, -1);
}

static void test_new_and_again(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure;
	int fd;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			STATUS_OK);
		/* Nobody sees it before it is whole. */
		if (i == 0)
			assert_int_equal(access(folder->target, F_OK), -1);
		else
			check_bytes(folder->target, "older");
		put(folder, &place, fd, NULL);
		check_bytes(folder->target, NEW_BYTES);
		put_bytes(folder->target, "older");
	}
	refused(folder, OUTPUTPLACE_FRESH, "exists");
}

/* What comes there in between stands if the output must be new, else it is replaced. */
static void test_comes_in_between(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure;
	int fd;

	assert_int_equal(open_target(folder, OUTPUTPLACE_FRESH, &place, &fd, &failure),
			 STATUS_OK);
	put_bytes(folder->target, "came");
	put(folder, &place, fd, "exists");
	check_bytes(folder->target, "came");
	assert_int_equal(unlink(folder->target), 0);

	assert_int_equal(open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			 STATUS_OK);
	put_bytes(folder->target, "came");
	put(folder, &place, fd, NULL);
	check_bytes(folder->target, NEW_BYTES);
}

/* Evidence under any name: as it stood when it was read, moved there later, linked there. */
static void test_evidence(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure;
	int fd;

	put_bytes(folder->other, "evidence");
	assert_int_equal(kept_add_path(folder->kept, folder->other), STATUS_OK);
	assert_int_equal(link(folder->other, folder->target), 0);
	refused(folder, OUTPUTPLACE_REPLACES, "is evidence");
	assert_int_equal(unlink(folder->target), 0);
	assert_int_equal(symlink("other", folder->target), 0);
	refused(folder, OUTPUTPLACE_REPLACES, "is evidence");
	assert_int_equal(unlink(folder->target), 0);

	assert_int_equal(open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			 STATUS_OK);
	assert_int_equal(rename(folder->other, folder->target), 0);
	put(folder, &place, fd, "is evidence");
	check_bytes(folder->target, "evidence");

	assert_int_equal(rename(folder->target, folder->other), 0);
	assert_int_equal(open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			 STATUS_OK);
	assert_int_equal(symlink("other", folder->target), 0);
	put(folder, &place, fd, "is evidence");
	check_bytes(folder->other, "evidence");
}

/* A hive, a log or a .reg file that nobody has read. */
static void test_evidence_by_bytes(void **state)
{
	static const char *const kinds[] = { "regf\x01\x02\x03\x04", "REGEDIT4\r\n\r\n",
					     "MZ a program" };
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure;
	int fd;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		put_bytes(folder->target, kinds[i]);
		refused(folder, OUTPUTPLACE_REPLACES, "by its bytes");
		check_bytes(folder->target, kinds[i]);
		assert_int_equal(unlink(folder->target), 0);
		assert_int_equal(
			open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			STATUS_OK);
		put_bytes(folder->target, kinds[i]);
		put(folder, &place, fd, "by its bytes");
		check_bytes(folder->target, kinds[i]);
		assert_int_equal(unlink(folder->target), 0);
	}
}

static void test_output_of_the_run(void **state)
{
	struct folder *folder = *state;
	struct stat st;

	put_bytes(folder->other, "report");
	assert_int_equal(stat(folder->other, &st), 0);
	assert_int_equal(kept_add(folder->kept, filemark_of(&st), KEPT_OUTPUT),
			 STATUS_OK);
	assert_int_equal(symlink("other", folder->target), 0);
	refused(folder, OUTPUTPLACE_REPLACES, "output of this run");
	check_bytes(folder->other, "report");
}

/* A file with a name from the beginning: filled by its path, and put like any other. */
static void test_named(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure = { 0 };
	int fd;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(outputplace_open(folder->target, OUTPUTPLACE_NAMED,
						  folder->kept, &place, &fd, &failure),
				 STATUS_OK);
		char *temporary = outputplace_temporary(&place);
		assert_non_null(temporary);
		assert_int_equal(strncmp(temporary, folder->path, strlen(folder->path)),
				 0);
		put_bytes(temporary, "by its path");
		free(temporary);
		put(folder, &place, fd, NULL);
		check_bytes(folder->target, "by its path");
	}
	assert_int_equal(kept_add_path(folder->kept, folder->target), STATUS_OK);
	assert_int_equal(outputplace_open(folder->target, OUTPUTPLACE_NAMED, folder->kept,
					  &place, &fd, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "is evidence"));
	assert_int_equal(outputplace_open("/dev/null", OUTPUTPLACE_NAMED, NULL, &place,
					  &fd, &failure),
			 STATUS_IO);
	assert_string_equal(failure.sentence, "/dev/null: is not a regular file");
}

static void test_report(void **state)
{
	struct folder *folder = *state;
	struct stat st;

	put_bytes(folder->target, "report");
	assert_int_equal(stat(folder->target, &st), 0);
	assert_int_equal(kept_add(folder->kept, filemark_of(&st), KEPT_REPORT),
			 STATUS_OK);
	refused(folder, OUTPUTPLACE_REPLACES, "is a report that was read");
	check_bytes(folder->target, "report");
}

/* What is given up leaves nothing; a folder and a folder that is not there are refused. */
static void test_given_up(void **state)
{
	struct folder *folder = *state;
	struct outputplace place;
	struct failure failure;
	int fd;

	assert_int_equal(open_target(folder, OUTPUTPLACE_REPLACES, &place, &fd, &failure),
			 STATUS_OK);
	outputplace_clear(&place);
	assert_int_equal(close(fd), 0);
	assert_int_equal(access(folder->target, F_OK), -1);
	assert_int_equal(outputplace_open(folder->path, OUTPUTPLACE_REPLACES,
					  folder->kept, &place, &fd, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "Is a directory"));
	assert_int_equal(
		outputplace_open("", OUTPUTPLACE_REPLACES, NULL, &place, &fd, &failure),
		STATUS_IO);
	assert_int_equal(outputplace_open("/nowhere/at/all", OUTPUTPLACE_REPLACES, NULL,
					  &place, &fd, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "No such file"));
}

static void test_device(void **state)
{
	struct outputplace place;
	struct failure failure;
	int fd;

	(void)state;
	assert_int_equal(outputplace_open("/dev/null", OUTPUTPLACE_REPLACES, NULL, &place,
					  &fd, &failure),
			 STATUS_OK);
	assert_int_equal(outputplace_put(&place, fd, NULL, "/dev/null", &failure),
			 STATUS_OK);
	outputplace_clear(&place);
	assert_int_equal(close(fd), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_new_and_again),
		TEST(test_comes_in_between),
		TEST(test_evidence),
		TEST(test_evidence_by_bytes),
		TEST(test_output_of_the_run),
		TEST(test_named),
		TEST(test_report),
		TEST(test_given_up),
		TEST(test_device),
	};
	return UNIT_RUN(tests);
}
