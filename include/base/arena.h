/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is taken piece by piece and freed at once: one arena per tree
 * of keys.  A hive of 256 MB holds millions of records; a malloc for each
 * would cost more than reading them.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/compiler.h"

struct arena;

/* Gives a new, empty arena, or NULL when out of memory. */
struct arena *arena_new(void);

/* Takes the arena with all that was allocated in it; NULL is allowed. */
void arena_free(struct arena *arena);
void arena_freep(struct arena **arena);

/*
 * n items of size bytes each, zeroed, aligned for any type; they live as long
 * as the arena.  Return: NULL when out of memory or when n * size overflows.
 */
void *arena_calloc(struct arena *arena, size_t n, size_t size) MUST_CHECK;

/*
 * A copy of a text in the arena.  Return: NULL when out of memory, and for NULL:
 * what made the text had none.
 */
char *arena_strdup(struct arena *arena, const char *text) MUST_CHECK;

/* Forgets all that was allocated but keeps one block for reuse. */
void arena_reset(struct arena *arena);

#endif
