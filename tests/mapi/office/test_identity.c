/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who was signed in: names are given out, all else is held back. */
#include "help/unit.h"

#include "mapi/office/identity.h"

#include "help/office_keys.h"

#include <stdio.h>

#define IDENTITY OFFICE_16 "\\Common\\Identity"
#define ACCOUNT IDENTITY "\\Identities\\0123_ADAL"
#define DPAPI "d08c9ddf0115d1118c7a00c04fc297eb"

static struct identity_values values;

static void read_identities(void)
{
	find_offices("");
	assert_int_equal(offices.n, 1);
	assert_int_equal(identity_read(&offices.items[0], &values), STATUS_OK);
}

static const struct identity_value *find(const char *name)
{
	for (size_t i = 0; i < values.n; i++)
		if (text_is(value_name(values.items[i].value), name))
			return &values.items[i];
	fail_msg("no %s", name);
	return NULL;
}

static void test_identities(void **state)
{
	(void)state;
	keys_sz(keys, IDENTITY, "ADUserName", "ada");
	keys_dword(keys, IDENTITY, "Version", 1);
	keys_sz(keys, ACCOUNT, "EmailAddress", "ada@example.com");
	keys_sz(keys, ACCOUNT, "SignInName", "ada@example.onmicrosoft.com");
	keys_sz(keys, ACCOUNT, "friendlyname", "Ada");
	keys_sz(keys, ACCOUNT, "RefreshToken", "0.AXkA");
	keys_sz(keys, ACCOUNT, "Something", "else");
	keys_hex(keys, ACCOUNT, "Persisted", DPAPI);
	read_identities();
	assert_int_equal(values.n, 8);
	assert_false(values.truncated);
	assert_true(text_is(key_name(values.top), "Identity"));
	assert_true(find("ADUserName")->is_open);
	assert_true(find("EmailAddress")->is_open);
	assert_true(find("SignInName")->is_open);
	assert_true(find("friendlyname")->is_open);
	assert_false(find("Version")->is_open);
	assert_false(find("RefreshToken")->is_open);
	assert_false(find("Something")->is_open);
	assert_false(find("Persisted")->is_open);
	identity_clear(&values);
}

/* A name that is given out does not give out what is no text, or a token. */
static void test_names_do_not_decide_alone(void **state)
{
	(void)state;
	keys_hex(keys, ACCOUNT, "EmailAddress", "01020304");
	keys_hex(keys, ACCOUNT, "FriendlyName", DPAPI);
	keys_sz(keys, ACCOUNT, "SignInName",
		"eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.");
	read_identities();
	assert_int_equal(values.n, 3);
	for (size_t i = 0; i < values.n; i++)
		assert_false(values.items[i].is_open);
	identity_clear(&values);
}

static void test_none(void **state)
{
	(void)state;
	keys_sz(keys, OFFICE_16 "\\Common", "EmailAddress", "a@example.com");
	read_identities();
	assert_null(values.top);
	assert_int_equal(values.n, 0);
	identity_clear(&values);
}

static void test_limit(void **state)
{
	char name[16];

	(void)state;
	for (int i = 0; i <= IDENTITY_MAX; i++) {
		(void)snprintf(name, sizeof(name), "v%d", i);
		keys_dword(keys, IDENTITY, name, 1);
	}
	read_identities();
	assert_int_equal(values.n, IDENTITY_MAX);
	assert_true(values.truncated);
	identity_clear(&values);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_identities),
		TEST(test_names_do_not_decide_alone),
		TEST(test_none),
		TEST(test_limit),
	};

	return UNIT_RUN(tests);
}
