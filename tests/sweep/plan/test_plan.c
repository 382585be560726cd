/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans as they are held: units in their order, twins left out, written as they are read. */
#include "help/unit.h"

#include "sweep/plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of these bytes; its path is given. */
static char *file_of(const char *bytes)
{
	char *path = strdup("/tmp/test_plan-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	assert_int_equal(close(fd), 0);
	return path;
}

static void test_twins(void **state)
{
	char *path = file_of("b\t1\nA\t2\nB\t3\na\t4\nc\t5\nb\t6\n");
	struct voice voice = { .out = NULL };
	struct failure failure;
	struct plan plan;

	(void)state;
	assert_int_equal(plan_read(path, &voice, &plan, &failure), STATUS_OK);
	assert_int_equal(voice.faults, 3);
	assert_int_equal(plan.n, 3);
	assert_string_equal(plan.items[0].name, "b");
	assert_string_equal(plan.items[0].arguments[0], "1");
	assert_string_equal(plan.items[1].name, "A");
	assert_string_equal(plan.items[1].arguments[0], "2");
	assert_string_equal(plan.items[2].name, "c");
	plan_clear(&plan);
	assert_int_equal(unlink(path), 0);
	free(path);
}

static void test_written_and_read(void **state)
{
	char *path = file_of("");
	struct voice voice = { .out = NULL };
	struct failure failure;
	struct plan plan = { 0 }, again;
	struct unit unit;

	(void)state;
	assert_int_equal(planline_read("a\tx\\ny\t-q", false, &unit), PLANLINE_GOOD);
	assert_int_equal(plan_add(&plan, &unit), STATUS_OK);
	assert_null(unit.arguments);
	assert_int_equal(plan_note(&plan, "a note"), STATUS_OK);
	plan.folder = strdup("/a\tb");
	assert_int_equal(plan_write(&plan, path, &failure), STATUS_OK);
	assert_int_equal(plan_read(path, &voice, &again, &failure), STATUS_OK);
	assert_int_equal(voice.faults, 0);
	assert_string_equal(again.folder, "/a\tb");
	assert_int_equal(again.n, 1);
	assert_string_equal(again.items[0].arguments[0], "x\ny");
	assert_string_equal(again.items[0].arguments[1], "-q");
	assert_int_equal(again.items[0].line, 4);
	plan_clear(&plan);
	plan_clear(&again);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(plan_read(path, &voice, &again, &failure), STATUS_IO);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_written_and_read),
	};
	return UNIT_RUN(tests);
}
