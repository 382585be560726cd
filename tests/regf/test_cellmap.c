/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The set of cells: what can be in it, what cannot, and both ends of it. */
#define UNIT_OOM
#include "help/unit.h"

#include "regf/cellmap.h"

static void test_new_set_is_empty(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 4096));
	for (uint32_t rel = 0; rel < 4096 + 64; rel++)
		assert_false(cellmap_has(&map, rel));
	cellmap_clear(&map);
}

static void test_cell_is_added_once(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 4096));
	assert_true(cellmap_add(&map, 32));
	assert_true(cellmap_has(&map, 32));
	assert_false(cellmap_add(&map, 32));
	assert_true(cellmap_has(&map, 32));
	cellmap_clear(&map);
}

/* Nothing but what was added: each of a byte's eight bits is a cell of its own. */
static void test_neighbours_stay_apart(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 256));
	for (uint32_t rel = 8; rel < 256; rel += 24)
		assert_true(cellmap_add(&map, rel));
	for (uint32_t rel = 0; rel < 256; rel += 8)
		assert_int_equal(cellmap_has(&map, rel), rel % 24 == 8);
	cellmap_clear(&map);
}

static void test_cells_start_at_multiples_of_8(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 4096));
	for (uint32_t rel = 33; rel < 40; rel++) {
		assert_false(cellmap_add(&map, rel));
		assert_false(cellmap_has(&map, rel));
	}
	assert_false(cellmap_has(&map, 32));
	assert_false(cellmap_has(&map, 40));
	assert_true(cellmap_add(&map, 32));
	assert_false(cellmap_has(&map, 36));
	cellmap_clear(&map);
}

static void check_ends(uint32_t limit)
{
	struct cellmap map;
	uint32_t last = limit - 1 - (limit - 1) % CELLMAP_UNIT;

	assert_true(cellmap_init(&map, limit));
	assert_true(cellmap_add(&map, 0));
	assert_true(last == 0 || cellmap_add(&map, last));
	assert_true(cellmap_has(&map, last));
	/* limit rounded up: no cell starts there */
	uint32_t past = limit + (0u - limit) % CELLMAP_UNIT;
	assert_false(past != 0 && cellmap_add(&map, past));
	assert_false(past != 0 && cellmap_has(&map, past));
	assert_false(cellmap_add(&map, UINT32_MAX));
	assert_false(cellmap_has(&map, UINT32_MAX));
	cellmap_clear(&map);
}

static void test_both_ends(void **state)
{
	(void)state;
	check_ends(1);
	check_ends(8);
	check_ends(9);
	check_ends(63);
	check_ends(64);
	check_ends(65);
	check_ends(4096);
	check_ends(UINT32_MAX);
}

static void test_set_over_nothing_holds_nothing(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 0));
	assert_false(cellmap_add(&map, 0));
	assert_false(cellmap_has(&map, 0));
	cellmap_clear(&map);
}

static void test_cleared_set_can_be_asked(void **state)
{
	struct cellmap map;

	(void)state;
	assert_true(cellmap_init(&map, 4096));
	assert_true(cellmap_add(&map, 32));
	cellmap_clear(&map);
	assert_false(cellmap_has(&map, 32));
	assert_false(cellmap_add(&map, 32));
	cellmap_clear(&map);
}

static void test_out_of_memory_leaves_empty_set(void **state)
{
	struct cellmap map;

	(void)state;
	assert_false(UNIT_FAIL_AT(0, cellmap_init(&map, 4096)));
	assert_false(cellmap_has(&map, 32));
	assert_false(cellmap_add(&map, 32));
	cellmap_clear(&map);
}

static bool is_wanted(const struct cellmap *map, const struct cellmap *of,
		      const struct cellmap *not_in, uint32_t rel)
{
	return cellmap_has(map, rel) ||
	       (cellmap_has(of, rel) && !cellmap_has(not_in, rel));
}

/* From every place the same cell as a look at each finds, over sets of any size. */
static void check_unlike(uint32_t limit, uint32_t not_limit, uint32_t seed)
{
	struct cellmap map, of, not_in;

	assert_true(cellmap_init(&map, limit));
	assert_true(cellmap_init(&of, limit));
	assert_true(cellmap_init(&not_in, not_limit));
	for (uint32_t rel = 0; rel < limit; rel += 8) {
		seed = seed * 1103515245 + 12345;
		if (seed >> 16 & 1 && seed >> 20 & 31)
			(void)cellmap_add(&of, rel);
		if (seed >> 16 & 1 && seed >> 26 & 7)
			(void)cellmap_add(&not_in, rel);
		if ((seed >> 12 & 63) == 0)
			(void)cellmap_add(&map, rel);
	}
	for (uint32_t from = 0; from <= limit + 16; from += 4) {
		uint32_t expected = from + (8 - from % 8) % 8, next = 0;
		while (expected < limit && !is_wanted(&map, &of, &not_in, expected))
			expected += 8;
		bool found = cellmap_next_unlike(&map, &of, &not_in, from, &next);
		assert_int_equal(found, expected < limit);
		if (found)
			assert_int_equal(next, expected);
	}
	cellmap_clear(&map);
	cellmap_clear(&of);
	cellmap_clear(&not_in);
}

static void test_next_unlike(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < 20; seed++) {
		check_unlike(4096, 4096, seed);
		check_unlike(4096 + 8 * seed, 4096 + 8 * seed, seed);
		check_unlike(4096, 1024, seed);
		check_unlike(8 + seed, 8 + seed, seed);
	}
	const struct cellmap none = { 0 };
	uint32_t next = 0;
	assert_false(cellmap_next_unlike(&none, &none, &none, 0, &next));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_unlike),
		cmocka_unit_test(test_new_set_is_empty),
		cmocka_unit_test(test_cell_is_added_once),
		cmocka_unit_test(test_neighbours_stay_apart),
		cmocka_unit_test(test_cells_start_at_multiples_of_8),
		cmocka_unit_test(test_both_ends),
		cmocka_unit_test(test_set_over_nothing_holds_nothing),
		cmocka_unit_test(test_cleared_set_can_be_asked),
		cmocka_unit_test(test_out_of_memory_leaves_empty_set),
	};

	return UNIT_RUN(tests);
}
