/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was added is found again, however many there are. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/hashtable.h"

#include <stdlib.h>

static size_t add(struct hashtable *table, uint64_t hash, size_t number, bool expected)
{
	bool known = !expected;

	assert_int_equal(hashtable_add(table, hash, &number, &known), STATUS_OK);
	assert_int_equal(known, expected);
	return number;
}

static void test_first_number_stays(void **state)
{
	struct hashtable table = { 0 };

	(void)state;
	assert_int_equal(add(&table, 7, 70, false), 70);
	assert_int_equal(add(&table, 7, 71, true), 70);
	assert_int_equal(add(&table, UINT64_MAX, 72, false), 72);
	assert_int_equal(add(&table, 7, 73, true), 70);
	assert_int_equal(table.n, 2);
	hashtable_clear(&table);
	assert_int_equal(table.n, 0);
	assert_int_equal(add(&table, 7, 74, false), 74);
	hashtable_clear(&table);
	hashtable_clear(&table);
}

/* Zero is a hash like any other. */
static void test_zero(void **state)
{
	struct hashtable table = { 0 };

	(void)state;
	assert_int_equal(add(&table, 0, 5, false), 5);
	assert_int_equal(add(&table, 0, 6, true), 5);
	hashtable_clear(&table);
}

/* Hashes that all want the same slot, past several growths. */
static void check_many(uint64_t step)
{
	struct hashtable table = { 0 };

	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(add(&table, (i + 1) * step, i, false), i);
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(add(&table, (i + 1) * step, 9999, true), i);
	assert_int_equal(table.n, 5000);
	assert_true(table.n_slots >= 2 * table.n);
	hashtable_clear(&table);
}

static void test_many(void **state)
{
	(void)state;
	check_many(UINT64_C(0x9e3779b97f4a7c15));
	check_many(1);
	check_many(UINT64_C(1) << 40);
}

static void test_hash(void **state)
{
	struct span abc = span_of("abc", 3), abd = span_of("abd", 3);

	(void)state;
	assert_true(hashtable_hash(1, abc) == hashtable_hash(1, span_of("abc", 3)));
	assert_true(hashtable_hash(1, abc) != hashtable_hash(1, abd));
	assert_true(hashtable_hash(1, abc) != hashtable_hash(2, abc));
	assert_true(hashtable_hash(1, abc) != hashtable_hash(1, span_of("ab", 2)));
}

static void test_out_of_memory(void **state)
{
	struct hashtable table = { 0 };
	struct unit_oom oom;
	size_t number = 1;
	bool known;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, hashtable_add(&table, 1, &number, &known));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
	}
	assert_int_equal(oom.n, 1);
	/* It cannot grow, and keeps what it has. */
	for (size_t i = 2; 2 * table.n < table.n_slots; i++)
		(void)add(&table, i, i, false);
	size_t n = table.n;
	assert_int_equal(UNIT_FAIL_AT(0, hashtable_add(&table, n + 1, &number, &known)),
			 STATUS_NOMEM);
	assert_int_equal(table.n, n);
	assert_int_equal(add(&table, 2, 0, true), 2);
	hashtable_clear(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_number_stays),
		cmocka_unit_test(test_zero),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
