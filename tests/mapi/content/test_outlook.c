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

/* 2012-04-06 13:18 and 2010-11-10 04:40, by another calendar: date -d in minutes. */
static void test_times(void **state)
{
	struct profile_outlook outlook;
	const uint64_t hour = 36000000000;

	(void)state;
	keys_long(keys, SECTION_CLIENT, "00030487", 216303198);
	keys_long(keys, SECTION_CLIENT, "00030442", 215563960);
	outlook_read(keys_root(keys), &outlook);
	assert_int_equal(outlook.n_times, 2);
	assert_int_equal(outlook.times[0].id, 0x0442);
	assert_true(outlook.times[0].is_local);
	assert_int_equal(outlook.times[0].ft, 129338376000000000);
	assert_int_equal(outlook_not_before(&outlook.times[0]),
			 129338376000000000 - 14 * hour);
	assert_int_equal(outlook_not_after(&outlook.times[0]),
			 129338376000000000 + 12 * hour + hour / 60);
	assert_int_equal(outlook.times[1].id, 0x0487);
	assert_false(outlook.times[1].is_local);
	assert_int_equal(outlook.times[1].ft, 129781918800000000);
	assert_int_equal(outlook_not_before(&outlook.times[1]), outlook.times[1].ft);
	assert_int_equal(outlook_not_after(&outlook.times[1]), outlook.times[1].ft);
}

/* 1990 and 2200 are the limits; 4501-01-01 is MAPI's "none". */
static void test_numbers_that_are_no_times(void **state)
{
	static const struct {
		uint32_t minutes;
		size_t n;
	} rows[] = {
		{ 0, 0 },	  { 204593759, 0 },  { 204593760, 1 },	{ 315043199, 1 },
		{ 315043200, 0 }, { 1525252320, 0 }, { UINT32_MAX, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct keys *made = keys_new("Outlook");
		struct profile_outlook outlook;
		keys_long(made, SECTION_CLIENT, "00030487", rows[i].minutes);
		outlook_read(keys_root(made), &outlook);
		assert_int_equal(outlook.n_times, rows[i].n);
		keys_free(made);
	}
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
	assert_true(outlook_version(90001, version));
	assert_string_equal(version, "9.0.1");
	/* Outlook 98 is 8.5.5104. */
	assert_false(outlook_version(85104, version));
	assert_false(outlook_version(89999, version));
	assert_false(outlook_version(140000, version));
	/* 16 times 10000 plus 17328, and 16 before 17328. */
	assert_false(outlook_version(177328, version));
	assert_false(outlook_version(1617328, version));
	assert_false(outlook_version(0, version));
	assert_false(outlook_version(UINT32_MAX, version));
}

static void test_machine(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_hex(keys, SECTION_RULES, "00486002", "b4f5d26f8cdbee47b323cf4b4066c8b4");
	outlook_read(keys_root(keys), &outlook);
	assert_int_equal(outlook.machine_id.len, 16);
	assert_true(span_starts(outlook.machine_id, 0, "\xb4\xf5\xd2", 3));
}

static void test_machine_of_another_size(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_hex(keys, SECTION_RULES, "00486002", "b4f5d26f8cdbee47b323cf4b4066c8b400");
	keys_hex(keys, SECTION_CLIENT, "00486002", "b4f5d26f8cdbee47b323cf4b4066c8b4");
	outlook_read(keys_root(keys), &outlook);
	assert_int_equal(outlook.machine_id.len, 0);
}

static void test_machine_that_was_never_set(void **state)
{
	struct profile_outlook outlook;

	(void)state;
	keys_hex(keys, SECTION_RULES, "00486002", "00000000000000000000000000000000");
	outlook_read(keys_root(keys), &outlook);
	assert_int_equal(outlook.machine_id.len, 0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_build),
		TEST(test_build_that_is_none),
		TEST(test_times),
		cmocka_unit_test(test_numbers_that_are_no_times),
		cmocka_unit_test(test_version),
		TEST(test_machine),
		TEST(test_machine_of_another_size),
		TEST(test_machine_that_was_never_set),
	};

	return UNIT_RUN(tests);
}
