/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Roots and names of a key's path. */
#include "help/unit.h"

#include "regtext/regforest.h"
#include "regtext/regpath.h"

#include <string.h>

static enum regpath_kind read_path(const char *text, struct regpath *path)
{
	struct regsource source = { .bytes = span_of(text, strlen(text)),
				    .encoding = REGTEXT_ASCII,
				    .width = 1 };

	return regpath_read(&source, 0, strlen(text), path);
}

static void expect(const char *text, uint32_t base, uint32_t n, const char *last)
{
	struct regpath path;

	assert_int_equal(read_path(text, &path), REGPATH_KEY);
	assert_int_equal(path.base, base);
	assert_int_equal(path.n, n);
	if (n > 0)
		assert_true(text_same(path.raw[n - 1], text_of(last)));
}

static void test_roots(void **state)
{
	(void)state;
	expect("HKEY_CURRENT_USER", REGFOREST_CURRENT_USER, 0, "");
	expect("hkcu\\a\\b]c", REGFOREST_CURRENT_USER, 2, "b]c");
	expect("HKEY_USERS\\S-1-5-18", REGFOREST_USERS, 1, "S-1-5-18");
	expect("HKU\\.DEFAULT\\x", REGFOREST_USERS, 2, "x");
	expect("HKEY_LOCAL_MACHINE\\Name", REGFOREST_MACHINE, 1, "Name");
	expect("HKLM", REGFOREST_MACHINE, 0, "");
	/* hivexregedit's, of a whole hive. */
	expect("\\", REGFOREST_UNNAMED, 0, "");
	expect("\\Software", REGFOREST_UNNAMED, 1, "Software");
	assert_string_equal(regpath_root_name(REGFOREST_USERS), "HKEY_USERS");
	assert_string_equal(regpath_root_name(REGFOREST_UNNAMED), "");
}

static void test_empty_names(void **state)
{
	(void)state;
	expect("HKCU\\\\a\\", REGFOREST_CURRENT_USER, 1, "a");
	expect("HKCU\\", REGFOREST_CURRENT_USER, 0, "");
}

static void test_others(void **state)
{
	(void)state;
	static const char *const others[] = {
		"HKEY_CLASSES_ROOT\\x",	 "HKEY_LOCAL_MACHINE\\SOFTWARE\\x",
		"HKLM\\System",		 "HKU\\S-1-5-21-1-2-3-1001_Classes",
		"HKEY_CURRENT_USERS\\x", "Software\\x",
	};
	struct regpath path;

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_int_equal(read_path(others[i], &path), REGPATH_OTHER);
	expect("HKLM\\SOFTWARE2", REGFOREST_MACHINE, 1, "SOFTWARE2");
	expect("HKCU\\Software_Classes", REGFOREST_CURRENT_USER, 1, "Software_Classes");
}

static void test_limits(void **state)
{
	(void)state;
	static char text[2 * REGTEXT_MAX_NAME];
	struct regpath path;

	(void)memcpy(text, "HKCU", 5);
	for (size_t i = 0; i < REGTEXT_MAX_DEPTH; i++)
		(void)memcpy(text + 4 + 2 * i, "\\k", 3);
	assert_int_equal(read_path(text, &path), REGPATH_KEY);
	assert_int_equal(path.n, REGTEXT_MAX_DEPTH);
	(void)memcpy(text + 4 + 2 * REGTEXT_MAX_DEPTH, "\\k", 3);
	assert_int_equal(read_path(text, &path), REGPATH_DEEP);
	(void)memset(text + 5, 'k', REGTEXT_MAX_NAME);
	text[5 + REGTEXT_MAX_NAME] = '\0';
	assert_int_equal(read_path(text, &path), REGPATH_KEY);
	text[5 + REGTEXT_MAX_NAME] = 'k';
	text[6 + REGTEXT_MAX_NAME] = '\0';
	assert_int_equal(read_path(text, &path), REGPATH_LONG);
}

static void test_nul(void **state)
{
	(void)state;
	struct regsource source = { .bytes = span_of("HKCU\\a\0b", 8),
				    .encoding = REGTEXT_ASCII,
				    .width = 1 };
	struct regpath path;

	assert_int_equal(regpath_read(&source, 0, 8, &path), REGPATH_NUL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roots),  cmocka_unit_test(test_empty_names),
		cmocka_unit_test(test_others), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_nul),
	};
	return UNIT_RUN(tests);
}
