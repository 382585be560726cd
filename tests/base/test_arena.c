/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory taken piece by piece: arenas, and arrays that grow to a maximum. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static bool is_zero(const unsigned char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i])
			return false;
	return true;
}

/* Takes a piece, checks what the contract says of it, and fills it. */
static unsigned char *take(struct arena *arena, size_t n, size_t size)
{
	unsigned char *p = arena_calloc(arena, n, size);

	assert_non_null(p);
	assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
	assert_true(is_zero(p, n * size));
	memset(p, 0xA5, n * size);
	return p;
}

/* So many bytes a piece takes: whole multiples of what every object can begin at. */
static size_t whole(size_t size)
{
	const size_t step = alignof(max_align_t);

	return (size + step - 1) / step * step;
}

static void test_pieces_are_aligned_zero_and_apart(void **state)
{
	static unsigned char *pieces[3000];
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(arena);
	/* 1 to 3000 bytes, 4.5 MB in all: several blocks. */
	for (size_t i = 0; i < 3000; i++) {
		pieces[i] = take(arena, i + 1, 1);
		memset(pieces[i], (int)(i % 251 + 1), i + 1);
	}
	for (size_t i = 0; i < 3000; i++)
		for (size_t k = 0; k <= i; k += i ? i : 1)
			assert_int_equal(pieces[i][k], i % 251 + 1);
	arena_free(arena);
}

static void test_big_pieces_at_the_limits(void **state)
{
	/* Around a quarter of a block, a block, and the largest block. */
	static const size_t sizes[] = {
		65519,	65520,	65521,	 65535,	  65536,   65537,   262143,
		262144, 262145, 4194303, 4194304, 4194305, 9000000,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct arena *arena = arena_new();

		assert_non_null(arena);

		unsigned char *small = take(arena, 1, 24);
		unsigned char *big = take(arena, sizes[i], 1);
		unsigned char *next = take(arena, 1, 24);

		/* A big piece leaves the block it came between as it was. */
		if (whole(sizes[i]) >= 65536)
			assert_ptr_equal(next, small + whole(24));
		else
			assert_ptr_equal(next, big + whole(sizes[i]));
		assert_int_equal(big[sizes[i] - 1], 0xA5);
		arena_free(arena);
	}
}

static void test_nothing_is_still_a_piece(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(arena);

	void *a = arena_calloc(arena, 0, 8);
	void *b = arena_calloc(arena, 8, 0);

	assert_non_null(a);
	assert_non_null(b);
	assert_ptr_not_equal(a, b);
	arena_free(arena);
}

static void test_overflow_is_refused(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(arena);
	assert_null(arena_calloc(arena, SIZE_MAX / 2 + 1, 2));
	assert_null(arena_calloc(arena, SIZE_MAX, SIZE_MAX));
	for (size_t less = 0; less < 64; less++)
		assert_null(arena_calloc(arena, SIZE_MAX - less, 1));
	(void)take(arena, 1, 1);
	arena_free(arena);
}

static void test_texts_are_copied(void **state)
{
	struct arena *arena = arena_new();
	char text[] = "Outlook";

	(void)state;
	assert_non_null(arena);
	assert_null(arena_strdup(arena, NULL));
	char *empty = arena_strdup(arena, "");
	char *copy = arena_strdup(arena, text);
	assert_non_null(empty);
	assert_non_null(copy);
	assert_ptr_not_equal(copy, text);
	text[0] = 'X';
	assert_string_equal(copy, "Outlook");
	assert_string_equal(empty, "");
	arena_free(arena);
}

static void test_reset_gives_zeroed_memory_again(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_non_null(arena);
	arena_reset(arena);

	unsigned char *first = take(arena, 1, 100);

	(void)take(arena, 1000, 100);
	arena_reset(arena);
	/* One block was enough, so it is the one that was kept. */
	assert_ptr_equal(take(arena, 1, 100), first);
	for (size_t i = 0; i < 100000; i++)
		(void)take(arena, 1, 100);
	arena_reset(arena);
	for (size_t i = 0; i < 100000; i++)
		(void)take(arena, 1, 100);
	arena_free(arena);
}

static void test_free_accepts_null(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	arena_free(NULL);
	arena_freep(&arena);
	assert_null(arena);
	arena_freep(&arena);
}

static void test_out_of_memory(void **state)
{
	(void)state;
	assert_null(UNIT_FAIL_AT(0, arena_new()));

	struct arena *arena = arena_new();

	assert_non_null(arena);
	assert_null(UNIT_FAIL_AT(0, arena_calloc(arena, 1, 16)));
	unsigned char *piece = take(arena, 1, 16);

	assert_null(UNIT_FAIL_AT(0, arena_calloc(arena, 1, 1 << 20)));
	/* A failed request harms nothing. */
	assert_ptr_equal(take(arena, 1, 16), piece + 16);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_aligned_zero_and_apart),
		cmocka_unit_test(test_big_pieces_at_the_limits),
		cmocka_unit_test(test_nothing_is_still_a_piece),
		cmocka_unit_test(test_overflow_is_refused),
		cmocka_unit_test(test_texts_are_copied),
		cmocka_unit_test(test_reset_gives_zeroed_memory_again),
		cmocka_unit_test(test_free_accepts_null),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
