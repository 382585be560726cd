/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Servers of accounts: what is set, what is a default, and what cannot be told. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/content/mailserver.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#define ACCOUNT "9375CFF0413111d3B88A00104B2A6676\\00000001"

static int set_up_account(void **state)
{
	(void)set_up(state);
	keys_add(keys, SECTION_ROOT);
	return 0;
}

static const struct profile_server *server(size_t i)
{
	assert_int_equal(content->accounts.n, 1);
	assert_int_equal(content->accounts.items[0].first_server, 0);
	assert_int_equal(content->accounts.items[0].n_servers, content->servers.n);
	assert_true(i < content->servers.n);
	return &content->servers.items[i];
}

/* What a real profile of Outlook 2010 holds: no port is set, and "none" for SMTP. */
static void test_pop3(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "POP3 Server", "pop.example.com");
	keys_wide(keys, ACCOUNT, "POP3 User", "nick");
	keys_wide(keys, ACCOUNT, "SMTP Server", "smtp.example.com");
	keys_dword(keys, ACCOUNT, "SMTP Secure Connection", 0);
	keys_dword(keys, ACCOUNT, "SMTP Use Auth", 1);
	keys_dword(keys, ACCOUNT, "Leave on Server", 0x000e0003);
	read_content();
	assert_int_equal(content->servers.n, 2);
	assert_string_equal(server(0)->protocol, "pop3");
	assert_text(server(0)->host, "pop.example.com");
	assert_text(server(0)->user, "nick");
	assert_int_equal(server(0)->port, 110);
	assert_true(server(0)->port_is_default);
	assert_int_equal(server(0)->encryption, PROFILE_NO_ENCRYPTION);
	assert_true(server(0)->encryption_is_default);
	assert_false(server(0)->spa);
	assert_int_equal(server(0)->login, PROFILE_LOGIN_UNKNOWN);
	assert_true(server(0)->has_leave);
	assert_true(server(0)->leave);
	assert_int_equal(server(0)->leave_days, 14);
	assert_false(server(0)->leave_until_deleted);
	assert_string_equal(server(1)->protocol, "smtp");
	assert_int_equal(server(1)->port, 25);
	assert_true(server(1)->port_is_default);
	assert_int_equal(server(1)->encryption, PROFILE_NO_ENCRYPTION);
	assert_false(server(1)->encryption_is_default);
	assert_int_equal(server(1)->login, PROFILE_LOGIN_AS_INCOMING);
	assert_false(server(1)->has_leave);
}

/* Outlook 2016 writes REG_SZ. */
static void test_imap(void **state)
{
	(void)state;
	keys_sz(keys, ACCOUNT, "IMAP Server", "imap.example.com");
	keys_dword(keys, ACCOUNT, "IMAP Port", 993);
	keys_dword(keys, ACCOUNT, "IMAP Use SSL", 1);
	keys_dword(keys, ACCOUNT, "IMAP Use SPA", 1);
	keys_sz(keys, ACCOUNT, "SMTP Server", "smtp.example.com");
	keys_dword(keys, ACCOUNT, "SMTP Port", 587);
	keys_dword(keys, ACCOUNT, "SMTP Secure Connection", 2);
	keys_dword(keys, ACCOUNT, "SMTP Use Auth", 0);
	read_content();
	assert_int_equal(content->servers.n, 2);
	assert_string_equal(server(0)->protocol, "imap");
	assert_int_equal(server(0)->port, 993);
	assert_false(server(0)->port_is_default);
	assert_int_equal(server(0)->encryption, PROFILE_SSL);
	assert_false(server(0)->encryption_is_default);
	assert_true(server(0)->spa);
	assert_int_equal(server(1)->port, 587);
	assert_int_equal(server(1)->encryption, PROFILE_TLS);
	assert_int_equal(server(1)->login, PROFILE_LOGIN_NONE);
}

/* With encryption the port depends on more than is known. */
static void test_port_not_told(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "POP3 Server", "a");
	keys_dword(keys, ACCOUNT, "POP3 Use SSL", 1);
	keys_wide(keys, ACCOUNT, "SMTP Server", "b");
	keys_sz(keys, ACCOUNT, "SMTP Port", "25");
	read_content();
	assert_int_equal(server(0)->port, 0);
	assert_false(server(0)->port_is_default);
	assert_int_equal(server(1)->port, 0);
	assert_false(server(1)->port_is_default);
	assert_int_equal(server(1)->encryption, PROFILE_NO_ENCRYPTION);
}

static void check_encryption(uint32_t secure, uint32_t ssl, enum profile_encryption is)
{
	struct keys *made = keys_new("Outlook");
	struct content *read = NULL;

	keys_add(made, SECTION_ROOT);
	keys_wide(made, ACCOUNT, "SMTP Server", "a");
	keys_dword(made, ACCOUNT, "SMTP Secure Connection", secure);
	keys_dword(made, ACCOUNT, "SMTP Use SSL", ssl);
	assert_int_equal(content_read(keys_root(made), &read), STATUS_OK);
	assert_int_equal(read->servers.items[0].encryption, is);
	assert_false(read->servers.items[0].encryption_is_default);
	content_free(read);
	keys_free(made);
}

static void test_encryption(void **state)
{
	(void)state;
	check_encryption(0, 0, PROFILE_NO_ENCRYPTION);
	check_encryption(1, 0, PROFILE_SSL);
	check_encryption(1, 1, PROFILE_SSL);
	check_encryption(2, 0, PROFILE_TLS);
	check_encryption(3, 0, PROFILE_AUTOMATIC);
	/* One says none, the other SSL; and a number that nobody knows. */
	check_encryption(0, 1, PROFILE_ENCRYPTION_UNKNOWN);
	check_encryption(4, 0, PROFILE_ENCRYPTION_UNKNOWN);
	check_encryption(UINT32_MAX, 1, PROFILE_ENCRYPTION_UNKNOWN);
}

static void test_login(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "SMTP Server", "a");
	keys_dword(keys, ACCOUNT, "SMTP Use Auth", 1);
	keys_dword(keys, ACCOUNT, "SMTP Auth Method", 2);
	read_content();
	assert_int_equal(server(0)->login, PROFILE_LOGIN_INCOMING_FIRST);
}

static void test_leave(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "POP3 Server", "a");
	/* Days, but nothing is left; then bits 0 and 2. */
	keys_dword(keys, ACCOUNT, "Leave on Server", 0x000e0002);
	read_content();
	assert_true(server(0)->has_leave);
	assert_false(server(0)->leave);
	assert_int_equal(server(0)->leave_days, 0);
}

static void test_leave_until_deleted(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "POP3 Server", "a");
	keys_dword(keys, ACCOUNT, "Leave on Server", 0x000e0005);
	read_content();
	assert_true(server(0)->leave);
	assert_int_equal(server(0)->leave_days, 0);
	assert_true(server(0)->leave_until_deleted);
}

static void test_urls(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "EAS Server URL", "https://eas.example.com");
	keys_wide(keys, ACCOUNT, "EAS User", "nick");
	keys_wide(keys, ACCOUNT, "HTTP Server URL", "http://services.example.com");
	read_content();
	assert_int_equal(content->servers.n, 2);
	assert_string_equal(server(0)->protocol, "http");
	assert_int_equal(server(0)->port, 0);
	assert_int_equal(server(0)->encryption, PROFILE_ENCRYPTION_UNKNOWN);
	assert_string_equal(server(1)->protocol, "eas");
	assert_text(server(1)->host, "https://eas.example.com");
	assert_text(server(1)->user, "nick");
}

/* What is not there may be lost: then no default is told, of port, encryption or login. */
static void check_lost(uint16_t flag)
{
	struct keys *made = keys_new("Outlook");
	struct content *read = NULL;

	keys_add(made, SECTION_ROOT);
	keys_wide(made, ACCOUNT, "SMTP Server", "a");
	keys_dword(made, ACCOUNT, "SMTP Use Auth", 1);
	struct key *root = keys_root(made);
	/* Sorted by name: the root section, then the account manager. */
	struct key *account = root->children[1].children;
	assert_true(text_is(key_name(account), "00000001"));
	account->flags |= flag;
	assert_int_equal(content_read(root, &read), STATUS_OK);
	assert_int_equal(read->servers.n, 1);
	const struct profile_server *smtp = &read->servers.items[0];
	bool is_told = flag == 0;
	assert_int_equal(smtp->port, is_told ? 25 : 0);
	assert_int_equal(smtp->port_is_default, is_told);
	assert_int_equal(smtp->encryption,
			 is_told ? PROFILE_NO_ENCRYPTION : PROFILE_ENCRYPTION_UNKNOWN);
	assert_int_equal(smtp->encryption_is_default, is_told);
	assert_int_equal(smtp->login,
			 is_told ? PROFILE_LOGIN_AS_INCOMING : PROFILE_LOGIN_UNKNOWN);
	content_free(read);
	keys_free(made);
}

static void test_lost(void **state)
{
	(void)state;
	check_lost(0);
	check_lost(KEY_FLAG_VALUES_PARTIAL);
	check_lost(KEY_FLAG_PLACEHOLDER);
}

/* A port that is set for another way of connecting makes the default doubtful. */
static void test_port_of_another_encryption(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "IMAP Server", "a");
	keys_dword(keys, ACCOUNT, "IMAP Port", 993);
	keys_wide(keys, ACCOUNT, "POP3 Server", "b");
	keys_dword(keys, ACCOUNT, "POP3 Port", 110);
	read_content();
	assert_int_equal(content->servers.n, 2);
	assert_int_equal(server(0)->encryption, PROFILE_NO_ENCRYPTION);
	assert_true(server(0)->encryption_is_default);
	assert_int_equal(server(0)->port, 110);
	assert_int_equal(server(1)->port, 993);
	assert_int_equal(server(1)->encryption, PROFILE_ENCRYPTION_UNKNOWN);
	assert_false(server(1)->encryption_is_default);
}

static void test_none(void **state)
{
	(void)state;
	keys_wide(keys, ACCOUNT, "Account Name", "a");
	keys_wide(keys, ACCOUNT, "SMTP Server", "");
	keys_dword(keys, ACCOUNT, "POP3 Port", 110);
	read_content();
	assert_int_equal(content->servers.n, 0);
}

static void test_words(void **state)
{
	(void)state;
	assert_null(content_encryption_word(PROFILE_ENCRYPTION_UNKNOWN));
	assert_string_equal(content_encryption_word(PROFILE_TLS), "starttls");
	assert_null(content_login_word(PROFILE_LOGIN_UNKNOWN));
	assert_string_equal(content_login_word(PROFILE_LOGIN_OWN), "own");
}

int main(void)
{
#define TEST(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, set_up_account, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_pop3),
		TEST(test_imap),
		TEST(test_port_not_told),
		TEST(test_encryption),
		TEST(test_login),
		TEST(test_leave),
		TEST(test_leave_until_deleted),
		TEST(test_urls),
		TEST(test_lost),
		TEST(test_port_of_another_encryption),
		TEST(test_none),
		TEST(test_words),
	};

	return UNIT_RUN(tests);
}
