/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that is written to, or replaced, while it is read is refused: what was read may be of two times. */
#include "help/hives.h"
#include "help/unit.h"

#include "regf/evidence.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum act { LEAVE, OVERWRITE, APPEND, REPLACE };

/* Does something to the file when its first bytes are read. */
struct disturber {
	struct stage_watch watch;
	enum act act;
	const char *path;
	unsigned n;
};

static void disturb(struct stage_watch *watch, const struct stage *stage)
{
	struct disturber *disturber = (struct disturber *)watch;
	int fd = -1;

	if (stage->done == 0 || disturber->n++ > 0)
		return;
	switch (disturber->act) {
	case LEAVE:
		return;
	case OVERWRITE:
		fd = open(disturber->path, O_WRONLY);
		assert_int_equal(pwrite(fd, "x", 1, 1), 1);
		break;
	case APPEND:
		fd = open(disturber->path, O_WRONLY | O_APPEND);
		assert_int_equal(write(fd, "x", 1), 1);
		break;
	case REPLACE:
		assert_int_equal(unlink(disturber->path), 0);
		fd = open(disturber->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
		assert_int_equal(write(fd, "abc", 3), 3);
		break;
	}
	assert_int_equal(close(fd), 0);
}

static void check(enum act act, const char *why)
{
	char *path = hives_temporary("abc", 3);
	struct disturber disturber = { .watch = { .tell = disturb }, .act = act };
	struct evidence *evidence = NULL;
	struct failure failure = { 0 };
	struct stage stage;
	/* A change shows in the file's time, whose steps may be 10 ms wide. */
	struct timespec past[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

	assert_int_equal(utimensat(AT_FDCWD, path, past, 0), 0);
	disturber.path = path;
	stage_begin(&stage, &disturber.watch, STAGE_READ, path, 0);
	enum status status =
		evidence_read_through(NULL, path, &stage, &evidence, &failure);
	stage_end(&stage, 0);
	assert_true(disturber.n > 0);
	assert_int_equal(status, why ? STATUS_IO : STATUS_OK);
	if (why && !strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
	evidence_free(evidence);
	assert_int_equal(remove(path), 0);
	free(path);
}

static void test_left_alone(void **state)
{
	(void)state;
	check(LEAVE, NULL);
}

static void test_overwritten(void **state)
{
	(void)state;
	check(OVERWRITE, "make a copy of it");
}

static void test_appended(void **state)
{
	(void)state;
	check(APPEND, "changed");
}

static void test_replaced(void **state)
{
	(void)state;
	check(REPLACE, "make a copy of it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left_alone),
		cmocka_unit_test(test_overwritten),
		cmocka_unit_test(test_appended),
		cmocka_unit_test(test_replaced),
	};
	return UNIT_RUN(tests);
}
