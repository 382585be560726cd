/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths that are the same, may be the same, and are not. */
#include "help/unit.h"

#include "mapi/content/pathlist.h"

static void check(const char *const *paths, size_t n, const char *path,
		  enum profile_known expected)
{
	struct pathlist list = { 0 };

	for (size_t i = 0; i < n; i++)
		assert_int_equal(pathlist_add(&list, text_of(paths[i])), STATUS_OK);
	pathlist_sort(&list);
	assert_int_equal(pathlist_has(&list, text_of(path)), expected);
	pathlist_clear(&list);
}

static void test_paths(void **state)
{
	static const char *const paths[] = {
		"D:\\b.pst",
		"C:\\mail\\Personal.pst",
		"C:\\mail\\archive.pst",
		"\\\\server\\home\\team.pst",
	};

	(void)state;
	check(paths, 4, "c:\\MAIL\\personal.PST", PROFILE_YES);
	check(paths, 4, "D:\\b.pst", PROFILE_YES);
	check(paths, 4, "C:\\other.pst", PROFILE_NO);
	check(paths, 4, "C:\\mail", PROFILE_NO);
	/* A drive that stands for the share, and a file of the same name elsewhere. */
	check(paths, 4, "H:\\team.pst", PROFILE_UNKNOWN);
	check(paths, 4, "E:\\B.PST", PROFILE_UNKNOWN);
	check(paths, 4, "C:\\MAIL\\PERSON~1.PST", PROFILE_UNKNOWN);
	check(paths, 0, "C:\\MAIL\\PERSON~1.PST", PROFILE_NO);
}

/* A short name in the list may stand for any path. */
static void test_short_name(void **state)
{
	static const char *const paths[] = { "C:\\MAIL\\PERSON~1.PST" };

	(void)state;
	check(paths, 1, "C:\\mail\\personal.pst", PROFILE_UNKNOWN);
	check(paths, 1, "c:\\mail\\person~1.pst", PROFILE_YES);
}

/* Letters of 8 bits are of some code page: in Windows-1251 this is another name. */
static void test_code_page(void **state)
{
	static const char *const paths[] = { "C:\\mail\\\xcf\xee\xf7\xf2\xe0.pst" };

	(void)state;
	check(paths, 1, "C:\\other.pst", PROFILE_UNKNOWN);
	assert_true(pathlist_is_vague(text_of(paths[0])));
	assert_true(pathlist_is_vague(text_of("C:\\MAIL~1\\a.pst")));
	assert_false(pathlist_is_vague(text_of("C:\\mail\\a.pst")));
	assert_false(pathlist_is_vague((struct text){
		.bytes = span_of("\xcf\0\x1f\x04", 4), .encoding = TEXT_UTF16LE }));
}

static void test_slashes(void **state)
{
	static const char *const paths[] = { "C:/mail/personal.pst", "bare.pst" };

	(void)state;
	check(paths, 2, "C:\\mail\\personal.pst", PROFILE_UNKNOWN);
	check(paths, 2, "C:\\mail\\bare.pst", PROFILE_UNKNOWN);
	check(paths, 2, "C:\\mail\\mail", PROFILE_NO);
}

static void test_limit(void **state)
{
	struct pathlist list = { 0 };

	(void)state;
	for (size_t i = 0; i < PROFILE_MAX_ITEMS; i++)
		assert_int_equal(pathlist_add(&list, text_of("C:\\a.pst")), STATUS_OK);
	assert_int_equal(pathlist_add(&list, text_of("C:\\a.pst")), STATUS_LIMIT);
	assert_int_equal(list.n, PROFILE_MAX_ITEMS);
	pathlist_clear(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),	  cmocka_unit_test(test_short_name),
		cmocka_unit_test(test_code_page), cmocka_unit_test(test_slashes),
		cmocka_unit_test(test_limit),
	};

	return UNIT_RUN(tests);
}
