/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Room that is given back all at once: what one history needs lives as long as it.
 * Lack of memory stops the process, as in the recipes.
 */
#ifndef FALSIFIER_ARENA_H
#define FALSIFIER_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks;
};

/* Return: `n` times `size` bytes, all zero, lent until arena_clear(). */
void *arena_take(struct arena *arena, size_t n, size_t size);

/* Return: a copy of `n` bytes with a NUL behind them, lent likewise. */
void *arena_copy(struct arena *arena, const void *bytes, size_t n);

/* Frees all that was taken; the arena may be used again. */
void arena_clear(struct arena *arena);

#endif
