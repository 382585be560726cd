/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders that outputs go to, and files that must be new: evidence is left alone. */
#include "help/unit.h"

#include "report/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with a file "evidence" in it, a folder "empty", and links to both. */
struct folder {
	char path[64];
	char evidence[96], empty[96], link[96], new[96];
};

static void put(char out[96], const struct folder *folder, const char *name)
{
	assert_true(snprintf(out, 96, "%s/%s", folder->path, name) > 0);
}

static void write_file(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fputs("bytes", f) < 0, 0);
	assert_int_equal(fclose(f), 0);
}

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	strcpy(folder->path, "/tmp/wmsdiff-output-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	put(folder->evidence, folder, "evidence");
	put(folder->empty, folder, "empty");
	put(folder->link, folder, "link");
	put(folder->new, folder, "new");
	write_file(folder->evidence);
	assert_int_equal(mkdir(folder->empty, 0777), 0);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;

	(void)unlink(folder->evidence);
	(void)unlink(folder->link);
	(void)unlink(folder->new);
	(void)rmdir(folder->new);
	(void)rmdir(folder->empty);
	assert_int_equal(rmdir(folder->path), 0);
	free(folder);
	return 0;
}

/* Whether a folder is taken; if it is not, the sentence must hold `why`. */
static void check(const struct folder *folder, const char *path, bool make,
		  const char *why)
{
	const char *const evidence[] = { "/nowhere/at/all", folder->evidence };
	struct failure failure = { 0 };
	enum status status = output_folder(path, make, evidence, 2, &failure);

	assert_int_equal(status, why ? STATUS_IO : STATUS_OK);
	if (!why)
		return;
	assert_non_null(strstr(failure.sentence, path));
	if (!strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
}

static void test_folder(void **state)
{
	const struct folder *folder = *state;

	check(folder, folder->empty, false, NULL);
	check(folder, folder->empty, true, NULL);
	check(folder, folder->path, false, "holds evidence");
	check(folder, folder->path, true, "holds evidence");
	check(folder, folder->evidence, false, "Not a directory");
	check(folder, folder->evidence, true, "Not a directory");
	check(folder, folder->new, false, "No such file");
	check(folder, folder->new, true, NULL);
	check(folder, folder->new, false, NULL);
}

static void test_folder_behind_a_link(void **state)
{
	const struct folder *folder = *state;

	assert_int_equal(symlink(folder->path, folder->link), 0);
	check(folder, folder->link, false, "holds evidence");
	assert_int_equal(unlink(folder->link), 0);
	assert_int_equal(symlink(folder->empty, folder->link), 0);
	check(folder, folder->link, true, NULL);
}

/* Its parent is not made with it: a mistyped path is told. */
static void test_folder_in_no_folder(void **state)
{
	const struct folder *folder = *state;
	char path[128];

	assert_true(snprintf(path, sizeof(path), "%s/below", folder->new) > 0);
	check(folder, path, true, "No such file");
}

static void test_create(void **state)
{
	const struct folder *folder = *state;
	struct failure failure = { 0 };
	struct output *output = NULL;
	struct stat st;

	assert_int_equal(output_create(folder->new, &output, &failure), STATUS_OK);
	assert_true(output_write(output, span_of("abc", 3)));
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	assert_int_equal(stat(folder->new, &st), 0);
	assert_int_equal(st.st_size, 3);
	/* What is there stays, a link that leads nowhere too. */
	output = NULL;
	assert_int_equal(output_create(folder->new, &output, &failure), STATUS_IO);
	assert_null(output);
	assert_non_null(strstr(failure.sentence, folder->new));
	assert_int_equal(symlink("nowhere", folder->link), 0);
	assert_int_equal(output_create(folder->link, &output, &failure), STATUS_IO);
	assert_int_equal(stat(folder->new, &st), 0);
	assert_int_equal(st.st_size, 3);
}

/* Whatever was there before, and whatever the umask leaves to others. */
static void test_private(void **state)
{
	const struct folder *folder = *state;
	struct failure failure = { 0 };
	struct output *output = NULL;
	struct stat st;
	mode_t before = umask(0);

	for (int pass = 0; pass < 2; pass++) {
		assert_int_equal(output_open(folder->new, NULL, &output, &failure),
				 STATUS_OK);
		assert_int_equal(output_make_private(output, &failure), STATUS_OK);
		assert_true(output_write(output, span_of("abc", 3)));
		assert_int_equal(output_commit(output, &failure), STATUS_OK);
		assert_int_equal(stat(folder->new, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		assert_int_equal(chmod(folder->new, 0666), 0);
	}
	(void)umask(before);
}

static void test_created_and_given_up(void **state)
{
	const struct folder *folder = *state;
	struct failure failure = { 0 };
	struct output *output = NULL;

	assert_int_equal(output_create(folder->new, &output, &failure), STATUS_OK);
	assert_true(output_write(output, span_of("abc", 3)));
	output_abort(output);
	assert_int_equal(access(folder->new, F_OK), -1);
	output_abort(NULL);
}

/* Once memory was lacking nothing is put in its place, and what stood there stays. */
static void test_without_memory(void **state)
{
	const struct folder *folder = *state;
	struct failure failure = { 0 };
	struct output *output = NULL;

	assert_int_equal(output_open(folder->new, NULL, &output, &failure), STATUS_OK);
	assert_true(output_write(output, span_of("abc", 3)));
	status_note_nomem();
	assert_int_equal(output_commit(output, &failure), STATUS_NOMEM);
	status_forget_nomem();
	assert_string_equal(failure.sentence, "out of memory");
	assert_int_equal(access(folder->new, F_OK), -1);
}

/* A file that a library fills by its path, put like any other. */
static void test_named(void **state)
{
	const struct folder *folder = *state;
	struct failure failure = { 0 };
	struct output *output = NULL;
	char *temporary = NULL;
	struct stat st;

	assert_int_equal(
		output_open_named(folder->new, NULL, &temporary, &output, &failure),
		STATUS_OK);
	assert_int_equal(access(folder->new, F_OK), -1);
	FILE *file = fopen(temporary, "r+");
	assert_non_null(file);
	assert_true(fputs("abcd", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	assert_int_equal(access(temporary, F_OK), -1);
	assert_int_equal(stat(folder->new, &st), 0);
	assert_int_equal(st.st_size, 4);
	free(temporary);
	assert_int_equal(
		output_open_named(folder->new, NULL, &temporary, &output, &failure),
		STATUS_OK);
	output_abort(output);
	assert_int_equal(access(temporary, F_OK), -1);
	free(temporary);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_folder),
		TEST(test_folder_behind_a_link),
		TEST(test_folder_in_no_folder),
		TEST(test_create),
		TEST(test_private),
		TEST(test_created_and_given_up),
		TEST(test_without_memory),
		TEST(test_named),
	};
	return UNIT_RUN(tests);
}
