/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The filter alone: what fails, what ends the process, what goes on. */
#include "help/unit.h"

#include "help/confined.h"
#include "sandbox/syscalls.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#define NO_FILTER 77

static void fails(const void *context)
{
	struct rlimit limit;
	struct winsize size;
	int fd = open("/dev/null", O_RDONLY);

	(void)context;
	if (!syscalls_restrict())
		_exit(NO_FILTER);
	/* Neither needed nor deadly: as on a kernel that has no such call. */
	CONFINED_CHECK(nice(1) == -1 && errno == ENOSYS);
	CONFINED_CHECK(getrlimit(RLIMIT_CPU, &limit) == 0);
	CONFINED_CHECK(setrlimit(RLIMIT_CPU, &limit) == -1 && errno == ENOSYS);
	CONFINED_CHECK(confined_opens("/dev/null", O_RDONLY));
	/* Signals go to its own threads only. */
	(void)signal(SIGUSR1, SIG_IGN);
	CONFINED_CHECK(raise(SIGUSR1) == 0);
	CONFINED_CHECK(syscall(SYS_tgkill, getppid(), getppid(), 0) == -1 &&
		       errno == ENOSYS);
	/* What a terminal is asked comes to it, and the answer is what it is. */
	CONFINED_CHECK(isatty(fd) == 0 && errno == ENOTTY);
	CONFINED_CHECK(ioctl(fd, TIOCGWINSZ, &size) == -1 && errno == ENOTTY);
	CONFINED_CHECK(ioctl(fd, FIONREAD, &fd) == -1 && errno == ENOSYS);
}

static void ends(const void *context)
{
	if (!syscalls_restrict())
		_exit(NO_FILTER);
	(void)syscall(*(const long *)context, 0, 0, 0, 0, 0);
}

/* Whatever stands in the half of the request that the kernel does not look at. */
static void types(const void *context)
{
	if (!syscalls_restrict())
		_exit(NO_FILTER);
	(void)syscall(SYS_ioctl, STDIN_FILENO, *(const unsigned long *)context, "x");
}

static void test_types(void **state)
{
	static const unsigned long typing[] = { TIOCSTI, TIOCLINUX,
						TIOCSTI | 1ul << (sizeof(long) * 8 - 1) };

	(void)state;
	for (size_t i = 0; i < sizeof(typing) / sizeof(typing[0]); i++) {
		int status = confined_run(types, &typing[i]);
		if (status == NO_FILTER)
			UNIT_SKIP(
				"built without libseccomp, or a kernel without filters");
		assert_int_equal(status, 256 + SIGSYS);
	}
}

static void test_fails(void **state)
{
	int status = confined_run(fails, NULL);

	(void)state;
	if (status == NO_FILTER)
		UNIT_SKIP("built without libseccomp, or a kernel without filters");
	assert_int_equal(status, 0);
}

static void test_ends(void **state)
{
	static const long deadly[] = { SYS_execve,  SYS_ptrace, SYS_mount,
				       SYS_unshare, SYS_bpf,	SYS_process_vm_writev,
				       SYS_keyctl };

	(void)state;
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
		int status = confined_run(ends, &deadly[i]);
		if (status == NO_FILTER)
			UNIT_SKIP(
				"built without libseccomp, or a kernel without filters");
		assert_int_equal(status, 256 + SIGSYS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fails),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_types),
	};

	return UNIT_RUN(tests);
}
