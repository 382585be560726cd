/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reserve is given out once and never again.  That is enough: after the first failure
 * all that is made is thrown away, and a program that goes on without memory ends here
 * before a library can stumble over it.
 */
#include "report/xmlmemory.h"

#include "base/status.h"
#include "report/leftover.h"

#include <libxml/xmlmemory.h>

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

/* In front of each piece of the reserve stands its size; both keep what malloc() keeps. */
#define ALIGNMENT ((size_t)16)

static _Alignas(16) unsigned char reserve[XMLMEMORY_RESERVE];
static atomic_size_t n_used;
static _Thread_local unsigned long n_failed;

/* A library that calls this cannot be told that there is no memory. */
static _Noreturn void give_up(void)
{
	static const char line[] = ": out of memory\n";
	const char *name = program_invocation_short_name;

	leftover_remove_all();
	/* Nothing is left to do if this is not told. */
	if (write(STDERR_FILENO, name, strlen(name)) < 0 ||
	    write(STDERR_FILENO, line, sizeof(line) - 1) < 0)
		_exit(EXIT_TROUBLE);
	_exit(EXIT_TROUBLE);
}

static bool is_of_reserve(const void *piece)
{
	uintptr_t at = (uintptr_t)piece, begin = (uintptr_t)reserve;

	return at >= begin && at < begin + sizeof(reserve);
}

static void *from_reserve(size_t size)
{
	size_t needed = (size + 2 * ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

	n_failed++;
	status_note_nomem();
	if (size > XMLMEMORY_RESERVE || needed > XMLMEMORY_RESERVE)
		give_up();
	size_t at = atomic_fetch_add(&n_used, needed);
	if (at > XMLMEMORY_RESERVE - needed)
		give_up();
	memcpy(reserve + at, &size, sizeof(size));
	return reserve + at + ALIGNMENT;
}

static void *take(size_t size)
{
	void *piece = malloc(size);

	return piece || size == 0 ? piece : from_reserve(size);
}

static void give(void *piece)
{
	if (!is_of_reserve(piece))
		free(piece);
}

static size_t size_of(void *piece)
{
	size_t size = 0;

	if (!is_of_reserve(piece))
		return piece ? malloc_usable_size(piece) : 0;
	memcpy(&size, (unsigned char *)piece - ALIGNMENT, sizeof(size));
	return size;
}

static void *resize(void *old, size_t size)
{
	size_t old_size = size_of(old);
	void *piece = is_of_reserve(old) ? malloc(size) : realloc(old, size);

	if (!is_of_reserve(old) && (piece || size == 0))
		return piece;
	if (!piece)
		piece = from_reserve(size);
	if (old_size > 0)
		memcpy(piece, old, old_size < size ? old_size : size);
	give(old);
	return piece;
}

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;
	char *piece = take(size);

	memcpy(piece, text, size);
	return piece;
}

/* Calls of libraries that are under way. */
static atomic_int n_inside;

static void refuse_exit(void)
{
	if (atomic_load(&n_inside) > 0)
		give_up();
}

static void take_over(void)
{
	(void)xmlMemSetup(give, take, resize, copy);
	/* Without it such an exit keeps its status. */
	if (atexit(refuse_exit) != 0)
		status_note_nomem();
}

void xmlmemory_enter(void)
{
	atomic_fetch_add(&n_inside, 1);
}

void xmlmemory_leave(void)
{
	atomic_fetch_sub(&n_inside, 1);
}

unsigned long xmlmemory_begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	(void)pthread_once(&once, take_over);
	return n_failed;
}

bool xmlmemory_lacked(unsigned long begun)
{
	return n_failed != begun;
}
