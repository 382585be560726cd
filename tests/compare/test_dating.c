/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a profile went: which bounds are chosen, and when a moment is told. */
#include "help/unit.h"

#include "help/outlookgone.h"
#include "help/recoveredhive.h"

enum { SECOND = 10000000 };

/* The list was last written before the profile in it was: clocks or order are wrong. */
static void test_bounds_conflict(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_saved() - SECOND);
	builder_key_touch(pair->after, builder_root(pair->after), pair_changed());
	assert_int_equal(outlookgone_found(pair)->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(outlookgone_found(pair), FINDING_BOUNDS_CONFLICT));
	assert_int_equal(diag_count_of(pair->found->diags, DIAG_BOUNDS_CONFLICT), 1);
}

/* ---- which bounds ---- */

/* The bound from that source on that side.  Fails the test unless there is just one. */
static const struct finding_bound *bound(const struct finding *finding,
					 enum finding_source source, bool latest)
{
	const struct finding_bound *found = NULL;

	for (size_t i = 0; i < finding->n_bounds; i++) {
		if (finding->bounds[i].source != source ||
		    finding->bounds[i].latest != latest)
			continue;
		assert_null(found);
		found = &finding->bounds[i];
	}
	assert_non_null(found);
	return found;
}

static bool has_bound(const struct finding *finding, enum finding_source source)
{
	for (size_t i = 0; i < finding->n_bounds; i++)
		if (finding->bounds[i].source == source)
			return true;
	return false;
}

static void assert_bound(const struct finding_bound *bound, uint64_t time_ft,
			 size_t snapshot, size_t offset)
{
	assert_int_equal(bound->time_ft, time_ft);
	assert_int_equal(bound->snapshot, snapshot);
	assert_int_equal(bound->offset, offset);
}

/* Each with the place of the record or field that tells it. */
static void test_all_bounds_of_a_deletion(void **state)
{
	struct pair *pair = *state;
	builder_key section, list;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	section = pair_key(pair->before, OUTLOOK "\\" MAPI_ROOT);
	builder_key_touch(pair->before, section, pair_made() + SECOND);
	builder_key_touch(pair->before, pair_key(pair->before, "Software"),
			  pair_made() + 2 * (uint64_t)SECOND);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	list = pair_key(pair->after, PAIR_PROFILES);
	const struct finding *finding = outlookgone_found(pair);
	assert_true(finding->dated);
	assert_int_equal(finding->n_bounds, 5);
	assert_bound(bound(finding, FINDING_PROFILE_KEY_TIME, false),
		     pair_made() + SECOND, 0, builder_key_offset(pair->before, section));
	assert_bound(
		bound(finding, FINDING_HIVE_KEY_TIME, false),
		pair_made() + 2 * (uint64_t)SECOND, 0,
		builder_key_offset(pair->before, pair_key(pair->before, "Software")));
	assert_bound(bound(finding, FINDING_HEADER_TIME, false), pair_saved(), 0, 12);
	assert_bound(bound(finding, FINDING_LIST_KEY_TIME, true), pair_changed(), 1,
		     builder_key_offset(pair->after, list));
	assert_bound(bound(finding, FINDING_HEADER_TIME, true), pair_saved_again(), 1,
		     12);
	assert_int_equal(finding->earliest_ft, pair_saved());
	assert_int_equal(finding->latest_ft, pair_changed());
	assert_int_equal(finding->at_ft, 0);
}

/*
 * The list holds what was made later as a whole, and making that stamped it: its own record
 * is of an older state, as where a sector was not written.
 */
static void test_list_older_than_what_came(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "Mail",
			  pair_changed());
	for (uint64_t older = 0; older < 2; older++) {
		builder_key_touch(pair->after, list, pair_changed() - older);
		pair_compare(pair);
		assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
		assert_int_equal(has_bound(pair_only(pair), FINDING_LIST_KEY_TIME),
				 !older);
	}
}

/* The header of a dirty hive is ahead of what it holds. */
static void test_header_of_a_dirty_hive(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_finish(pair->before);
	pair->spoilt_before = true;
	builder_poke32(pair->before, 4, 21);
	builder_checksum(pair->before);
	const struct finding *finding = outlookgone_found(pair);
	assert_int_equal(finding->earliest_ft, pair_made());
	for (size_t i = 0; i < finding->n_bounds; i++)
		assert_true(finding->bounds[i].latest ||
			    finding->bounds[i].source != FINDING_HEADER_TIME);
}

/* The later header bounds nothing once a key is newer: Windows did not keep it up. */
static void test_header_that_was_not_kept_up(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_key_touch(pair->after, builder_root(pair->after), pair_saved_again());
	assert_int_equal(
		bound(outlookgone_found(pair), FINDING_HEADER_TIME, true)->time_ft,
		pair_saved_again());
	builder_key_touch(pair->after, builder_root(pair->after), pair_saved_again() + 1);
	const struct finding *finding = outlookgone_found(pair);
	for (size_t i = 0; i < finding->n_bounds; i++)
		assert_false(finding->bounds[i].latest &&
			     finding->bounds[i].source == FINDING_HEADER_TIME);
	assert_int_equal(finding->latest_ft, pair_changed());
}

/* Headers without a time are no bound. */
static void test_no_header_times(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_stamp(pair->before, 0, 20);
	builder_stamp(pair->after, 0, 30);
	assert_false(has_bound(outlookgone_found(pair), FINDING_HEADER_TIME));
}

/* A list that went is not there to be asked: the key above it is stamped then. */
static void test_list_that_is_gone(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	pair_compare(pair);
	const struct finding *finding = pair_one(pair, FINDING_DELETED);
	assert_false(has_bound(finding, FINDING_LIST_KEY_TIME));
	assert_bound(bound(finding, FINDING_ANCESTOR_KEY_TIME, true), pair_changed(), 1,
		     builder_key_offset(pair->after, pair_key(pair->after, MAPI_WMS)));
}

/* The list that it came to was written then, too; the earlier of both bounds it. */
static void test_moved(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key list = builder_path(pair->after, PAIR_DELETED, pair_changed());
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK), list, "Outlook",
			  pair_changed());
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() + SECOND);
	pair_compare(pair);
	const struct finding *finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_MOVED);
	assert_bound(bound(finding, FINDING_NEW_LIST_KEY_TIME, true), pair_changed(), 1,
		     builder_key_offset(pair->after, list));
	assert_bound(
		bound(finding, FINDING_LIST_KEY_TIME, true), pair_changed() + SECOND, 1,
		builder_key_offset(pair->after, pair_key(pair->after, PAIR_PROFILES)));
	assert_int_equal(finding->latest_ft, pair_changed());
}

/* ---- what recovered keys tell ---- */

/* Compares once more, with what the later hive still holds of the profile. */
static const struct finding *deleted_and_recovered(struct pair *pair)
{
	const struct recovery *recovery = recovered(pair, true);

	assert_int_equal(compare_snapshots(pair->old, pair->new, recovery, 0, NULL, 0,
					   &pair->found),
			 STATUS_OK);
	const struct finding *finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_ptr_equal(finding->recovered.profile, recoveredhive_only(recovery));
	return finding;
}

static void test_moment_confirmed_by_the_list(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	const struct finding *finding = deleted_and_recovered(pair);
	assert_int_equal(finding->at_ft, pair_changed());
	assert_true(finding->at_confirmed);
	/* Its newest recovered key was written at its end. */
	assert_bound(bound(finding, FINDING_RECOVERED_KEY_TIME, false), pair_changed(), 1,
		     finding->recovered.profile->profile.key->record_off);
	assert_int_equal(finding->earliest_ft, pair_changed());
	assert_int_equal(finding->latest_ft, pair_changed());
}

/* The list was written since: the moment stands alone. */
static void test_moment_not_confirmed(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() + SECOND);
	const struct finding *finding = deleted_and_recovered(pair);
	assert_int_equal(finding->at_ft, pair_changed());
	assert_false(finding->at_confirmed);
	assert_int_equal(finding->latest_ft, pair_changed() + SECOND);
}

/* One that the bounds exclude is not told: here the list was last written before it. */
static void test_moment_outside_the_bounds(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() - 1);
	const struct finding *finding = deleted_and_recovered(pair);
	assert_int_equal(finding->at_ft, 0);
	assert_false(finding->at_confirmed);
	assert_false(has_bound(finding, FINDING_RECOVERED_KEY_TIME));
	assert_int_equal(finding->latest_ft, pair_changed() - 1);
}

/* ---- times that bound nothing ---- */

/* A tool took the profile away and told nobody: the list's time is an old one. */
static void test_list_that_nobody_stamped(void **state)
{
	struct pair *pair = *state;

	outlookgone_make(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES), pair_made());
	const struct finding *finding = outlookgone_found(pair);
	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	assert_false(has_bound(finding, FINDING_LIST_KEY_TIME));
	assert_int_equal(finding->latest_ft, 0);
}

/* Year 60056, in a key that has nothing to do with it. */
static void test_time_that_cannot_be(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere", UINT64_MAX - 1);
	outlookgone_make(pair);
	const struct finding *finding = outlookgone_found(pair);
	assert_int_equal(bound(finding, FINDING_HIVE_KEY_TIME, false)->time_ft,
			 pair_made());
	assert_int_equal(finding->earliest_ft, pair_saved());
	assert_int_equal(finding->latest_ft, pair_changed());
	assert_int_equal(diag_count_of(pair->old->diags, DIAG_TIME_IMPOSSIBLE), 1);
	assert_int_equal(diag_count_of(pair->new->diags, DIAG_TIME_IMPOSSIBLE), 1);
}

/* A key was written last hours before it was in the earlier hive: only its own keys bound. */
static void test_times_that_run_backwards(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere", pair_made() + 2);
	outlookgone_make(pair);
	builder_key_touch(pair->after, pair_key(pair->after, "Elsewhere"),
			  pair_made() + 1);
	const struct finding *finding = outlookgone_found(pair);
	assert_int_equal(finding->certainty, FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_TIMES_BACKWARDS));
	assert_int_equal(finding->n_bounds, 1);
	assert_int_equal(bound(finding, FINDING_PROFILE_KEY_TIME, false)->time_ft,
			 pair_made());
}

/* What is new and older than the earlier hive's newest key is the same contradiction. */
static void test_new_key_that_is_too_old(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, "Elsewhere", pair_made() + 2);
	outlookgone_make(pair);
	builder_path(pair->after, "New", pair_made() + 2);
	assert_false(pair_has_reason(outlookgone_found(pair), FINDING_TIMES_BACKWARDS));
	builder_path(pair->after, "Newer", pair_made() + 1);
	assert_true(pair_has_reason(outlookgone_found(pair), FINDING_TIMES_BACKWARDS));
}

/* It was emptied before the earlier hive was saved: that is not when it went. */
static void test_emptied_before(void **state)
{
	struct pair *pair = *state;

	builder_path(pair->before, OUTLOOK "\\" MAPI_ROOT, pair_made());
	builder_key_delete(pair->before, pair_key(pair->before, OUTLOOK "\\" MAPI_ROOT),
			   pair_made() + 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->kind, FINDING_DELETED);
	assert_int_equal(pair_only(pair)->at_ft, 0);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_bounds_conflict),
		RECIPE(test_all_bounds_of_a_deletion),
		RECIPE(test_list_older_than_what_came),
		RECIPE(test_header_of_a_dirty_hive),
		RECIPE(test_header_that_was_not_kept_up),
		RECIPE(test_no_header_times),
		RECIPE(test_list_that_is_gone),
		RECIPE(test_moved),
		RECIPE(test_moment_confirmed_by_the_list),
		RECIPE(test_moment_not_confirmed),
		RECIPE(test_moment_outside_the_bounds),
		RECIPE(test_list_that_nobody_stamped),
		RECIPE(test_time_that_cannot_be),
		RECIPE(test_times_that_run_backwards),
		RECIPE(test_new_key_that_is_too_old),
		RECIPE(test_emptied_before),
	};

	return UNIT_RUN(tests);
}
