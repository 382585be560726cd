/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Outlook notes of itself in a profile. */
#include "help/unit.h"

#include "mapi/content/outlook.h"

#include "help/keys.h"
#include "help/profile_keys.h"

#include "mapi/section.h"

static void test_nothing(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_add(keys, SECTION_ROOT);
	outlook_read(keys_root(keys), &outlook);
	assert_false(outlook.has_build);
}

static void test_build(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_long(keys, SECTION_CLIENT, "0003036f", 144760);
	/* In another section the id is another property. */
	keys_long(keys, SECTION_ROOT, "0003036f", 165266);
	outlook_read(keys_root(keys), &outlook);
	assert_true(outlook.has_build);
	assert_int_equal(outlook.build, 144760);
}

static void test_build_that_is_none(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_hex(keys, SECTION_CLIENT, "0003036f", "783502");
	outlook_read(keys_root(keys), &outlook);
	assert_false(outlook.has_build);
}

static void test_version(void **state)
{
	char version[OUTLOOK_VERSION_SIZE];

	(void)state;
	/* 14.0.4760 is the build of Outlook 2010 as it was released. */
	assert_true(outlook_version(144760, version));
	assert_string_equal(version, "14.0.4760");
	assert_true(outlook_version(164266, version));
	assert_string_equal(version, "16.0.4266");
	assert_true(outlook_version(80001, version));
	assert_string_equal(version, "8.0.1");
	assert_false(outlook_version(79999, version));
	assert_false(outlook_version(140000, version));
	/* 16 times 10000 plus 17328, and 16 before 17328. */
	assert_false(outlook_version(177328, version));
	assert_false(outlook_version(1617328, version));
	assert_false(outlook_version(0, version));
	assert_false(outlook_version(UINT32_MAX, version));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_build),
		TEST(test_build_that_is_none),
		cmocka_unit_test(test_version),
	};

	return UNIT_RUN(tests);
}
