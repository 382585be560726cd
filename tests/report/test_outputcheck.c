/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be replaced: nothing of the run's evidence, nor what is evidence by its bytes. */
#include "help/unit.h"

#include "base/filemark.h"
#include "report/outputcheck.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct outputplace replaces = { .folder = -1, .how = OUTPUTPLACE_REPLACES };

static char *file_of(const char *bytes)
{
	char *path = strdup("/tmp/wmsdiff-outputcheck-XXXXXX");

	assert_non_null(path);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	close(fd);
	return path;
}

static void remove_file(char *path)
{
	assert_int_equal(unlink(path), 0);
	free(path);
}

static enum status check(const char *path, struct kept *kept, struct failure *failure)
{
	struct stat st;

	return outputcheck_file(&replaces, AT_FDCWD, path, kept, path, &st, failure);
}

static void test_sentences(void **state)
{
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(outputcheck_refuse(&failure, "a\033b", "stays"), STATUS_IO);
	assert_null(strchr(failure.sentence, '\033'));
	assert_non_null(strstr(failure.sentence, ": stays"));
	assert_int_equal(outputcheck_refuse_for(&failure, "a", EACCES), STATUS_IO);
	assert_string_equal(failure.sentence, "a: Permission denied");
	assert_int_equal(outputcheck_refuse_for(&failure, "a", ENOMEM), STATUS_NOMEM);
}

static void test_kinds(void **state)
{
	char *plain = file_of("text"), *hive = file_of("regf\1\0\0\0\1");
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(check(plain, NULL, &failure), STATUS_OK);
	assert_int_equal(check("/tmp/wmsdiff-not-there", NULL, &failure), STATUS_ABSENT);
	assert_int_equal(check(hive, NULL, &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, "is evidence by its bytes"));
	remove_file(plain);
	remove_file(hive);
}

static void test_kept(void **state)
{
	static const struct {
		enum kept_as kind;
		const char *why;
	} kinds[] = {
		{ KEPT_EVIDENCE, "is evidence" },
		{ KEPT_REPORT, "is a report that was read" },
		{ KEPT_OUTPUT, "is an output of this run" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char *path = file_of("text");
		struct failure failure = { "" };
		struct kept *kept = NULL;
		struct stat st;
		assert_int_equal(kept_new(&kept), STATUS_OK);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(kept_add(kept, filemark_of(&st), kinds[i].kind),
				 STATUS_OK);
		assert_int_equal(check(path, kept, &failure), STATUS_IO);
		assert_non_null(strstr(failure.sentence, kinds[i].why));
		kept_free(kept);
		remove_file(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_kept),
	};

	return UNIT_RUN(tests);
}
