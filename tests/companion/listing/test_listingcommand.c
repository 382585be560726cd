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

/* On which other machine a command ran, by its prompt or by what it is told. */
static void test_machines(void **state)
{
	static const struct {
		const char *line, *machine;
		enum listingcommand_tool tool;
	} cases[] = {
		{ "C:\\>tasklist /m mapi32.dll", "", LISTINGCOMMAND_TASKLIST },
		{ "C:\\>tasklist /s PC2 /m mapi32.dll", "PC2", LISTINGCOMMAND_TASKLIST },
		{ "C:\\>tasklist /m /s \\\\pc2.example.com", "pc2.example.com",
		  LISTINGCOMMAND_TASKLIST },
		{ "C:\\>tasklist /s localhost /svc", "", LISTINGCOMMAND_TASKLIST },
		/* -s of tlist asks for services */
		{ "C:\\>tlist -s", "", LISTINGCOMMAND_TLIST },
		{ "[PC2]: PS C:\\Users\\a> tasklist /m", "PC2", LISTINGCOMMAND_TASKLIST },
		{ "[PC2]: PS>tasklist /m", "PC2", LISTINGCOMMAND_TASKLIST },
		{ "[pc2]: PS C:\\>", "pc2", LISTINGCOMMAND_OTHER },
		{ "[DBG]: PS C:\\>> tasklist /m", "", LISTINGCOMMAND_OTHER },
		{ "PS C:\\> Invoke-Command -ComputerName PC2 { tasklist /m }", "PC2",
		  LISTINGCOMMAND_OTHER },
		{ "PS C:\\> icm 'PC2' {tasklist /m}", "PC2", LISTINGCOMMAND_OTHER },
		{ "PS C:\\> Invoke-Command -Session $s { tasklist /m }", "$s",
		  LISTINGCOMMAND_OTHER },
		{ "PS C:\\> Invoke-Command { tasklist /m }", "", LISTINGCOMMAND_OTHER },
		{ "C:\\>psexec \\\\PC2 -s tasklist /m", "PC2", LISTINGCOMMAND_OTHER },
		{ "C:\\>winrs -r:PC2 tasklist /m", "PC2", LISTINGCOMMAND_OTHER },
		{ "C:\\>ssh admin@PC2 tasklist /m", "PC2", LISTINGCOMMAND_OTHER },
		{ "C:\\>dir \\\\PC2\\c$", "", LISTINGCOMMAND_OTHER },
	};
	struct listingcommand command;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *line = cases[i].line, *machine = cases[i].machine;
		assert_true(listingcommand_parse(span_of(line, strlen(line)), &command));
		assert_int_equal(command.tool, cases[i].tool);
		assert_int_equal(command.machine.len, strlen(machine));
		assert_true(span_starts(command.machine, 0, machine, strlen(machine)));
	}
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
		cmocka_unit_test(test_machines),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_asks_mapi32),
	};

	return UNIT_RUN(tests);
}
