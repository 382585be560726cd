/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of events, and which of them are told once. */
#include "help/unit.h"

#include "base/compiler.h"
#include "base/diag.h"
#include "report/timeline/timelineorder.h"

#include <string.h>

/* Sorts a copy of the events; their numbers (order) must come out as in the string. */
static void expect(const struct timeline_event *events, size_t n, const char *numbers)
{
	struct timeline_event items[16];
	struct timeline timeline = { .items = items, .n = n };
	char got[17] = "";

	assert_true(n <= 16);
	for (size_t i = 0; i < n; i++) {
		items[i] = events[i];
		items[i].order = i;
	}
	timelineorder_sort(&timeline);
	for (size_t i = 0; i < timeline.n; i++)
		got[i] = (char)('0' + items[i].order);
	assert_string_equal(got, numbers);
}

static void test_nothing(void **state)
{
	struct timeline_event event = { .time_ft = 1 };

	(void)state;
	expect(&event, 0, "");
	expect(&event, 1, "0");
}

/* By time, kind, profile, list: none before any, and by bytes. */
static void test_order(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 3, .kind = TIMELINE_MADE, .profile = "a" },
		{ .time_ft = 2, .kind = TIMELINE_DELETION_END, .profile = "a" },
		{ .time_ft = 2, .kind = TIMELINE_DELETED, .profile = "b" },
		{ .time_ft = 2,
		  .kind = TIMELINE_DELETED,
		  .profile = "a",
		  .store_path = "y" },
		{ .time_ft = 2,
		  .kind = TIMELINE_DELETED,
		  .profile = "a",
		  .store_path = "x" },
		{ .time_ft = 2, .kind = TIMELINE_DELETED, .profile = "a" },
		{ .time_ft = 2, .kind = TIMELINE_DELETED, .profile = "B" },
		{ .time_ft = 1, .kind = TIMELINE_EVENT, .message = "m", .offset = 4 },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "76543210");
}

/* Names that UTF-8 shows alike are told apart by their units. */
static void test_units(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 1, .profile = "?", .profile_utf16 = "01d8" },
		{ .time_ft = 1, .profile = "?", .profile_utf16 = "00d8" },
		{ .time_ft = 1, .profile = "?", .profile_utf16 = "01d8" },
		{ .time_ft = 1, .profile = "?" },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "312");
}

/* What several snapshots show alike stays once, from the last of them. */
static void test_repeated(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 1,
		  .kind = TIMELINE_PROFILE_KEY,
		  .profile = "a",
		  .message = "m" },
		{ .time_ft = 1,
		  .kind = TIMELINE_PROFILE_KEY,
		  .profile = "a",
		  .message = "m" },
		{ .time_ft = 1,
		  .kind = TIMELINE_PROFILE_KEY,
		  .profile = "a",
		  .message = "n" },
		{ .time_ft = 2,
		  .kind = TIMELINE_PROFILE_KEY,
		  .profile = "a",
		  .message = "m" },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "123");
}

/* A deletion that a change tells stays, whatever its sentence is. */
static void test_deletions(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 1,
		  .kind = TIMELINE_DELETED,
		  .profile = "a",
		  .message = "of a change",
		  .changes = "c1" },
		{ .time_ft = 1,
		  .kind = TIMELINE_DELETED,
		  .profile = "a",
		  .message = "recovered" },
		{ .time_ft = 1,
		  .kind = TIMELINE_DELETED,
		  .profile = "b",
		  .message = "recovered" },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "02");
	expect(events, 2, "0");
}

/* Without a name, only the place tells that two are one; without a place, nothing. */
static void test_nameless(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 1, .kind = TIMELINE_DELETED, .message = "m", .offset = 8 },
		{ .time_ft = 1, .kind = TIMELINE_DELETED, .message = "m", .offset = 4 },
		{ .time_ft = 1, .kind = TIMELINE_DELETED, .message = "m", .offset = 8 },
		{ .time_ft = 1,
		  .kind = TIMELINE_DELETED,
		  .message = "m",
		  .offset = 8,
		  .path = "/b" },
		{ .time_ft = 2, .message = "m", .offset = DIAG_NOWHERE },
		{ .time_ft = 2, .message = "m", .offset = DIAG_NOWHERE },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "12345");
}

/* Lists by their path, files by theirs. */
static void test_lists_and_files(void **state)
{
	static const struct timeline_event events[] = {
		{ .time_ft = 1,
		  .kind = TIMELINE_LIST_KEY,
		  .store_path = "x",
		  .offset = 4 },
		{ .time_ft = 1,
		  .kind = TIMELINE_LIST_KEY,
		  .store_path = "x",
		  .offset = 8 },
		{ .time_ft = 1,
		  .kind = TIMELINE_LIST_KEY,
		  .store_path = "y",
		  .offset = 4 },
		{ .time_ft = 1,
		  .kind = TIMELINE_FILE,
		  .message = "m",
		  .path = "/a",
		  .offset = DIAG_NOWHERE },
		{ .time_ft = 1,
		  .kind = TIMELINE_FILE,
		  .message = "m",
		  .path = "/a",
		  .offset = DIAG_NOWHERE },
		{ .time_ft = 1,
		  .kind = TIMELINE_FILE,
		  .message = "m",
		  .path = "/b",
		  .offset = DIAG_NOWHERE },
	};

	(void)state;
	expect(events, ARRAY_LEN(events), "1245");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),		cmocka_unit_test(test_order),
		cmocka_unit_test(test_units),		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_deletions),	cmocka_unit_test(test_nameless),
		cmocka_unit_test(test_lists_and_files),
	};
	return UNIT_RUN(tests);
}
