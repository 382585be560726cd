/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole content of a profile: chain, files, problems, hostile profiles. */
#define UNIT_OOM
#include "help/unit.h"

#include "mapi/profile.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOWHERE_2 "10112233445566778899aabbccddeeff"

static int tear_down_memory(void **state)
{
	unit_fail_after = -1;
	return tear_down(state);
}

static size_t count_problems(enum profile_problem_code code)
{
	size_t n = 0;

	for (size_t i = 0; i < content->problems.n; i++)
		n += content->problems.items[i].code == code;
	return n;
}

static const struct profile_problem *only_problem(enum profile_problem_code code)
{
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, code);
	return &content->problems.items[0];
}

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

static void test_values_are_named_by_their_owner(void **state)
{
	size_t found = 0;

	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST_STORE, "S010267f1", "aa");
	read_content();
	assert_int_equal(content->values.n, 21);
	for (size_t i = 0; i < content->values.n; i++) {
		const struct profile_value *value = &content->values.items[i];
		if (value->tag.id == 0x6601) {
			assert_string_equal(value->name, "PR_CONTAB_UID");
			found++;
		}
		if (value->tag.id == 0x6700) {
			assert_string_equal(value->name, "PR_PST_PATH");
			assert_true(text_is(key_name(value->section), PST_STORE));
			found++;
		}
	}
	assert_int_equal(found, 2);
	assert_int_equal(content->secrets.n, 1);
	assert_true(text_is(key_name(content->secrets.items[0].section), PST_STORE));
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

static void test_dangling_uid_once_for_each_place(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST, "01023d02", NOWHERE NOWHERE_2 NOWHERE NOWHERE_2 NOWHERE);
	keys_hex(keys, ROOT, "01023d02", NOWHERE NOWHERE);
	read_content();
	assert_int_equal(content->problems.n, 3);
	assert_int_equal(count_problems(PROFILE_DANGLING_UID), 3);
	assert_string_equal(content->problems.items[0].uid, NOWHERE);
	assert_string_equal(content->problems.items[1].uid, NOWHERE_2);
	assert_true(text_is(key_name(content->problems.items[1].section), PST));
	assert_true(text_is(key_name(content->problems.items[2].section), ROOT));
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

static void test_orphan_section(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_add(keys, NOWHERE);
	keys_add(keys, "{D9734F19-8CFB-411D-BC59-833E334FCB5E}");
	keys_add(keys, "f86ed2903a4a11cfb57e524153480001");
	keys_add(keys, "0123");
	read_content();
	assert_true(text_is(key_name(only_problem(PROFILE_ORPHAN_SECTION)->section),
			    NOWHERE));
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
	keys_sz(keys, PROFILE_SECTION_GLOBAL, "001e3d0a", "is no service");
	profile = keys_root(keys);
	assert_int_equal(profile_content_read(profile, &content), STATUS_OK);
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
	keys_hex(keys, PST, "01023d15", PROFILE_SECTION_SEND_RECEIVE);
	keys_sz(keys, PROFILE_SECTION_SEND_RECEIVE, "001e6000", "Outlook");
	read_content();
	assert_int_equal(content->files.n, 1);
	assert_string_equal(content->files.items[0].kind, "srs");
}

static void test_empty_profile_misses_nothing(void **state)
{
	(void)state;
	keys_sz(keys, "", "some value", "x");
	read_content();
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->services.n, 0);
}

static void test_undecodable_values(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, PST, "00033e03", "0100");
	keys_hex(keys, PST, "101e3d0f", "01000000");
	keys_hex(keys, PST "\\deeper", "001f0001", "41");
	keys_hex(keys, ROOT, "01023d02", CONTAB "00");
	/* secrets and plain names are not decoded */
	keys_hex(keys, PST, "S00030001", "01");
	keys_hex(keys, PST, "plain", "01");
	read_content();
	assert_int_equal(content->problems.n, 4);
	assert_int_equal(count_problems(PROFILE_UNDECODABLE), 4);
	for (size_t i = 0; i < 4; i++)
		assert_non_null(content->problems.items[i].value);
}

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

/* ---- hostile profiles ---- */

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

/* A root list of n uids, all different and dangling, or all of one section. */
static void read_uids(size_t n, bool different)
{
	uint8_t *uids = calloc(n, PROPERTY_UID_SIZE);

	assert_non_null(uids);
	for (size_t i = 0; different && i < n; i++)
		for (size_t k = 0; k < 4; k++)
			uids[i * PROPERTY_UID_SIZE + k] = (uint8_t)((i + 1) >> 8 * k);
	keys_data(keys, ROOT, "01023d0e", KEY_TYPE_BINARY, uids, n * PROPERTY_UID_SIZE);
	keys_add(keys, "00000000000000000000000000000000");
	free(uids);
	read_content();
}

static void test_uids_at_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS, false);
	assert_false(content->truncated);
	assert_int_equal(content->services.n, 1);
	assert_int_equal(content->problems.n, 0);
}

static void test_uids_past_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS + 1, false);
	assert_true(content->truncated);
	assert_int_equal(content->services.n, 1);
}

static void test_dangling_uids_past_the_limit(void **state)
{
	(void)state;
	read_uids(PROFILE_MAX_ITEMS + 1, true);
	assert_true(content->truncated);
	assert_int_equal(content->problems.n, PROFILE_MAX_ITEMS);
}

static void read_values(size_t n)
{
	char section[24], name[24];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(section, sizeof(section), "%zu", i / 0x1000);
		(void)snprintf(name, sizeof(name), "7fff%04zx", i % 0x1000);
		keys_hex(keys, section, name, "00");
	}
	read_content();
}

static void test_values_at_the_limit(void **state)
{
	(void)state;
	read_values(PROFILE_MAX_ITEMS);
	assert_false(content->truncated);
	assert_int_equal(content->values.n, PROFILE_MAX_ITEMS);
}

static void test_values_past_the_limit(void **state)
{
	(void)state;
	read_values(PROFILE_MAX_ITEMS + 1);
	assert_true(content->truncated);
	assert_int_equal(content->values.n, PROFILE_MAX_ITEMS);
}

static void test_out_of_memory_at_every_step(void **state)
{
	const struct key *root;
	struct profile profile;
	enum status status = STATUS_NOMEM;
	struct unit_oom oom;

	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE);
	keys_hex(keys, PST_STORE, "S010267f1", "aa");
	keys_sz(keys, "9375CFF0413111d3B88A00104B2A6676\\00000001", "Email", "x");
	keys_sz(keys, PROFILE_SECTION_GLOBAL, "001e6602", "SERVER");
	root = keys_root(keys);
	assert_int_equal(UNIT_FAIL_AT(0, profile_read(root, &profile)), STATUS_NOMEM);
	UNIT_FAIL_EACH (oom) {
		status = UNIT_FAILING(oom, profile_content_read(root, &content));
		assert_true(status == STATUS_NOMEM ? !content : content != NULL);
		if (status != STATUS_NOMEM)
			break;
	}
	assert_int_equal(status, STATUS_OK);
	/* content, sections, stores and nine lists */
	assert_true(oom.n > 11);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down_memory)
	const struct CMUnitTest tests[] = {
		TEST(test_chain),
		TEST(test_values_are_named_by_their_owner),
		TEST(test_provider_only_in_the_root_list),
		TEST(test_dangling_uid_in_each_list),
		TEST(test_dangling_uid_once_for_each_place),
		TEST(test_lists_that_need_no_section),
		TEST(test_orphan_section),
		TEST(test_sections_named_aside_are_no_orphans),
		TEST(test_missing_root_section),
		TEST(test_orphans_tell_their_service),
		TEST(test_fixed_section_stays_what_it_is),
		TEST(test_empty_profile_misses_nothing),
		TEST(test_undecodable_values),
		TEST(test_files),
		TEST(test_file_of_service_and_provider_once),
		TEST(test_store_of_two_paths_is_one_file),
		TEST(test_one_section_in_many_roles),
		TEST(test_uids_at_the_limit),
		TEST(test_uids_past_the_limit),
		TEST(test_dangling_uids_past_the_limit),
		TEST(test_values_at_the_limit),
		TEST(test_values_past_the_limit),
		TEST(test_out_of_memory_at_every_step),
	};

	return UNIT_RUN(tests);
}
