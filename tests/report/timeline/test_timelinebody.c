/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Body files: body(5) of The Sleuth Kit, one line of eleven fields an event. */
#include "help/timelines.h"

#include "base/filetime.h"
#include "report/timeline/timelinebody.h"

#include <string.h>

/* One second past 1970, with all that a cell can hold; and one that holds least. */
static struct timeline_event events[2] = {
	{ .time_ft = FILETIME_UNIX_EPOCH + 10000000,
	  .kind = TIMELINE_MADE,
	  .message = "a|b%\n\xC3\xA9\x1b[2J",
	  .profile = "p",
	  .tags = "a,b",
	  .offset = 0 },
	{ .time_ft = FILETIME_UNIX_EPOCH + 25000000,
	  .kind = TIMELINE_HIVE,
	  .message = "",
	  .offset = DIAG_NOWHERE },
};

static void expect(const char *text)
{
	const struct timeline timeline = { .items = events, .n = 2 };

	(void)timelines_write(&timeline, TIMELINE_BODY);
	assert_string_equal(timelines_content, text);
}

/* A making is a time of birth, all others are of modification; whole seconds. */
static void test_bytes(void **state)
{
	(void)state;
	expect("0|a%7Cb%25\\u{a}\xC3\xA9\\u{1b}[2J|0|0|0|0|0|0|0|0|1\n"
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
