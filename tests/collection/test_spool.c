/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The temporary file: what goes in comes out, and nothing of it has a name. */
#include "help/collections.h"
#include "help/open_files.h"

#include "collection/spool.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct spool *new_spool(void)
{
	struct failure failure = { 0 };
	struct spool *spool = NULL;

	if (spool_new(&spool, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return spool;
}

static void add(struct spool *spool, const char *text)
{
	assert_int_equal(spool_append(spool, span_of(text, strlen(text)), NULL),
			 STATUS_OK);
}

static void check(const struct spool *spool, uint64_t off, const char *expected)
{
	char bytes[64];
	int fd = -1;

	assert_int_equal(spool_open(spool, off, strlen(expected), &fd, NULL), STATUS_OK);
	assert_int_equal(read(fd, bytes, sizeof(bytes)), strlen(expected));
	assert_memory_equal(bytes, expected, strlen(expected));
	(void)close(fd);
}

static void test_parts(void **state)
{
	size_t before = open_files();
	struct spool *spool = new_spool();

	(void)state;
	assert_int_equal(spool_size(spool), 0);
	add(spool, "first");
	add(spool, "");
	add(spool, "second");
	assert_int_equal(spool_size(spool), 11);
	check(spool, 0, "first");
	check(spool, 5, "second");
	check(spool, 0, "firstsecond");
	check(spool, 3, "");
	/* what is cut off makes room for what follows */
	assert_int_equal(spool_cut(spool, 5, NULL), STATUS_OK);
	assert_int_equal(spool_cut(spool, 7, NULL), STATUS_OK);
	assert_int_equal(spool_size(spool), 5);
	add(spool, "third");
	check(spool, 5, "third");
	spool_free(spool);
	spool_free(NULL);
	assert_int_equal(open_files(), before);
}

/* What is not there cannot be given. */
static void test_past_the_end(void **state)
{
	struct failure failure = { 0 };
	struct spool *spool = new_spool();
	size_t before = open_files();
	int fd = -1;

	(void)state;
	add(spool, "abc");
	assert_int_equal(spool_open(spool, 1, 3, &fd, &failure), STATUS_IO);
	assert_true(strlen(failure.sentence) > 0);
	assert_int_equal(fd, -1);
	assert_int_equal(open_files(), before);
	spool_free(spool);
}

static void test_large(void **state)
{
	enum { SIZE = 3000000 };
	struct spool *spool = new_spool();
	uint8_t *bytes = malloc(SIZE), *again = malloc(SIZE);
	size_t n = 0;
	int fd = -1;

	(void)state;
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 31 >> 7);
	add(spool, "before");
	assert_int_equal(spool_append(spool, span_of(bytes, SIZE), NULL), STATUS_OK);
	assert_int_equal(spool_open(spool, 6, SIZE, &fd, NULL), STATUS_OK);
	for (ssize_t got; (got = read(fd, again + n, SIZE - n)) > 0;)
		n += (size_t)got;
	assert_int_equal(n, SIZE);
	assert_memory_equal(bytes, again, SIZE);
	(void)close(fd);
	free(bytes);
	free(again);
	spool_free(spool);
}

/* Nothing stands in the folder while it is used. */
static void test_no_names(void **state)
{
	char *folder = collections_new(), *before = getenv("TMPDIR");
	struct dirent *entry;

	(void)state;
	before = before ? strdup(before) : NULL;
	assert_int_equal(setenv("TMPDIR", folder, 1), 0);
	struct spool *spool = new_spool();
	add(spool, "abc");
	DIR *dir = opendir(folder);
	while ((entry = readdir(dir)))
		assert_true(entry->d_name[0] == '.');
	(void)closedir(dir);
	spool_free(spool);
	/* a folder that is not there: it stands in memory then */
	assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
	spool = new_spool();
	add(spool, "abc");
	check(spool, 0, "abc");
	spool_free(spool);
	if (before)
		assert_int_equal(setenv("TMPDIR", before, 1), 0);
	else
		assert_int_equal(unsetenv("TMPDIR"), 0);
	free(before);
	collections_remove(folder);
}

static void *reader(void *data)
{
	for (int i = 0; i < 200; i++) {
		char bytes[8];
		int fd = -1;
		if (spool_open(data, (uint64_t)(i % 2) * 4, 4, &fd, NULL) != STATUS_OK ||
		    read(fd, bytes, 8) != 4 ||
		    memcmp(bytes, i % 2 ? "bbbb" : "aaaa", 4) != 0)
			return data;
		(void)close(fd);
	}
	return NULL;
}

static void test_threads(void **state)
{
	struct spool *spool = new_spool();
	pthread_t threads[4];
	void *failed;

	(void)state;
	add(spool, "aaaabbbb");
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, reader, spool), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
	spool_free(spool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),	cmocka_unit_test(test_past_the_end),
		cmocka_unit_test(test_large),	cmocka_unit_test(test_no_names),
		cmocka_unit_test(test_threads),
	};

	return UNIT_RUN(tests);
}
