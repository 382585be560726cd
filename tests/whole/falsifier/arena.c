// SPDX-License-Identifier: GPL-2.0-or-later
/* Blocks of bytes in a list, the newest one first. */
#include "whole/falsifier/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 * 1024, ALIGN = 16 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	uint8_t *bytes;
};

static struct arena_block *add_block(struct arena *arena, size_t need)
{
	struct arena_block *block = calloc(1, sizeof(*block));

	if (block == NULL)
		abort();
	block->size = need > BLOCK ? need : BLOCK;
	block->bytes = calloc(1, block->size);
	if (block->bytes == NULL)
		abort();
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_take(struct arena *arena, size_t n, size_t size)
{
	struct arena_block *block = arena->blocks;

	if (size != 0 && n > SIZE_MAX / 2 / size)
		abort();
	size_t need = (n * size + ALIGN) / ALIGN * ALIGN;
	if (block == NULL || block->size - block->used < need)
		block = add_block(arena, need);
	void *room = block->bytes + block->used;
	block->used += need;
	return room;
}

void *arena_copy(struct arena *arena, const void *bytes, size_t n)
{
	char *copy = arena_take(arena, n + 1, 1);

	if (n != 0)
		memcpy(copy, bytes, n);
	return copy;
}

void arena_clear(struct arena *arena)
{
	while (arena->blocks != NULL) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block->bytes);
		free(block);
	}
}
