/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sandbox/syscalls.h"

#include "base/compiler.h"
#include "base/status.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Made by makefilter.c when this is built; no rows: without libseccomp. */
static const struct sock_filter allowed[] = {
#include "sandbox/filter.inc"
};

/* Of the first argument, the half that a process number fits into. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FIRST_ARGUMENT (offsetof(struct seccomp_data, args) + sizeof(uint32_t))
#else
#define FIRST_ARGUMENT offsetof(struct seccomp_data, args)
#endif

/* For all threads, those that are there already, too.  Return: 0 or an errno. */
static int add_filter(const struct sock_filter *rows, size_t n)
{
	struct sock_fprog filter = {
		.len = (unsigned short)n,
		/* The kernel copies them; its structure does not say so. */
		.filter = (struct sock_filter *)(uintptr_t)rows,
	};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return errno;
	long thread = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			      SECCOMP_FILTER_FLAG_TSYNC, &filter);
	/* Above 0: a thread that could not be bounded. */
	return thread == 0 ? 0 : thread > 0 ? EBUSY : errno;
}

/* tgkill() sends signals: this process may, to itself, which no filter knows when built. */
static int add_own_signals(void)
{
	const struct sock_filter rows[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIRST_ARGUMENT),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	return add_filter(rows, ARRAY_LEN(rows));
}

bool syscalls_restrict(void)
{
	int error = ENOSYS;

	if (ARRAY_LEN(allowed) > 0)
		error = add_own_signals();
	if (error == 0)
		error = add_filter(allowed, ARRAY_LEN(allowed));
	/* For lack of memory in the kernel: a run with less is another one. */
	if (error == ENOMEM)
		status_note_nomem();
	return error == 0;
}
