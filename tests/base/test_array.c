/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays that grow: to their maximum, by doubling, and keeping what they have; searching. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/array.h"

#include "base/compiler.h"

#include <stdint.h>
#include <stdlib.h>

struct numbers {
	uint32_t *items;
	size_t n, cap;
};

static void test_array_grows_to_its_maximum(void **state)
{
	static const size_t limits[] = { 0, 1, 7, 8, 9, 16, 17, 1000 };

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(limits); k++) {
		struct numbers a = { 0 };

		while (a.n < limits[k]) {
			assert_int_equal(ARRAY_RESERVE(&a, limits[k]), STATUS_OK);
			assert_true(a.cap > a.n && a.cap <= limits[k]);
			a.items[a.n] = (uint32_t)a.n;
			a.n++;
		}
		assert_int_equal(ARRAY_RESERVE(&a, limits[k]), STATUS_LIMIT);
		for (size_t i = 0; i < a.n; i++)
			assert_int_equal(a.items[i], i);
		free(a.items);
	}
}

static void test_array_doubles(void **state)
{
	struct numbers a = { 0 };
	size_t grown = 0;

	(void)state;
	for (a.n = 0; a.n < 100000; a.n++) {
		size_t before = a.cap;

		assert_int_equal(ARRAY_RESERVE(&a, 1000000), STATUS_OK);
		grown += a.cap != before;
	}
	assert_in_range(grown, 1, 20);
	free(a.items);
}

static void test_array_keeps_its_items_when_out_of_memory(void **state)
{
	struct numbers a = { 0 };

	(void)state;
	assert_int_equal(ARRAY_RESERVE(&a, 100), STATUS_OK);
	a.items[0] = 42;
	a.n = a.cap;
	assert_int_equal(UNIT_FAIL_AT(0, ARRAY_RESERVE(&a, 100)), STATUS_NOMEM);
	assert_int_equal(a.items[0], 42);
	assert_int_equal(a.cap, a.n);
	free(a.items);

	/* Items so large that their number times their size overflows. */
	void *items = NULL;
	size_t cap = 0;

	assert_int_equal(array_reserve(&items, 0, &cap, SIZE_MAX / 2, 100), STATUS_NOMEM);
	assert_null(items);
	assert_int_equal(cap, 0);
}

/* Each place among sorted items, and before and behind all. */
static void test_count_before(void **state)
{
	static const int items[] = { 1, 3, 3, 3, 7, 9 };

	(void)state;
	for (size_t n = 0; n <= ARRAY_LEN(items); n++)
		for (int wanted = 0; wanted <= 10; wanted++) {
			size_t expected = 0;
			while (expected < n && items[expected] < wanted)
				expected++;
			assert_int_equal(
				ARRAY_COUNT_BEFORE(items, n, item, *item < wanted),
				expected);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_array_grows_to_its_maximum),
		cmocka_unit_test(test_array_doubles),
		cmocka_unit_test(test_array_keeps_its_items_when_out_of_memory),
		cmocka_unit_test(test_count_before),
	};

	return UNIT_RUN(tests);
}
