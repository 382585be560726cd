/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Accounts of Outlook's account manager, in both encodings. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <string.h>

#define ROOT SECTION_ROOT
#define MANAGER "9375CFF0413111d3B88A00104B2A6676"
#define ACCOUNT MANAGER "\\00000003"
#define PREFERENCES "28ae1b715a5b1b48b0bf80e516e1e334"
#define SERVICE "be0fb9fa761ad4409134f9df70fb8ed1"
#define POP3 "{ED475411-B0D6-11D2-8C3B-00104B2A6676}"

static int set_up_account(void **state)
{
	(void)set_up(state);
	keys_add(keys, ROOT);
	return 0;
}

static void check_pop3_account(void)
{
	const struct profile_account *account = &content->accounts.items[0];
	const struct profile_setting *settings = content->settings.items;

	assert_int_equal(content->accounts.n, 1);
	assert_text(account->id, "00000003");
	assert_string_equal(account->kind, "pop3");
	assert_text(account->name, "work");
	assert_text(account->display_name, "Nick Fury");
	assert_text(account->email, "nick@example.com");
	/* all but the password, by name */
	assert_int_equal(account->first_setting, 0);
	assert_int_equal(account->n_settings, 6);
	assert_text(settings[0].name, "Account Name");
	assert_text(settings[1].name, "clsid");
	assert_text(settings[4].name, "POP3 Port");
	assert_text(settings[5].name, "POP3 Server");
	assert_int_equal(content->secrets.n, 1);
	assert_true(
		text_is(value_name(content->secrets.items[0].value), "POP3 Password"));
	assert_int_equal(content->problems.n, 0);
}

static void test_account_in_binary_text(void **state)
{
	(void)state;
	keys_sz(keys, ACCOUNT, "clsid", POP3);
	keys_wide(keys, ACCOUNT, "Account Name", "work");
	keys_wide(keys, ACCOUNT, "Display Name", "Nick Fury");
	keys_wide(keys, ACCOUNT, "Email", "nick@example.com");
	keys_wide(keys, ACCOUNT, "POP3 Server", "pop.example.com");
	keys_dword(keys, ACCOUNT, "POP3 Port", 110);
	keys_hex(keys, ACCOUNT, "POP3 Password", "0201");
	read_content();
	check_pop3_account();
}

static void test_account_in_registry_strings(void **state)
{
	(void)state;
	/* The manager's key is found whatever its case, and so is a clsid. */
	keys_sz(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "clsid",
		"{ed475411-b0d6-11d2-8c3b-00104b2a6676}");
	keys_sz(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "Account Name",
		"work");
	keys_sz(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "Display Name",
		"Nick Fury");
	keys_sz(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "Email",
		"nick@example.com");
	keys_sz(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "POP3 Server", "pop");
	keys_dword(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "POP3 Port", 110);
	keys_hex(keys, "9375cff0413111d3b88a00104b2a6676\\00000003", "POP3 Password",
		 "0201");
	read_content();
	check_pop3_account();
}

static void test_account_kinds(void **state)
{
	static const char *const kinds[][2] = {
		{ "{ED475412-B0D6-11D2-8C3B-00104B2A6676}", "imap" },
		{ "{ED475414-B0D6-11D2-8C3B-00104B2A6676}", "mapi" },
		{ "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}", "http" },
		{ "{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}", "ldap" },
		{ "{ED475418-B0D6-11D2-8C3B-00104B2A6676}", "unknown" },
		{ "", "unknown" },
	};
	char path[] = MANAGER "\\0000000x";

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		path[sizeof(path) - 2] = (char)('a' + (int)i);
		keys_sz(keys, path, "clsid", kinds[i][0]);
	}
	read_content();
	assert_int_equal(content->accounts.n, ARRAY_LEN(kinds));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		assert_string_equal(content->accounts.items[i].kind, kinds[i][1]);
		assert_int_equal(content->accounts.items[i].first_setting, i);
		assert_int_equal(content->accounts.items[i].n_settings, 1);
	}
}

static void test_other_subkeys_are_no_accounts(void **state)
{
	(void)state;
	keys_add(keys, MANAGER "\\0000000");
	keys_add(keys, MANAGER "\\000000001");
	keys_add(keys, MANAGER "\\0000000g");
	keys_add(keys, "00000001");
	keys_dword(keys, MANAGER, "NextAccountID", 5);
	read_content();
	assert_int_equal(content->accounts.n, 0);
	assert_int_equal(content->settings.n, 0);
}

static void test_account_names_its_sections(void **state)
{
	(void)state;
	keys_hex(keys, ACCOUNT, "Preferences UID", PREFERENCES);
	keys_hex(keys, ACCOUNT, "Service UID", SERVICE);
	keys_wide(keys, PREFERENCES, "001f0418", "a@example.com;");
	keys_add(keys, SERVICE);
	read_content();
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->values.n, 1);
	assert_string_equal(content->values.items[0].name, "PR_SPAM_TRUSTED_SENDERS");
}

static void test_account_with_dangling_uids(void **state)
{
	static const char *const names[] = { "Service UID", "Preferences UID",
					     "XP Provider UID" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		keys_hex(keys, ACCOUNT, names[i], PREFERENCES);
	read_content();
	assert_int_equal(content->problems.n, 3);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct profile_problem *problem = &content->problems.items[i];
		assert_int_equal(problem->code, PROFILE_DANGLING_UID);
		assert_string_equal(problem->uid, PREFERENCES);
		assert_true(text_is(value_name(problem->value), names[i]));
		assert_ptr_equal(problem->section, content->accounts.items[0].key);
	}
}

static void test_account_with_uids_of_another_shape(void **state)
{
	(void)state;
	/* all zero: none; too short, too long and text: undecodable */
	keys_hex(keys, ACCOUNT, "Service UID", "00000000000000000000000000000000");
	keys_hex(keys, ACCOUNT, "Preferences UID", "28ae1b715a5b1b48b0bf80e516e1e3");
	keys_hex(keys, ACCOUNT, "XP Provider UID", PREFERENCES "00");
	keys_sz(keys, MANAGER "\\00000004", "Service UID", "1234567");
	read_content();
	assert_int_equal(content->problems.n, 3);
	for (size_t i = 0; i < content->problems.n; i++)
		assert_int_equal(content->problems.items[i].code, PROFILE_UNDECODABLE);
}

/* Without a next number nothing tells that an account of that number was there. */
static void test_settings_without_account_are_orphans(void **state)
{
	(void)state;
	keys_wide(keys, PREFERENCES, "001f3001", "AcctSettings0002");
	keys_add(keys, MANAGER);
	read_content();
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, PROFILE_ORPHAN_SECTION);
}

int main(void)
{
#define TEST(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, set_up_account, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_account_in_binary_text),
		TEST(test_account_in_registry_strings),
		TEST(test_account_kinds),
		TEST(test_other_subkeys_are_no_accounts),
		TEST(test_account_names_its_sections),
		TEST(test_account_with_dangling_uids),
		TEST(test_account_with_uids_of_another_shape),
		TEST(test_settings_without_account_are_orphans),
	};

	return UNIT_RUN(tests);
}
