/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much of a path is shown: whole, or an end of it that tells it apart. */
#include "help/summaries.h"

#include "report/summary/pathname.h"

#include <string.h>

#define DOTS "\xE2\x80\xA6/"

static struct summaries_page page;

/* What is shown of a path, in a line of 80 columns with text from column 10 on. */
static void expect(const char *const *inputs, size_t n_inputs, const char *path,
		   size_t taken, const char *shown)
{
	const char *paths[8];
	const struct inputs list = { .paths = paths, .n = n_inputs };
	char line[256];

	assert_true(n_inputs <= ARRAY_LEN(paths));
	for (size_t i = 0; i < n_inputs; i++)
		paths[i] = inputs[i];
	summaries_begin(&page);
	page.options.inputs = &list;
	screen_line(page.summary.screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "file");
	pathname_put(&page.summary, path, taken);
	summaries_end(&page);
	(void)snprintf(line, sizeof(line), "file      %s\n", shown);
	assert_string_equal(page.text, line);
}

static void test_it_fits(void **state)
{
	static const char *const inputs[] = { "/evidence/a/ntuser.dat" };

	(void)state;
	expect(inputs, 1, inputs[0], 0, "/evidence/a/ntuser.dat");
	/* 22 columns of 70. */
	expect(inputs, 1, inputs[0], 48, "/evidence/a/ntuser.dat");
	expect(inputs, 1, inputs[0], 49, DOTS "a/ntuser.dat");
}

/* The end that is shown tells the file apart from all others. */
static void test_own_end(void **state)
{
	static const char *const inputs[] = { "/evidence/a/x/ntuser.dat",
					      "/evidence/b/x/ntuser.dat",
					      "/evidence/b/x/system" };

	(void)state;
	expect(inputs, 3, inputs[0], 70, DOTS "a/x/ntuser.dat");
	expect(inputs, 3, inputs[1], 70, DOTS "b/x/ntuser.dat");
	expect(inputs, 3, inputs[2], 70, DOTS "system");
	/* Of one that is no input as well. */
	expect(inputs, 3, "/out/r.xml", 70, DOTS "r.xml");
	/* More than there are columns: as if all were taken. */
	expect(inputs, 3, inputs[2], 71, DOTS "system");
	expect(inputs, 3, inputs[2], SIZE_MAX, DOTS "system");
}

/* A path that is the end of another one has no end of its own: it is shown whole. */
static void test_end_of_another(void **state)
{
	static const char *const inputs[] = { "b/ntuser.dat", "/a/b/ntuser.dat",
					      "/a/bb/ntuser.dat" };

	(void)state;
	expect(inputs, 3, inputs[0], 70, "b/ntuser.dat");
	expect(inputs, 3, inputs[1], 70, "/a/b/ntuser.dat");
	expect(inputs, 3, inputs[2], 70, DOTS "bb/ntuser.dat");
}

/* The last column of a line, and one more. */
static void test_width(void **state)
{
	char path[80] = "/a/";

	(void)state;
	memset(path + 3, 'x', 67);
	path[SUMMARY_COLUMNS] = '\0';
	assert_int_equal(strlen(path), 70);
	expect(NULL, 0, path, 0, path);
	char shown[96];
	(void)snprintf(shown, sizeof(shown), DOTS "%s", path + 3);
	expect(NULL, 0, path, 1, shown);
}

static void test_full(void **state)
{
	char path[200];

	(void)state;
	memset(path, 'd', sizeof(path));
	for (size_t i = 0; i < sizeof(path); i += 20)
		path[i] = '/';
	path[sizeof(path) - 1] = '\0';
	summaries_begin(&page);
	page.options.full = true;
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	pathname_put(&page.summary, path, 70);
	summaries_end(&page);
	/* It may be broken into lines, but no byte is missing. */
	size_t n = 0;
	for (const char *c = page.text; *c; c++)
		if (*c != '\n')
			assert_int_equal(*c, path[n++]);
	assert_int_equal(n, strlen(path));
}

static void test_hostile(void **state)
{
	(void)state;
	expect(NULL, 0, "/a/\x1b[31m\n", 0, "/a/\xEF\xBF\xBD[31m\\u{a}");
}

/* ---- folders ---- */

static void expect_folder(const char *path, const char *shown)
{
	char line[256];

	summaries_begin(&page);
	screen_line(page.summary.screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "folder");
	pathname_put_folder(&page.summary, path, 0);
	summaries_end(&page);
	(void)snprintf(line, sizeof(line), "folder    %s\n", shown);
	assert_string_equal(page.text, line);
}

static void test_folder(void **state)
{
	(void)state;
	expect_folder("/out/reg/x.reg", "/out/reg");
	expect_folder("reg/x.reg", "reg");
	expect_folder("x.reg", ".");
	expect_folder("/x.reg", "/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_fits),	       cmocka_unit_test(test_own_end),
		cmocka_unit_test(test_end_of_another), cmocka_unit_test(test_width),
		cmocka_unit_test(test_full),	       cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_folder),
	};
	return UNIT_RUN(tests);
}
