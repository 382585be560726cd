/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logs that keep another hive's name: which of them go on where the hive stopped. */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/log/logname.h"

static const struct image_base hive = { .primary_sequence = 8,
					.secondary_sequence = 7,
					.last_written_ft = HIVES_TIME };

static void test_new_format(void **state)
{
	(void)state;
	for (uint32_t first = 5; first < 12; first++) {
		struct txlog_entry entries[] = { { .sequence = first },
						 { .sequence = first + 1 } };
		const struct txlog log = { .format = TXLOG_NEW,
					   .entries = entries,
					   .n_entries = 2 };
		const struct txlog *const logs[] = { &log };
		assert_int_equal(logname_continues(&hive, logs, 1, 0),
				 first == 7 || first == 8);
	}
}

/* The second of two logs, in any order, follows the first. */
static void test_two_logs(void **state)
{
	struct txlog_entry one[] = { { .sequence = 7 }, { .sequence = 11 } };
	struct txlog_entry two[] = { { .sequence = 12 } };
	const struct txlog first = { .format = TXLOG_NEW,
				     .entries = one,
				     .n_entries = 2 };
	const struct txlog second = { .format = TXLOG_NEW,
				      .entries = two,
				      .n_entries = 1 };
	const struct txlog *logs[] = { &second, &first };

	(void)state;
	assert_true(logname_continues(&hive, logs, 2, 0));
	assert_true(logname_continues(&hive, logs, 2, 1));
	assert_false(logname_continues(&hive, logs, 1, 0));
	two[0].sequence = 13;
	assert_false(logname_continues(&hive, logs, 2, 0));
	two[0].sequence = 12;
	logs[1] = NULL;
	assert_false(logname_continues(&hive, logs, 2, 0));
}

static void test_old_format(void **state)
{
	struct txlog_entry entries[] = { { .sequence = 8 } };
	struct txlog log = { .format = TXLOG_OLD,
			     .entries = entries,
			     .n_entries = 1,
			     .base = { .primary_sequence = 8,
				       .last_written_ft = HIVES_TIME } };
	const struct txlog *const logs[] = { &log };

	(void)state;
	assert_true(logname_continues(&hive, logs, 1, 0));
	log.base.last_written_ft++;
	assert_false(logname_continues(&hive, logs, 1, 0));
	log.base.last_written_ft--;
	log.base.primary_sequence = 7;
	assert_false(logname_continues(&hive, logs, 1, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_format),
		cmocka_unit_test(test_two_logs),
		cmocka_unit_test(test_old_format),
	};
	return UNIT_RUN(tests);
}
