/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A signal removes what is not whole, then does what it always does. */
#include "help/unit.h"

#include "base/compiler.h"
#include "report/leftover.h"
#include "report/signals.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "half"

/* How a child ends that has a file half written and gets the signal. */
static int end_by(int folder, int number, bool ignored)
{
	int how = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)signal(number, ignored ? SIG_IGN : SIG_DFL);
		signals_set_up();
		(void)leftover_note(folder, NAME);
		(void)raise(number);
		_exit(7);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	return how;
}

static void test_signals(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	char path[] = "/tmp/wmsdiff-signals-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(path));
	int folder = open(path, O_RDONLY | O_DIRECTORY);
	assert_true(folder >= 0);
	for (size_t i = 0; i < 2 * ARRAY_LEN(numbers); i++) {
		bool ignored = i >= ARRAY_LEN(numbers);
		int number = numbers[i % ARRAY_LEN(numbers)];
		int fd = openat(folder, NAME, O_WRONLY | O_CREAT, 0600);
		assert_true(fd >= 0);
		assert_int_equal(close(fd), 0);
		int how = end_by(folder, number, ignored);
		assert_int_equal(WIFSIGNALED(how), !ignored);
		assert_int_equal(ignored ? WEXITSTATUS(how) : WTERMSIG(how),
				 ignored ? 7 : number);
		assert_int_equal(faccessat(folder, NAME, F_OK, 0), ignored ? 0 : -1);
	}
	assert_int_equal(unlinkat(folder, NAME, 0), 0);
	assert_int_equal(close(folder), 0);
	assert_int_equal(rmdir(path), 0);
}

/* A file may grow no further: the write fails, the program goes on. */
static void test_file_size(void **state)
{
	int how = 0;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		signals_set_up();
		(void)raise(SIGXFSZ);
		_exit(7);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_file_size),
	};
	return UNIT_RUN(tests);
}
