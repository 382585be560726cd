/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much the page tells: all changes and profiles up to its limit, then a count. */
#include "help/unit.h"

#include "help/pair.h"

#include "report/summary/summary.h"

#include <stdio.h>
#include <string.h>

/* So many profiles, of which the first n_gone are deleted after. */
static void make(struct pair *pair, unsigned n, unsigned n_gone)
{
	char name[16];

	for (unsigned i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "P%03u", i);
		pair_add(pair->before, PAIR_PROFILES, name, i + 1);
	}
	pair_fork(pair);
	for (unsigned i = 0; i < n_gone; i++) {
		char path[256];

		(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\P%03u", i);
		builder_key_delete(pair->after, pair_key(pair->after, path),
				   pair_changed());
	}
	pair_compare(pair);
}

static char page[1 << 16];

static void write_form(struct pair *pair, size_t n_snapshots, bool full)
{
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = {
		.snapshots = snapshots,
		.recoveries = pair->recoveries,
		.n_snapshots = n_snapshots,
		.comparisons = &pair->found,
		.n_comparisons = n_snapshots - 1,
	};
	FILE *out = fmemopen(page, sizeof(page), "w");

	assert_non_null(out);
	const struct report_options options = { .full = full };
	assert_int_equal(
		summary_write(&series, &options, NULL, (struct summary_look){ 0 }, out),
		STATUS_OK);
	assert_int_equal(fclose(out), 0);
}

/* Spelled out. */
static void write_page(struct pair *pair, size_t n_snapshots)
{
	write_form(pair, n_snapshots, true);
}

/* How often a string stands on the page. */
static size_t count(const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(page, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

/* The one line about what was left out, or none if more is NULL. */
static void check(struct pair *pair, size_t n_snapshots, const char *item,
		  const char *more)
{
	write_page(pair, n_snapshots);
	assert_int_equal(count(item), 20);
	assert_int_equal(count("\n... and "), more ? 1 : 0);
	if (more)
		assert_non_null(strstr(page, more));
}

static void test_changes_at_the_limit(void **state)
{
	assert_int_equal(SUMMARY_MAX_CHANGES, 20);
	make(*state, 20, 20);
	check(*state, 2, "\ndeleted  ", NULL);
}

static void test_changes_past_the_limit(void **state)
{
	make(*state, 21, 21);
	check(*state, 2, "\ndeleted  ", "\n... and 1 more change in the report\n");
}

static void test_changes_far_past_the_limit(void **state)
{
	make(*state, 30, 30);
	check(*state, 2, "\ndeleted  ", "\n... and 10 more changes in the report\n");
}

static void test_profiles_at_the_limit(void **state)
{
	make(*state, 20, 0);
	check(*state, 1, "\nprofile  ", NULL);
}

static void test_profiles_past_the_limit(void **state)
{
	make(*state, 21, 0);
	check(*state, 1, "\nprofile  ", "\n... and 1 more profile in the report\n");
}

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
	write_page(pair, 2);
}

static void test_lost_accounts(void **state)
{
	make_accounts(*state, 2);
	assert_int_equal(count("\n    lost      account mapi Account "), 2);
	assert_non_null(strstr(page, "\n    lost      account mapi Account 0\n"));
	assert_non_null(strstr(page, "\n    lost      account mapi Account 1\n"));
	assert_int_equal(count("... and "), 0);
}

static void test_lost_accounts_past_the_limit(void **state)
{
	make_accounts(*state, ACCOUNTS);
	assert_int_equal(count("\n    lost      account mapi Account "), 4);
	assert_non_null(strstr(page, "... and 2 more accounts in the report\n"));
}

static void test_nothing_lost(void **state)
{
	make_accounts(*state, 0);
	assert_int_equal(count("lost"), 0);
}

/* A profile of one snapshot with more accounts than are told. */
static void test_held_accounts_past_the_limit(void **state)
{
	struct pair *pair = *state;

	make_accounts(pair, 0);
	write_page(pair, 1);
	assert_int_equal(count("\n    account   mapi "), 4);
	assert_non_null(strstr(page, "more accounts in the report\n"));
}

/* ---- in brief ---- */

static size_t count_lines(void)
{
	return count("\n");
}

/* One line for each: their number, list, time and certainty are those of all. */
static void test_brief_rows(void **state)
{
	make(*state, 10, SUMMARY_MAX_ROWS);
	write_form(*state, 2, false);
	assert_non_null(strstr(page, "\ndeleted   8 from Profiles, "));
	assert_int_equal(count("[certain]"), 1);
	assert_int_equal(count("\n          P00"), SUMMARY_MAX_ROWS);
	assert_int_equal(count("... and "), 0);
	assert_true(count_lines() < 24);
}

static void test_brief_past_the_rows(void **state)
{
	make(*state, 40, 30);
	write_form(*state, 2, false);
	assert_non_null(strstr(page, "\ndeleted   30 from Profiles, "));
	assert_int_equal(count("\n          P00"), SUMMARY_MAX_ROWS);
	assert_non_null(
		strstr(page, "\n          ... and 22 more changes in the report\n"));
	assert_non_null(strstr(page, "\nprofiles  40 before, 10 after: 30 deleted\n"));
	assert_true(count_lines() < 24);
}

static void test_brief_one_change(void **state)
{
	make(*state, 2, 1);
	write_form(*state, 2, false);
	assert_non_null(strstr(page, "\ndeleted   P000 from Profiles, "));
}

static void test_brief_no_change(void **state)
{
	make(*state, 2, 0);
	write_form(*state, 2, false);
	assert_int_equal(count("deleted"), 0);
	assert_ptr_equal(strstr(page, "wmsdiff: no profile is gone\n"), page);
}

static void test_brief_profiles(void **state)
{
	make(*state, 30, 0);
	write_form(*state, 1, false);
	assert_non_null(strstr(page, "\nprofiles  30 in Profiles\n"));
	assert_int_equal(count("\n          P00"), SUMMARY_MAX_ROWS);
	assert_non_null(
		strstr(page, "\n          ... and 22 more profiles in the report\n"));
}

/* Kinds stand apart, the worst first. */
static void test_brief_kinds(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Gone", 1);
	pair_add(pair->before, PAIR_PROFILES, "Also gone", 2);
	pair_add(pair->before, PAIR_PROFILES, "Stays", 3);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Gone"),
			   pair_changed());
	builder_key_delete(pair->after,
			   pair_key(pair->after, PAIR_PROFILES "\\Also gone"),
			   pair_changed());
	pair_add(pair->after, PAIR_PROFILES, "New", 4);
	pair_compare(pair);
	write_form(pair, 2, false);
	const char *deleted = strstr(page, "\ndeleted   2 from Profiles, ");
	const char *added = strstr(page, "\nadded     New in Profiles");
	assert_non_null(deleted);
	assert_non_null(added);
	assert_true(deleted < added);
	assert_int_equal(count("Stays"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_changes_at_the_limit),
		TEST(test_changes_past_the_limit),
		TEST(test_changes_far_past_the_limit),
		TEST(test_profiles_at_the_limit),
		TEST(test_profiles_past_the_limit),
		TEST(test_lost_accounts),
		TEST(test_lost_accounts_past_the_limit),
		TEST(test_nothing_lost),
		TEST(test_held_accounts_past_the_limit),
		TEST(test_brief_rows),
		TEST(test_brief_past_the_rows),
		TEST(test_brief_one_change),
		TEST(test_brief_no_change),
		TEST(test_brief_profiles),
		TEST(test_brief_kinds),
	};
	return UNIT_RUN(tests);
}
