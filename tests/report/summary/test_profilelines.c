/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held and what it lost, in some words and in lines. */
#include "help/summaries.h"

#include "report/summary/profilelines.h"

#include <string.h>

static struct summaries_page page;

/* ---- what went from a profile that stays ---- */

enum { ACCOUNTS = 6 };

/* A profile with so many accounts, of which the first n_gone are deleted after. */
static void make_accounts(struct pair *pair, unsigned n_gone)
{
	struct mapi_uid service = { { 0 } };
	builder_key accounts[ACCOUNTS];
	char name[16];
	struct mapi_profile p = pair_add_at(
		pair->before, builder_path(pair->before, PAIR_PROFILES, pair_made()),
		"Outlook", 1, pair_made());

	for (unsigned i = 0; i < ACCOUNTS; i++) {
		(void)snprintf(name, sizeof(name), "Account %u", i);
		accounts[i] = mapi_account_service(&p, MAPI_LIST_STORE, name, "MSUPST MS",
						   &service);
	}
	pair_fork(pair);
	p.b = pair->after;
	p.filetime = pair_changed();
	for (unsigned i = 0; i < n_gone; i++)
		mapi_account_delete(&p, accounts[i]);
	pair_compare(pair);
	summaries_write(&page, pair, 2, true);
}

static void test_lost_accounts(void **state)
{
	make_accounts(*state, 2);
	assert_int_equal(summaries_count(&page, "\n    lost      account mapi Account "),
			 2);
	assert_non_null(strstr(page.text, "\n    lost      account mapi Account 0\n"));
	assert_non_null(strstr(page.text, "\n    lost      account mapi Account 1\n"));
	assert_int_equal(summaries_count(&page, "... and "), 0);
}

static void test_lost_accounts_past_the_limit(void **state)
{
	make_accounts(*state, ACCOUNTS);
	assert_int_equal(summaries_count(&page, "\n    lost      account mapi Account "),
			 4);
	assert_non_null(strstr(page.text, "... and 2 more accounts in the report\n"));
}

static void test_nothing_lost(void **state)
{
	make_accounts(*state, 0);
	assert_int_equal(summaries_count(&page, "lost"), 0);
}

/* A profile of one snapshot with more accounts than are told. */
static void test_accounts_past_the_limit(void **state)
{
	struct pair *pair = *state;

	make_accounts(pair, 0);
	summaries_write(&page, pair, 1, true);
	assert_int_equal(summaries_count(&page, "\n    account   mapi "), 4);
	assert_non_null(strstr(page.text, "more accounts in the report\n"));
}

/* The same in some words: two things, and how many more. */
static void test_brief_losses(void **state)
{
	struct pair *pair = *state;

	make_accounts(pair, 3);
	const struct profile *before = &pair_profile(pair->old, "Outlook")->profile;
	const struct profile *after = &pair_profile(pair->new, "Outlook")->profile;
	summaries_begin(&page);
	screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	assert_true(profilelines_brief_losses(page.summary.screen, before, after));
	summaries_end(&page);
	assert_string_equal(page.text, "lost account mapi Account 0; lost account mapi "
				       "Account 1; and 1 more\n");
	/* What came is no loss. */
	summaries_begin(&page);
	assert_false(profilelines_brief_losses(page.summary.screen, after, before));
	assert_false(profilelines_brief_losses(page.summary.screen, before, before));
	summaries_end(&page);
	assert_string_equal(page.text, "");
}

/* ---- what a profile held ---- */

static struct mapi_profile begin(struct pair *pair, const char *name)
{
	return mapi_profile_new(pair->before,
				builder_path(pair->before, PAIR_PROFILES, pair_made()),
				name, MAPI_UNICODE_64, pair_made(), 1);
}

/* Reads the earlier hive, and puts its profile in brief or in lines. */
static void put(struct pair *pair, const char *name, bool brief)
{
	if (!pair->after)
		pair_fork(pair);
	pair_compare(pair);
	const struct profile *profile = &pair_profile(pair->old, name)->profile;
	summaries_begin(&page);
	if (brief)
		screen_line(page.summary.screen, 0, 0, SCREEN_PLAIN, "");
	if (brief)
		profilelines_brief(page.summary.screen, profile);
	else
		profilelines_write(page.summary.screen, profile);
	summaries_end(&page);
}

static void test_empty(void **state)
{
	struct pair *pair = *state;

	(void)begin(pair, "Empty");
	put(pair, "Empty", true);
	assert_string_equal(page.text, "0 sections, 0 values\n");
	put(pair, "Empty", false);
	assert_string_equal(page.text, "    held      0 sections, 0 values\n");
}

static void test_counts(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "One");

	builder_value_dword(p.b, mapi_section(&p, MAPI_ROOT), "00033d01", 1);
	put(pair, "One", true);
	assert_string_equal(page.text, "1 section, 1 value\n");
	put(pair, "One", false);
	assert_string_equal(page.text, "    held      1 section, 1 value\n");
}

/* Two tell a profile; the third is only counted. */
static void test_files(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Files");

	(void)mapi_pst_add(&p, "One", "C:\\one.pst", true);
	(void)mapi_pst_add(&p, "Two", "C:\\two.pst", false);
	put(pair, "Files", true);
	assert_string_equal(page.text, "pst C:\\one.pst; pst C:\\two.pst\n");
	(void)mapi_pst_add(&p, "Three", "C:\\three.pst", false);
	builder_free(pair->after);
	pair->after = NULL;
	put(pair, "Files", true);
	assert_string_equal(page.text, "pst C:\\one.pst; pst C:\\two.pst; and 1 more\n");
	put(pair, "Files", false);
	summaries_assert_has(&page, "\n    pst       C:\\one.pst (default store)\n"
				    "    pst       C:\\two.pst\n"
				    "    pst       C:\\three.pst\n");
	summaries_assert_lacks(&page, "more file");
}

/* Up to the limit of items, and one more. */
static void test_files_past_the_limit(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Files");
	char path[] = "C:\\0.pst";

	for (; path[3] < '0' + SUMMARY_MAX_ITEMS; path[3]++)
		(void)mapi_pst_add(&p, "Store", path, false);
	put(pair, "Files", false);
	assert_int_equal(summaries_count(&page, "\n    pst  "), SUMMARY_MAX_ITEMS);
	summaries_assert_lacks(&page, "more file");
	(void)mapi_pst_add(&p, "Store", path, false);
	builder_free(pair->after);
	pair->after = NULL;
	put(pair, "Files", false);
	assert_int_equal(summaries_count(&page, "\n    pst  "), SUMMARY_MAX_ITEMS);
	summaries_assert_has(&page,
			     "\n              ... and 1 more file in the report\n");
}

/* A mail account comes before the file it delivers to; its password is counted. */
static void test_account(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Mail");
	struct mapi_pst pst = mapi_pst_add(&p, "Store", "C:\\mail.pst", true);

	(void)mapi_account_pop3(&p,
				&(struct mapi_pop3){ .name = "Post",
						     .user = "Someone",
						     .email = "someone@example.com",
						     .server = "pop.example.com" },
				&pst);
	put(pair, "Mail", true);
	assert_string_equal(page.text, "pop3 Post; pst C:\\mail.pst\n");
	put(pair, "Mail", false);
	summaries_assert_has(&page, ", 1 of them secret (not shown)\n");
	summaries_assert_has(&page, "\n    account   pop3 Post\n");
	summaries_assert_lacks(&page, "Password");
}

/* An Exchange mailbox tells a profile best; public folders are every profile's. */
static void test_mailbox(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Office");

	mapi_exchange2000(&p, &(struct mapi_mailbox){ .server = "EXCH01",
						      .domain = "example.com",
						      .organization = "Example",
						      .site = "Site",
						      .user = "someone",
						      .display = "Someone",
						      .public_store = true });
	put(pair, "Office", true);
	assert_string_equal(page.text, "EXCH01: someone\n");
	put(pair, "Office", false);
	assert_int_equal(summaries_count(&page, "    exchange  "), 1);
	summaries_assert_has(&page, "\n    exchange  EXCH01, mailbox someone\n");
}

/* What is only named, and no longer attached, is told as inferred; once for each path. */
static void test_detached_files(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Mail");
	struct mapi_blob entries[3];

	mapi_pst_add(&p, "Mine", "C:\\mail.pst", true);
	mapi_pst_entry_id(&entries[0], "D:\\old.pst");
	mapi_pst_entry_id(&entries[1], "C:\\mail.pst");
	entries[2] = entries[0];
	mapi_mv_binary(&p, mapi_section(&p, MAPI_OUTLOOK), 0x039b, entries, 3);
	put(pair, "Mail", false);
	assert_int_equal(summaries_count(&page, "    named     "), 1);
	summaries_assert_has(&page, "\n    named     pst D:\\old.pst, no longer attached "
				    "(inferred)\n");
}

/* Process 2420; 2003-03-10 06:09:13 UTC, as FILETIME 01c2e6cb9288189c. */
static void test_generated_name(void **state)
{
	struct pair *pair = *state;

	(void)begin(pair, "Agent 0000097401c2e6cb9288189c");
	put(pair, "Agent 0000097401c2e6cb9288189c", false);
	summaries_assert_has(&page,
			     "\n    made      by process 2420 at 2003-03-10 06:09:13 "
			     "UTC, as its name says\n");
}

/* An account whose number nobody has any more: that it was there is inferred. */
static void test_gone_accounts(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Mail");
	struct mapi_pst pst = mapi_pst_add(&p, "Mine", "C:\\mail.pst", true);
	builder_key account = mapi_account_service(&p, MAPI_LIST_STORE, "Mine",
						   "MSUPST MS", &pst.service);

	mapi_account_service(&p, MAPI_LIST_STORE, "Mine", "MSUPST MS", &pst.service);
	mapi_account_delete(&p, account);
	put(pair, "Mail", false);
	summaries_assert_has(&page,
			     "\n    gone      1 account that was numbered and is no "
			     "longer there (inferred)\n");
}

/* What is needed to make the account anew stands below its mailbox. */
static void test_exchange_account(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Office");
	struct mapi_uid service = mapi_exchange2010(
		&p, &(struct mapi_mailbox){ .server = "EXCH01",
					    .domain = "example.com",
					    .organization = "Example",
					    .site = "Site",
					    .user = "ada",
					    .display = "Ada",
					    .config_flags = 0x184,
					    .ost_path = "C:\\ada.ost" });
	size_t len;
	struct mapi_uid settings;

	memcpy(settings.bytes,
	       builder_value_data(pair->before, mapi_section_of(&p, &service), "01023d15",
				  &len),
	       sizeof(settings.bytes));
	builder_key section = mapi_section_of(&p, &settings);
	mapi_long(&p, section, 0x6649, 12);
	mapi_unicode(&p, section, 0x664a, "https://example.com/x");
	put(pair, "Office", false);
	summaries_assert_has(&page, "\n    exchange  EXCH01, mailbox ada@example.com\n"
				    "              autodiscover https://example.com/x\n"
				    "              cached mode, 12 months kept offline "
				    "(inferred)\n");
	summaries_assert_has(&page, "\n    ost       C:\\ada.ost");
}

/* The profile of these tests has no tag without a name but this one. */
static void test_unnamed_tags(void **state)
{
	struct pair *pair = *state;
	struct mapi_profile p = begin(pair, "Mail");

	mapi_long(&p, mapi_section(&p, MAPI_ROOT), 0x7abc, 5);
	put(pair, "Mail", false);
	summaries_assert_has(
		&page, "\n    tags      1 without a known name, raw in the report\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lost_accounts),
		TEST(test_lost_accounts_past_the_limit),
		TEST(test_nothing_lost),
		TEST(test_accounts_past_the_limit),
		TEST(test_brief_losses),
		TEST(test_empty),
		TEST(test_counts),
		TEST(test_files),
		TEST(test_files_past_the_limit),
		TEST(test_account),
		TEST(test_mailbox),
		TEST(test_detached_files),
		TEST(test_generated_name),
		TEST(test_gone_accounts),
		TEST(test_exchange_account),
		TEST(test_unnamed_tags),
	};
	return UNIT_RUN(tests);
}
