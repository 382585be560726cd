/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loaded before a program (LD_PRELOAD): lets an allocation fail at each place that
 * allocates, which is a call stack.
 *
 *   FAULTS_RESULTS=FILE  at each new place a copy of the process is made (fork), in which
 *                        the allocation fails; it runs to its end and is judged, what it
 *                        did to files is undone, and the process goes on to the next
 *                        place.  FILE gets a line for each: number, verdict, status
 *   FAULTS_FOUND=FILE    gets the stack of each verdict that is a fault
 *   FAULTS_EVERY=N       only every Nth place
 *   FAULTS_MADE, FAULTS_WHOLE, FAULTS_GRAVE=FOLDER
 *                        where the outputs go, what they are without a fault, and where
 *                        outputs of copies are put aside
 *   FAULTS_STATUS=N      the exit status without a fault
 *   FAULT_AT=N           alone: the allocation of that number fails, once
 *
 * What was said is FAULTS_MADE with .out and .err behind it, and for FAULTS_WHOLE likewise.
 * Rights are not given up, since no copy could be made then; that they are asked for stays.
 */
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What glibc's own functions are called beside the names that are taken here. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

/* Callers that tell a stack; deeper ones are recursions of the same. */
#define MAX_DEPTH 14
#define N_SLOTS ((size_t)1 << 16)

/* A copy that does not end is a fault, too. */
#define MOST_SECONDS 120

typedef long syscall_function(long number, ...);

static bool inside, searching, failed;
static unsigned long count, fail_at, every = 1, places;
static int results = -1, found = -1;
static uint64_t seen[N_SLOTS];
static struct faults_paths paths;
static int usual;

static syscall_function *real_syscall(void)
{
	static syscall_function *real;

	if (!real) {
		void *function = dlsym(RTLD_NEXT, "syscall");
		memcpy(&real, &function, sizeof(real));
	}
	return real;
}

/* ---- places ---- */

static uint64_t hash_of(void *const *frames, int n)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (int i = 0; i < n; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) *
		       UINT64_C(0x9e3779b97f4a7c15);
	return hash | 1;
}

/* True if the hash is new. */
static bool add(uint64_t hash)
{
	size_t at = (size_t)(hash >> 48);

	while (seen[at] && seen[at] != hash)
		at = (at + 1) % N_SLOTS;
	if (seen[at])
		return false;
	seen[at] = hash;
	return true;
}

static bool has_threads(void)
{
	static const char task[] = "/proc/self/task";

	return faults_count(task) > 1;
}

static void tell(const char *verdict, int status, void *const *frames, int n)
{
	char line[80];
	int len = snprintf(line, sizeof(line), "%lu %s %d\n", count, verdict, status);

	if (write(results, line, (size_t)len) != len)
		_exit(98);
	if (!faults_is_fault(verdict) || found < 0)
		return;
	(void)!write(found, line, (size_t)len);
	backtrace_symbols_fd(frames, n, found);
}

/*
 * A copy of this process, by the call itself: the C library's functions would give it
 * another number of its thread, and locks that are held here could not be taken there again.
 */
static pid_t copy(void)
{
#ifdef __s390x__
	return (pid_t)real_syscall()(SYS_clone, 0L, (long)SIGCHLD, 0L, 0L, 0L);
#else
	return (pid_t)real_syscall()(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);
#endif
}

/* A copy in which this allocation fails.  Return: true in the copy. */
static bool try_here(void *const *frames, int n)
{
	static struct faults_files files;
	int status = 0;

	if (has_threads()) {
		tell("threads", 0, frames, n);
		return false;
	}
	faults_save(&files, &paths);
	pid_t pid = copy();
	if (pid == 0) {
		struct rlimit no_core = { 0, 0 };
		(void)setrlimit(RLIMIT_CORE, &no_core);
		(void)alarm(MOST_SECONDS);
		searching = false;
		failed = true;
		return true;
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		_exit(97);
	int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	tell(faults_judge(&paths, code, usual), code, frames, n);
	faults_restore(&files, &paths);
	return false;
}

static bool search(void)
{
	void *frames[MAX_DEPTH];
	int n = backtrace(frames, MAX_DEPTH);

	if (!add(hash_of(frames, n)) || places++ % every != 0)
		return false;
	return try_here(frames, n);
}

static void begin(void) __attribute__((constructor));
static void begin(void)
{
	const char *at = getenv("FAULT_AT"), *path = getenv("FAULTS_RESULTS"),
		   *found_path = getenv("FAULTS_FOUND"), *share = getenv("FAULTS_EVERY"),
		   *status = getenv("FAULTS_STATUS");
	void *frames[2];

	/* The first call loads a library, which allocates. */
	inside = true;
	(void)backtrace(frames, 2);
	(void)real_syscall();
	if (at)
		fail_at = strtoul(at, NULL, 10);
	if (share)
		every = strtoul(share, NULL, 10);
	if (status)
		usual = (int)strtol(status, NULL, 10);
	if (path)
		results = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC,
			       0666);
	if (found_path)
		found = open(found_path,
			     O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
	paths = (struct faults_paths){ .made = getenv("FAULTS_MADE"),
				       .whole = getenv("FAULTS_WHOLE"),
				       .grave = getenv("FAULTS_GRAVE"),
				       .ours = { results, found } };
	searching = path && paths.made && paths.whole && paths.grave && every > 0;
	/* Programs that this one starts are none of it. */
	(void)unsetenv("LD_PRELOAD");
	count = 0;
	inside = false;
}

/* True if the allocation fails. */
static bool fails(void)
{
	bool here = false;
	int error = errno;

	/* Of several threads one at a time is enough: more are not tried. */
	if (inside || failed || (!fail_at && !searching))
		return false;
	inside = true;
	count++;
	if (searching)
		here = search();
	else
		failed = here = count == fail_at;
	inside = false;
	errno = error;
	return here;
}

/* ---- memory ---- */

void *malloc(size_t size)
{
	if (!fails())
		return __libc_malloc(size);
	errno = ENOMEM;
	return NULL;
}

void *calloc(size_t n, size_t size)
{
	if (!fails())
		return __libc_calloc(n, size);
	errno = ENOMEM;
	return NULL;
}

void *realloc(void *old, size_t size)
{
	if (!fails())
		return __libc_realloc(old, size);
	errno = ENOMEM;
	return NULL;
}

void *reallocarray(void *old, size_t n, size_t size)
{
	size_t bytes;

	if (!__builtin_mul_overflow(n, size, &bytes) && !fails())
		return __libc_realloc(old, bytes);
	errno = ENOMEM;
	return NULL;
}

/* ---- what would be in the way of copies ---- */

/* Rights are kept: see above. */
long syscall(long number, ...)
{
	long a[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (results >= 0 && (number == SYS_seccomp || number == FAULTS_LANDLOCK_SELF))
		return 0;
	return real_syscall()(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Locks are of a process, and a copy has none of them. */
int fcntl(int fd, int command, ...)
{
	va_list list;

	va_start(list, command);
	long argument = va_arg(list, long);
	va_end(list);
	if (results >= 0 && (command == F_SETLK || command == F_SETLKW))
		return 0;
	return (int)real_syscall()(SYS_fcntl, (long)fd, (long)command, argument);
}

int fcntl64(int fd, int command, ...) __attribute__((alias("fcntl")));

/* Nobody turns the machine off meanwhile. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}
