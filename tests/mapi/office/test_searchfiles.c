/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data files that the search of Outlook knows. */
#include "help/unit.h"

#include "mapi/office/searchfiles.h"

#include "help/office_keys.h"
#include "help/texts.h"

#include <stdio.h>

#define SEARCH OFFICE_14 "\\Outlook\\Search"

static void test_files(void **state)
{
	struct office_files files;

	(void)state;
	keys_dword(keys, SEARCH, "D:\\old.pst", 1);
	keys_dword(keys, SEARCH, "C:\\new.pst", 3605059);
	keys_dword(keys, SEARCH, "EnableLogging", 1);
	keys_dword(keys, SEARCH, "C:\\", 1);
	keys_dword(keys, SEARCH, "C:new.pst", 1);
	keys_hex(keys, SEARCH "\\Catalog", "\\\\server\\home\\a.ost", "044d040000000000");
	keys_dword(keys, SEARCH "\\Other", "C:\\other.pst", 1);
	find_offices("");
	assert_int_equal(offices.n, 1);
	assert_int_equal(searchfiles_read(&offices.items[0], &files), STATUS_OK);
	assert_int_equal(files.n, 3);
	assert_text(files.items[0].path, "C:\\new.pst");
	assert_string_equal(files.items[0].source, "search");
	assert_text(files.items[1].path, "D:\\old.pst");
	assert_text(files.items[2].path, "\\\\server\\home\\a.ost");
	assert_string_equal(files.items[2].source, "catalog");
	assert_false(files.truncated);
	searchfiles_clear(&files);
}

static void test_none(void **state)
{
	struct office_files files;

	(void)state;
	keys_add(keys, OFFICE_14 "\\Common");
	keys_add(keys, OFFICE_16 "\\Outlook\\Catalog");
	find_offices("");
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(searchfiles_read(&offices.items[i], &files), STATUS_OK);
		assert_int_equal(files.n, 0);
		searchfiles_clear(&files);
	}
}

static void test_limit(void **state)
{
	struct office_files files;
	char name[32];

	(void)state;
	for (int i = 0; i <= SEARCHFILES_MAX; i++) {
		(void)snprintf(name, sizeof(name), "C:\\%d.pst", i);
		keys_dword(keys, SEARCH, name, 1);
	}
	find_offices("");
	assert_int_equal(searchfiles_read(&offices.items[0], &files), STATUS_OK);
	assert_int_equal(files.n, SEARCHFILES_MAX);
	assert_true(files.truncated);
	searchfiles_clear(&files);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_files),
		TEST(test_none),
		TEST(test_limit),
	};

	return UNIT_RUN(tests);
}
