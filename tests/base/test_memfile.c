/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files in memory: what is in them, how long they live, that nobody can change them. */
#include "help/unit.h"

#include "base/memfile.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct memfile sealed(const char *head, const char *tail)
{
	struct memfile file;

	assert_int_equal(memfile_init(&file), STATUS_OK);
	assert_true(file.fd >= 0);
	assert_int_equal(memfile_append(&file, span_of(head, strlen(head))), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of(tail, strlen(tail))), STATUS_OK);
	assert_int_equal(memfile_seal(&file), STATUS_OK);
	return file;
}

/* Compares all that can be had, as bytes and by the path. */
static void check_content(const struct memfile *file, const char *what, size_t len)
{
	char path[MEMFILE_PATH_SIZE];
	char *bytes = malloc(len + 2);

	assert_non_null(bytes);
	assert_true(span_equal(file->bytes, span_of(what, len)));
	memfile_path(file, path);
	FILE *again = fopen(path, "rb");
	assert_non_null(again);
	assert_int_equal(fread(bytes, 1, len + 2, again), len);
	if (len)
		assert_memory_equal(bytes, what, len);
	(void)fclose(again);
	free(bytes);
}

static void check_parts(const char *head, const char *tail, const char *whole)
{
	struct memfile file = sealed(head, tail);

	check_content(&file, whole, strlen(whole));
	memfile_clear(&file);
}

static void test_file_is_all_that_was_appended(void **state)
{
	(void)state;
	check_parts("head", "tail", "headtail");
	check_parts("head", "", "head");
	check_parts("", "tail", "tail");
	check_parts("", "", "");
}

static void test_large_file_is_whole(void **state)
{
	const size_t len = 5000000;
	struct memfile file;
	char *bytes = malloc(len);

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)(i * 31 >> 7);
	assert_int_equal(memfile_init(&file), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of(bytes, 4096)), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of(bytes + 4096, len - 4096)),
			 STATUS_OK);
	assert_int_equal(memfile_seal(&file), STATUS_OK);
	check_content(&file, bytes, len);
	/* a second time: opening it anew does not begin where the last one ended */
	check_content(&file, bytes, len);
	memfile_clear(&file);
	free(bytes);
}

/* The reader that is handed the path must not change it, nor this process. */
static void test_file_cannot_be_changed(void **state)
{
	struct memfile file = sealed("abc", "");
	char path[MEMFILE_PATH_SIZE];

	(void)state;
	assert_true(pwrite(file.fd, "x", 1, 0) < 0);
	assert_true(pwrite(file.fd, "x", 1, 3) < 0);
	assert_int_not_equal(ftruncate(file.fd, 1), 0);
	assert_int_not_equal(ftruncate(file.fd, 100), 0);
	assert_int_not_equal(memfile_append(&file, span_of("x", 1)), STATUS_OK);
	memfile_path(&file, path);
#ifdef HAVE_MEMFD_CREATE /* nothing else seals a file against its owner */
	int again = open(path, O_WRONLY);
	assert_true(again < 0 || write(again, "x", 1) < 0);
	if (again >= 0)
		(void)close(again);
#endif
	check_content(&file, "abc", 3);
	memfile_clear(&file);
}

static void test_two_files_are_two(void **state)
{
	struct memfile a = sealed("a", "1"), b = sealed("b", "2");
	char path_a[MEMFILE_PATH_SIZE], path_b[MEMFILE_PATH_SIZE];

	(void)state;
	memfile_path(&a, path_a);
	memfile_path(&b, path_b);
	assert_string_not_equal(path_a, path_b);
	check_content(&a, "a1", 2);
	check_content(&b, "b2", 2);
	memfile_clear(&a);
	check_content(&b, "b2", 2);
	memfile_clear(&b);
}

static void test_cleared_file_is_gone(void **state)
{
	struct memfile file = sealed("abc", "");
	char path[MEMFILE_PATH_SIZE];
	struct stat st;

	(void)state;
	memfile_path(&file, path);
	assert_int_equal(stat(path, &st), 0);
	memfile_clear(&file);
	assert_int_not_equal(stat(path, &st), 0);
	assert_true(file.fd < 0);
	assert_int_equal(file.bytes.len, 0);
	/* again, and one that never was */
	memfile_clear(&file);
	file = (struct memfile){ .fd = -1 };
	memfile_clear(&file);
}

static void test_unsealed_file_can_be_cleared(void **state)
{
	struct memfile file;

	(void)state;
	assert_int_equal(memfile_init(&file), STATUS_OK);
	assert_int_equal(memfile_append(&file, span_of("abc", 3)), STATUS_OK);
	memfile_clear(&file);
	assert_true(file.fd < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_is_all_that_was_appended),
		cmocka_unit_test(test_large_file_is_whole),
		cmocka_unit_test(test_file_cannot_be_changed),
		cmocka_unit_test(test_two_files_are_two),
		cmocka_unit_test(test_cleared_file_is_gone),
		cmocka_unit_test(test_unsealed_file_can_be_cleared),
	};

	return UNIT_RUN(tests);
}
