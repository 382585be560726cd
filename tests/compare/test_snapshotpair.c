/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes a pair of hives doubtful, and what that does to certainty: the order
 * of the two, and whose they are.
 */
#include "help/unit.h"

#include "help/outlookgone.h"

#include "compare/snapshotpair.h"

#include <string.h>

#define OTHER_SID "S-1-5-21-1085031214-1563985344-725345543-1002"

enum { SECOND = 10000000 };

/* ---- the order ---- */

static void test_sound_pair(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_int_equal(diag_count(pair->found->diags), 0);
}

static void test_same_file_twice(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_free(pair->after);
	pair->after = builder_clone(pair->before);
	pair_compare(pair);
	pair_assert_nothing(pair);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_SAME_FILE), 1);
	assert_int_equal(diag_count(pair->found->diags), 1);
}

static void test_after_is_older_by_its_header(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_stamp(pair->after, pair_saved() - SECOND, 30);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(outlookgone_found(pair), FINDING_PAIR_DOUBTFUL));
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 1);
}

/* Headers may hold no time; then the newest key tells. */
static void test_after_is_older_by_its_newest_key(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_stamp(pair->before, 0, 20);
	builder_stamp(pair->after, 0, 30);
	builder_key_touch(pair->before, builder_root(pair->before),
			  pair_changed() + SECOND);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_POSSIBLE);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 1);
}

static void test_after_is_not_older_without_header_times(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_stamp(pair->before, 0, 20);
	builder_stamp(pair->after, 0, 30);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_int_equal(diag_count(pair->found->diags), 0);
	/* The keys still bound it. */
	assert_int_equal(outlookgone_found(pair)->earliest_ft, pair_made());
	assert_int_equal(outlookgone_found(pair)->latest_ft, pair_changed());
}

/* Nothing but the sequence number tells the order. */
static void test_after_is_older_by_its_sequence(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, OUTLOOK), "new", 1);
	builder_stamp(pair->after, pair_saved(), 19);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_MODIFIED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_POSSIBLE);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 1);
}

/* Times follow a clock, which may have been set back; numbers do not. */
static void test_lower_number_and_later_times(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_stamp(pair->after, pair_saved_again(), 19);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(outlookgone_found(pair), FINDING_PAIR_DOUBTFUL));
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 1);
}

/* The number begins again in a hive that was saved anew: all stands in other cells. */
static void test_lower_number_of_a_saved_copy(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Home", 2);
	builder_stamp(pair->before, pair_saved(), 20);
	pair->after = builder_new(&options);
	pair_add(pair->after, PAIR_PROFILES, "Home", 2);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed());
	builder_stamp(pair->after, pair_saved_again(), 1);
	pair_compare(pair);
	assert_int_equal(pair_only(pair)->kind, FINDING_DELETED);
	assert_int_equal(pair_only(pair)->certainty, FINDING_CERTAIN);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 0);
}

/* A hive that was being written may be ahead of its number. */
static void test_number_of_a_dirty_hive(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_stamp(pair->after, pair_saved(), 19);
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke32(pair->after, 8, 18); /* the secondary number */
	pair_compare(pair);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_AFTER_OLDER), 0);
}

/* ---- two subjects ---- */

/* A second hive with other options, holding another profile or none. */
static void other_hive(struct pair *pair, const struct builder_options *options,
		       bool empty)
{
	builder_free(pair->after);
	pair->after = builder_new(options);
	builder_path(pair->after, PAIR_PROFILES, pair_changed());
	if (!empty)
		pair_add(pair->after, PAIR_PROFILES, "Outlook", 1);
	builder_stamp(pair->after, pair_saved_again(), 30);
}

static void assert_subjects_differ(struct pair *pair)
{
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(pair_only(pair), FINDING_PAIR_DOUBTFUL));
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_SUBJECTS_DIFFER), 1);
}

static void test_two_users(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.user_sid = OTHER_SID;
	other_hive(pair, &options, true);
	assert_subjects_differ(pair);
	assert_string_equal(pair->old->subject.sid, PAIR_SID);
	assert_string_equal(pair->new->subject.sid, OTHER_SID);
}

/* The same account, whose profile folder was renamed. */
static void test_one_user_under_two_paths(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.embedded_name = "\\??\\C:\\Users\\tester.OLD\\ntuser.dat";
	other_hive(pair, &options, true);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_SUBJECTS_DIFFER), 0);
}

static void test_local_system_against_user(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.user_sid = NULL;
	options.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT";
	other_hive(pair, &options, true);
	assert_subjects_differ(pair);
	assert_int_equal(pair->old->subject.role, SUBJECT_USER);
	assert_int_equal(pair->new->subject.role, SUBJECT_LOCAL_SYSTEM);
}

static void test_template_against_user(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.user_sid = NULL;
	options.embedded_name = "\\??\\C:\\Users\\Default\\NTUSER.DAT";
	other_hive(pair, &options, true);
	assert_subjects_differ(pair);
	assert_int_equal(pair->new->subject.role, SUBJECT_TEMPLATE);
}

static void test_two_user_names_without_sids(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.user_sid = NULL;
	pair_restart(pair, &options);
	outlookgone_make(pair);
	options.embedded_name = "\\??\\C:\\Users\\other\\ntuser.dat";
	other_hive(pair, &options, true);
	assert_subjects_differ(pair);
}

static void test_unknown_subject_is_no_contradiction(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.user_sid = NULL;
	options.embedded_name = NULL;
	other_hive(pair, &options, true);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	assert_int_equal(pair->new->subject.role, SUBJECT_UNKNOWN);
}

/*
 * Nothing is gone: two subjects are a remark, not a finding.  The profile was copied, so
 * it stands in other cells; in the same ones it would show one hive under two ids.
 */
static void test_two_users_with_equal_profiles(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	outlookgone_make(pair);
	options.user_sid = OTHER_SID;
	other_hive(pair, &options, true);
	for (char name[] = "a"; *name < 'm'; ++*name)
		builder_key_add(pair->after, builder_root(pair->after), name,
				pair_changed());
	pair_add(pair->after, PAIR_PROFILES, "Outlook", 1);
	builder_stamp(pair->after, pair_saved_again(), 30);
	pair_compare(pair);
	pair_assert_nothing(pair);
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_SUBJECTS_DIFFER), 1);
}

/* ---- the check itself ---- */

static struct snapshot_pair checked(struct pair *pair)
{
	static const struct samebytes nothing;
	struct snapshot_pair checked = { .other = &pair->found->other,
					 .before = pair->old,
					 .after = pair->new,
					 .same = &nothing,
					 .diags = diag_list_new() };

	assert_non_null(checked.diags);
	assert_int_equal(snapshotpair_check(&checked), STATUS_OK);
	return checked;
}

static void drop(struct snapshot_pair *checked)
{
	diag_list_free(checked->diags);
	snapshotpair_clear(checked);
}

/* Who knows that both are one subject's knows more than the hives. */
static void test_stated_to_be_one(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_stamp(pair->before, pair_saved(), 20);
	options.user_sid = PAIR_SID "2";
	pair->after = builder_new(&options);
	pair_add(pair->after, PAIR_PROFILES, "Other", 2);
	builder_stamp(pair->after, pair_saved_again(), 30);
	pair_compare(pair);
	struct snapshot_pair two = checked(pair);
	assert_true(two.doubtful);
	assert_int_equal(diag_count_of(two.diags, DIAG_SUBJECTS_DIFFER), 1);
	drop(&two);
	pair->old->subject.stated_same = true;
	two = checked(pair);
	assert_false(two.doubtful);
	assert_int_equal(diag_count_of(two.diags, DIAG_SUBJECTS_DIFFER), 1);
	drop(&two);
}

/* An export that was found beside a hive: nobody knows which of them is older. */
static void test_order_is_a_rule(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_CERTAIN);
	for (int unknown = 0; unknown < 2; unknown++) {
		pair->new->order_unknown = unknown;
		struct snapshot_pair two = checked(pair);
		assert_int_equal(two.doubtful, unknown);
		/* Of two hives it is not said that one is an export. */
		assert_int_equal(diag_count_of(two.diags, DIAG_ORDER_UNKNOWN), unknown);
		assert_int_equal(diag_count_of(two.diags, DIAG_EXPORT_UNDATED), 0);
		drop(&two);
	}
}

/* A hive as found, and what its logs make of it, are one file by nature. */
static void test_one_file_by_nature(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair->after = builder_clone(pair->before);
	pair_compare(pair);
	struct snapshot_pair one = checked(pair);
	assert_int_equal(diag_count_of(one.diags, DIAG_SAME_FILE), 1);
	drop(&one);
	pair->old->borrowed = true;
	one = checked(pair);
	pair->old->borrowed = false;
	assert_int_equal(diag_count_of(one.diags, DIAG_SAME_FILE), 0);
	drop(&one);
}

static bool runs_backwards(struct pair *pair)
{
	pair_compare(pair);
	struct snapshot_pair both = checked(pair);
	bool backwards = both.times_backwards;
	drop(&both);
	return backwards;
}

/* A time that cannot be is no time that another could be older than. */
static void test_backwards_from_what_cannot_be(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere", UINT64_MAX - 1);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_touch(pair->after, pair_key(pair->after, "Elsewhere"), pair_made());
	assert_false(runs_backwards(pair));
	builder_key_touch(pair->before, pair_key(pair->before, "Elsewhere"),
			  pair_made() + 1);
	assert_true(runs_backwards(pair));
}

/* Another name in the same record: it is not a new key with an old time. */
static void test_name_alone_changed(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();

	options.minor = 3;
	pair_restart(pair, &options);
	builder_path(pair->before, "Elsewhere", pair_made() + 5);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	size_t record = builder_key_offset(pair->after, pair_key(pair->after, OUTLOOK));
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke16(pair->after, record + 76 + 5, 'o' << 8 | 'o');
	assert_false(runs_backwards(pair));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_sound_pair),
		RECIPE(test_same_file_twice),
		RECIPE(test_after_is_older_by_its_header),
		RECIPE(test_after_is_older_by_its_newest_key),
		RECIPE(test_after_is_not_older_without_header_times),
		RECIPE(test_after_is_older_by_its_sequence),
		RECIPE(test_lower_number_and_later_times),
		RECIPE(test_lower_number_of_a_saved_copy),
		RECIPE(test_number_of_a_dirty_hive),
		RECIPE(test_two_users),
		RECIPE(test_stated_to_be_one),
		RECIPE(test_order_is_a_rule),
		RECIPE(test_one_file_by_nature),
		RECIPE(test_backwards_from_what_cannot_be),
		RECIPE(test_name_alone_changed),
		RECIPE(test_one_user_under_two_paths),
		RECIPE(test_local_system_against_user),
		RECIPE(test_template_against_user),
		RECIPE(test_two_user_names_without_sids),
		RECIPE(test_unknown_subject_is_no_contradiction),
		RECIPE(test_two_users_with_equal_profiles),
	};

	return UNIT_RUN(tests);
}
