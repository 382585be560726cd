/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes that no map tells of: order, neighbours, and finding them again. */
#include "help/unit.h"

#include "regf/gap.h"

static void test_empty(void **state)
{
	struct gaps gaps = { 0 };

	(void)state;
	assert_int_equal(gaps_add(&gaps, 32, 0, GAP_UNMAPPED), STATUS_OK);
	assert_int_equal(gaps.n, 0);
	assert_null(gaps_at(&gaps, 0));
	assert_null(gaps_at(&gaps, UINT32_MAX));
	gaps_clear(&gaps);
}

static void test_neighbours(void **state)
{
	struct gaps gaps = { 0 };

	(void)state;
	assert_int_equal(gaps_add(&gaps, 32, 8, GAP_UNMAPPED), STATUS_OK);
	assert_int_equal(gaps_add(&gaps, 40, 8, GAP_UNMAPPED), STATUS_OK);
	assert_int_equal(gaps_add(&gaps, 48, 16, GAP_FOREIGN), STATUS_OK);
	assert_int_equal(gaps_add(&gaps, 72, 8, GAP_FOREIGN), STATUS_OK);
	assert_int_equal(gaps.n, 3);
	assert_int_equal(gaps.items[0].rel, 32);
	assert_int_equal(gaps.items[0].len, 16);
	assert_int_equal(gaps.items[1].rel, 48);
	assert_int_equal(gaps.items[1].len, 16);
	assert_int_equal(gaps.items[2].rel, 72);
	gaps_clear(&gaps);
	assert_int_equal(gaps.n, 0);
}

/* The first byte and the last are of it, those beside them are not. */
static void test_at(void **state)
{
	struct gaps gaps = { 0 };

	(void)state;
	assert_int_equal(gaps_add(&gaps, 32, 8, GAP_UNMAPPED), STATUS_OK);
	assert_int_equal(gaps_add(&gaps, 4096, 4096, GAP_FOREIGN), STATUS_OK);
	assert_null(gaps_at(&gaps, 31));
	assert_ptr_equal(gaps_at(&gaps, 32), &gaps.items[0]);
	assert_ptr_equal(gaps_at(&gaps, 39), &gaps.items[0]);
	assert_null(gaps_at(&gaps, 40));
	assert_null(gaps_at(&gaps, 4095));
	assert_ptr_equal(gaps_at(&gaps, 4096), &gaps.items[1]);
	assert_ptr_equal(gaps_at(&gaps, 8191), &gaps.items[1]);
	assert_null(gaps_at(&gaps, 8192));
	gaps_clear(&gaps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_at),
	};

	return UNIT_RUN(tests);
}
