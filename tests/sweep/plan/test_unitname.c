/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of units, and the machines that names of collections tell. */
#include "help/unit.h"

#include "base/compiler.h"
#include "sweep/plan/unitname.h"

#include <string.h>

static void test_encodes(void **state)
{
	static const struct {
		const char *text, *name;
	} rows[] = {
		{ "PC-01.example_com", "PC-01.example_com" },
		{ "a b", "a%20b" },
		{ "../x", "%2E.%2Fx" },
		{ ".hidden", "%2Ehidden" },
		{ "M\xC3\xBCller", "M%C3%BCller" },
		{ "100%", "100%25" },
		{ "\xFF", "%FF" },
	};
	char name[UNITNAME_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_true(unitname_encode(rows[i].text, name));
		assert_string_equal(name, rows[i].name);
		assert_true(unitname_is_one(name));
	}
}

static void test_refuses(void **state)
{
	static const char *const none[] = { "",	   ".x",   "a/b",  "a b",  "%2e",
					    "%41", "%",	   "%4",   "%zz",  "a%00",
					    "..",  "\xC3", "a\tb", "%2Fx%" };
	char text[UNITNAME_MAX + 2], name[UNITNAME_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_false(unitname_is_one(none[i]));
	assert_false(unitname_encode("", name));
	memset(text, 'a', sizeof(text));
	text[UNITNAME_MAX] = '\0';
	assert_true(unitname_encode(text, name));
	assert_true(unitname_is_one(text));
	text[UNITNAME_MAX - 1] = ' ';
	assert_false(unitname_encode(text, name));
	text[UNITNAME_MAX - 1] = text[UNITNAME_MAX] = 'a';
	text[UNITNAME_MAX + 1] = '\0';
	assert_false(unitname_encode(text, name));
	assert_false(unitname_is_one(text));
}

static void test_folds(void **state)
{
	char folded[UNITNAME_SIZE];

	(void)state;
	unitname_fold("PC-Z_9%C3", folded);
	assert_string_equal(folded, "pc-z_9%c3");
}

static void test_machines(void **state)
{
	static const struct {
		const char *entry;
		bool folder;
		const char *machine;
	} rows[] = {
		{ "PC01", true, "PC01" },
		{ "PC01.zip", false, "PC01" },
		{ "PC01.zip", true, "PC01.zip" },
		{ "pc.example.com.TAR.GZ", false, "pc.example.com" },
		{ ".zip", false, ".zip" },
		{ "PC%2D01", true, "PC-01" },
		{ "100%", true, "100%" },
		{ "a%00b", true, "a%00b" },
		{ "Collection-PC-01-2024-03-18T10_11_12Z.zip", false, "PC-01" },
		{ "Collection-pc_01-2024-03-18T10_11_12_01_00.zip", false, "pc_01" },
		{ "Collection-pc-2024-03-18.zip", false, "Collection-pc-2024-03-18" },
		{ "Collection--2024-03-18T10_11_12Z", true,
		  "Collection--2024-03-18T10_11_12Z" },
	};
	char machine[256];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_true(unitname_machine(rows[i].entry, rows[i].folder, machine,
					     sizeof(machine)));
		assert_string_equal(machine, rows[i].machine);
	}
	assert_false(unitname_machine("abcd", true, machine, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_encodes),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_folds),
		cmocka_unit_test(test_machines),
	};
	return UNIT_RUN(tests);
}
