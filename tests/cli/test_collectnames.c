/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the outputs of many subjects go, and that none of it is in what was given. */
#include "help/unit.h"

#include "cli/collectnames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/test_collectnames.XXXXXX";

static char *inside(const char *name)
{
	char *path = NULL;

	assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
	return path;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int set_up(void **state)
{
	(void)state;
	memcpy(folder, "/tmp/test_collectnames.XXXXXX", sizeof(folder));
	if (!mkdtemp(folder))
		return -1;
	char *given = inside("given"), *below = inside("given/below");
	int made = mkdir(given, 0700) || mkdir(below, 0700);
	free(below);
	free(given);
	return made;
}

static int tear_down(void **state)
{
	static const char *const names[] = { "given/below", "given", "out/jdoe", "out" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *path = inside(names[i]);
		(void)rmdir(path);
		free(path);
	}
	return rmdir(folder);
}

static void test_join(void **state)
{
	char *path = collectnames_join("a", "b");

	(void)state;
	assert_string_equal(path, "a/b");
	free(path);
	path = collectnames_join("a/", "b");
	assert_string_equal(path, "a/b");
	free(path);
	path = collectnames_join("/", "b");
	assert_string_equal(path, "/b");
	free(path);
}

static enum status make(const char *name, const char *operand, struct failure *failure)
{
	char *given = inside(operand), *out = inside(name);
	struct found_operand operands[] = { { .path = given, .kind = FOUND_FOLDER } };
	struct finds finds = { .operands = operands, .n_operands = 1 };
	struct options options = { .output_dir = out };
	enum status status = collectnames_make_folder(&options, &finds, NULL, 0, failure);

	if (status != STATUS_OK && strcmp(name, "given") != 0 &&
	    strcmp(name, "given/below") != 0)
		assert_false(is_folder(out));
	free(out);
	free(given);
	return status;
}

static void test_folder(void **state)
{
	struct failure failure;

	(void)state;
	assert_int_equal(make("given", "given", &failure), STATUS_IO);
	assert_int_equal(make("given/below", "given", &failure), STATUS_IO);
	assert_int_equal(make("given/new", "given", &failure), STATUS_IO);
	assert_non_null(strstr(failure.sentence, "lies in what was given"));
	assert_int_equal(make("none/new", "given", &failure), STATUS_IO);
	assert_int_equal(make("out", "given", &failure), STATUS_OK);
	assert_int_equal(make("out", "given", &failure), STATUS_OK);
	/* beside it, though its name begins so */
	assert_int_equal(make("out", "given/below", &failure), STATUS_OK);
}

static void test_names(void **state)
{
	char *out = inside("out"), *below = inside("out/jdoe");
	struct options options = { .output_dir = out,
				   .output = "-",
				   .html = "page.html",
				   .timelines = { "t.csv", "t.body" },
				   .n_timelines = 2,
				   .restore.folder = "reg",
				   .image_folder = NULL };
	struct collectnames names;
	struct failure failure;
	char expected[200];
	struct finds finds = { 0 };

	(void)state;
	assert_int_equal(mkdir(out, 0700), 0);
	assert_int_equal(
		collectnames_of(&options, "jdoe", &finds, NULL, 0, &names, &failure),
		STATUS_OK);
	assert_true(is_folder(below));
	(void)snprintf(expected, sizeof(expected), "%s/report.xml", below);
	assert_string_equal(names.options.output, expected);
	(void)snprintf(expected, sizeof(expected), "%s/page.html", below);
	assert_string_equal(names.options.html, expected);
	(void)snprintf(expected, sizeof(expected), "%s/t.body", below);
	assert_string_equal(names.options.timelines[1], expected);
	(void)snprintf(expected, sizeof(expected), "%s/reg", below);
	assert_string_equal(names.options.restore.folder, expected);
	assert_null(names.options.image_folder);
	assert_true(names.options.quiet);
	/* those that were given stay as they are */
	assert_string_equal(options.html, "page.html");
	assert_string_equal(options.timelines[1], "t.body");
	collectnames_clear(&names);
	free(below);
	free(out);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		TEST(test_folder),
		TEST(test_names),
	};

	return UNIT_RUN(tests);
}
