/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tells the name of a deleted profile whose own key is overwritten, while its
 * sections are still there.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include <stdio.h>

#define SEND_RECEIVE "3517490d76624c419a828607e2a54604"

/* ---- recipes ---- */

/* "Work" with the send/receive groups' file and an account, if they are named. */
static builder_key add_work(struct pair *pair, const char *srs, const char *account)
{
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
	struct mapi_profile p = mapi_profile_new(pair->before, list, "Work",
						 MAPI_UNICODE_64, pair_made(), 2);
	struct mapi_pst pst = mapi_pst_add(&p, "Work", "C:\\mail\\work.pst", true);

	mapi_instance(&p);
	if (srs)
		mapi_unicode(&p, mapi_section(&p, SEND_RECEIVE), 0x6000, srs);
	if (account)
		mapi_account_pop3(&p,
				  &(struct mapi_pop3){ .name = account,
						       .user = "Someone",
						       .email = "someone@example.com",
						       .server = "mail.example.com" },
				  &pst);
	return p.key;
}

/* "Work" is deleted and its record overwritten; "Home" stays. */
static void tear_work(struct pair *pair, const char *srs, const char *account)
{
	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	builder_key work = add_work(pair, srs, account);
	size_t record = builder_key_offset(pair->before, work);

	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_wipe(pair, record);
}

static const struct recovered_profile *torn(struct pair *pair, bool with_earlier)
{
	const struct recovered_profile *profile =
		recoveredhive_only(recovered(pair, with_earlier));
	const struct profile *before = &pair_profile(pair->old, "Work")->profile;

	/* All but its own key is there; that has no values. */
	assert_true(profile->torn);
	assert_false(profile->has_no_gaps);
	assert_true(profile_same_content(&profile->profile, before));
	assert_int_equal(profile->n_keys, before->n_keys - 1);
	assert_int_equal(profile->n_values, before->n_values);
	assert_int_equal(profile->deleted_ft, 0);
	return profile;
}

/* ---- names ---- */

static void test_nameless(void **state)
{
	struct pair *pair = *state;

	tear_work(pair, NULL, NULL);
	const struct recovered_profile *profile = torn(pair, false);
	assert_int_equal(text_length(profile->name), 0);
	assert_int_equal(profile->name_from, RECOVERY_NAME_NONE);
	assert_int_equal(profile->name_certainty, RECOVERED_PARTIAL);
	assert_int_equal(profile->certainty, RECOVERED_PARTIAL);
	assert_int_equal(profile->since, RECOVERED_SINCE_UNKNOWN);
	assert_null(profile->store);
	assert_int_equal(profile->not_after_ft, 0);
}

static void test_named_by_snapshot(void **state)
{
	struct pair *pair = *state;

	/* The surest name is taken. */
	tear_work(pair, "Something else", "an account");
	const struct recovered_profile *profile = torn(pair, true);
	assert_true(text_same(profile->name, text_of("Work")));
	assert_int_equal(profile->name_from, RECOVERY_NAME_SNAPSHOT);
	assert_int_equal(profile->name_certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->certainty, RECOVERED_CERTAIN);
	assert_int_equal(profile->since, RECOVERED_SINCE_BETWEEN);
	assert_non_null(profile->store);
	assert_int_equal(profile->store->kind, STORE_WMS);
	assert_int_equal(profile->store->list, STORE_PROFILES);
	assert_int_equal(profile->not_after_ft, pair_changed());
}

/*
 * All sections were written since: in the same cells another profile may have stood, and
 * one of those sections that all profiles have says less than one of its own.
 */
static void test_named_by_sections_written_since(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	builder_key work = add_work(pair, NULL, NULL);
	size_t record = builder_key_offset(pair->before, work);
	pair_fork(pair);
	builder_finish(pair->before);
	struct snapshot *then = pair_read(pair->before);
	const struct key *key = pair_profile(then, "Work")->profile.key;
	for (uint32_t i = 0; i < key->n_children; i++) {
		char path[sizeof(WORK) + 40];
		const struct key *section = &key->children[i];
		(void)snprintf(path, sizeof(path), "%s\\%.*s", WORK, section->name_len,
			       (const char *)section->name);
		builder_key_touch(pair->after, pair_key(pair->after, path),
				  pair_changed());
	}
	snapshot_free(then);
	recoveredhive_delete(pair, WORK);
	recoveredhive_wipe(pair, record);
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *profile = recoveredhive_only(recovery);
	assert_int_equal(profile->name_from, RECOVERY_NAME_SNAPSHOT);
	assert_int_equal(profile->certainty, RECOVERED_PROBABLE);
	assert_int_equal(profile->name_certainty, RECOVERED_PROBABLE);
	const struct key *root = key_child(profile->profile.key, text_of(MAPI_ROOT));
	assert_non_null(root);
	assert_int_equal(recovered_of(recovery->recovered, root)->certainty,
			 RECOVERED_POSSIBLE);
}

static void test_named_by_srs(void **state)
{
	struct pair *pair = *state;

	tear_work(pair, "Profile of work", "an account");
	const struct recovered_profile *profile = torn(pair, false);
	assert_true(text_same(profile->name, text_of("Profile of work")));
	assert_int_equal(profile->name_from, RECOVERY_NAME_SRS);
	assert_int_equal(profile->name_certainty, RECOVERED_PROBABLE);
	assert_null(profile->store);
}

static void test_named_by_account(void **state)
{
	struct pair *pair = *state;

	tear_work(pair, NULL, "mail.example.com");
	const struct recovered_profile *profile = torn(pair, false);
	assert_true(text_same(profile->name, text_of("mail.example.com")));
	assert_int_equal(profile->name_from, RECOVERY_NAME_ACCOUNT);
	assert_int_equal(profile->name_certainty, RECOVERED_POSSIBLE);
}

/* ---- the name that a list's DefaultProfile has ---- */

static void set_default(struct pair *pair, const char *name)
{
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	builder_value_string(pair->before, list, "DefaultProfile", name);
}

static void test_named_by_default(void **state)
{
	struct pair *pair = *state;

	set_default(pair, "Work");
	/* What tells less than a name gives way. */
	tear_work(pair, NULL, "mail.example.com");
	const struct recovered_profile *profile = torn(pair, false);
	assert_true(text_same(profile->name, text_of("Work")));
	assert_int_equal(profile->name_from, RECOVERY_NAME_DEFAULT);
	assert_int_equal(profile->name_certainty, RECOVERED_POSSIBLE);
}

/* It names a profile that is there. */
static void test_default_that_is_live(void **state)
{
	struct pair *pair = *state;

	set_default(pair, "Home");
	tear_work(pair, NULL, NULL);
	assert_int_equal(torn(pair, false)->name_from, RECOVERY_NAME_NONE);
}

/* What names itself better keeps its name. */
static void test_default_and_srs(void **state)
{
	struct pair *pair = *state;

	set_default(pair, "Work");
	tear_work(pair, "Profile of work", NULL);
	assert_int_equal(torn(pair, false)->name_from, RECOVERY_NAME_SRS);
}

/* Another one that was deleted is called so. */
static void test_default_of_another_deleted_profile(void **state)
{
	struct pair *pair = *state;

	set_default(pair, "Spare");
	pair_add(pair->before, PAIR_PROFILES, "Spare", 3);
	add_work(pair, NULL, NULL);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Spare");
	recoveredhive_wipe(pair, record);
	const struct recovery *recovery = recovered(pair, false);
	assert_int_equal(recovery->n_profiles, 2);
	assert_int_equal(recoveredhive_named(recovery, "Spare")->name_from,
			 RECOVERY_NAME_RECORD);
	assert_int_equal(recoveredhive_named(recovery, "")->name_from,
			 RECOVERY_NAME_NONE);
}

/* Two lack a name: it may be either's. */
static void test_default_and_two_nameless(void **state)
{
	struct pair *pair = *state;

	set_default(pair, "Work");
	pair_add(pair->before, PAIR_PROFILES, "Home", 1);
	pair_add(pair->before, PAIR_PROFILES, "Spare", 3);
	add_work(pair, NULL, NULL);
	size_t first = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	size_t second = builder_key_offset(
		pair->before, pair_key(pair->before, PAIR_PROFILES "\\Spare"));
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Spare");
	recoveredhive_wipe(pair, first);
	recoveredhive_wipe(pair, second);
	const struct recovery *recovery = recovered(pair, false);
	assert_int_equal(recovery->n_profiles, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(recovery->profiles[i].torn);
		assert_int_equal(recovery->profiles[i].name_from, RECOVERY_NAME_NONE);
	}
}

#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_nameless),
		PAIR_TEST(test_named_by_snapshot),
		PAIR_TEST(test_named_by_sections_written_since),
		PAIR_TEST(test_named_by_srs),
		PAIR_TEST(test_named_by_account),
		PAIR_TEST(test_named_by_default),
		PAIR_TEST(test_default_that_is_live),
		PAIR_TEST(test_default_and_srs),
		PAIR_TEST(test_default_of_another_deleted_profile),
		PAIR_TEST(test_default_and_two_nameless),
	};

	return UNIT_RUN(tests);
}
