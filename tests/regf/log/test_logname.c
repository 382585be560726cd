/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logs that keep another hive's name: which of them go on where the hive stopped. */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/log/logname.h"

static void test_new_format(void **state)
{
	static const struct {
		uint32_t first;
		bool continues;
	} cases[] = {
		{ 6, false }, { 7, true }, { 8, true }, { 9, false }, { 70, false }
	};
	const struct image_base hive = { .primary_sequence = 8, .secondary_sequence = 7 };
	struct txlog log = { .format = TXLOG_NEW };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct replay_log one = { .log = &log,
					  .first_sequence = cases[i].first,
					  .last_sequence = cases[i].first + 2 };
		assert_int_equal(logname_continues(&hive, &one, 1, 0),
				 cases[i].continues);
	}
}

/* The second of two logs, in any order, follows the first. */
static void test_two_logs(void **state)
{
	const struct image_base hive = { .primary_sequence = 8, .secondary_sequence = 7 };
	struct txlog log = { .format = TXLOG_NEW };
	struct replay_log logs[] = {
		{ .log = &log, .first_sequence = 12, .last_sequence = 14 },
		{ .log = &log, .first_sequence = 7, .last_sequence = 11 },
	};

	(void)state;
	assert_true(logname_continues(&hive, logs, 2, 0));
	assert_true(logname_continues(&hive, logs, 2, 1));
	assert_false(logname_continues(&hive, logs, 1, 0));
	logs[0].first_sequence = 13;
	assert_false(logname_continues(&hive, logs, 2, 0));
	logs[0].first_sequence = 12;
	logs[1].log = NULL;
	assert_false(logname_continues(&hive, logs, 2, 0));
}

static void test_old_format(void **state)
{
	const struct image_base hive = { .primary_sequence = 8,
					 .secondary_sequence = 7,
					 .last_written_ft = HIVES_TIME };
	struct txlog log = { .format = TXLOG_OLD,
			     .base = { .primary_sequence = 8,
				       .last_written_ft = HIVES_TIME } };
	struct replay_log one = { .log = &log };

	(void)state;
	assert_true(logname_continues(&hive, &one, 1, 0));
	log.base.last_written_ft++;
	assert_false(logname_continues(&hive, &one, 1, 0));
	log.base.last_written_ft--;
	log.base.primary_sequence = 7;
	assert_false(logname_continues(&hive, &one, 1, 0));
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
