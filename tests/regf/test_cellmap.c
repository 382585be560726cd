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

int main(void)
{
	const struct CMUnitTest tests[] = {
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
