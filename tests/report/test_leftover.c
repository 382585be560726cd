/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is noted is removed by a signal; what was forgotten stays. */
#include "help/unit.h"

#include "report/leftover.h"
#include "report/signals.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_leftovers(void **state)
{
	char path[] = "/tmp/wmsdiff-leftover-XXXXXX";
	static const char *const names[] = { "a", "b", "c" };
	int numbers[3];

	(void)state;
	assert_non_null(mkdtemp(path));
	int folder = open(path, O_RDONLY | O_DIRECTORY);
	assert_true(folder >= 0);
	for (int i = 0; i < 3; i++) {
		int fd = openat(folder, names[i], O_WRONLY | O_CREAT | O_EXCL, 0600);
		assert_true(fd >= 0);
		assert_int_equal(close(fd), 0);
		numbers[i] = leftover_note(folder, names[i]);
		assert_true(numbers[i] >= 0);
	}
	leftover_forget(numbers[1]);
	leftover_forget(-1);
	leftover_remove_all();
	assert_int_equal(faccessat(folder, "a", F_OK, 0), -1);
	assert_int_equal(faccessat(folder, "b", F_OK, 0), 0);
	assert_int_equal(faccessat(folder, "c", F_OK, 0), -1);
	/* What is noted again has a place again. */
	for (int i = 0; i < 1000; i++) {
		int number = leftover_note(folder, "b");
		assert_true(number >= 0);
		leftover_forget(number);
	}
	leftover_forget(numbers[0]);
	leftover_forget(numbers[2]);
	assert_int_equal(unlinkat(folder, "b", 0), 0);
	assert_int_equal(close(folder), 0);
	assert_int_equal(rmdir(path), 0);
}

/* A signal that comes between two names waits until there is one, or none. */
static void test_held(void **state)
{
	char path[] = "/tmp/wmsdiff-leftover-XXXXXX";
	int fd = mkstemp(path), status = 0;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		sigset_t before;
		signals_set_up();
		leftover_hold(&before);
		(void)kill(getpid(), SIGTERM);
		(void)unlink(path);
		leftover_release(&before);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_leftovers),
					    cmocka_unit_test(test_held) };

	return UNIT_RUN(tests);
}
