/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Body files: body(5) of The Sleuth Kit, one line of eleven fields an event. */
#include "help/timelines.h"

#include "report/timeline/timelinebody.h"

#include <string.h>

static struct timeline_event events[2] = TIMELINES_TWO("a|b%\n\xC3\xA9\x1b[2J");

/* A making is a time of birth, all others are of modification; whole seconds. */
static void test_bytes(void **state)
{
	(void)state;
	timelines_assert_two(events, TIMELINE_BODY,
			     "0|a%7Cb%25\\u{a}\xC3\xA9\\u{1b}[2J|0|0|0|0|0|0|0|0|1\n"
			     "0||0|0|0|0|0|0|2|0|0\n");
}

static void test_empty(void **state)
{
	const struct timeline timeline = { .items = NULL, .n = 0 };

	(void)state;
	assert_int_equal(timelines_write(&timeline, TIMELINE_BODY), 0);
}

static void test_hostile_body(void **state)
{
	struct timeline *timeline = timelines_read_units(*state, timelines_hostile,
							 ARRAY_LEN(timelines_hostile));
	size_t n = timelines_write(timeline, TIMELINE_BODY);

	assert_int_equal(timelines_content_count("\n"), timeline->n);
	assert_int_equal(timelines_content_count("|"), 10 * timeline->n);
	for (size_t i = 0; i < n; i++)
		assert_true(timelines_content[i] == '\n' ||
			    ((unsigned char)timelines_content[i] >= 0x20 &&
			     timelines_content[i] != 0x7f));
	assert_int_equal(timelines_content_count("\xc2\x9b"), 0);
	timelines_assert_holds("0|Profile \"A\"%7C,\\u{a}\\u{d}\\u{202e}%25\\");
	assert_int_equal(timelines_content_count("\xe2\x80\xae"), 0);
	timeline_free(timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_empty),
		TEST(test_hostile_body),
	};
	return UNIT_RUN(tests);
}
