/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each status has a word of its own. */
#include "help/unit.h"

#include "base/status.h"

static void test_words(void **state)
{
	(void)state;
	for (unsigned i = STATUS_OK; i <= STATUS_UNSUPPORTED; i++)
		for (unsigned k = STATUS_OK; k < i; k++)
			assert_string_not_equal(status_word((enum status)i),
						status_word((enum status)k));
	assert_string_equal(status_word(STATUS_OK), "ok");
	assert_string_equal(status_word(STATUS_NOMEM), "out of memory");
}

static enum status pass(enum status status)
{
	RETURN_IF_FAILED(status);
	return STATUS_ABSENT;
}

static void test_only_ok_goes_on(void **state)
{
	(void)state;
	assert_int_equal(pass(STATUS_OK), STATUS_ABSENT);
	assert_int_equal(pass(STATUS_LIMIT), STATUS_LIMIT);
	assert_int_equal(pass(STATUS_UNSUPPORTED), STATUS_UNSUPPORTED);
}

static enum status once(int *n)
{
	++*n;
	return STATUS_IO;
}

static enum status count(int *n)
{
	RETURN_IF_FAILED(once(n));
	return STATUS_OK;
}

static void test_the_expression_is_evaluated_once(void **state)
{
	int n = 0;

	(void)state;
	assert_int_equal(count(&n), STATUS_IO);
	assert_int_equal(n, 1);
}

/* One place notes it, for all of the process. */
static void test_nomem_is_noted(void **state)
{
	(void)state;
	assert_false(status_had_nomem());
	status_note_nomem();
	assert_true(status_had_nomem());
	status_forget_nomem();
	assert_false(status_had_nomem());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_only_ok_goes_on),
		cmocka_unit_test(test_the_expression_is_evaluated_once),
		cmocka_unit_test(test_nomem_is_noted),
	};

	return UNIT_RUN(tests);
}
