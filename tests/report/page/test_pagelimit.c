/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much of a report is kept, by name and in all. */
#include "help/unit.h"

#include "report/page/pagelimit.h"

static void test_limits(void **state)
{
	struct pagelimit kept = { 0 };
	size_t n = 0;

	(void)state;
	while (pagelimit_take(&kept, "change", false))
		n++;
	assert_int_equal(n, 1000);
	assert_false(pagelimit_take(&kept, "timeline", false));
	for (n = 0; pagelimit_take(&kept, "cellobject", true);)
		n++;
	assert_int_equal(n, 2000);
	assert_true(pagelimit_take(&kept, "cellobject", false));
	for (n = 0; n < 100000; n++)
		if (!pagelimit_take(&kept, "anything", false))
			break;
	assert_true(n < 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
	};

	return UNIT_RUN(tests);
}
