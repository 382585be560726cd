/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a profile that is still there is damaged, and not only changed. */
#include "help/unit.h"

#include "help/pair.h"

#define OUTLOOK PAIR_PROFILES "\\Outlook"

/* Removes the section that the profile's root section names first in a list. */
static void remove_named_section(struct builder *b, const char *list)
{
	static const char digits[] = "0123456789abcdef";
	builder_key profile = pair_key(b, OUTLOOK);
	builder_key root = pair_key(b, OUTLOOK "\\" MAPI_ROOT);
	char name[33] = "";
	size_t len = 0;
	const uint8_t *uids = builder_value_data(b, root, list, &len);

	assert_true(len >= 16);
	for (size_t i = 0; i < 16; i++) {
		name[2 * i] = digits[uids[i] >> 4];
		name[2 * i + 1] = digits[uids[i] & 15];
	}
	builder_key_delete(b, builder_key_find(b, profile, name), pair_changed());
}

static void test_damaged_service_section_removed(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	remove_named_section(pair->after, "01023d0e");
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DAMAGED);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_true(pair_has_reason(finding, FINDING_SECTIONS_MISSING));
	assert_false(pair_has_reason(finding, FINDING_ROOT_SECTION_MISSING));
	assert_int_equal(pair_differences(finding, DIFFERENCE_KEY_REMOVED), 1);
	assert_int_equal(pair_differences(finding, DIFFERENCE_VALUE_CHANGED), 0);
}

static void test_damaged_provider_section_removed(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	remove_named_section(pair->after, "01023d01");
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_SECTIONS_MISSING));
}

static void test_damaged_root_section_removed(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK "\\" MAPI_ROOT),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_ROOT_SECTION_MISSING));
	assert_false(pair_has_reason(pair_only(pair), FINDING_SECTIONS_MISSING));
}

/* The name alone is left: what a half-done deletion leaves behind. */
static void test_damaged_all_sections_removed(void **state)
{
	struct pair *pair = *state;
	const struct finding *finding;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	builder_path(pair->after, OUTLOOK, pair_changed());
	pair_compare(pair);
	finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DAMAGED);
	pair_assert_names(finding, "Outlook", "Outlook");
	assert_true(pair_has_reason(finding, FINDING_ROOT_SECTION_MISSING));
	assert_int_equal(pair_differences(finding, DIFFERENCE_KEY_REMOVED),
			 pair_profile(pair->old, "Outlook")->profile.n_sections);
}

/* A profile that was damaged already has not been damaged since. */
static void test_damage_that_was_there_before(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	remove_named_section(pair->before, "01023d0e");
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, OUTLOOK), "new", 1);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_false(pair_has_reason(pair_only(pair), FINDING_SECTIONS_MISSING));
}

/* ---- accounts ---- */

/* An account manager whose list of mail accounts names two, of which these are there. */
static void add_accounts(struct builder *b, bool first, bool second)
{
	static const uint8_t list[] = { 1, 0, 0, 0, 2, 0, 0, 0 };
	builder_key accounts = builder_path(b, OUTLOOK "\\" MAPI_ACCOUNTS, pair_made());

	builder_value_set(b, accounts, "{ED475418-B0D6-11D2-8C3B-00104B2A6676}",
			  BUILDER_BINARY, list, sizeof(list));
	if (first)
		builder_path(b, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000001", pair_made());
	if (second)
		builder_path(b, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000002", pair_made());
}

static void test_damaged_account_removed(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	add_accounts(pair->before, true, true);
	pair_fork(pair);
	builder_key_delete(pair->after,
			   pair_key(pair->after, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000002"),
			   pair_changed());
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	assert_true(pair_has_reason(pair_only(pair), FINDING_ACCOUNTS_MISSING));
	assert_false(pair_has_reason(pair_only(pair), FINDING_SECTIONS_MISSING));
}

/* A list that comes to name what never was there is spoilt; nothing was lost. */
static void test_account_that_never_was(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_path(pair->before, OUTLOOK "\\" MAPI_ACCOUNTS "\\00000001", pair_made());
	pair_fork(pair);
	add_accounts(pair->after, true, false);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_false(pair_has_reason(pair_only(pair), FINDING_ACCOUNTS_MISSING));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_damaged_service_section_removed),
		RECIPE(test_damaged_provider_section_removed),
		RECIPE(test_damaged_root_section_removed),
		RECIPE(test_damaged_all_sections_removed),
		RECIPE(test_damage_that_was_there_before),
		RECIPE(test_damaged_account_removed),
		RECIPE(test_account_that_never_was),
	};

	return UNIT_RUN(tests);
}
