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
#include <sys/stat.h>
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
	/* What a terminal is asked comes to it, and the answer is what it is. */
	CONFINED_CHECK(isatty(fd) == 0 && errno == ENOTTY);
	CONFINED_CHECK(ioctl(fd, TIOCGWINSZ, &size) == -1 && errno == ENOTTY);
	CONFINED_CHECK(ioctl(fd, FIONREAD, &fd) == -1 && errno == ENOSYS);
	/* Nothing is typed into a terminal, no file sends signals, no time is set. */
	CONFINED_CHECK(ioctl(0, TIOCSTI, "x") == -1 && errno == ENOSYS);
	CONFINED_CHECK(fcntl(0, F_SETOWN, getpid()) == -1 && errno == ENOSYS);
	CONFINED_CHECK(futimens(0, NULL) == -1 && errno == ENOSYS);
	CONFINED_CHECK(fchmod(0, 0600) == -1 && errno == ENOSYS);
#ifdef __i386__
	/* Its arguments lie in memory, where the filter does not see them. */
	CONFINED_CHECK(syscall(SYS_mmap, NULL) == -1 && errno == ENOSYS);
#endif
	/* A signal to itself goes on. */
	CONFINED_CHECK(signal(SIGUSR1, SIG_IGN) != SIG_ERR);
	CONFINED_CHECK(raise(SIGUSR1) == 0);
}

/* A signal to another process, here the parent, of which it would ignore this one. */
static void signals_another(const void *context)
{
	(void)context;
	if (!syscalls_restrict())
		_exit(NO_FILTER);
	(void)syscall(SYS_tgkill, getppid(), getppid(), SIGCHLD);
}

static void ends(const void *context)
{
	if (!syscalls_restrict())
		_exit(NO_FILTER);
	(void)syscall(*(const long *)context, 0, 0, 0, 0, 0);
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

static void test_signals(void **state)
{
	int status = confined_run(signals_another, NULL);

	(void)state;
	if (status == NO_FILTER)
		UNIT_SKIP("built without libseccomp, or a kernel without filters");
	assert_int_equal(status, 256 + SIGSYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fails),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_signals),
	};

	return UNIT_RUN(tests);
}
