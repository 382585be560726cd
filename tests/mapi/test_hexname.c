/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hex digits in names. */
#include "help/unit.h"

#include "mapi/hexname.h"

static void test_number(void **state)
{
	uint32_t number = 1;

	(void)state;
	assert_true(hexname_number(text_of("x0012aBcDy"), 1, 8, &number));
	assert_int_equal(number, 0x12abcd);
	assert_true(hexname_number(text_of("ffffffff"), 0, 8, &number));
	assert_int_equal(number, 0xffffffff);
	assert_true(hexname_number(text_of("ab"), 1, 1, &number));
	assert_int_equal(number, 0xb);
	assert_true(hexname_number(text_of("ab"), 2, 0, &number));
	assert_int_equal(number, 0);
}

/* On both sides of the end, and beside both sides of each range of digits. */
static void test_no_number(void **state)
{
	static const char *const wrong[] = { "/0", ":0", "@0", "G0", "`0", "g0", "0 " };
	uint32_t number = 5;

	(void)state;
	assert_false(hexname_number(text_of("ab"), 1, 2, &number));
	assert_false(hexname_number(text_of("ab"), 3, 0, &number));
	assert_false(hexname_number(text_of("ab"), SIZE_MAX, 2, &number));
	assert_false(hexname_number(text_of("ab"), 2, SIZE_MAX, &number));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(hexname_number(text_of(wrong[i]), 0, 2, &number));
		assert_false(hexname_is(text_of(wrong[i]), 2));
	}
	assert_int_equal(number, 5);
}

static void test_is(void **state)
{
	(void)state;
	assert_true(hexname_is(text_of("0123456789abcdefABCDEF"), 22));
	assert_true(hexname_is(text_of(""), 0));
	assert_false(hexname_is(text_of("abc"), 2));
	assert_false(hexname_is(text_of("abc"), 4));
}

/* A wide unit counts whole: its low byte alone may be a digit. */
static void test_wide_names(void **state)
{
	struct text wide = { span_of("a\0b\0", 4), TEXT_UTF16LE };
	struct text other = { span_of("a\0b\1", 4), TEXT_UTF16LE };
	uint32_t number = 0;

	(void)state;
	assert_true(hexname_is(wide, 2));
	assert_true(hexname_number(wide, 0, 2, &number));
	assert_int_equal(number, 0xab);
	assert_false(hexname_is(other, 2));
	assert_false(hexname_number(other, 0, 2, &number));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_no_number),
		cmocka_unit_test(test_is),
		cmocka_unit_test(test_wide_names),
	};

	return UNIT_RUN(tests);
}
