/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profile is which: recreated and renamed ones, copies with one instance
 * key, profiles without any, empty ones, and names that differ only in case.
 */
#include "help/unit.h"

#include "help/pair.h"

#include "compare/match.h"

#include <string.h>

#define OUTLOOK PAIR_PROFILES "\\Outlook"

/* ---- the same name, another profile ---- */

static void test_recreated(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Outlook", 2,
		    pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RECREATED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_true(pair_has_reason(finding, FINDING_OTHER_INSTANCE));
	assert_true(pair_has_reason(finding, FINDING_SAME_NAME));
	assert_true(finding->dated);
	assert_int_equal(finding->earliest_ft, pair_saved());
	assert_int_equal(finding->latest_ft, pair_changed());
}

/* The old one lives on under another name: nothing was recreated. */
static void test_renamed_and_its_name_given_to_another(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Outlook old",
			  pair_changed());
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Outlook", 2,
		    pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	pair_assert_names(pair_one(pair, FINDING_RENAMED), "Outlook", "Outlook old");
	pair_assert_names(pair_one(pair, FINDING_ADDED), NULL, "Outlook");
}

static void test_two_names_exchanged(void **state)
{
	struct pair *pair = *state;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "A", 1);
	pair_add(pair->before, PAIR_PROFILES, "B", 2);
	pair_fork(pair);
	list = pair_key(pair->after, PAIR_PROFILES);
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\A"), list,
			  "C", pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\B"), list,
			  "A", pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\C"), list,
			  "B", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	assert_int_equal(pair_count(pair, FINDING_RENAMED), 2);
	pair_assert_names(&pair->found->findings[0], "A", "B");
	pair_assert_names(&pair->found->findings[1], "B", "A");
}

/* Recreated without an instance key to tell it: by sections, so it is probable. */
static void test_recreated_without_instance(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	/* A key that is made anew has the time of its making. */
	builder_key_touch(pair->after,
			  pair_add_2000(pair->after, PAIR_PROFILES, "Outlook", 2),
			  pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RECREATED);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_OTHER_SECTIONS));
}

/* Its record stands there with the same last write: nobody made it anew. */
static void test_same_record_is_no_other(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_made());
	pair_add(pair->after, PAIR_PROFILES, "Outlook", 2);
	assert_int_equal(
		builder_key_offset(pair->before, pair_key(pair->before, OUTLOOK)),
		builder_key_offset(pair->after, pair_key(pair->after, OUTLOOK)));
	pair_compare(pair);
	assert_int_not_equal(pair_only(pair)->kind, FINDING_RECREATED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_SAME_NAME));
	/* But two instance keys are two: nothing is built on their being one. */
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_true(pair_only(pair)->certainty >= FINDING_POSSIBLE);
	assert_true(pair_has_reason(pair_only(pair), FINDING_OTHER_INSTANCE));
}

/* Nor is such a one damaged: what is missing may be another's. */
static void test_disputed_is_not_damaged(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key outlook = pair_key(pair->after, OUTLOOK);
	builder_key instance = pair_key(pair->after, OUTLOOK "\\" MAPI_INSTANCE);
	builder_value_set(pair->after, instance, "0102300b", BUILDER_BINARY,
			  (uint8_t[16]){ 7 }, 16);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK "\\" MAPI_ROOT),
			   pair_made());
	builder_key_touch(pair->after, outlook, pair_made());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_POSSIBLE);
}

/* The instance key is heavier than a name that was given to another. */
static void test_name_given_to_an_empty_one(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	builder_path(pair->after, OUTLOOK, pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	pair_assert_names(pair_one(pair, FINDING_RENAMED), "Outlook", "Mail");
	pair_assert_names(pair_one(pair, FINDING_ADDED), NULL, "Outlook");
}

/* ---- no instance key ---- */

static void test_renamed_without_instance(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add_2000(pair->before, PAIR_PROFILES, "Twin", 2);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RENAMED);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	pair_assert_names(finding, "Outlook", "Mail");
	assert_true(pair_has_reason(finding, FINDING_SAME_CONTENT));
}

static void test_renamed_and_modified_without_instance(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;
	builder_key section;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	section = pair_key(pair->after, PAIR_PROFILES "\\Mail\\" MAPI_EXCHANGE);
	builder_value_string(pair->after, section, "001e6602", "EXCH02");
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RENAMED);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_SAME_SECTIONS));
	pair_difference(finding, DIFFERENCE_VALUE_CHANGED, "001e6602");
}

static void test_modified_without_instance(void **state)
{
	struct pair *pair = *state;
	builder_key section;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	section = pair_key(pair->after, OUTLOOK "\\" MAPI_EXCHANGE);
	builder_value_string(pair->after, section, "001e6602", "EXCH02");
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_int_equal(pair_only(pair)->differences.n, 1);
}

/* The instance section of one state is gone, and so is the name. */
static void test_renamed_and_instance_lost(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK "\\" MAPI_INSTANCE),
			   pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_RENAMED);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_SAME_SECTIONS));
}

/* ---- copies: two profiles, one instance key ---- */

static void add_copy(struct pair *pair, const char *from, const char *name)
{
	builder_key list = pair_key(pair->before, PAIR_PROFILES);

	builder_key_copy(pair->before, builder_key_find(pair->before, list, from), list,
			 name, pair_made());
}

static void test_copies_unchanged(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	add_copy(pair, "Outlook", "Copy");
	pair_fork(pair);
	pair_compare(pair);
	pair_assert_nothing(pair);
}

static void test_one_of_two_copies_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	add_copy(pair, "Outlook", "Copy");
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DELETED);
	pair_assert_names(pair_only(pair), "Outlook", NULL);
	/* The copy stayed where it was: it claims nothing. */
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(pair_only(pair), FINDING_TWO_CLAIMANTS));
}

/* The copy that has the same content is the renamed one. */
static void test_one_of_two_copies_renamed_other_deleted(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	add_copy(pair, "Outlook", "Copy");
	builder_value_dword(pair->before, pair_key(pair->before, OUTLOOK), "mark", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Copy"),
			   pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Mail", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	pair_assert_names(pair_one(pair, FINDING_RENAMED), "Outlook", "Mail");
	pair_assert_names(pair_one(pair, FINDING_DELETED), "Copy", NULL);
	assert_int_equal(pair_one(pair, FINDING_RENAMED)->differences.n, 0);
	/* It may as well be the other way round: both have one instance key. */
	for (size_t i = 0; i < 2; i++) {
		const struct finding *finding = &pair->found->findings[i];
		assert_int_equal(finding->certainty, FINDING_POSSIBLE);
		assert_true(pair_has_reason(finding, FINDING_TWO_CLAIMANTS));
	}
}

static void test_copy_added(void **state)
{
	struct pair *pair = *state;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	list = pair_key(pair->after, PAIR_PROFILES);
	builder_key_copy(pair->after, builder_key_find(pair->after, list, "Outlook"),
			 list, "A copy", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_ADDED);
	pair_assert_names(pair_only(pair), NULL, "A copy");
}

/* ---- nothing inside, nothing but case ---- */

static void test_empty_profile_keys_are_not_taken_for_one(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, PAIR_PROFILES "\\Empty", pair_made());
	builder_path(pair->before, PAIR_PROFILES "\\Stays", pair_made());
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Empty"),
			   pair_changed());
	builder_path(pair->after, PAIR_PROFILES "\\Other", pair_changed());
	pair_compare(pair);
	assert_int_equal(pair->found->n_findings, 2);
	pair_assert_names(pair_one(pair, FINDING_DELETED), "Empty", NULL);
	pair_assert_names(pair_one(pair, FINDING_ADDED), NULL, "Other");
}

static void test_empty_profile_key_filled(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, OUTLOOK, pair_made());
	pair_fork(pair);
	pair_add(pair->after, PAIR_PROFILES, "Outlook", 1);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	pair_assert_names(pair_only(pair), "Outlook", "Outlook");
}

/* Registry names are compared without case: it is the same name. */
static void test_name_differs_only_in_case(void **state)
{
	struct pair *pair = *state;
	builder_key list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	list = pair_key(pair->after, PAIR_PROFILES);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "x",
			  pair_changed());
	mapi_profile_move(pair->after, builder_key_find(pair->after, list, "x"), list,
			  "OUTLOOK", pair_changed());
	pair_compare(pair);
	pair_assert_nothing(pair);
	pair_profile(pair->old, "Outlook");
	pair_profile(pair->new, "OUTLOOK");
}

/* Beyond ASCII too: u with diaeresis and Cyrillic have other cases, sharp s has none. */
static void test_name_differs_only_in_case_beyond_ascii(void **state)
{
	static const char *const names[][2] = {
		{ "\xc3\xbc"
		  "bung",
		  "\xc3\x9c"
		  "BUNG" },
		{ "\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87",
		  "\xd0\x9a\xd0\x9b\xd0\xae\xd0\xa7" },
		{ "stra\xc3\x9f"
		  "e",
		  "STRA\xc3\x9f"
		  "E" },
	};
	struct pair *pair = *state;
	builder_key list;

	for (size_t i = 0; i < 3; i++)
		pair_add(pair->before, PAIR_PROFILES, names[i][0], i);
	pair_fork(pair);
	list = pair_key(pair->after, PAIR_PROFILES);
	for (size_t i = 0; i < 3; i++) {
		builder_key key = builder_key_find(pair->after, list, names[i][0]);
		key = mapi_profile_move(pair->after, key, list, "x", pair_changed());
		mapi_profile_move(pair->after, key, list, names[i][1], pair_changed());
	}
	pair_compare(pair);
	pair_assert_nothing(pair);
	assert_int_equal(pair->new->n_profiles, 3);
}

/* ---- what is given ---- */

/* By place of the earlier ones, then the added ones; each profile stands once. */
static void test_order_of_matches(void **state)
{
	struct pair *pair = *state;
	struct matches matches = { 0 };

	pair_add(pair->before, PAIR_PROFILES, "Deleted", 1);
	pair_add(pair->before, PAIR_PROFILES, "Renamed", 2);
	pair_add(pair->before, PAIR_PROFILES, "Same", 3);
	pair_fork(pair);
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Deleted"),
			   pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Renamed"),
			  list, "A new name", pair_changed());
	pair_add_at(pair->after, list, "Added", 4, pair_changed());
	pair_compare(pair);
	assert_int_equal(match_profiles(pair->old, pair->new, &matches), STATUS_OK);
	assert_int_equal(matches.n, 4);
	const struct {
		const char *before, *after;
		enum match_basis basis;
	} expected[] = {
		{ "Deleted", NULL, MATCH_NONE },
		{ "Renamed", "A new name", MATCH_INSTANCE },
		{ "Same", "Same", MATCH_INSTANCE },
		{ NULL, "Added", MATCH_NONE },
	};
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		const struct match *match = &matches.items[i];
		assert_ptr_equal(match->before,
				 expected[i].before
					 ? pair_profile(pair->old, expected[i].before)
					 : NULL);
		assert_ptr_equal(match->after,
				 expected[i].after
					 ? pair_profile(pair->new, expected[i].after)
					 : NULL);
		assert_int_equal(match->basis, expected[i].basis);
	}
	matches_clear(&matches);
	assert_int_equal(matches.n, 0);
	matches_clear(&matches);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_recreated),
		RECIPE(test_renamed_and_its_name_given_to_another),
		RECIPE(test_two_names_exchanged),
		RECIPE(test_recreated_without_instance),
		RECIPE(test_same_record_is_no_other),
		RECIPE(test_disputed_is_not_damaged),
		RECIPE(test_name_given_to_an_empty_one),
		RECIPE(test_renamed_without_instance),
		RECIPE(test_renamed_and_modified_without_instance),
		RECIPE(test_modified_without_instance),
		RECIPE(test_renamed_and_instance_lost),
		RECIPE(test_copies_unchanged),
		RECIPE(test_one_of_two_copies_deleted),
		RECIPE(test_one_of_two_copies_renamed_other_deleted),
		RECIPE(test_copy_added),
		RECIPE(test_empty_profile_keys_are_not_taken_for_one),
		RECIPE(test_empty_profile_key_filled),
		RECIPE(test_name_differs_only_in_case),
		RECIPE(test_name_differs_only_in_case_beyond_ascii),
		RECIPE(test_order_of_matches),
	};

	return UNIT_RUN(tests);
}
