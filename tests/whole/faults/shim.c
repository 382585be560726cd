/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loaded before a program (LD_PRELOAD): counts its allocations, and lets one of them fail.
 *
 *   FAULTS_LIST=FILE  writes a line for each call stack that allocates: the number of the
 *                     first allocation made from it, and a hash of the stack
 *   FAULT_AT=N        the allocation of that number fails, once; FAULT_LOG=FILE gets the
 *                     stack then
 *
 * A program that does the same each time makes the same allocations: so what was counted in
 * one run is found in the next without looking at stacks, which would take minutes.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What glibc's own functions are called beside the names that are taken here. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

/* Callers that tell a stack; deeper ones are recursions of the same. */
#define MAX_DEPTH 14
#define N_SLOTS ((size_t)1 << 16)

static _Thread_local bool inside __attribute__((tls_model("initial-exec")));
static atomic_ulong count;
static unsigned long fail_at;
static int list = -1, log_fd = -1;
static atomic_ullong seen[N_SLOTS];

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
	for (size_t at = (size_t)(hash >> 48);; at = (at + 1) % N_SLOTS) {
		unsigned long long free_slot = 0;
		if (atomic_load(&seen[at]) == hash)
			return false;
		if (atomic_compare_exchange_strong(&seen[at], &free_slot, hash))
			return true;
		if (free_slot == hash)
			return false;
	}
}

static void note(unsigned long number)
{
	void *frames[MAX_DEPTH];
	char line[64];
	uint64_t hash = hash_of(frames, backtrace(frames, MAX_DEPTH));

	if (!add(hash))
		return;
	int n = snprintf(line, sizeof(line), "%lu %016llx\n", number,
			 (unsigned long long)hash);
	if (write(list, line, (size_t)n) != n)
		_exit(98);
}

static void tell_stack(void)
{
	void *frames[MAX_DEPTH];

	if (log_fd >= 0)
		backtrace_symbols_fd(frames, backtrace(frames, MAX_DEPTH), log_fd);
}

static void begin(void) __attribute__((constructor));
static void begin(void)
{
	const char *number = getenv("FAULT_AT"), *path = getenv("FAULTS_LIST"),
		   *log_path = getenv("FAULT_LOG");
	void *frames[2];

	/* The first call loads a library, which allocates. */
	inside = true;
	(void)backtrace(frames, 2);
	if (number)
		fail_at = strtoul(number, NULL, 10);
	if (path)
		list = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	/* Later the program may open no other file than its own. */
	if (log_path)
		log_fd = open(log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	/* Programs that this one starts are none of it. */
	(void)unsetenv("LD_PRELOAD");
	atomic_store(&count, 0);
	inside = false;
}

/* True if the allocation fails. */
static bool fails(void)
{
	if (inside || (!fail_at && list < 0))
		return false;
	unsigned long number = atomic_fetch_add(&count, 1) + 1;
	if (number != fail_at && list < 0)
		return false;
	inside = true;
	if (list >= 0)
		note(number);
	else
		tell_stack();
	inside = false;
	return list < 0;
}

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
