/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of the evidence: as told, changed, missing, and changed meanwhile. */
#include "help/unit.h"

#include "help/verified.h"

#include <string.h>

static void test_there(void **state)
{
	struct verified *verified = verified_new();
	struct verifyfiles *files = &verified->report.files;
	size_t index = verified_add(verified, "folder/a", "abc", 3);
	char where[VERIFYFILES_WHERE_SIZE];
	struct span bytes;

	(void)state;
	assert_int_equal(verified->report.tally.hold[VERIFYTALLY_SIZE], 1);
	assert_int_equal(verified->report.tally.hold[VERIFYTALLY_HASH], 1);
	assert_int_equal(verifyfiles_bytes(files, index, &bytes, &verified->failure),
			 STATUS_OK);
	assert_true(span_equal(bytes, span_of("abc", 3)));
	assert_int_equal(verifyfiles_find(files, 1), index);
	assert_true(verifyfiles_find(files, 2) == VERIFYFILES_NONE);
	assert_string_equal(verifyfiles_where(files, index, 7, where), "i1 a, offset 7");
	assert_int_equal(verifyfiles_bytes(files, 5, &bytes, &verified->failure),
			 STATUS_ABSENT);
	verified_free(verified);
}

static void test_numbers(void **state)
{
	struct verified *verified = verified_new();
	struct verifyfiles *files = &verified->report.files;

	(void)state;
	assert_int_equal(verifyfiles_add(files, 9), STATUS_OK);
	assert_int_equal(verifyfiles_add(files, 4), STATUS_OK);
	assert_int_equal(verifyfiles_find(files, 9), 0);
	assert_int_equal(verifyfiles_find(files, 4), 1);
	assert_true(verifyfiles_find(files, 1) == VERIFYFILES_NONE);
	verified_free(verified);
}

static void test_changed(void **state)
{
	struct verified *verified = verified_new();
	struct verifyfiles *files = &verified->report.files;

	(void)state;
	(void)verified_put(verified, "a", "abc", 3);
	assert_int_equal(verifyfiles_add(files, 1), STATUS_OK);
	files->items[0].path = strdup("a");
	files->items[0].size = 4;
	files->items[0].sha256 = digest_of(span_of("abd", 3));
	assert_int_equal(verifyfiles_settle(files, 0), STATUS_OK);
	assert_int_equal(verified->report.tally.n_wrong, 2);
	assert_true(files->items[0].is_there);
	assert_non_null(
		strstr(verified_told(verified), "has 3 bytes, the report says 4"));
	verified_free(verified);
}

static void test_missing(void **state)
{
	struct verified *verified = verified_new();
	struct verifyfiles *files = &verified->report.files;
	struct span bytes;

	(void)state;
	assert_int_equal(verifyfiles_add(files, 1), STATUS_OK);
	files->items[0].path = strdup("x/b");
	assert_int_equal(verifyfiles_settle(files, 0), STATUS_OK);
	assert_string_equal(verified_told(verified), "not there: i1 b: is nowhere\n");
	assert_int_equal(verified->report.tally.left[VERIFYTALLY_NOT_THERE], 2);
	assert_int_equal(verifyfiles_bytes(files, 0, &bytes, &verified->failure),
			 STATUS_ABSENT);
	verified_free(verified);
}

static void test_changed_meanwhile(void **state)
{
	struct verified *verified = verified_new();
	struct verifyfiles *files = &verified->report.files;
	size_t index = verified_add(verified, "a", "abc", 3);
	struct span bytes;

	(void)state;
	verified_again(verified, index);
	assert_int_equal(verifyfiles_bytes(files, index, &bytes, &verified->failure),
			 STATUS_OK);
	verified_again(verified, index);
	verified->files[index].bytes[1] ^= 1;
	assert_int_equal(verifyfiles_bytes(files, index, &bytes, &verified->failure),
			 STATUS_IO);
	assert_string_equal(verified->failure.sentence,
			    "i1 a: has changed since it was first read");
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_changed_meanwhile),
	};
	return UNIT_RUN(tests);
}
