/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The filter.  Calls are named, and libseccomp knows their numbers on this architecture;
 * a name that it does not have is left out.
 */
#include "sandbox/syscalls.h"

#ifdef HAVE_LIBSECCOMP

#include "base/compiler.h"
#include "base/status.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41 /* names of mappings, which the C library sets */
#endif

/* Memory, threads, clocks, signals, and what the C library asks of itself. */
static const char *const process[] = {
	"brk", "munmap", "mremap", "madvise", "futex", "futex_time64", "set_robust_list",
	"get_robust_list", "rseq", "set_tid_address", "sched_yield", "sched_getaffinity",
	"membarrier", "exit", "exit_group", "gettid", "getpid", "getppid",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack",
	"restart_syscall", "clock_gettime", "clock_gettime64", "clock_getres",
	"clock_getres_time64", "clock_nanosleep", "clock_nanosleep_time64", "nanosleep",
	"gettimeofday", "time", "getrandom", "uname", "sysinfo", "getrusage", "times",
	"getrlimit", "ugetrlimit", "getuid", "geteuid", "getgid", "getegid", "getuid32",
	"geteuid32", "getgid32", "getegid32", "set_thread_area", "arch_prctl",
};

/* Files: what can be opened is Landlock's. */
static const char *const files[] = {
	"open", "openat", "close", "close_range", "read", "readv", "pread64", "preadv",
	"write", "writev", "pwrite64", "pwritev", "lseek", "_llseek", "fstat", "stat",
	"lstat", "newfstatat", "fstat64", "stat64", "lstat64", "fstatat64", "statx",
	"access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents",
	"getdents64", "getcwd", "chdir", "fchdir", "dup", "dup2", "dup3", "fcntl",
	"fcntl64", "flock", "statfs", "statfs64", "fstatfs", "fstatfs64", "fadvise64",
	"fadvise64_64", "poll", "ppoll", "ppoll_time64", "memfd_create",
	/* outputs */
	"ftruncate", "ftruncate64", "fallocate", "fsync", "fdatasync", "umask", "mkdir",
	"mkdirat", "unlink", "unlinkat", "rmdir", "rename", "renameat", "renameat2",
	"link", "linkat", "fchmod", "utimensat", "utimensat_time64",
	/* the second layer */
	"landlock_restrict_self",
};

/* No parser needs them, and one that is taken over would. */
static const char *const deadly[] = {
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
	"process_vm_writev", "process_madvise", "pidfd_open", "pidfd_getfd", "kcmp",
	"kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal",
	"socket", "socketpair", "socketcall", "connect", "bind", "listen", "accept",
	"accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
	"bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
	"io_uring_register", "mount", "umount", "umount2", "move_mount", "open_tree",
	"fsopen", "pivot_root", "chroot", "unshare", "setns", "keyctl", "add_key",
	"request_key", "init_module", "finit_module", "delete_module", "kexec_load",
	"kexec_file_load", "open_by_handle_at", "setuid", "setgid", "setresuid",
	"setresgid", "setreuid", "setregid", "setgroups", "setfsuid", "setfsgid",
	"capset", "reboot", "swapon", "swapoff", "acct", "quotactl", "mknod", "mknodat",
	"symlink", "symlinkat", "chown", "fchown", "lchown", "fchownat", "modify_ldt",
	"iopl", "ioperm", "vmsplice", "shmget", "shmat", "msgget", "semget", "mq_open",
};

static bool add(scmp_filter_ctx filter, uint32_t action, const char *const *names,
		size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int number = seccomp_syscall_resolve_name(names[i]);
		/* A number below zero is a name of another architecture. */
		if (number >= 0 && seccomp_rule_add(filter, action, number, 0) != 0)
			return false;
	}
	return true;
}

/* Allowed if these bits of an argument are not set. */
static bool add_without(scmp_filter_ctx filter, const char *name, unsigned argument,
			uint64_t bits)
{
	int number = seccomp_syscall_resolve_name(name);
	struct scmp_arg_cmp clear = SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bits, 0);

	return number < 0 ||
	       seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 1, &clear) == 0;
}

/* Threads, but no processes: of the flags of clone3() a filter cannot see anything. */
static bool add_threads(scmp_filter_ctx filter)
{
#ifdef __s390x__
	const unsigned flags_argument = 1; /* clone() has its stack first there */
#else
	const unsigned flags_argument = 0;
#endif
	struct scmp_arg_cmp thread =
		SCMP_CMP(flags_argument, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
	struct scmp_arg_cmp other =
		SCMP_CMP(flags_argument, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
	int clone = seccomp_syscall_resolve_name("clone");

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, clone, 1, &thread) == 0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_KILL_PROCESS, clone, 1,
				      &other) == 0;
}

/* Memory holds data or code, and no new code comes into it. */
static bool add_memory(scmp_filter_ctx filter)
{
	return add_without(filter, "mmap", 2, PROT_EXEC) &&
	       add_without(filter, "mmap2", 2, PROT_EXEC) &&
	       add_without(filter, "mprotect", 2, PROT_EXEC);
}

/* Signals to threads of its own, as raise() and abort() send them. */
static bool add_signals(scmp_filter_ctx filter)
{
	struct scmp_arg_cmp own =
		SCMP_CMP(0, SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint64_t)getpid());

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
				      seccomp_syscall_resolve_name("tgkill"), 1,
				      &own) == 0;
}

/* The limits of this process are asked for, and never set. */
static bool add_limits(scmp_filter_ctx filter)
{
	struct scmp_arg_cmp asks = SCMP_CMP(2, SCMP_CMP_EQ, 0, 0);

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
				      seccomp_syscall_resolve_name("prlimit64"), 1,
				      &asks) == 0;
}

/* Files are asked nothing but whether they are terminals, and how wide those are. */
static const uint64_t asked[] = { TCGETS, TIOCGWINSZ };

/* Typing into the terminal in the user's place: what comes of that would pass for theirs. */
static const uint64_t typing[] = { TIOCSTI, TIOCLINUX };

static bool add_requests(scmp_filter_ctx filter, uint32_t action,
			 const uint64_t *requests, size_t n)
{
	int number = seccomp_syscall_resolve_name("ioctl");

	for (size_t i = 0; i < n; i++) {
		/* The kernel looks at no more of it. */
		struct scmp_arg_cmp is =
			SCMP_CMP(1, SCMP_CMP_MASKED_EQ, UINT32_MAX, requests[i]);
		if (seccomp_rule_add_array(filter, action, number, 1, &is) != 0)
			return false;
	}
	return true;
}

/* prctl(): only what the second layer of Landlock needs, and names of threads. */
static bool add_prctl(scmp_filter_ctx filter)
{
	struct scmp_arg_cmp no_new_privs = SCMP_CMP(0, SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS, 0);
	struct scmp_arg_cmp name = SCMP_CMP(0, SCMP_CMP_EQ, PR_SET_NAME, 0);
	struct scmp_arg_cmp area = SCMP_CMP(0, SCMP_CMP_EQ, PR_SET_VMA, 0);
	int prctl = seccomp_syscall_resolve_name("prctl");

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, prctl, 1, &no_new_privs) ==
		       0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, prctl, 1, &area) == 0 &&
	       seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, prctl, 1, &name) == 0;
}

static bool fill(scmp_filter_ctx filter)
{
	return seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1) == 0 &&
	       add(filter, SCMP_ACT_ALLOW, process, ARRAY_LEN(process)) &&
	       add(filter, SCMP_ACT_ALLOW, files, ARRAY_LEN(files)) &&
	       add(filter, SCMP_ACT_KILL_PROCESS, deadly, ARRAY_LEN(deadly)) &&
	       add_threads(filter) && add_memory(filter) && add_limits(filter) &&
	       add_signals(filter) && add_prctl(filter) &&
	       add_requests(filter, SCMP_ACT_ALLOW, asked, ARRAY_LEN(asked)) &&
	       add_requests(filter, SCMP_ACT_KILL_PROCESS, typing, ARRAY_LEN(typing));
}

bool syscalls_restrict(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int loaded = -ENOMEM;

	if (filter && fill(filter)) {
		/* On several threads at once where there are some. */
		(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
		loaded = seccomp_load(filter);
	}
	/* What the library cannot make for lack of memory: a run with less is another one. */
	if (loaded == -ENOMEM || loaded == -EFAULT)
		status_note_nomem();
	if (filter)
		seccomp_release(filter);
	return loaded == 0;
}

#else

bool syscalls_restrict(void)
{
	return false;
}

#endif
