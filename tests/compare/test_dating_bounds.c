/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times that bound nothing, and moments that the bounds or the list do not bear. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#define OUTLOOK PAIR_PROFILES "\\Outlook"
#define IMPOSSIBLE (UINT64_MAX - 1)

enum { SECOND = 10000000, TIME_AT = 4 };

static void delete_outlook_at(struct pair *pair, uint64_t time)
{
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), time);
}

static void delete_outlook(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	delete_outlook_at(pair, pair_changed());
}

static const struct finding *found(struct pair *pair, enum finding_kind kind)
{
	pair_compare(pair);
	return pair_one(pair, kind);
}

static bool has_bound(const struct finding *finding, enum finding_source source,
		      bool latest)
{
	for (size_t i = 0; i < finding->n_bounds; i++)
		if (finding->bounds[i].source == source &&
		    finding->bounds[i].latest == latest)
			return true;
	return false;
}

/* Compares once more, with what the later hive still holds of the profile. */
static const struct finding *dated(struct pair *pair)
{
	const struct recovery *recovery = recovered(pair, true);

	comparison_free(pair->found);
	pair->found = NULL;
	assert_int_equal(compare_snapshots(pair->old, pair->new, recovery, 0, NULL, 0,
					   &pair->found),
			 STATUS_OK);
	return pair_one(pair, FINDING_DELETED);
}

/* ---- times that cannot be ---- */

static void test_header_that_cannot_be(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	builder_stamp(pair->before, IMPOSSIBLE, 20);
	builder_stamp(pair->after, IMPOSSIBLE, 30);
	const struct finding *finding = found(pair, FINDING_DELETED);
	assert_false(has_bound(finding, FINDING_HEADER_TIME, false));
	assert_false(has_bound(finding, FINDING_HEADER_TIME, true));
	assert_int_equal(finding->earliest_ft, pair_made());
}

static void test_list_time_that_cannot_be(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES), IMPOSSIBLE);
	const struct finding *finding = found(pair, FINDING_DELETED);
	assert_false(has_bound(finding, FINDING_LIST_KEY_TIME, true));
	assert_int_equal(finding->latest_ft, pair_saved_again());
}

/* The list tells nothing, and the later header comes before the earlier one. */
static void test_header_before_the_earliest(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES), IMPOSSIBLE);
	builder_stamp(pair->after, pair_saved() - SECOND, 30);
	assert_true(
		pair_has_reason(found(pair, FINDING_DELETED), FINDING_BOUNDS_CONFLICT));
	builder_stamp(pair->after, pair_saved(), 30);
	assert_false(
		pair_has_reason(found(pair, FINDING_DELETED), FINDING_BOUNDS_CONFLICT));
}

/* ---- the new list ---- */

/* A copy in another list, of that name and age; then the original goes. */
static void move_as(struct pair *pair, const char *name, uint64_t copied)
{
	pair_fork(pair);
	builder_key list = builder_path(pair->after, PAIR_DELETED, copied);
	builder_key_copy(pair->after, pair_key(pair->after, OUTLOOK), list, name, copied);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
}

static void assert_new_list(struct pair *pair, const char *name, uint64_t before,
			    bool bounds)
{
	struct builder_options options = pair_options();

	pair_restart(pair, &options);
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	move_as(pair, name, pair_changed() - before);
	assert_int_equal(
		has_bound(found(pair, FINDING_MOVED), FINDING_NEW_LIST_KEY_TIME, true),
		bounds);
}

/* What keeps its name was moved; what has another one may have been copied long before. */
static void test_copied_long_before(void **state)
{
	const uint64_t ten = UINT64_C(10) * SECOND;

	assert_new_list(*state, "Outlook", ten + 1, true);
	assert_new_list(*state, "Other", ten, true);
	assert_new_list(*state, "Other", ten + 1, false);
}

/* Without an instance key it may be another that looks like it. */
static void test_moved_by_content(void **state)
{
	struct pair *pair = *state;

	pair_add_2000(pair->before, PAIR_PROFILES, "Outlook", 1);
	move_as(pair, "Outlook", pair_changed());
	assert_false(
		has_bound(found(pair, FINDING_MOVED), FINDING_NEW_LIST_KEY_TIME, true));
}

/* A renamed one came to no other list. */
static void test_renamed(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, OUTLOOK),
			  pair_key(pair->after, PAIR_PROFILES), "Other", pair_changed());
	const struct finding *finding = found(pair, FINDING_RENAMED);
	assert_true(has_bound(finding, FINDING_LIST_KEY_TIME, true));
	assert_false(has_bound(finding, FINDING_NEW_LIST_KEY_TIME, true));
}

/* ---- recovered keys ---- */

/* Writes another last write into a record of a section that is gone. */
static size_t section_of(struct pair *pair)
{
	size_t at = builder_key_offset(pair->before,
				       pair_key(pair->before, OUTLOOK "\\" MAPI_ROOT));

	builder_finish(pair->after);
	pair->spoilt_after = true;
	return at;
}

static void set_time(struct pair *pair, size_t record, uint64_t time)
{
	builder_poke32(pair->after, record + TIME_AT, (uint32_t)time);
	builder_poke32(pair->after, record + TIME_AT + 4, (uint32_t)(time >> 32));
}

static void test_recovered_time_that_cannot_be(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	/* Nobody stamped the list, so that nothing bounds the other side. */
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES), pair_made());
	set_time(pair, section_of(pair), IMPOSSIBLE);
	assert_int_not_equal(dated(pair)->earliest_ft, IMPOSSIBLE);
}

/* Only in a free cell a record shows a time of what is gone. */
static void test_record_in_no_free_cell(void **state)
{
	struct pair *pair = *state;
	uint64_t later = pair_changed() + 5 * (uint64_t)SECOND;

	delete_outlook(pair);
	builder_key_touch(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  pair_changed() + 9 * (uint64_t)SECOND);
	set_time(pair, section_of(pair), later);
	const struct finding *finding = dated(pair);
	assert_int_equal(finding->earliest_ft, later);
	const struct key *key =
		key_child(finding->recovered.profile->profile.key, text_of(MAPI_ROOT));
	assert_non_null(key);
	struct recovered_keys *keys = pair->recoveries[1]->parts[0].recovered;
	struct recovered_key *info = &keys->keys[key->recovered - keys->first];
	const struct recovered_place *places = info->places;
	struct recovered_place place = places[0];
	place.origin = RECOVERED_UNMAPPED;
	info->places = &place;
	comparison_free(pair->found);
	pair->found = NULL;
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->earliest_ft, pair_changed());
	info->places = places;
}

/* The record tells of a time at which the earlier hive still shows the profile. */
static void test_moment_before_the_earlier_hive(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	delete_outlook_at(pair, pair_made() + SECOND);
	assert_int_equal(dated(pair)->at_ft, 0);
}

/* The list has had that last write before: it confirms nothing. */
static void test_list_that_was_not_stamped(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key_touch(pair->before, pair_key(pair->before, PAIR_PROFILES),
			  pair_changed());
	delete_outlook_at(pair, pair_changed());
	assert_int_equal(dated(pair)->at_ft, pair_changed());
	assert_false(dated(pair)->at_confirmed);
}

/* Nor does what stands above a list that is gone. */
static void test_list_that_went_too(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			   pair_changed());
	const struct finding *finding = dated(pair);
	assert_int_equal(finding->at_ft, pair_changed());
	assert_false(finding->at_confirmed);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_header_that_cannot_be),
		RECIPE(test_list_time_that_cannot_be),
		RECIPE(test_header_before_the_earliest),
		RECIPE(test_copied_long_before),
		RECIPE(test_moved_by_content),
		RECIPE(test_renamed),
		RECIPE(test_recovered_time_that_cannot_be),
		RECIPE(test_record_in_no_free_cell),
		RECIPE(test_moment_before_the_earlier_hive),
		RECIPE(test_list_that_was_not_stamped),
		RECIPE(test_list_that_went_too),
	};

	return UNIT_RUN(tests);
}
