/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ranges of lost bytes, and words for concluded fields. */
#include "help/unit.h"

#include "verify/verifycell.h"

#include <string.h>

static bool ranges(const char *text, struct verifycell_range out[2])
{
	return verifycell_ranges(span_of(text, strlen(text)), out, 2);
}

static void test_ranges(void **state)
{
	static const char *const wrong[] = {
		"4",
		"+4",
		"4+",
		"0+4 2+4",
		"a+b",
		"0+1 2+1 4+1",
		"1+18446744073709551615",
	};
	struct verifycell_range out[2] = { 0 };

	(void)state;
	assert_true(ranges("", out));
	assert_int_equal(out[0].end, 0);
	assert_true(ranges("0+4 60+2", out));
	assert_int_equal(out[0].first, 0);
	assert_int_equal(out[0].end, 4);
	assert_int_equal(out[1].first, 60);
	assert_int_equal(out[1].end, 62);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(ranges(wrong[i], out));
}

static void test_inferred(void **state)
{
	(void)state;
	assert_int_equal(verifycell_inferred(span_of("", 0)), 0);
	assert_int_equal(verifycell_inferred(span_of("kind data", 9)),
			 1u << VERIFYCELL_KIND | 1u << VERIFYCELL_DATA);
	assert_int_equal(verifycell_inferred(span_of("name", 4)), 1u << VERIFYCELL_NAME);
	assert_int_equal(verifycell_inferred(span_of("name_length", 11)),
			 1u << VERIFYCELL_NAME_LENGTH);
	assert_int_equal(verifycell_inferred(span_of("other", 5)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_inferred),
	};
	return UNIT_RUN(tests);
}
