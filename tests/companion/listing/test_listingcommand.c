/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prompts and command lines, and patterns of modules. */
#include "help/unit.h"

#include "companion/listing/listingcommand.h"

#include "base/array.h"

#include <string.h>

static void test_command_lines(void **state)
{
	static const struct {
		const char *line;
		enum listingcommand_tool tool;
		enum listingcommand_asked asked;
		const char *pattern;
		bool filtered;
	} cases[] = {
		{ "C:\\>", LISTINGCOMMAND_OTHER, LISTINGCOMMAND_PROCESSES, "", false },
		{ "C:\\>dir /s", LISTINGCOMMAND_OTHER, LISTINGCOMMAND_PROCESSES, "",
		  false },
		{ "C:\\>tlist", LISTINGCOMMAND_TLIST, LISTINGCOMMAND_PROCESSES, "",
		  false },
		{ "C:\\>tlist -s", LISTINGCOMMAND_TLIST, LISTINGCOMMAND_SERVICES, "",
		  false },
		{ "C:\\>tlist mad", LISTINGCOMMAND_TLIST, LISTINGCOMMAND_PROCESSES, "",
		  true },
		{ "C:\\>TLIST /M Mapi32.dll > a.txt", LISTINGCOMMAND_TLIST,
		  LISTINGCOMMAND_MODULES, "Mapi32.dll", false },
		{ "C:\\>tasklist /m | more", LISTINGCOMMAND_TASKLIST,
		  LISTINGCOMMAND_MODULES, "", false },
		{ "C:\\>tasklist /m /fo csv /nh", LISTINGCOMMAND_TASKLIST,
		  LISTINGCOMMAND_MODULES, "", false },
		{ "C:\\>tasklist /s host /u a\\b /p x /svc", LISTINGCOMMAND_TASKLIST,
		  LISTINGCOMMAND_SERVICES, "", false },
		{ "C:\\>tasklist /svc /fi \"pid eq 4\"", LISTINGCOMMAND_TASKLIST,
		  LISTINGCOMMAND_SERVICES, "", true },
		{ "tasklist.exe /m mapi32.dll>x", LISTINGCOMMAND_TASKLIST,
		  LISTINGCOMMAND_MODULES, "mapi32.dll", false },
	};
	static const char *const none[] = {
		"tasklist.exe  3044 Console  0  4,000 K",
		"tlist.exe",
		"C:\\boot.ini",
		"a > b",
		"dir",
		"",
		"\"tlist.exe\",\"12\",\"x.dll\"",
	};
	struct listingcommand command;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *line = cases[i].line;
		assert_true(listingcommand_parse(span_of(line, strlen(line)), &command));
		assert_int_equal(command.tool, cases[i].tool);
		assert_int_equal(command.asked, cases[i].asked);
		assert_int_equal(command.filtered, cases[i].filtered);
		assert_int_equal(command.pattern.len, strlen(cases[i].pattern));
		if (command.pattern.len > 0)
			assert_memory_equal(command.pattern.ptr, cases[i].pattern,
					    command.pattern.len);
	}
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_false(listingcommand_parse(span_of(none[i], strlen(none[i])),
						  &command));
}

static bool matches(const char *pattern, const char *name)
{
	return listingcommand_matches(span_of(pattern, strlen(pattern)), name);
}

static void test_patterns(void **state)
{
	(void)state;
	assert_true(matches("mapi32.dll", "mapi32.dll"));
	assert_true(matches("MAPI32.DLL", "mapi32.dll"));
	assert_true(matches("*", "mapi32.dll"));
	assert_true(matches("*.dll", "mapi32.dll"));
	assert_true(matches("m*3*l", "mapi32.dll"));
	assert_true(matches("mapi??.dll*", "mapi32.dll"));
	assert_true(matches("*i32*dll", "mapi32.dll"));
	assert_false(matches("", "mapi32.dll"));
	assert_false(matches("mapi32", "mapi32.dll"));
	assert_false(matches("mapi32.dll?", "mapi32.dll"));
	assert_false(matches("*.exe", "mapi32.dll"));
	assert_false(matches("m*x*l", "mapi32.dll"));
}

/* What was asked for answers for Mapi32.dll only if all processes were. */
static void test_asks_mapi32(void **state)
{
	static const struct {
		const char *line;
		bool asks;
	} cases[] = {
		{ "C:\\>tasklist /m", true },
		{ "C:\\>tasklist /m mapi*", true },
		{ "C:\\>tasklist /m mapi64.dll", false },
		{ "C:\\>tasklist /m /fi \"pid eq 4\"", false },
		{ "C:\\>tasklist /svc", false },
		{ "C:\\>tlist -m MAPI32.DLL", true },
		{ "C:\\>tlist -p 12 -m mapi32.dll", false },
		{ "C:\\>dir", false },
	};
	struct listingcommand command;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *line = cases[i].line;
		assert_true(listingcommand_parse(span_of(line, strlen(line)), &command));
		if (listingcommand_asks_mapi32(&command) != cases[i].asks)
			fail_msg("%s", line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_lines),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_asks_mapi32),
	};

	return UNIT_RUN(tests);
}
