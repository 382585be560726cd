/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy that is not whole is noticed. */
#include "help/sweepfolders.h"

#include "sweep/parcel.h"

static bool whole(const char *folder)
{
	bool is = false;

	assert_int_equal(parcel_is_whole(folder, "u", &is), STATUS_OK);
	return is;
}

static void test_seal(void **state)
{
	struct failure failure = { "" };
	char *path = sweepfolder_path(*state, "units/u/a/report.xml");

	assert_false(whole(*state));
	sweepfolders_put(*state, "units/u/a/report.xml", "12345");
	sweepfolders_put(*state, "outcomes/u.tsv", "123");
	sweepfolders_put(*state, "units/other/report.xml", "12345");
	assert_false(whole(*state));
	sweepfolders_put(*state, "engine/x", "");
	assert_int_equal(parcel_seal(*state, "u", &failure), STATUS_OK);
	assert_true(whole(*state));
	sweepfolders_put(*state, "units/other/report.xml", "1");
	assert_true(whole(*state));
	sweepfolders_put(*state, "units/u/a/report.xml", "1234");
	assert_false(whole(*state));
	sweepfolders_put(*state, "units/u/a/report.xml", "12345");
	assert_true(whole(*state));
	assert_int_equal(unlink(path), 0);
	assert_false(whole(*state));
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = { SWEEPFOLDERS_TEST(test_seal) };

	return UNIT_RUN(tests);
}
