/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Last writes that cannot be true, on both sides of each limit. */
#include "help/unit.h"

#include "base/diag.h"
#include "snapshot/keytimes.h"

#include <string.h>

#define DAY (UINT64_C(86400) * 10000000)
#define YEAR (366 * DAY)
#define NOW UINT64_C(131000000000000000) /* in 2016 */

static struct key keys[4];

/* A root with three keys below it; 0 is a time that was never set. */
static uint64_t newest(const uint64_t times[4], uint64_t header_ft, size_t told)
{
	struct diag_list *diags = diag_list_new();

	assert_non_null(diags);
	memset(keys, 0, sizeof(keys));
	for (size_t i = 0; i < 4; i++) {
		keys[i].mtime_ft = times[i];
		keys[i].record_off = (uint32_t)(4128 + 100 * i);
		keys[i].name = (const uint8_t *)"abcd" + i;
		keys[i].name_len = 1;
		keys[i].parent = i > 0 ? &keys[0] : NULL;
		keys[i].depth = i > 0;
	}
	keys[0].children = &keys[1];
	keys[0].n_children = 3;
	uint64_t found = keytimes_newest(&keys[0], header_ft, diags);
	assert_int_equal(diag_count_of(diags, DIAG_TIME_IMPOSSIBLE), told > 0);
	assert_int_equal(diag_count(diags), told > 0);
	diag_list_free(diags);
	return found;
}

static void test_before_the_registry(void **state)
{
	(void)state;
	assert_true(newest((uint64_t[]){ NOW, KEYTIMES_OLDEST, 0, NOW }, NOW, 0) == NOW);
	assert_true(newest((uint64_t[]){ NOW, KEYTIMES_OLDEST - 1, 0, NOW }, NOW, 1) ==
		    NOW);
	assert_true(newest((uint64_t[]){ 1, 1, 1, 1 }, 0, 4) == 0);
	assert_true(newest((uint64_t[]){ 0, 0, 0, 0 }, 0, 0) == 0);
}

static void test_far_after_all_others(void **state)
{
	(void)state;
	assert_true(newest((uint64_t[]){ NOW, NOW, 0, NOW + YEAR }, NOW, 0) ==
		    NOW + YEAR);
	assert_true(newest((uint64_t[]){ NOW, NOW, 0, NOW + YEAR + 1 }, NOW, 1) == NOW);
	/* The header was written with it. */
	assert_true(newest((uint64_t[]){ NOW, NOW, 0, NOW + 3 * YEAR },
			   NOW + 3 * YEAR + DAY, 0) == NOW + 3 * YEAR);
	/* Another key, too. */
	assert_true(newest((uint64_t[]){ NOW, NOW + 3 * YEAR - DAY, 0, NOW + 3 * YEAR },
			   NOW, 0) == NOW + 3 * YEAR);
	/* One behind the other. */
	assert_true(newest((uint64_t[]){ NOW, NOW + 3 * YEAR, 0, NOW + 6 * YEAR }, NOW,
			   2) == NOW);
}

/* Two such times do not make each other possible. */
static void test_after_all_clocks(void **state)
{
	(void)state;
	assert_true(newest((uint64_t[]){ NOW, NOW, UINT64_MAX, UINT64_MAX - DAY },
			   UINT64_MAX, 2) == NOW);
	assert_true(newest((uint64_t[]){ KEYTIMES_NEWEST, KEYTIMES_NEWEST - DAY, 0,
					 KEYTIMES_NEWEST + 1 },
			   0, 1) == KEYTIMES_NEWEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_before_the_registry),
		cmocka_unit_test(test_far_after_all_others),
		cmocka_unit_test(test_after_all_clocks),
	};

	return UNIT_RUN(tests);
}
