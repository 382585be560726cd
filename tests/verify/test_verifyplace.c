/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places that a report names, and times at them. */
#include "help/unit.h"

#include "help/verified.h"

#include <string.h>

static void test_named(void **state)
{
	struct verified *verified = verified_new();
	struct verifyplace place;

	(void)state;
	(void)verified_add(verified, "a", "abcdefghijkl", 12);
	assert_true(verifyplace_named(&verified->report,
				      verified_element((const char *const[]){
					      "input", "i1", "offset", "4", NULL }),
				      &place));
	assert_int_equal(place.file, 0);
	assert_int_equal(place.offset, 4);
	assert_false(verifyplace_named(&verified->report,
				       verified_element((const char *const[]){
					       "input", "i2", "offset", "4", NULL }),
				       &place));
	assert_false(verifyplace_named(
		&verified->report,
		verified_element((const char *const[]){ "offset", "4", NULL }), &place));
	verified_free(verified);
}

static void test_time(void **state)
{
	/* FILETIME 0x0102030405060708 behind one byte. */
	static const uint8_t bytes[] = { 0, 8, 7, 6, 5, 4, 3, 2, 1 };
	const uint64_t ft = UINT64_C(0x0102030405060708);
	struct verified *verified = verified_new();
	const struct verifytally *tally = &verified->report.tally;
	size_t file = verified_add(verified, "a", bytes, sizeof(bytes));

	(void)state;
	assert_int_equal(verifyplace_time(&verified->report,
					  (struct verifyplace){ file, 1 }, ft, "t"),
			 STATUS_OK);
	assert_int_equal(tally->hold[VERIFYTALLY_TIME], 1);
	for (uint64_t at = 0; at < 12; at++)
		if (at != 1)
			assert_int_equal(
				verifyplace_time(&verified->report,
						 (struct verifyplace){ file, at }, ft,
						 "t"),
				STATUS_OK);
	assert_int_equal(tally->wrong[VERIFYTALLY_TIME], 11);
	assert_int_equal(verifyplace_time(&verified->report,
					  (struct verifyplace){ VERIFYFILES_NONE, 1 }, ft,
					  "t"),
			 STATUS_OK);
	assert_int_equal(tally->left[VERIFYTALLY_NOT_THERE], 1);
	verified_free(verified);
}

static void test_spelling(void **state)
{
	struct verified *verified = verified_new();
	const struct verifytally *tally = &verified->report.tally;
	static const char *const right[][5] = {
		{ "time", "1601-01-01T12:00:00.0000000Z", "ft", "432000000000", NULL },
		{ "ft", "0", NULL },
	};
	static const char *const wrong[][5] = {
		{ "time", "1601-01-01T12:00:00.0000000Z", "ft", "432000000001", NULL },
		{ "time", "1601-01-01T12:00:00.0000000Z", "ft", "0", NULL },
		{ "ft", "432000000000", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(right); i++)
		verifyplace_spelling(&verified->report, verified_element(right[i]),
				     "time", "ft", "x");
	assert_int_equal(tally->hold[VERIFYTALLY_SPELLING], 2);
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		verifyplace_spelling(&verified->report, verified_element(wrong[i]),
				     "time", "ft", "x");
	assert_int_equal(tally->wrong[VERIFYTALLY_SPELLING], 3);
	/* A time alone has no number. */
	verifyplace_spelling(&verified->report, verified_element(right[0]), "time", "no",
			     "x");
	assert_int_equal(tally->n_hold + tally->n_wrong, 5);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_spelling),
	};
	return UNIT_RUN(tests);
}
