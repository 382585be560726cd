/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether recovered keys are the earlier profile's own: namesakes, copies, cut-off keys. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "compare/ownrecord.h"

#define OUTLOOK PAIR_PROFILES "\\Outlook"

enum { SECOND = 10000000 };

static void delete_outlook(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
}

/* A namesake was made in its place and deleted as well: its record is not the profile's. */
static void test_namesake_in_between(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Outlook", 99,
		    pair_changed() + SECOND);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK),
			   pair_changed() + 2 * (uint64_t)SECOND);
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	const struct finding *finding = pair_only(pair);
	assert_int_equal(finding->kind, FINDING_DELETED);
	assert_int_equal(finding->at_ft, 0);
	for (size_t i = 0; i < finding->n_bounds; i++)
		assert_int_not_equal(finding->bounds[i].source,
				     FINDING_RECOVERED_KEY_TIME);
	assert_int_equal(finding->latest_ft, pair_changed() + 2 * (uint64_t)SECOND);
}

/* True if the only recovered profile is that of the earlier hive of that name. */
static bool is_own(const struct pair *pair, const struct recovery *recovery,
		   const char *name)
{
	const struct snapshot_profile *before = pair_profile(pair->old, name);

	return ownrecord_is(&(struct snapshot_pair){ .before = pair->old,
						     .after = pair->new,
						     .recovery = recovery },
			    snapshot_store(pair->old, before), &before->profile,
			    recoveredhive_only(recovery));
}

static void test_own_record(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *found = recoveredhive_only(recovery);
	assert_true(is_own(pair, recovery, "Outlook"));
	assert_true(ownrecord_is_freed(pair->new, recovery, found->profile.key));
	assert_false(ownrecord_was_cut_off(pair->new, recovery, found));
}

/* The copy has the same sections and the same instance key, but not its place. */
static void test_copy_is_not_the_original(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key_copy(pair->before, pair_key(pair->before, OUTLOOK),
			 pair_key(pair->before, PAIR_PROFILES), "Copy", pair_made());
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	const struct recovery *recovery = recovered(pair, true);
	assert_true(is_own(pair, recovery, "Outlook"));
	assert_false(is_own(pair, recovery, "Copy"));
}

/* Windows deletes a key only when it is empty: its record tells of no subkeys then. */
static void test_cut_off(void **state)
{
	struct pair *pair = *state;

	delete_outlook(pair);
	size_t record = builder_key_offset(pair->before, pair_key(pair->before, OUTLOOK));
	builder_finish(pair->after);
	pair->spoilt_after = true;
	builder_poke32(pair->after, record + 20, 3); /* number of subkeys */
	builder_poke32(pair->after, record + 28,
		       0x20); /* their list, where a cell can be */
	const struct recovery *recovery = recovered(pair, true);
	const struct recovered_profile *found = recoveredhive_only(recovery);
	assert_true(ownrecord_was_cut_off(pair->new, recovery, found));
	assert_int_equal(compare_snapshots(pair->old, pair->new, recovery, 0, NULL, 0,
					   &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->at_ft, 0);
	/* And whoever cut it off stamped nothing. */
	assert_int_equal(pair_only(pair)->latest_ft, 0);
}

/*
 * "Outlook" is deleted; a key without anything that was made beside it has its name now.
 * Only the name is common to both.
 */
static const struct finding *with_namesake(struct pair *pair, bool emptied)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	builder_key other =
		builder_path(pair->before, PAIR_PROFILES "\\Oytlook", pair_made());
	size_t record = builder_key_offset(pair->before, other);
	pair_fork(pair);
	size_t own = builder_key_offset(pair->after, pair_key(pair->after, OUTLOOK));
	builder_key_delete(pair->after, pair_key(pair->after, OUTLOOK), pair_changed());
	pair_rename_record(pair, PAIR_PROFILES, record, "Outlook");
	if (!emptied) {
		builder_poke32(pair->after, own + 20, 3);
		builder_poke32(pair->after, own + 28, 0x20);
	}
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		const struct finding *finding = &pair->found->findings[i];
		if (finding->before && finding->after &&
		    text_is(key_name(finding->before->profile.key), "Outlook"))
			return finding;
	}
	fail_msg("nothing is told of Outlook");
	return &pair->found->findings[0];
}

/* Its own record is freed, so the namesake was made since. */
static void test_replaced_by_a_namesake(void **state)
{
	const struct finding *finding = with_namesake(*state, true);

	assert_int_equal(finding->kind, FINDING_RECREATED);
	assert_true(finding->certainty >= FINDING_PROBABLE);
	assert_true(pair_has_reason(finding, FINDING_RECORD_FREED));
}

/* One that still tells of subkeys was not deleted as Windows does: nothing is shown. */
static void test_record_with_subkeys(void **state)
{
	const struct finding *finding = with_namesake(*state, false);

	assert_int_not_equal(finding->kind, FINDING_RECREATED);
	assert_false(pair_has_reason(finding, FINDING_RECORD_FREED));
}

/* "Outlook" is copied to "Mail", written to at that time, and deleted a second later. */
static const struct finding *renamed_and_written(struct pair *pair, uint64_t written)
{
	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key outlook = pair_key(pair->after, OUTLOOK);
	builder_key_copy(pair->after, outlook, pair_key(pair->after, PAIR_PROFILES),
			 "Mail", pair_changed());
	builder_key_touch(pair->after,
			  builder_key_find(pair->after, outlook, MAPI_INSTANCE), written);
	builder_key_delete(pair->after, outlook, pair_changed() + 2 * (uint64_t)SECOND);
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
	assert_int_equal(pair_only(pair)->kind, FINDING_RENAMED);
	return pair_only(pair);
}

static void test_original_written_since(void **state)
{
	const struct finding *finding =
		renamed_and_written(*state, pair_changed() + SECOND);

	assert_int_equal(finding->certainty, FINDING_POSSIBLE);
	assert_true(pair_has_reason(finding, FINDING_ORIGINAL_WRITTEN));
}

static void test_original_written_before(void **state)
{
	const struct finding *finding = renamed_and_written(*state, pair_changed());

	assert_int_equal(finding->certainty, FINDING_CERTAIN);
	assert_false(pair_has_reason(finding, FINDING_ORIGINAL_WRITTEN));
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_own_record),
		RECIPE(test_copy_is_not_the_original),
		RECIPE(test_namesake_in_between),
		RECIPE(test_cut_off),
		RECIPE(test_replaced_by_a_namesake),
		RECIPE(test_record_with_subkeys),
		RECIPE(test_original_written_since),
		RECIPE(test_original_written_before),
	};

	return UNIT_RUN(tests);
}
