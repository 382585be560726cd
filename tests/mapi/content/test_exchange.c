/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exchange settings in the layout of 2000 and in that of Outlook 2010. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <string.h>

#define ROOT SECTION_ROOT
#define GLOBAL SECTION_GLOBAL
#define SERVICE "a0000000000000000000000000000001"
#define SERVICE_2 "a0000000000000000000000000000002"
#define SETTINGS "b0000000000000000000000000000001"
#define SETTINGS_2 "b0000000000000000000000000000002"
#define PRIVATE "c0000000000000000000000000000001"
#define DELEGATE "c0000000000000000000000000000002"
#define PUBLIC "c0000000000000000000000000000003"
#define BOOK "c0000000000000000000000000000004"

#define DN "/o=ORG/ou=SITE/cn="
#define USER_DN DN "Recipients/cn=nick"
#define SERVER_DN DN "Configuration/cn=Servers/cn=EX1"

static int set_up_exchange(void **state)
{
	(void)state;
	return set_up_as("Exchange");
}

/* A profile of server MAPI: one service, strings in ANSI. */
static void add_old_profile(const char *service)
{
	keys_hex(keys, ROOT, "01023d0e", SERVICE);
	keys_hex(keys, ROOT, "01023d00", PRIVATE);
	keys_hex(keys, ROOT, "01023d01", BOOK);
	keys_sz(keys, SERVICE, "001e3d09", service);
	keys_hex(keys, SERVICE, "01023d00", PRIVATE);
	keys_hex(keys, SERVICE, "01023d01", BOOK);
	keys_long(keys, BOOK, "00033e03", 35);
	keys_long(keys, PRIVATE, "0003660a", 1);
	keys_long(keys, PRIVATE, "00033009", 2);
	keys_sz(keys, PRIVATE, "001e660b", USER_DN);
	keys_sz(keys, PRIVATE, "001e660c", "EX1");
}

static void add_resolved_settings(const char *section)
{
	keys_sz(keys, section, "001e6602", "EX1");
	keys_sz(keys, section, "001e6603", USER_DN);
	keys_sz(keys, section, "001e6607", "nick");
	keys_sz(keys, section, "001e6608", "ex1-as-typed");
	keys_sz(keys, section, "001e6612", SERVER_DN);
}

static const struct profile_exchange *entry(size_t i, enum profile_mailbox kind)
{
	assert_true(i < content->exchanges.n);
	assert_int_equal(content->exchanges.items[i].kind, kind);
	return &content->exchanges.items[i];
}

static void check_primary(const char *section)
{
	const struct profile_exchange *primary = entry(0, PROFILE_MAILBOX_PRIMARY);

	assert_true(text_is(key_name(primary->section), section));
	assert_text(primary->server, "EX1");
	assert_text(primary->server_dn, SERVER_DN);
	assert_text(primary->user_dn, USER_DN);
	assert_text(primary->mailbox, "nick");
	assert_text(primary->mailbox_dn, USER_DN);
	assert_true(primary->resolved);
}

static void test_global_section(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	/* a second private store does not take the place of the first */
	keys_hex(keys, SERVICE, "01023d02", DELEGATE);
	keys_long(keys, DELEGATE, "0003660a", 1);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	check_primary(GLOBAL);
	assert_int_equal(content->problems.n, 0);
	assert_string_equal(content->services.items[0].kind,
			    "Microsoft Exchange Server mailbox");
}

static void test_gateway_service(void **state)
{
	(void)state;
	add_old_profile("MSEMS_EdkGateway");
	add_resolved_settings(GLOBAL);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	check_primary(GLOBAL);
}

static void test_settings_in_the_service_itself(void **state)
{
	(void)state;
	add_old_profile("MSEMS_EdkMbAgent");
	add_resolved_settings(SERVICE);
	keys_add(keys, GLOBAL);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	check_primary(SERVICE);
}

static void test_global_section_without_a_service(void **state)
{
	(void)state;
	keys_add(keys, ROOT);
	add_resolved_settings(GLOBAL);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	assert_true(entry(0, PROFILE_MAILBOX_PRIMARY)->resolved);
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->mailbox_dn, "");
}

static void test_no_exchange_at_all(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", SERVICE);
	keys_wide(keys, SERVICE, "001f3d09", "CONTAB");
	keys_hex(keys, SERVICE, "01023d01", BOOK);
	/* the same ids, another meaning */
	keys_wide(keys, SERVICE, "001f6602", "no server");
	keys_long(keys, BOOK, "0003660a", 2);
	keys_add(keys, GLOBAL);
	read_content();
	assert_int_equal(content->exchanges.n, 0);
}

static void test_unresolved_names(void **state)
{
	const struct profile_exchange *primary;

	(void)state;
	add_old_profile("MSEMS");
	keys_sz(keys, GLOBAL, "001e6607", "nick");
	keys_sz(keys, GLOBAL, "001e6608", "ex1-as-typed");
	/* There, but empty, is as good as absent. */
	keys_sz(keys, GLOBAL, "001e6602", "");
	keys_sz(keys, PRIVATE, "001e6614", SERVER_DN);
	read_content();
	primary = entry(0, PROFILE_MAILBOX_PRIMARY);
	assert_text(primary->server, "ex1-as-typed");
	assert_text(primary->server_dn, SERVER_DN);
	assert_text(primary->mailbox, "nick");
	assert_text(primary->user_dn, "");
	assert_false(primary->resolved);
}

static void test_resolved_needs_both(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	keys_sz(keys, GLOBAL, "001e6602", "EX1");
	read_content();
	assert_false(entry(0, PROFILE_MAILBOX_PRIMARY)->resolved);
}

static void test_mailbox_prefers_the_address(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	keys_wide(keys, GLOBAL, "001f663d", "nick@example.com");
	keys_wide(keys, PRIVATE, "001f6641", "other@example.com");
	read_content();
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->mailbox, "nick@example.com");
}

static void test_mailbox_from_the_store(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	keys_wide(keys, PRIVATE, "001f6641", "nick@example.com");
	read_content();
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->mailbox, "nick@example.com");
}

static void test_mailbox_from_the_account_name(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	keys_wide(keys, GLOBAL, "001f6620", "nick at work");
	read_content();
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->mailbox, "nick at work");
}

static void test_delegates_and_public_folders(void **state)
{
	const struct profile_exchange *delegate, *public;

	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	keys_hex(keys, ROOT, "01023d02", DELEGATE PUBLIC);
	keys_hex(keys, SERVICE, "01023d02", DELEGATE PUBLIC DELEGATE);
	keys_long(keys, DELEGATE, "0003660a", 2);
	keys_sz(keys, DELEGATE, "001e660b", DN "Recipients/cn=boss");
	keys_sz(keys, DELEGATE, "001e660c", "EX2");
	keys_sz(keys, DELEGATE, "001e6614", DN "Servers/cn=EX2");
	/* by kind of store where the type is missing */
	keys_hex(keys, PUBLIC, "01023414", "78b2fa70aff711cd9bc800aa002fc45a");
	keys_sz(keys, PUBLIC, "001e660c", "EX3");
	read_content();
	assert_int_equal(content->exchanges.n, 3);
	check_primary(GLOBAL);
	delegate = entry(1, PROFILE_MAILBOX_DELEGATE);
	assert_text(delegate->mailbox_dn, DN "Recipients/cn=boss");
	assert_text(delegate->server, "EX2");
	assert_text(delegate->server_dn, DN "Servers/cn=EX2");
	assert_true(delegate->resolved);
	public = entry(2, PROFILE_MAILBOX_PUBLIC);
	assert_text(public->server, "EX3");
	assert_true(public->resolved);
}

static void test_unresolved_delegate(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	keys_hex(keys, SERVICE, "01023d02", DELEGATE);
	keys_long(keys, DELEGATE, "0003660a", 2);
	keys_sz(keys, DELEGATE, "001e660c", "EX2");
	read_content();
	assert_false(entry(1, PROFILE_MAILBOX_DELEGATE)->resolved);
}

/* As Outlook 2010 and later: each account a service with settings of its own. */
static void add_new_account(const char *service, const char *settings, const char *server)
{
	keys_wide(keys, service, "001f3d09", "MSEMS");
	keys_hex(keys, service, "01023d15", settings);
	keys_wide(keys, settings, "001f6602", server);
	keys_wide(keys, settings, "001f6603", USER_DN);
}

static void test_accounts_of_outlook_2010(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", SERVICE SERVICE_2);
	add_new_account(SERVICE, SETTINGS, "EX1");
	add_new_account(SERVICE_2, SETTINGS_2, "EX2");
	keys_wide(keys, SETTINGS_2, "001f6610", "C:\\mail\\two.ost");
	keys_hex(keys, SERVICE_2, "01023d00", PRIVATE);
	keys_hex(keys, PRIVATE, "01023414", "5494a1c0297f101ba58708002b2a2517");
	keys_wide(keys, PRIVATE, "001f660b", USER_DN);
	keys_long(keys, PRIVATE, "00033009", 2);
	keys_add(keys, GLOBAL);
	read_content();
	assert_int_equal(content->exchanges.n, 2);
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->server, "EX1");
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->mailbox_dn, "");
	assert_text(entry(1, PROFILE_MAILBOX_PRIMARY)->server, "EX2");
	assert_text(entry(1, PROFILE_MAILBOX_PRIMARY)->mailbox_dn, USER_DN);
	assert_int_equal(content->problems.n, 0);
	assert_int_equal(content->files.n, 1);
	assert_true(content->files.items[0].default_store);
	/* The settings are named as Exchange's, though their uid is random. */
	for (size_t i = 0; i < content->values.n; i++)
		if (content->values.items[i].tag.id == 0x6602)
			assert_string_equal(content->values.items[i].name,
					    "PR_PROFILE_HOME_SERVER");
}

static void test_settings_shared_by_two_services(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", SERVICE SERVICE_2);
	add_new_account(SERVICE, SETTINGS, "EX1");
	keys_wide(keys, SERVICE_2, "001f3d09", "MSEMS");
	keys_hex(keys, SERVICE_2, "01023d15", SETTINGS);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
}

static void test_service_that_lost_its_settings(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", SERVICE);
	keys_wide(keys, SERVICE, "001f3d09", "MSEMS");
	keys_hex(keys, SERVICE, "01023d15", SETTINGS);
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	assert_false(entry(0, PROFILE_MAILBOX_PRIMARY)->resolved);
	assert_text(entry(0, PROFILE_MAILBOX_PRIMARY)->server, "");
	assert_int_equal(content->problems.n, 1);
	assert_int_equal(content->problems.items[0].code, PROFILE_DANGLING_UID);
}

static void test_files_of_exchange(void **state)
{
	(void)state;
	add_old_profile("MSEMS");
	add_resolved_settings(GLOBAL);
	keys_sz(keys, GLOBAL, "001e6610", "C:\\mail\\nick.ost");
	keys_sz(keys, GLOBAL, "001e660e", "C:\\oab");
	read_content();
	assert_int_equal(content->files.n, 2);
	assert_string_equal(content->files.items[0].kind, "ost");
	assert_text(content->files.items[0].path, "C:\\mail\\nick.ost");
	assert_true(content->files.items[0].default_store);
	assert_string_equal(content->files.items[1].kind, "oab");
	assert_false(content->files.items[1].default_store);
}

/* An account of Microsoft 365: settings in a section of its own. */
static void test_account_of_today(void **state)
{
	const struct profile_exchange *entry;

	(void)state;
	keys_hex(keys, SECTION_ROOT, "01023d0e", SERVICE);
	keys_wide(keys, SERVICE, "001f3d09", "MSEMS");
	keys_hex(keys, SERVICE, "01023d15", SETTINGS);
	keys_long(keys, SETTINGS, "00036601", 0x984);
	keys_sz(keys, SETTINGS, "001e6608", "0f1e@example.com");
	keys_wide(keys, SETTINGS, "001f6610", "C:\\ost\\ada.ost");
	keys_wide(keys, SETTINGS, "001f6620", "Work");
	keys_wide(keys, SETTINGS, "001f6622", "outlook.example.com");
	keys_wide(keys, SETTINGS, "001f662a", "gc.example.com");
	keys_wide(keys, SETTINGS, "001f663d", "ada.l@example.com");
	keys_wide(keys, SETTINGS, "001f6641", "ada@example.com");
	keys_long(keys, SETTINGS, "00036649", 12);
	keys_wide(keys, SETTINGS, "001f664a", "https://autodiscover.example.com/x");
	keys_wide(keys, SETTINGS, "001f6652", "https://in.example.com/mapi/emsmdb");
	keys_wide(keys, SETTINGS, "001f6653", "https://out.example.com/mapi/emsmdb");
	keys_wide(keys, SETTINGS, "001f6654", "https://in.example.com/mapi/nspi");
	keys_wide(keys, SETTINGS, "001f6655", "https://out.example.com/mapi/nspi");
	keys_hex(keys, SETTINGS, "000b665e", "0000");
	keys_wide(keys, SETTINGS, "001f66a0", "EXAMPLE\\ada");
	keys_hex(keys, SETTINGS, "010266a1", "736563726574");
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	entry = &content->exchanges.items[0];
	assert_int_equal(entry->kind, PROFILE_MAILBOX_PRIMARY);
	assert_true(text_is(key_name(entry->section), SETTINGS));
	assert_text(entry->smtp_address, "ada@example.com");
	assert_text(entry->mailbox, "ada@example.com");
	assert_text(entry->account_name, "Work");
	assert_text(entry->auth_user, "EXAMPLE\\ada");
	assert_text(entry->server_fqdn, "gc.example.com");
	assert_text(entry->proxy, "outlook.example.com");
	assert_text(entry->autodiscover, "https://autodiscover.example.com/x");
	assert_text(entry->http.mailbox_inside, "https://in.example.com/mapi/emsmdb");
	assert_text(entry->http.mailbox_outside, "https://out.example.com/mapi/emsmdb");
	assert_text(entry->http.book_inside, "https://in.example.com/mapi/nspi");
	assert_text(entry->http.book_outside, "https://out.example.com/mapi/nspi");
	assert_text(entry->ost, "C:\\ost\\ada.ost");
	assert_int_equal(entry->cached, PROFILE_YES);
	assert_int_equal(entry->cached_shared, PROFILE_YES);
	assert_int_equal(entry->cached_public, PROFILE_NO);
	assert_int_equal(entry->consumer, PROFILE_NO);
	assert_true(entry->has_months);
	assert_int_equal(entry->months, 12);
	/* The password is held back. */
	assert_int_equal(content->secrets.n, 1);
}

/* Half of the bits of cached mode says nothing, and what is absent neither. */
static void test_cached_mode_not_told(void **state)
{
	(void)state;
	keys_hex(keys, SECTION_ROOT, "01023d0e", SERVICE);
	keys_wide(keys, SERVICE, "001f3d09", "MSEMS");
	keys_hex(keys, SERVICE, "01023d15", SETTINGS);
	keys_long(keys, SETTINGS, "00036601", 0x80);
	keys_wide(keys, SETTINGS, "001f6641", "ada@example.com");
	read_content();
	assert_int_equal(content->exchanges.n, 1);
	assert_int_equal(content->exchanges.items[0].cached, PROFILE_UNKNOWN);
	assert_int_equal(content->exchanges.items[0].consumer, PROFILE_UNKNOWN);
	assert_false(content->exchanges.items[0].has_months);
}

int main(void)
{
#define TEST(function)                                                                   \
	cmocka_unit_test_setup_teardown(function, set_up_exchange, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_global_section),
		TEST(test_gateway_service),
		TEST(test_settings_in_the_service_itself),
		TEST(test_global_section_without_a_service),
		TEST(test_no_exchange_at_all),
		TEST(test_unresolved_names),
		TEST(test_resolved_needs_both),
		TEST(test_mailbox_prefers_the_address),
		TEST(test_mailbox_from_the_store),
		TEST(test_mailbox_from_the_account_name),
		TEST(test_delegates_and_public_folders),
		TEST(test_unresolved_delegate),
		TEST(test_accounts_of_outlook_2010),
		TEST(test_settings_shared_by_two_services),
		TEST(test_service_that_lost_its_settings),
		TEST(test_files_of_exchange),
		TEST(test_account_of_today),
		TEST(test_cached_mode_not_told),
	};

	return UNIT_RUN(tests);
}
