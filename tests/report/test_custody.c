/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "report/custody.h"

static void test_given(void **state)
{
	(void)state;
	assert_false(custody_is_given(&(struct custody){ .path = "a" }));
	assert_true(custody_is_given(&(struct custody){ .evidence_number = "" }));
	assert_true(custody_is_given(&(struct custody){ .received_from = "x" }));
	assert_true(custody_is_given(&(struct custody){ .received_at = "x" }));
}

/* By the whole path as it was given, and by nothing that only looks like it. */
static void test_of(void **state)
{
	const struct custody list[] = { { .path = "a/NTUSER.DAT" }, { .path = "b" } };

	(void)state;
	assert_ptr_equal(custody_of(list, 2, "a/NTUSER.DAT"), &list[0]);
	assert_ptr_equal(custody_of(list, 2, "b"), &list[1]);
	assert_null(custody_of(list, 1, "b"));
	assert_null(custody_of(list, 2, "./b"));
	assert_null(custody_of(list, 2, "a"));
	assert_null(custody_of(NULL, 0, "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_of),
	};

	return UNIT_RUN(tests);
}
