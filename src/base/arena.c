/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks that are cut from front to back.  The memory of a block is zero
 * until it is cut, so that cutting costs an addition; fresh blocks come
 * zeroed from calloc(), which for these sizes gets untouched pages, and a
 * block that is kept by arena_reset() is wiped as far as it was used.
 */
#include "base/arena.h"

#include "base/status.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Every piece begins at a multiple of this: 16 on x86-64. */
#define ARENA_ALIGN alignof(max_align_t)

/*
 * The first block fits a small hive whole; doubling up to the last size keeps
 * the blocks of a 256 MB hive few while the unused rest stays small.
 */
#define ARENA_BLOCK_FIRST ((size_t)256 << 10)
#define ARENA_BLOCK_LAST ((size_t)4 << 20)

/* From here on a piece gets a block of its own, so that it wastes no other. */
#define ARENA_BIG (ARENA_BLOCK_FIRST / 4)

struct block {
	struct block *next;
	size_t size; /* bytes in data */
	size_t used; /* bytes cut from it */
	alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct block *blocks; /* the first is the one being cut */
	struct block *big;    /* one piece each */
	size_t next_size;     /* of the next block */
};

static struct block *block_new(size_t size)
{
	size_t total;

	if (ckd_add(&total, size, sizeof(struct block)))
		return NULL;

	struct block *block = calloc(1, total);

	if (block)
		block->size = size;
	else
		status_note_nomem();
	return block;
}

static void block_free_all(struct block *block)
{
	while (block) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena)
		arena->next_size = ARENA_BLOCK_FIRST;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	block_free_all(arena->blocks);
	block_free_all(arena->big);
	free(arena);
}

void arena_freep(struct arena **arena)
{
	arena_free(*arena);
	*arena = NULL;
}

static void *cut(struct block *block, size_t size)
{
	void *piece = block->data + block->used;

	block->used += size;
	return piece;
}

/* A piece that the current block cannot give. */
static void *cut_new(struct arena *arena, size_t size)
{
	bool big = size >= ARENA_BIG;
	struct block *block = block_new(big ? size : arena->next_size);

	if (!block)
		return NULL;

	struct block **list = big ? &arena->big : &arena->blocks;

	block->next = *list;
	*list = block;
	if (!big && arena->next_size < ARENA_BLOCK_LAST)
		arena->next_size *= 2;
	return cut(block, size);
}

void *arena_calloc(struct arena *arena, size_t n, size_t size)
{
	size_t want;

	if (ckd_mul(&want, n, size) || ckd_add(&want, want, ARENA_ALIGN - 1))
		return NULL;
	want -= want % ARENA_ALIGN;
	/* Nothing is asked for: still a pointer of its own, for NULL means failure. */
	if (want == 0)
		want = ARENA_ALIGN;

	struct block *block = arena->blocks;

	if (block && want < ARENA_BIG && want <= block->size - block->used)
		return cut(block, want);
	return cut_new(arena, want);
}

char *arena_strdup(struct arena *arena, const char *text)
{
	size_t size = text ? strlen(text) + 1 : 0;
	char *copy = text ? arena_calloc(arena, size, 1) : NULL;

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

void arena_reset(struct arena *arena)
{
	struct block *kept = arena->blocks;

	block_free_all(arena->big);
	arena->big = NULL;
	if (!kept)
		return;
	block_free_all(kept->next);
	kept->next = NULL;
	memset(kept->data, 0, kept->used);
	kept->used = 0;
}
