/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words for the kinds of events, as wmsdiff(1), TIMELINE has them. */
#include "help/unit.h"

#include "report/timeline/timelineevents.h"

#include <string.h>

static void test_words(void **state)
{
	static const struct {
		enum timeline_kind kind;
		const char *word, *desc;
	} rows[] = {
		{ TIMELINE_MADE, "profile_made", "Profile made" },
		{ TIMELINE_NOTED_START, "noted_start",
		  "Local time noted by Outlook window start" },
		{ TIMELINE_NOTED, "noted", "Time noted by Outlook" },
		{ TIMELINE_NOTED_END, "noted_end",
		  "Local time noted by Outlook window end" },
		{ TIMELINE_PROFILE_KEY, "profile_key", "Profile key last written" },
		{ TIMELINE_LIST_KEY, "list_key", "List of profiles last written" },
		{ TIMELINE_HIVE, "hive", "Hive last written" },
		{ TIMELINE_FILE, "file", "File last modified" },
		{ TIMELINE_HOTFIX, "hotfix", "Hotfix key last written" },
		{ TIMELINE_DELETION_START, "deletion_start", "Deletion window start" },
		{ TIMELINE_DELETION_END, "deletion_end", "Deletion window end" },
		{ TIMELINE_DELETED, "deleted", "Profile deleted" },
		{ TIMELINE_HIVE_START, "hive_replaced_start",
		  "Hive replacement window start" },
		{ TIMELINE_HIVE_END, "hive_replaced_end", "Hive replacement window end" },
		{ TIMELINE_MOVE_START, "move_start", "Move window start" },
		{ TIMELINE_MOVE_END, "move_end", "Move window end" },
		{ TIMELINE_MOVED, "moved", "Profile moved or renamed" },
		{ TIMELINE_EVENT, "event", "Event logged" },
	};

	(void)state;
	assert_int_equal(sizeof(rows) / sizeof(rows[0]), TIMELINE_EVENT + 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(timelineevents_kind_word(rows[i].kind), rows[i].word);
		assert_string_equal(timelineevents_kind_desc(rows[i].kind), rows[i].desc);
	}
}

/* At one time, the window opens before what happened in it, and ends behind it. */
static void test_order(void **state)
{
	(void)state;
	assert_true(TIMELINE_DELETION_START < TIMELINE_DELETED);
	assert_true(TIMELINE_DELETED < TIMELINE_DELETION_END);
	assert_true(TIMELINE_HIVE_START < TIMELINE_HIVE_END);
	assert_true(TIMELINE_MOVE_START < TIMELINE_MOVED);
	assert_true(TIMELINE_MOVED < TIMELINE_MOVE_END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_order),
	};
	return UNIT_RUN(tests);
}
