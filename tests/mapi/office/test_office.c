/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Versions of Office in whole hives and in saved subtrees. */
#include "help/unit.h"

#include "mapi/office/office.h"

#include "help/office_keys.h"

#include <stdio.h>

static void test_versions(void **state)
{
	(void)state;
	keys_add(keys, OFFICE_16 "\\Outlook");
	keys_add(keys, OFFICE_14 "\\Common");
	keys_add(keys, OFFICE "\\15.0\\Word");
	keys_add(keys, OFFICE "\\Outlook\\Outlook");
	keys_add(keys, OFFICE "\\1.6.0\\Outlook");
	keys_add(keys, OFFICE "\\16.\\Outlook");
	find_offices("");
	assert_int_equal(offices.n, 2);
	assert_string_equal(offices.items[0].version, "14.0");
	assert_null(offices.items[0].outlook);
	assert_non_null(offices.items[0].common);
	assert_string_equal(offices.items[1].version, "16.0");
	assert_non_null(offices.items[1].outlook);
	assert_null(offices.items[1].common);
}

static void test_none(void **state)
{
	struct offices none;

	(void)state;
	keys_add(keys, "Software\\Microsoft\\Windows");
	find_offices("");
	assert_int_equal(offices.n, 0);
	assert_int_equal(
		office_find(NULL, &(struct stores){ .prefix = (char[]){ "" } }, &none),
		STATUS_OK);
	assert_int_equal(none.n, 0);
}

static void test_subtree_of_software(void **state)
{
	(void)state;
	keys_add(keys, "Microsoft\\Office\\16.0\\Outlook");
	find_offices("software\\");
	assert_int_equal(offices.n, 1);
}

static void test_subtree_of_office(void **state)
{
	(void)state;
	keys_add(keys, "16.0\\Outlook");
	find_offices(OFFICE "\\");
	assert_int_equal(offices.n, 1);
}

/* Below Office, or beside it, nothing of the path is left. */
static void test_other_subtrees(void **state)
{
	(void)state;
	keys_add(keys, "16.0\\Outlook");
	keys_add(keys, "Microsoft\\Office\\16.0\\Outlook");
	find_offices(OFFICE "\\*\\Outlook\\");
	assert_int_equal(offices.n, 0);
	find_offices("Software\\Microsoft\\Windows NT\\");
	assert_int_equal(offices.n, 0);
	find_offices("Soft\\");
	assert_int_equal(offices.n, 0);
}

static void test_limit(void **state)
{
	char path[80];

	(void)state;
	for (int i = 0; i <= STORE_MAX_OFFICE; i++) {
		(void)snprintf(path, sizeof(path), OFFICE "\\%d.0\\Outlook", i);
		keys_add(keys, path);
	}
	find_offices("");
	assert_int_equal(offices.n, STORE_MAX_OFFICE);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_versions),
		TEST(test_none),
		TEST(test_subtree_of_software),
		TEST(test_subtree_of_office),
		TEST(test_other_subtrees),
		TEST(test_limit),
	};

	return UNIT_RUN(tests);
}
