/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The build that Outlook's set-up for a user names. */
#include "help/unit.h"

#include "mapi/office/outlooksetup.h"

#include "help/office_keys.h"

static void test_build(void **state)
{
	uint32_t build = 0;

	(void)state;
	keys_dword(keys, OFFICE_14 "\\Outlook\\Setup", "UpdateProfiles", 144760);
	keys_sz(keys, OFFICE_16 "\\Outlook\\Setup", "UpdateProfiles", "144760");
	keys_add(keys, OFFICE "\\15.0\\Common");
	find_offices("");
	assert_int_equal(offices.n, 3);
	assert_true(outlooksetup_build(&offices.items[0], &build));
	assert_int_equal(build, 144760);
	assert_false(outlooksetup_build(&offices.items[1], &build));
	assert_false(outlooksetup_build(&offices.items[2], &build));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_build),
	};

	return UNIT_RUN(tests);
}
