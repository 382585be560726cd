/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a profile names. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#define NOWHERE_2 "10112233445566778899aabbccddeeff"

static void test_files(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE);
	keys_wide(keys, NOWHERE, "001f3d09", "EAS");
	keys_wide(keys, NOWHERE, "001f6610", "C:\\mail\\eas.OST");
	keys_sz(keys, NOWHERE_2, "001e3d09", "MSPST AB");
	keys_sz(keys, NOWHERE_2, "001e6600", "C:\\mail\\mail.pab");
	keys_hex(keys, PST, "01023d0d", NOWHERE_2);
	keys_wide(keys, "0a0d020000000000c000000000000046", "001f0433", "C:\\s.xml.obi");
	keys_sz(keys, "0a0d020000000000c000000000000046", "001e023d", "");
	read_content();
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->files.n, 4);
	assert_string_equal(content->files.items[0].kind, "pst");
	assert_text(content->files.items[0].path, PST_PATH);
	assert_true(content->files.items[0].default_store);
	assert_string_equal(content->files.items[1].kind, "ost");
	assert_text(content->files.items[1].path, "C:\\mail\\eas.OST");
	assert_false(content->files.items[1].default_store);
	assert_string_equal(content->files.items[2].kind, "other");
	assert_string_equal(content->files.items[3].kind, "srs");
	assert_text(content->files.items[3].path, "Outlook");
}

static void test_file_of_service_and_provider_once(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", PST CONTAB);
	keys_sz(keys, PST, "001e3d09", "MSPST AB");
	keys_sz(keys, PST, "001e6600", "C:\\one.pab");
	keys_hex(keys, PST, "01023d01", PST_STORE);
	keys_sz(keys, PST_STORE, "001e6600", "C:\\one.pab");
	keys_sz(keys, CONTAB, "001e3d09", "MSPST AB");
	keys_sz(keys, CONTAB, "001e6600", "C:\\two.pab");
	read_content();
	assert_int_equal(content->files.n, 2);
	assert_string_equal(content->files.items[0].kind, "pab");
	assert_text(content->files.items[0].path, "C:\\one.pab");
	assert_text(content->files.items[1].path, "C:\\two.pab");
}

static void test_store_of_two_paths_is_one_file(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", PST);
	keys_sz(keys, PST, "001e3d09", "INTERSTOR");
	keys_sz(keys, PST, "001e6700", "C:\\imap.pst");
	keys_sz(keys, PST, "001e6610", "C:\\imap.ost");
	/* In a service section the bit does not mean the default store. */
	keys_long(keys, PST, "00033009", 2);
	read_content();
	assert_int_equal(content->files.n, 1);
	assert_text(content->files.items[0].path, "C:\\imap.pst");
	assert_false(content->files.items[0].default_store);
}

/* A store that nothing leads to, one of the global section, with and without a service. */
static void test_attached(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_wide(keys, NOWHERE_2, "001f3d09", "MSUPST MS");
	keys_wide(keys, NOWHERE_2, "001f6700", "C:\\mail\\orphan.pst");
	keys_wide(keys, SECTION_GLOBAL, "001f6610", "C:\\mail\\old.ost");
	read_content();
	assert_int_equal(content->files.n, 4);
	assert_text(content->files.items[0].path, PST_PATH);
	assert_int_equal(content->files.items[0].attached, PROFILE_YES);
	for (size_t i = 1; i < content->files.n; i++)
		if (text_ends_with(content->files.items[i].path, "orphan.pst"))
			assert_int_equal(content->files.items[i].attached, PROFILE_NO);
		else
			assert_int_equal(content->files.items[i].attached,
					 PROFILE_UNKNOWN);
}

static void test_attached_to_exchange(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", CONTAB);
	keys_wide(keys, CONTAB, "001f3d09", "MSEMS");
	keys_wide(keys, SECTION_GLOBAL, "001f6610", "C:\\mail\\old.ost");
	read_content();
	assert_int_equal(content->files.n, 1);
	assert_int_equal(content->files.items[0].attached, PROFILE_YES);
}

/* Of Outlook 2010 on each service has its own settings: the global ones are left over. */
static void test_global_beside_own_settings(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", CONTAB);
	keys_wide(keys, CONTAB, "001f3d09", "MSEMS");
	keys_hex(keys, CONTAB, "01023d15", NOWHERE_2);
	keys_wide(keys, NOWHERE_2, "001f6610", "C:\\mail\\new.ost");
	keys_wide(keys, SECTION_GLOBAL, "001f6610", "C:\\mail\\old.ost");
	read_content();
	assert_int_equal(content->files.n, 2);
	for (size_t i = 0; i < content->files.n; i++)
		assert_int_equal(content->files.items[i].attached,
				 text_ends_with(content->files.items[i].path, "new.ost")
					 ? PROFILE_YES
					 : PROFILE_UNKNOWN);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_files),
		TEST(test_file_of_service_and_provider_once),
		TEST(test_store_of_two_paths_is_one_file),
		TEST(test_attached),
		TEST(test_attached_to_exchange),
		TEST(test_global_beside_own_settings),
	};

	return UNIT_RUN(tests);
}
