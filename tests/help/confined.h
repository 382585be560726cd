/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process that gave up rights can still do: tried in a child, for it is one way. */
#ifndef TESTS_HELP_CONFINED_H
#define TESTS_HELP_CONFINED_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ended: its status, or 256 and the number of the signal. */
static inline int confined_run(void (*child)(const void *context), const void *context)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		child(context);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Whether a file can be opened so; all but EACCES is a fault of the test. */
static inline bool confined_opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	else if (errno != EACCES)
		_exit(99);
	return fd >= 0;
}

/* Ends the child if something is not as it should be; the number names the place. */
#define CONFINED_CHECK(condition)                                                        \
	do {                                                                             \
		if (!(condition))                                                        \
			_exit(__LINE__ % 90 + 1);                                        \
	} while (0)

#endif
