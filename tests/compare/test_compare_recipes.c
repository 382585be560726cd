/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each kind of change by a recipe: what is found, why, when, how surely. */
#include "help/unit.h"

#include "help/pair.h"

#include <stdlib.h>
#include <string.h>

#define OUTLOOK PAIR_PROFILES "\\Outlook"

/* ---- the same profile ---- */

static void test_unchanged(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_DELETED, "Old", 2);
	pair_fork(pair);
	/* Times, security and class names are no content. */
	builder_key_touch(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	builder_key_security(pair->after, pair_key(pair->after, OUTLOOK), NULL);
	builder_key_class(pair->after, pair_key(pair->after, OUTLOOK), "class");
	pair_compare(pair);
	pair_assert_nothing(pair);
	assert_int_equal(pair->old->n_profiles, 2);
	assert_int_equal(pair->new->n_profiles, 2);
	assert_int_equal(diag_count(pair->found->diags), 0);
}

static void test_modified_value_by_value(void **state)
{
	struct pair *pair = *state;
	const struct difference *difference;
	const struct finding *finding;
	builder_key section;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	section = builder_path(pair->before, OUTLOOK "\\" MAPI_OUTLOOK, pair_made());
	builder_value_dword(pair->before, section, "gone", 7);
	builder_value_dword(pair->before, section, "other data", 7);
	builder_value_set(pair->before, section, "other type", BUILDER_BINARY, "\1\0\0",
			  4);
	builder_value_string(pair->before, section, "other case", "same");
	pair_fork(pair);
	section = pair_key(pair->after, OUTLOOK "\\" MAPI_OUTLOOK);
	builder_value_delete(pair->after, section, "gone");
	builder_value_dword(pair->after, section, "other data", 8);
	builder_value_dword(pair->after, section, "other type", 1);
	builder_value_string(pair->after, section, "came", "new");
	builder_path(pair->after, OUTLOOK "\\" MAPI_OUTLOOK "\\Sub", pair_changed());
	pair_compare(pair);

	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_MODIFIED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_true(pair_has_reason(finding, FINDING_SAME_INSTANCE));
	assert_true(pair_has_reason(finding, FINDING_CONTENT_DIFFERS));
	assert_true(pair_has_reason(finding, FINDING_READERS_AGREE));
	assert_false(finding->dated);
	assert_int_equal(finding->differences.n, 5);
	pair_difference(finding, DIFFERENCE_VALUE_REMOVED, "gone");
	pair_difference(finding, DIFFERENCE_VALUE_ADDED, "came");
	assert_int_equal(pair_differences(finding, DIFFERENCE_KEY_ADDED), 1);
	difference = pair_difference(finding, DIFFERENCE_VALUE_CHANGED, "other data");
	assert_int_equal(difference->before->data[0], 7);
	assert_int_equal(difference->after->data[0], 8);
	difference = pair_difference(finding, DIFFERENCE_VALUE_CHANGED, "other type");
	assert_int_equal(difference->before->type, KEY_TYPE_BINARY);
	assert_int_equal(difference->after->type, KEY_TYPE_DWORD);
}

/* A secret that changed keeps its length, and is told all the same. */
static void test_modified_password(void **state)
{
	struct pair *pair = *state;
	builder_key section;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	section = builder_path(pair->before, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000001", 1);
	builder_value_set(pair->before, section, "POP3 Password", BUILDER_BINARY, "old",
			  4);
	pair_fork(pair);
	section = pair_key(pair->after, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000001");
	builder_value_set(pair->after, section, "POP3 Password", BUILDER_BINARY, "new",
			  4);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_int_equal(pair_only(pair)->differences.n, 1);
	pair_difference(pair_only(pair), DIFFERENCE_VALUE_CHANGED, "POP3 Password");
}

/* ---- another name, another list ---- */

static void assert_dated_by_list(const struct finding *finding)
{
	assert_true(finding->dated);
	/* The hive was saved with it, and its list was last written without. */
	assert_int_equal(finding->earliest_ft, pair_saved());
	assert_int_equal(finding->latest_ft, pair_changed());
}

static void test_renamed(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Another", 2);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RENAMED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Mail");
	assert_true(pair_has_reason(finding, FINDING_SAME_INSTANCE));
	assert_false(pair_has_reason(finding, FINDING_CONTENT_DIFFERS));
	assert_int_equal(finding->differences.n, 0);
	assert_dated_by_list(finding);
}

static void test_renamed_and_modified(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;
	builder_key renamed;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	renamed = mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
				    pair_key(pair->after, PAIR_PROFILES), "Mail",
				    pair_changed());
	builder_value_string(pair->after,
			     builder_key_find(pair->after, renamed, MAPI_ROOT),
			     "001f3001", "new");
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RENAMED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Mail");
	assert_true(pair_has_reason(finding, FINDING_CONTENT_DIFFERS));
	assert_int_equal(finding->differences.n, 1);
	pair_difference(finding, DIFFERENCE_VALUE_ADDED, "001f3001");
}

static void test_moved_to_deleted_profiles(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	list = builder_path(pair->after, PAIR_DELETED, pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "Outlook",
			  pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_MOVED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_int_equal(snapshot_store(pair->old, finding->before)->list,
			 STORE_PROFILES);
	assert_int_equal(snapshot_store(pair->new, finding->after)->list,
			 STORE_DELETED_PROFILES);
	assert_dated_by_list(finding);
}

/* Outlook 2013 takes the profiles of its predecessor along. */
static void test_moved_to_office(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	list = builder_path(pair->after, MAPI_OFFICE("15.0") "\\Profiles",
			    pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "Mail",
			  pair_changed());
	pair_compare(pair);
	finding = pair_one(pair, FINDING_MOVED);
	pair_assert_names(finding, "Outlook", "Mail");
	assert_int_equal(snapshot_store(pair->new, finding->after)->kind, STORE_OFFICE);
	assert_string_equal(snapshot_store(pair->new, finding->after)->office_version,
			    "15.0");
	assert_int_equal(pair_count(pair, FINDING_DELETED), 0);
	assert_int_equal(pair_count(pair, FINDING_ADDED), 0);
}

/* ---- gone and come ---- */

static void test_deleted(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Another", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Another");
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", NULL);
	assert_true(pair_has_reason(finding, FINDING_ABSENT_AFTER));
	assert_false(pair_has_reason(finding, FINDING_STORE_GONE));
	assert_false(pair_has_reason(finding, FINDING_WAS_DEFAULT));
	assert_dated_by_list(finding);
}

static void test_deleted_default_profile(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "OUTLOOK");
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_true(pair_has_reason(finding, FINDING_WAS_DEFAULT));
	assert_true(pair_has_reason(finding, FINDING_DEFAULT_DANGLES));
}

static void test_added(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_add(pair->after, PAIR_PROFILES, "Mail", 2);
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_ADDED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, NULL, "Mail");
	assert_true(pair_has_reason(finding, FINDING_ABSENT_BEFORE));
	assert_false(finding->dated);
}

static void test_store_removed(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Mail", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Mail");
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 3);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 2);
	finding = pair_one(pair, FINDING_STORE_REMOVED);
	pair_assert_names(finding, NULL, NULL);
	assert_true(pair_has_reason(finding, FINDING_STORE_GONE));
	assert_int_equal(finding->store->list, STORE_PROFILES);
	for (size_t i = 0; i < pair->found->n_findings; i++)
		if (pair->found->findings[i].kind == FINDING_DELETED) {
			/* The key above is stamped when its subkey goes. */
			assert_dated_by_list(&pair->found->findings[i]);
			assert_true(pair_has_reason(&pair->found->findings[i],
						    FINDING_STORE_GONE));
		}
}

/* No profile went with it: nothing is lost. */
static void test_empty_store_removed(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_DELETED),
			   pair_changed());
	pair_compare(pair);
	pair_assert_nothing(pair);
}

/* The whole list moved to another kind: its profiles are still there. */
static void test_store_removed_after_a_move(void **state)
{
	struct pair *pair = *state;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	list = builder_path(pair->after, MAPI_OFFICE("16.0") "\\Profiles",
			    pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "Outlook",
			  pair_changed());
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MOVED);
}

/* ---- DefaultProfile ---- */

static void test_default_changed(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Mail", 2);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	pair_fork(pair);
	builder_value_string(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile", "Mail");
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DEFAULT_CHANGED);
	assert_true(text_same(finding->old_default, text_of("Outlook")));
	assert_true(text_same(finding->new_default, text_of("Mail")));
	assert_true(pair_has_reason(finding, FINDING_DEFAULT_DIFFERS));
	assert_true(pair_profile(pair->old, "Outlook")->is_default);
	assert_true(pair_profile(pair->new, "Mail")->is_default);
}

static void test_default_removed_and_default_in_another_case(void **state)
{
	struct pair *pair = *state;
	builder_key office;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Outlook");
	pair_add(pair->before, MAPI_OFFICE("16.0") "\\Profiles", "Mail", 2);
	office = pair_key(pair->before, MAPI_OFFICE("16.0"));
	builder_value_string(pair->before, office, "DefaultProfile", "Mail");
	pair_fork(pair);
	builder_value_string(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile", "OUTLOOK");
	builder_value_delete(pair->after, pair_key(pair->after, MAPI_OFFICE("16.0")),
			     "DefaultProfile");
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DEFAULT_CHANGED);
	assert_int_equal(pair_only(pair)->store->kind, STORE_OFFICE);
	assert_true(text_same(pair_only(pair)->old_default, text_of("Mail")));
	assert_int_equal(text_length(pair_only(pair)->new_default), 0);
	assert_true(pair_profile(pair->new, "Outlook")->is_default);
	assert_false(pair_profile(pair->new, "Mail")->is_default);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_unchanged),
		RECIPE(test_modified_value_by_value),
		RECIPE(test_modified_password),
		RECIPE(test_renamed),
		RECIPE(test_renamed_and_modified),
		RECIPE(test_moved_to_deleted_profiles),
		RECIPE(test_moved_to_office),
		RECIPE(test_deleted),
		RECIPE(test_deleted_default_profile),
		RECIPE(test_added),
		RECIPE(test_store_removed),
		RECIPE(test_empty_store_removed),
		RECIPE(test_store_removed_after_a_move),
		RECIPE(test_default_changed),
		RECIPE(test_default_removed_and_default_in_another_case),
	};

	return UNIT_RUN(tests);
}
