/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chain of a profile: services, providers, and what they name. */
#include "help/unit.h"

#include "mapi/content/content.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/problems.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <stdio.h>

#define NOWHERE_2 "10112233445566778899aabbccddeeff"

static void test_chain(void **state)
{
	(void)state;
	outlook2010_add(keys);
	read_content();
	assert_int_equal(content->services.n, 2);
	assert_text(content->services.items[0].uid, CONTAB);
	assert_text(content->services.items[0].name, "CONTAB");
	assert_text(content->services.items[0].display_name, "Outlook Address Book");
	assert_text(content->services.items[0].dll, "contab.dll");
	assert_string_equal(content->services.items[0].kind, "Outlook Address Book");
	assert_text(content->services.items[1].uid, PST);
	assert_int_equal(content->providers.n, 2);
	assert_text(content->providers.items[0].uid, CONTAB_AB);
	assert_int_equal(content->providers.items[0].resource_type, 35);
	assert_int_equal(content->providers.items[0].service, 0);
	assert_text(content->providers.items[1].name, "Outlook Data File");
	assert_text(content->providers.items[1].dll, "mspst.dll");
	assert_int_equal(content->providers.items[1].service, 1);
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->exchanges.n, 0);
	assert_false(content->truncated);
	assert_false(content->generated.present);
}

static void test_provider_only_in_the_root_list(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE NOWHERE_2);
	keys_hex(keys, NOWHERE, "01023d0c", PST);
	keys_sz(keys, NOWHERE_2, "001e3006", "alone");
	read_content();
	assert_int_equal(content->providers.n, 4);
	assert_text(content->providers.items[2].uid, NOWHERE);
	assert_int_equal(content->providers.items[2].service, 1);
	assert_text(content->providers.items[3].name, "alone");
	assert_true(content->providers.items[3].service == SIZE_MAX);
	assert_false(content->providers.items[3].has_resource_type);
	assert_int_equal(content->problems.n, 0);
}

static void test_dangling_uid_in_each_list(void **state)
{
	static const struct {
		const char *section, *name, *uid;
	} lists[] = {
		{ ROOT, "01023d0e", CONTAB },	   { ROOT, "01023d00", "" },
		{ ROOT, "01023d01", CONTAB_AB },   { ROOT, "01023d02", "" },
		{ CONTAB, "01023d00", "" },	   { CONTAB, "01023d01", CONTAB_AB },
		{ CONTAB, "01023d02", "" },	   { CONTAB, "01023d15", "" },
		{ CONTAB_AB, "01023d0c", CONTAB }, { CONTAB_AB, "01023d15", "" },
	};

	for (size_t wrong = 0; wrong < ARRAY_LEN(lists); wrong++) {
		const struct profile_problem *problem;
		for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
			char uids[80];
			(void)snprintf(uids, sizeof(uids), "%s%s", lists[i].uid,
				       i == wrong ? NOWHERE : "");
			keys_hex(keys, lists[i].section, lists[i].name, uids);
		}
		read_content();
		problem = only_problem(PROFILE_DANGLING_UID);
		assert_string_equal(problem->uid, NOWHERE);
		assert_true(text_is(key_name(problem->section), lists[wrong].section));
		assert_true(text_is(value_name(problem->value), lists[wrong].name));
		(void)tear_down(state);
		(void)set_up(state);
	}
}

static void test_lists_that_need_no_section(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d08", NOWHERE);
	keys_hex(keys, ROOT, "01023d11", NOWHERE);
	keys_hex(keys, PST, "01023d0d", NOWHERE);
	read_content();
	assert_int_equal(content->problems.n, 0);
}

static void test_sections_named_aside_are_no_orphans(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST, "01023d0d", NOWHERE);
	keys_add(keys, NOWHERE);
	keys_hex(keys, ROOT, "01023d08", NOWHERE_2);
	keys_add(keys, NOWHERE_2);
	read_content();
	assert_int_equal(content->problems.n, 0);
}

static void test_missing_root_section(void **state)
{
	const struct key *profile;

	(void)state;
	keys_wide(keys, PST, "001f3d09", "MSUPST MS");
	keys_wide(keys, PST, "001f3d0a", "mspst.dll");
	keys_hex(keys, PST, "01023d00", PST_STORE);
	keys_wide(keys, PST_STORE, "001f6700", PST_PATH);
	keys_sz(keys, SECTION_GLOBAL, "001e3d0a", "is no service");
	profile = keys_root(keys);
	assert_int_equal(content_read(profile, &content), STATUS_OK);
	assert_int_equal(count_problems(PROFILE_MISSING_ROOT_SECTION), 1);
	assert_ptr_equal(content->problems.items[0].section, profile);
	/* The service is told by its own marks, and nothing names it. */
	assert_int_equal(content->services.n, 1);
	assert_int_equal(content->providers.n, 1);
	assert_int_equal(content->files.n, 1);
	assert_int_equal(count_problems(PROFILE_ORPHAN_SECTION), 1);
	assert_int_equal(content->problems.n, 2);
}

static void test_orphans_tell_their_service(void **state)
{
	(void)state;
	keys_add(keys, ROOT);
	keys_wide(keys, PST_STORE, "001f3d09", "MSUPST MS");
	keys_wide(keys, PST_STORE, "001f6700", PST_PATH);
	keys_hex(keys, PST_STORE, "01023d0c", PST);
	read_content();
	assert_true(text_is(key_name(only_problem(PROFILE_ORPHAN_SECTION)->section),
			    PST_STORE));
	assert_int_equal(content->files.n, 1);
	assert_string_equal(content->files.items[0].kind, "pst");
}

static void test_fixed_section_stays_what_it_is(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", PST);
	keys_hex(keys, PST, "01023d15", SECTION_SEND_RECEIVE);
	keys_sz(keys, SECTION_SEND_RECEIVE, "001e6000", "Outlook");
	read_content();
	assert_int_equal(content->files.n, 1);
	assert_string_equal(content->files.items[0].kind, "srs");
}

static void test_one_section_in_many_roles(void **state)
{
	(void)state;
	/* It is its own service, its own provider and its own settings. */
	keys_hex(keys, ROOT, "01023d0e", PST PST ROOT PST);
	keys_hex(keys, ROOT, "01023d00", PST ROOT);
	keys_hex(keys, ROOT, "01023d0c", ROOT);
	keys_sz(keys, PST, "001e3d09", "MSEMS");
	keys_hex(keys, PST, "01023d00", PST PST);
	keys_hex(keys, PST, "01023d0c", PST);
	keys_hex(keys, PST, "01023d15", PST);
	keys_sz(keys, PST, "001e6602", "SERVER");
	read_content();
	assert_int_equal(content->services.n, 2);
	assert_int_equal(content->providers.n, 2);
	assert_int_equal(content->exchanges.n, 1);
	assert_int_equal(content->problems.n, 0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_chain),
		TEST(test_provider_only_in_the_root_list),
		TEST(test_dangling_uid_in_each_list),
		TEST(test_lists_that_need_no_section),
		TEST(test_sections_named_aside_are_no_orphans),
		TEST(test_missing_root_section),
		TEST(test_orphans_tell_their_service),
		TEST(test_fixed_section_stays_what_it_is),
		TEST(test_one_section_in_many_roles),
	};

	return UNIT_RUN(tests);
}
