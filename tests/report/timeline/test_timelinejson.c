/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines: RFC 8259, and nothing but ASCII. */
#include "help/timelines.h"

#include "report/timeline/timelinejson.h"

#include <string.h>

static struct timeline_event events[2] = TIMELINES_TWO("a\"\\\n\xC3\xA9\xF0\x9F\x98\x80");

static void test_bytes(void **state)
{
	(void)state;
	timelines_assert_two(
		events, TIMELINE_JSONL,
		"{\"message\":\"a\\\"\\\\\\u000a\\u00e9\\ud83d\\ude00\","
		"\"datetime\":\"1970-01-01T00:00:01.000000+00:00\",\"timestamp\":1000000,"
		"\"timestamp_desc\":\"Profile made\",\"kind\":\"profile_made\","
		"\"profile\":\"p\",\"offset\":0,\"filetime\":\"116444736010000000\","
		"\"tag\":[\"a\",\"b\"]}\n"
		"{\"message\":\"\",\"datetime\":\"1970-01-01T00:00:02.500000+00:00\","
		"\"timestamp\":2500000,\"timestamp_desc\":\"Hive last written\","
		"\"kind\":\"hive\",\"filetime\":\"116444736025000000\"}\n");
}

/* One tag is a list as well. */
static void test_one_tag(void **state)
{
	struct timeline_event event = events[1];
	const struct timeline timeline = { .items = &event, .n = 1 };

	(void)state;
	event.tags = "bound";
	(void)timelines_write(&timeline, TIMELINE_JSONL);
	timelines_assert_holds(",\"tag\":[\"bound\"]}\n");
}

static void test_empty(void **state)
{
	const struct timeline timeline = { .items = NULL, .n = 0 };

	(void)state;
	assert_int_equal(timelines_write(&timeline, TIMELINE_JSONL), 0);
}

static void test_hostile_json(void **state)
{
	struct timeline *timeline = timelines_read_units(*state, timelines_hostile,
							 ARRAY_LEN(timelines_hostile));
	size_t n = timelines_write(timeline, TIMELINE_JSONL);

	assert_int_equal(timelines_content_count("\n"), timeline->n);
	for (size_t i = 0; i < n; i++)
		assert_true(
			timelines_content[i] == '\n' ||
			(timelines_content[i] >= 0x20 && timelines_content[i] <= 0x7e));
	timelines_assert_holds(
		"\"profile\":\"A\\\"|,\\u000a\\u000d\\u202e%\\\\\\ufffd\\ufffd\\u2028"
		"\\ud83d\\ude00\\u007f\\u009b\",\"profile_utf16\":\"410022007c002c000a00"
		"0d002e2025005c00010000d828203dd800de7f009b00\"");
	/* In the message too, between quotes that are escaped. */
	timelines_assert_holds("Profile \\\"A\\\"|,\\u000a");
	timeline_free(timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_one_tag),
		cmocka_unit_test(test_empty),
		TEST(test_hostile_json),
	};
	return UNIT_RUN(tests);
}
