/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which elements are taken, and what of them. */
#include "help/unit.h"

#include "companion/evtx/evtxsystem.h"

#include "companion/evtx/evtxvalue.h"

static enum evtxsystem_path path_of(const char *a, const char *b, const char *c)
{
	enum evtxsystem_path path = evtxsystem_below(EVTXSYSTEM_TOP, text_of(a));

	path = evtxsystem_below(path, text_of(b));
	return evtxsystem_below(path, text_of(c));
}

static void test_paths(void **state)
{
	(void)state;
	assert_int_equal(path_of("Event", "System", "Channel"), EVTXSYSTEM_CHANNEL);
	assert_int_equal(path_of("Event", "System", "TimeCreated"), EVTXSYSTEM_TIME);
	assert_int_equal(path_of("Event", "System", "EventRecordID"), EVTXSYSTEM_NUMBER);
	assert_int_equal(path_of("Event", "System", "Level"), EVTXSYSTEM_OTHER);
	assert_int_equal(path_of("Event", "EventData", "Channel"), EVTXSYSTEM_OTHER);
	assert_int_equal(path_of("System", "System", "Channel"), EVTXSYSTEM_OTHER);
	assert_int_equal(evtxsystem_attribute(EVTXSYSTEM_TIME, text_of("SystemTime")),
			 EVTXSYSTEM_TIME);
	assert_int_equal(evtxsystem_attribute(EVTXSYSTEM_TIME, text_of("Other")),
			 EVTXSYSTEM_OTHER);
	assert_int_equal(evtxsystem_attribute(EVTXSYSTEM_NUMBER, text_of("SystemTime")),
			 EVTXSYSTEM_OTHER);
}

static uint64_t number_of(const char *text)
{
	struct evtxsystem system = { .channel = text_of("") };

	evtxsystem_text(&system, EVTXSYSTEM_NUMBER, text_of(text));
	assert_int_equal(text_length(system.channel), 0);
	return system.number;
}

static void test_texts(void **state)
{
	struct evtxsystem system = { .channel = text_of("") };

	(void)state;
	evtxsystem_text(&system, EVTXSYSTEM_CHANNEL, text_of("First"));
	evtxsystem_text(&system, EVTXSYSTEM_CHANNEL, text_of("Second"));
	assert_true(text_is(system.channel, "First"));
	assert_int_equal(number_of("8212"), 8212);
	assert_int_equal(number_of(""), 0);
	assert_int_equal(number_of("82a"), 0);
	assert_int_equal(number_of("-8"), 0);
	assert_int_equal(number_of("99999999999999999999"), 0);
}

static void test_values(void **state)
{
	struct evtxsystem system = { .channel = text_of("") };
	struct span number = span_of("\x14\x20\0\0\1\0\0\0", 8);

	(void)state;
	evtxsystem_value(&system, EVTXSYSTEM_NUMBER, EVTXVALUE_FILETIME, number);
	evtxsystem_value(&system, EVTXSYSTEM_TIME, EVTXVALUE_NUMBER, number);
	/* A value that is not there. */
	evtxsystem_value(&system, EVTXSYSTEM_NUMBER, EVTXVALUE_NUMBER, span_of("", 0));
	assert_true(system.number == 0 && system.created_ft == 0);
	evtxsystem_value(&system, EVTXSYSTEM_NUMBER, EVTXVALUE_NUMBER, number);
	evtxsystem_value(&system, EVTXSYSTEM_TIME, EVTXVALUE_FILETIME, number);
	assert_int_equal(system.number, 0x100002014);
	assert_int_equal(system.created_ft, 0x100002014);
	evtxsystem_value(&system, EVTXSYSTEM_CHANNEL, EVTXVALUE_STRING,
			 span_of("A\0b\0\0\0c\0", 8));
	assert_true(text_is(system.channel, "Ab"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_values),
	};
	return UNIT_RUN(tests);
}
