/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libxml2 asks for it gets, and that it was not to be had is told. */
#define UNIT_OOM
#include "help/unit.h"

#include "report/xmlmemory.h"

#include <libxml/xmlmemory.h>

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_plain(void **state)
{
	unsigned long begun = xmlmemory_begin();
	char *text = xmlMemStrdup("text");

	(void)state;
	assert_string_equal(text, "text");
	text = xmlRealloc(text, 100000);
	assert_string_equal(text, "text");
	xmlFree(text);
	assert_false(xmlmemory_lacked(begun));
}

/* Each kind of allocation fails once: what stood there before is there still. */
static void test_reserve(void **state)
{
	unsigned long begun = xmlmemory_begin();
	char *first, *second, *third;

	(void)state;
	first = UNIT_FAIL_AT(0, (char *)xmlMalloc(5));
	assert_true(xmlmemory_lacked(begun));
	memcpy(first, "text", 5);
	begun = xmlmemory_begin();
	assert_false(xmlmemory_lacked(begun));
	second = UNIT_FAIL_AT(0, (char *)xmlRealloc(first, 1000));
	assert_true(xmlmemory_lacked(begun));
	assert_string_equal(second, "text");
	/* Out of the reserve, and back into it from malloc(). */
	begun = xmlmemory_begin();
	third = xmlRealloc(second, 2000);
	assert_false(xmlmemory_lacked(begun));
	assert_string_equal(third, "text");
	third = UNIT_FAIL_AT(0, (char *)xmlRealloc(third, 4000));
	assert_string_equal(third, "text");
	assert_int_equal((uintptr_t)third % 16, 0);
	xmlFree(third);
	char *copy = UNIT_FAIL_AT(0, xmlMemStrdup("copy"));
	assert_string_equal(copy, "copy");
	xmlFree(copy);
	assert_true(xmlmemory_lacked(begun));
}

/* When the reserve is used up the program ends with a sentence, as without memory. */
static void test_used_up(void **state)
{
	int pipes[2], status = 0;
	char said[64] = "";

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)dup2(pipes[1], STDERR_FILENO);
		for (size_t taken = 0; taken < 2 * XMLMEMORY_RESERVE; taken += 65536)
			if (!UNIT_FAIL_AT(0, xmlMalloc(65536)))
				_exit(3);
		_exit(4);
	}
	close(pipes[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_true(read(pipes[0], said, sizeof(said) - 1) > 0);
	assert_non_null(strstr(said, ": out of memory\n"));
	close(pipes[0]);
}

static int status_of_exit(bool inside)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)close(STDERR_FILENO);
		(void)xmlmemory_begin();
		xmlmemory_enter();
		xmlmemory_enter();
		xmlmemory_leave();
		if (!inside)
			xmlmemory_leave();
		exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A library that ends the program does not choose the status: 1 says that a profile is gone. */
static void test_exit_inside(void **state)
{
	(void)state;
	assert_int_equal(status_of_exit(true), 2);
	assert_int_equal(status_of_exit(false), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_reserve),
		cmocka_unit_test(test_used_up),
		cmocka_unit_test(test_exit_inside),
	};
	return UNIT_RUN(tests);
}
