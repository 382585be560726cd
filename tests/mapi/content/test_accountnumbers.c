/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of accounts: which were given, and which of them nobody has any more. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/content/accountnumbers.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <stdio.h>

#define MANAGER "9375CFF0413111d3B88A00104B2A6676"
#define MAIL "{ED475418-B0D6-11D2-8C3B-00104B2A6676}"
#define S1 "28ae1b715a5b1b48b0bf80e516e1e331"
#define S2 "28ae1b715a5b1b48b0bf80e516e1e332"
#define S3 "28ae1b715a5b1b48b0bf80e516e1e333"

static int set_up_manager(void **state)
{
	(void)set_up(state);
	keys_add(keys, SECTION_ROOT);
	return 0;
}

static const struct profile_account_numbers *numbers(void)
{
	return &content->account_numbers;
}

static const struct profile_gone_account *gone(size_t i)
{
	assert_true(i < content->gone_accounts.n);
	return &content->gone_accounts.items[i];
}

static void add_account(const char *id, const char *settings, const char *name)
{
	char path[80];

	(void)snprintf(path, sizeof(path), MANAGER "\\%s", id);
	keys_add(keys, path);
	if (!settings)
		return;
	keys_hex(keys, path, "Preferences UID", settings);
	keys_wide(keys, settings, "001f3001", name);
}

static void test_none(void **state)
{
	(void)state;
	read_content();
	assert_false(numbers()->present);
}

/* Numbers 1 to 5 were given; 2, with its settings, and 4 are gone. */
static void test_gone(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 6);
	keys_dword(keys, MANAGER, "Version", 2);
	keys_hex(keys, MANAGER, "LastChangeVer", "2400000001000000");
	add_account("00000001", NULL, NULL);
	add_account("00000003", S1, "AcctSettings0003");
	add_account("00000005", NULL, NULL);
	keys_wide(keys, S2, "001f3001", "AcctSettings0002");
	keys_wide(keys, S3, "001f3001", "Something else");
	read_content();
	assert_true(numbers()->present);
	assert_int_equal(numbers()->next, 6);
	assert_int_equal(numbers()->version, 2);
	assert_true(numbers()->change == 0x100000024);
	assert_true(numbers()->is_told);
	assert_int_equal(numbers()->gone, 2);
	assert_int_equal(content->gone_accounts.n, 2);
	assert_true(gone(0)->has_number);
	assert_int_equal(gone(0)->number, 2);
	assert_true(text_is(key_name(gone(0)->settings), S2));
	assert_int_equal(gone(1)->number, 4);
	assert_null(gone(1)->settings);
	/* What the account left is told so; what else nothing names is an orphan. */
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, PROFILE_ORPHAN_SECTION);
	assert_true(text_is(key_name(content->problems.items[0].section), S3));
}

static void test_nothing_gone(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 3);
	add_account("00000001", NULL, NULL);
	add_account("00000002", NULL, NULL);
	read_content();
	assert_true(numbers()->is_told);
	assert_int_equal(numbers()->gone, 0);
	assert_int_equal(content->gone_accounts.n, 0);
	assert_false(numbers()->has_version);
	assert_false(numbers()->has_change);
}

/* A list names it: then the account is lost, not removed. */
static void test_named_by_a_list(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 3);
	add_account("00000001", NULL, NULL);
	keys_hex(keys, MANAGER, MAIL, "0100000002000000");
	read_content();
	assert_int_equal(numbers()->gone, 0);
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, PROFILE_DANGLING_ACCOUNT);
}

/* Settings beside those that an account of the number has are nobody's. */
static void test_settings_of_a_living_number(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 2);
	add_account("00000001", S1, "AcctSettings0001");
	keys_wide(keys, S2, "001f3001", "AcctSettings0001");
	read_content();
	assert_int_equal(numbers()->gone, 0);
	assert_int_equal(content->gone_accounts.n, 0);
	assert_int_equal(content->problems.n, 1);
}

/* In which base is not known: as 12 they are those of an account that is there. */
static void test_settings_of_one_that_may_live(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 64);
	add_account("0000000c", NULL, NULL);
	keys_wide(keys, S1, "001f3001", "AcctSettings0012");
	read_content();
	assert_int_equal(numbers()->gone, 62);
	assert_int_equal(content->gone_accounts.n, 62);
	for (size_t i = 0; i < content->gone_accounts.n; i++)
		assert_null(gone(i)->settings);
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, PROFILE_ORPHAN_SECTION);
}

/* A number that was never given is none of an account that was there. */
static void test_settings_of_no_number(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 3);
	add_account("00000001", NULL, NULL);
	keys_wide(keys, S1, "001f3001", "AcctSettings0003");
	keys_wide(keys, S2, "001f3001", "AcctSettings0777");
	keys_wide(keys, S3, "001f3001", "AcctSettings0000");
	read_content();
	assert_int_equal(numbers()->gone, 1);
	assert_int_equal(content->gone_accounts.n, 1);
	assert_null(gone(0)->settings);
	assert_int_equal(content->problems.n, 3);
}

/* Digits that may be decimal or hexadecimal: unless an account shows which. */
static void check_base(const char *id, const char *name, bool sure, uint32_t number)
{
	keys_dword(keys, MANAGER, "NextAccountID", 64);
	if (id)
		add_account(id, S1, name);
	keys_wide(keys, S2, "001f3001", "AcctSettings0020");
	read_content();
	assert_int_equal(numbers()->gone, id ? 62 : 63);
	if (!sure) {
		assert_int_equal(content->gone_accounts.n, id ? 63 : 64);
		assert_false(gone(content->gone_accounts.n - 1)->has_number);
		assert_non_null(gone(content->gone_accounts.n - 1)->settings);
		return;
	}
	assert_int_equal(content->gone_accounts.n, id ? 62 : 63);
	for (size_t i = 0; i < content->gone_accounts.n; i++)
		assert_int_equal(gone(i)->settings != NULL, gone(i)->number == number);
}

static void test_base_unknown(void **state)
{
	(void)state;
	check_base(NULL, NULL, false, 0);
}

static void test_base_not_shown(void **state)
{
	(void)state;
	check_base("00000009", "AcctSettings0009", false, 0);
}

static void test_base_10(void **state)
{
	(void)state;
	check_base("0000000c", "AcctSettings0012", true, 20);
}

static void test_base_16(void **state)
{
	(void)state;
	check_base("00000012", "AcctSettings0012", true, 32);
}

/* A name that fits its account in no base: then names tell nothing. */
static void test_base_none(void **state)
{
	(void)state;
	check_base("00000005", "AcctSettings0007", false, 0);
}

/* Neither of a number that none can be, nor of a profile that lacks something. */
static void test_not_told(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", ACCOUNTNUMBERS_MAX + 1);
	keys_wide(keys, S2, "001f3001", "AcctSettings0002");
	read_content();
	assert_true(numbers()->has_next);
	assert_false(numbers()->is_told);
	assert_int_equal(content->gone_accounts.n, 0);
	assert_int_equal(content->problems.n, 1);
}

static void test_most(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", ACCOUNTNUMBERS_MAX);
	read_content();
	assert_true(numbers()->is_told);
	assert_int_equal(numbers()->gone, ACCOUNTNUMBERS_MAX - 1);
	assert_int_equal(content->gone_accounts.n, ACCOUNTNUMBERS_MAX - 1);
}

static void test_zero(void **state)
{
	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 0);
	read_content();
	assert_false(numbers()->is_told);
}

static void test_recovered(void **state)
{
	struct key *root;

	(void)state;
	keys_dword(keys, MANAGER, "NextAccountID", 3);
	root = keys_root(keys);
	root->flags |= KEY_FLAG_RECOVERED;
	assert_int_equal(content_read(root, &content), STATUS_OK);
	assert_int_equal(numbers()->next, 3);
	assert_false(numbers()->is_told);
	assert_int_equal(content->gone_accounts.n, 0);
}

int main(void)
{
#define TEST(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, set_up_manager, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_none),
		TEST(test_gone),
		TEST(test_nothing_gone),
		TEST(test_named_by_a_list),
		TEST(test_base_unknown),
		TEST(test_settings_of_a_living_number),
		TEST(test_base_not_shown),
		TEST(test_base_10),
		TEST(test_base_16),
		TEST(test_base_none),
		TEST(test_not_told),
		TEST(test_most),
		TEST(test_zero),
		TEST(test_recovered),
		TEST(test_settings_of_one_that_may_live),
		TEST(test_settings_of_no_number),
	};

	return UNIT_RUN(tests);
}
