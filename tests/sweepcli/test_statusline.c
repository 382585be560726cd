/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person is told of a sweep that runs. */
#include "help/unit.h"

#include "sweepcli/statusline.h"

#include <string.h>

static void says(struct tally tally, size_t before, double seconds, const char *expected)
{
	char line[STATUSLINE_SIZE];

	statusline_text(&tally, before, seconds, line);
	assert_string_equal(line, expected);
}

static void test_lines(void **state)
{
	struct tally tally = { .n = 40, .settled = 12 };

	(void)state;
	tally.counts[OUTCOME_COMPARED] = 10;
	tally.counts[OUTCOME_INCOMPLETE] = 1;
	tally.counts[OUTCOME_CRASHED] = 1;
	/* 10 in 30 s: 28 more take 84 s. */
	says(tally, 2, 30, "12 of 40 done, 1 failed, 20 a minute, 84 s to go");
	/* Nothing yet: no rate is made up. */
	says(tally, 12, 30, "12 of 40 done, 1 failed");
	says(tally, 0, 0, "12 of 40 done, 1 failed");
	tally.settled = 40;
	says(tally, 0, 60, "40 of 40 done, 29 failed, 40 a minute");
	tally.n = 400040;
	says(tally, 0, 60, "40 of 400040 done, 29 failed, 40 a minute, 167 h to go");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines) };

	return UNIT_RUN(tests);
}
