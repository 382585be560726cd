/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * makefilter [ARCHITECTURE]: writes the filter of system calls as rows of struct
 * sock_filter (seccomp(2), "Filters"), which syscalls.c includes.
 *
 * It is run while wmsdiff is built, so that no run has to put the filter together, nor can
 * lack the memory for it.  Calls are named, and libseccomp knows their numbers on the
 * architecture, as uname(1) calls it; without one it is that of this program itself.  A
 * name that libseccomp does not have there is left out.  Without libseccomp there are no
 * rows.  Exit status: 0; 1 if there can be no filter.
 */
#include <stdio.h>

#ifdef HAVE_LIBSECCOMP

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define LEN(array) (sizeof(array) / sizeof((array)[0]))

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41 /* names of mappings, which the C library sets */
#endif
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#ifndef F_ADD_SEALS
#define F_ADD_SEALS 1033
#define F_GET_SEALS 1034
#endif

/* Ends the process, since Linux 4.14; the build's kernel may be older than that of a run. */
#define API_WITH_KILL_PROCESS 3

/* In the number of an architecture (AUDIT_ARCH_...): its low bytes come first. */
#define LITTLE_ENDIAN_BIT 0x40000000u

/* Memory, threads, clocks, signals, and what the C library asks of itself. */
static const char *const process[] = {
	"brk",
	"munmap",
	"mremap",
	"madvise",
	"futex",
	"futex_time64",
	"set_robust_list",
	"get_robust_list",
	"rseq",
	"set_tid_address",
	"sched_yield",
	"sched_getaffinity",
	"membarrier",
	"exit",
	"exit_group",
	"gettid",
	"getpid",
	"getppid",
	"rt_sigaction",
	"rt_sigprocmask",
	"rt_sigreturn",
	"sigreturn",
	"sigaltstack",
	"restart_syscall",
	"clock_gettime",
	"clock_gettime64",
	"clock_getres",
	"clock_getres_time64",
	"clock_nanosleep",
	"clock_nanosleep_time64",
	"nanosleep",
	"gettimeofday",
	"time",
	"getrandom",
	"uname",
	"sysinfo",
	"getrusage",
	"times",
	"getrlimit",
	"ugetrlimit",
	"getuid",
	"geteuid",
	"getgid",
	"getegid",
	"getuid32",
	"geteuid32",
	"getgid32",
	"getegid32",
	"set_thread_area",
	"arch_prctl",
	"tgkill", /* of this process: syscalls.c bounds it */
};

/* Files: what can be opened is Landlock's. */
static const char *const files[] = {
	"open",
	"openat",
	"close",
	"close_range",
	"read",
	"readv",
	"pread64",
	"preadv",
	"write",
	"writev",
	"pwrite64",
	"pwritev",
	"lseek",
	"_llseek",
	"fstat",
	"stat",
	"lstat",
	"newfstatat",
	"fstat64",
	"stat64",
	"lstat64",
	"fstatat64",
	"statx",
	"access",
	"faccessat",
	"faccessat2",
	"readlink",
	"readlinkat",
	"getdents",
	"getdents64",
	"getcwd",
	"dup",
	"dup2",
	"dup3",
	"flock",
	"statfs",
	"statfs64",
	"fstatfs",
	"fstatfs64",
	"fadvise64",
	"fadvise64_64",
	"poll",
	"ppoll",
	"ppoll_time64",
	"memfd_create",
	/* outputs */
	"ftruncate",
	"ftruncate64",
	"fallocate",
	"fsync",
	"fdatasync",
	"mkdir",
	"mkdirat",
	"unlink",
	"unlinkat",
	"rename",
	"renameat",
	"renameat2",
	"linkat",
	/* the second layer */
	"landlock_restrict_self",
};

/* No parser needs them, and one that is taken over would. */
static const char *const deadly[] = {
	"execve",
	"execveat",
	"fork",
	"vfork",
	"ptrace",
	"process_vm_readv",
	"process_vm_writev",
	"process_madvise",
	"pidfd_open",
	"pidfd_getfd",
	"kcmp",
	"kill",
	"tkill",
	"rt_sigqueueinfo",
	"rt_tgsigqueueinfo",
	"pidfd_send_signal",
	"socket",
	"socketpair",
	"socketcall",
	"connect",
	"bind",
	"listen",
	"accept",
	"accept4",
	"sendto",
	"sendmsg",
	"sendmmsg",
	"recvfrom",
	"recvmsg",
	"recvmmsg",
	"bpf",
	"perf_event_open",
	"userfaultfd",
	"io_uring_setup",
	"io_uring_enter",
	"io_uring_register",
	"mount",
	"umount",
	"umount2",
	"move_mount",
	"open_tree",
	"fsopen",
	"pivot_root",
	"chroot",
	"unshare",
	"setns",
	"keyctl",
	"add_key",
	"request_key",
	"init_module",
	"finit_module",
	"delete_module",
	"kexec_load",
	"kexec_file_load",
	"open_by_handle_at",
	"setuid",
	"setgid",
	"setresuid",
	"setresgid",
	"setreuid",
	"setregid",
	"setgroups",
	"setfsuid",
	"setfsgid",
	"capset",
	"reboot",
	"swapon",
	"swapoff",
	"acct",
	"quotactl",
	"mknod",
	"mknodat",
	"symlink",
	"symlinkat",
	"chown",
	"fchown",
	"lchown",
	"fchownat",
	"modify_ldt",
	"iopl",
	"ioperm",
	"vmsplice",
	"shmget",
	"shmat",
	"msgget",
	"semget",
	"mq_open",
};

/* ---- rules ---- */

static bool add_names(scmp_filter_ctx filter, uint32_t action, const char *const *names,
		      size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int number = seccomp_syscall_resolve_name(names[i]);
		/* What only other architectures have is left out by the library. */
		if (number != __NR_SCMP_ERROR &&
		    seccomp_rule_add(filter, action, number, 0) != 0)
			return false;
	}
	return true;
}

/* A rule for calls of which an argument, masked, has this value. */
static bool add_if(scmp_filter_ctx filter, uint32_t action, const char *name,
		   unsigned argument, uint64_t mask, uint64_t value)
{
	int number = seccomp_syscall_resolve_name(name);
	struct scmp_arg_cmp masked = SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, value);

	return number == __NR_SCMP_ERROR ||
	       seccomp_rule_add_array(filter, action, number, 1, &masked) == 0;
}

/* Allowed with one of these values as argument. */
static bool add_values(scmp_filter_ctx filter, const char *name, unsigned argument,
		       const uint64_t *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!add_if(filter, SCMP_ACT_ALLOW, name, argument, UINT64_MAX,
			    values[i]))
			return false;
	return true;
}

static bool is_s390(uint32_t architecture)
{
	return architecture == SCMP_ARCH_S390 || architecture == SCMP_ARCH_S390X;
}

/*
 * Threads, but no processes and no namespaces.  Of the flags of clone3() a filter cannot
 * see anything: it fails, and the C library calls clone().
 */
static bool add_threads(scmp_filter_ctx filter, uint32_t architecture)
{
	const uint64_t others = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
				CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
				CLONE_NEWNET | CLONE_NEWTIME | CLONE_PTRACE;
	/* It has its stack first there. */
	unsigned flags = is_s390(architecture) ? 1 : 0;

	return add_if(filter, SCMP_ACT_ALLOW, "clone", flags, CLONE_THREAD | others,
		      CLONE_THREAD) &&
	       add_if(filter, SCMP_ACT_KILL_PROCESS, "clone", flags, CLONE_THREAD, 0);
}

/*
 * Memory holds data or code, and no new code comes into it.  The mmap() of two
 * architectures has its arguments in memory, where a filter sees nothing: x86 has another
 * one beside it, s390 needs it.
 */
static bool add_memory(scmp_filter_ctx filter, uint32_t architecture)
{
	const char *const mmap[] = { "mmap" };
	bool done = true;

	if (is_s390(architecture))
		done = add_names(filter, SCMP_ACT_ALLOW, mmap, LEN(mmap));
	else if (architecture != SCMP_ARCH_X86)
		done = add_if(filter, SCMP_ACT_ALLOW, "mmap", 2, PROT_EXEC, 0);
	return done && add_if(filter, SCMP_ACT_ALLOW, "mmap2", 2, PROT_EXEC, 0) &&
	       add_if(filter, SCMP_ACT_ALLOW, "mprotect", 2, PROT_EXEC, 0);
}

/*
 * Of a terminal it is asked whether it is one, and how wide: nothing is typed into it
 * (TIOCSTI), which a shell would read.
 */
static bool add_terminal(scmp_filter_ctx filter)
{
	static const uint64_t asked[] = {
		TCGETS,
		TIOCGWINSZ,
#ifdef TCGETS2
		TCGETS2,
#endif
	};

	return add_values(filter, "ioctl", 1, asked, LEN(asked));
}

/* Descriptors, locks, leases and seals; nobody is sent a signal by a file (F_SETOWN). */
static bool add_descriptors(scmp_filter_ctx filter)
{
	/* Locks have numbers of their own where there are 32 bits. */
	enum { GETLK64 = 12, SETLK64 = 13, SETLKW64 = 14 };
	static const uint64_t commands[] = {
		F_DUPFD,     F_DUPFD_CLOEXEC, F_GETFD,	  F_SETFD,    F_GETFL,
		F_SETFL,     F_GETLK,	      F_SETLK,	  F_SETLKW,   F_OFD_GETLK,
		F_OFD_SETLK, F_OFD_SETLKW,    F_SETLEASE, F_GETLEASE, F_ADD_SEALS,
		F_GET_SEALS, GETLK64,	      SETLK64,	  SETLKW64,
	};

	return add_values(filter, "fcntl", 1, commands, LEN(commands)) &&
	       add_values(filter, "fcntl64", 1, commands, LEN(commands));
}

/* The limits of this process are asked for, and never set. */
static bool add_limits(scmp_filter_ctx filter)
{
	return add_if(filter, SCMP_ACT_ALLOW, "prlimit64", 2, UINT64_MAX, 0);
}

/* prctl(): only what the second layer of Landlock needs, and names. */
static bool add_prctl(scmp_filter_ctx filter)
{
	static const uint64_t options[] = { PR_SET_NO_NEW_PRIVS, PR_SET_NAME,
					    PR_SET_VMA };

	return add_values(filter, "prctl", 0, options, LEN(options));
}

static bool fill(scmp_filter_ctx filter, uint32_t architecture)
{
	return add_names(filter, SCMP_ACT_ALLOW, process, LEN(process)) &&
	       add_names(filter, SCMP_ACT_ALLOW, files, LEN(files)) &&
	       add_names(filter, SCMP_ACT_KILL_PROCESS, deadly, LEN(deadly)) &&
	       add_threads(filter, architecture) && add_memory(filter, architecture) &&
	       add_terminal(filter) && add_descriptors(filter) && add_limits(filter) &&
	       add_prctl(filter);
}

/* ---- rows ---- */

/* A number of n bytes as that architecture has it in memory. */
static unsigned long number_at(const unsigned char *bytes, size_t n, bool little)
{
	unsigned long number = 0;

	for (size_t i = 0; i < n; i++)
		number = number << 8 | bytes[little ? n - 1 - i : i];
	return number;
}

/* The library writes struct sock_filter: 16 bits, twice 8, 32. */
static bool print(FILE *made, bool little)
{
	unsigned char row[8];

	rewind(made);
	while (fread(row, sizeof(row), 1, made) == 1)
		fprintf(stdout, "{ 0x%02lx, %u, %u, 0x%08lx },\n",
			number_at(row, 2, little), row[2], row[3],
			number_at(row + 4, 4, little));
	return !ferror(made) && fflush(stdout) == 0 && !ferror(stdout);
}

/* 0: this library does not know it. */
static uint32_t architecture_of(int argc, char **argv)
{
	/* i386 to i686 are one. */
	bool x86 = argc > 1 && strlen(argv[1]) == 4 && argv[1][0] == 'i' &&
		   strcmp(argv[1] + 2, "86") == 0;

	if (argc < 2)
		return seccomp_arch_native();
	return x86 ? SCMP_ARCH_X86 : seccomp_arch_resolve_name(argv[1]);
}

int main(int argc, char **argv)
{
	uint32_t architecture = architecture_of(argc, argv);
	FILE *made = tmpfile();

	if (!made || architecture == 0) {
		fprintf(stderr, "%s: no filter for this architecture\n", argv[0]);
		return 1;
	}
	/* It would ask the kernel of this machine otherwise. */
	(void)seccomp_api_set(API_WITH_KILL_PROCESS);
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (!filter ||
	    /* Not both at once: they may have their bytes in another order. */
	    (architecture != seccomp_arch_native() &&
	     (seccomp_arch_remove(filter, seccomp_arch_native()) != 0 ||
	      seccomp_arch_add(filter, architecture) != 0)) ||
	    !fill(filter, architecture) ||
	    seccomp_export_bpf(filter, fileno(made)) != 0) {
		fprintf(stderr, "%s: libseccomp makes no filter\n", argv[0]);
		return 1;
	}
	seccomp_release(filter);
	return print(made, (architecture & LITTLE_ENDIAN_BIT) != 0) ? 0 : 1;
}

#else

int main(void)
{
	return 0;
}

#endif
