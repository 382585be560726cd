/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which state of a profile is brought back: one that was made anew, damaged, deleted
 * twice, or is left in an earlier hive only.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/restoring.h"

#include "report/restore/restorechoice.h"

#include <stdlib.h>

/* Gone, and another has its name: only under a new one. */
static void test_made_anew_by_somebody(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "Work", 2,
		    pair_changed() + 1);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(pair_only(pair)->kind, FINDING_RECREATED);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_TAKEN);
	run.options.as = "Work (old)";
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_true(restoring_holds(restoring_only(&run), "\\Profiles\\Work (old)]\n"));
	restoring_end(&run);
}

/* A damaged one under another name is no repair, and must not fall on a third. */
static void test_damaged_under_another_name(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK "\\" MAPI_ROOT);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(pair_only(pair)->kind, FINDING_DAMAGED);
	run.options.as = "Home";
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_TAKEN);
	assert_true(run.restores.failed);
	run.options.as = "Copy";
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	assert_false(restoring_only(&run)->in_place);
	restoring_end(&run);
}

/* Deleted twice before anybody looked: two states of one name, and the later is taken. */
static void test_two_recovered_of_a_name(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshots[1];
	size_t n_written = 0;
	struct restoring run;

	restoring_start(&run);
	pair_add(pair->before, PAIR_PROFILES, "Home", 3);
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_key second = pair_add(pair->before, PAIR_PROFILES, "Wark", 2);
	size_t offset = builder_key_offset(pair->before, second);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	builder_key_delete(pair->after, second, pair_changed() + 2);
	builder_finish(pair->after);
	/* The second letter of its name, as if the first Work had left its cells alone. */
	builder_poke8(pair->after, offset + 0x4d, 'o');
	pair->spoilt_after = true;
	(void)recovered(pair, false);
	snapshots[0] = pair->new;
	run.series = (struct series){ .snapshots = snapshots,
				      .recoveries = &pair->recoveries[1],
				      .n_snapshots = 1,
				      .comparisons = NULL,
				      .n_comparisons = 0 };
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(run.restores.n, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct restored *restored = &run.restores.items[i];
		if (restored->outcome != RESTORE_WRITTEN) {
			assert_int_equal(restored->reason, RESTORE_OTHER_STATE);
			continue;
		}
		n_written++;
		assert_int_equal(restored->recovered->deleted_ft, pair_changed() + 2);
	}
	assert_int_equal(n_written, 1);
	assert_int_equal(restoring_empty(&run), 1);
	restoring_end(&run);
}

/* The last hive, saved anew: no free cell has anything in it. */
struct anew {
	struct snapshot *snapshots[2];
	struct recovery *recoveries[2];
	struct comparison *found;
	struct builder *b;
};

/* The pair's later hive, with what was recovered from it, and then one that was saved anew. */
static struct anew *save_anew(struct restoring *run, struct pair *pair, bool with_office)
{
	struct builder_options options = pair_options();
	struct anew *last = calloc(1, sizeof(*last));

	assert_non_null(last);
	last->b = builder_new(&options);
	pair_add(last->b, PAIR_PROFILES, "Home", 1);
	if (with_office)
		pair_add(last->b, PAIR_PROFILES, "Office", 2);
	builder_stamp(last->b, pair_saved_again() + 1, 40);
	builder_finish(last->b);
	last->snapshots[0] = pair->new;
	last->snapshots[1] = pair_read(last->b);
	last->recoveries[0] = pair->recoveries[1];
	assert_int_equal(compare_snapshots(last->snapshots[0], last->snapshots[1], NULL,
					   0, NULL, 0, &last->found),
			 STATUS_OK);
	run->series = (struct series){ .snapshots = last->snapshots,
				       .recoveries = last->recoveries,
				       .n_snapshots = 2,
				       .comparisons = &last->found,
				       .n_comparisons = 1 };
	return last;
}

static void free_anew(struct anew *last)
{
	comparison_free(last->found);
	snapshot_free(last->snapshots[1]);
	builder_free(last->b);
	free(last);
}

/* What only the middle hive of three still restoring_holds was lost before all of them. */
static void test_recovered_from_an_earlier_hive(void **state)
{
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	(void)recovered(pair, false);
	struct anew *last = save_anew(&run, pair, false);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	assert_ptr_equal(restoring_only(&run)->source, pair->new);
	free_anew(last);
	restoring_end(&run);
}

/* ---- alone ---- */

/* Only what is asked for by its name, without case, or all if nothing is. */
static void test_asked_for(void **state)
{
	static const char *const names[] = { "WORK", "Nobody" };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start(&run);
	recoveredhive_add_two(pair);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restorechoice_find(&run.series, &run.options, &run.restores),
			 STATUS_OK);
	assert_int_equal(run.restores.n, 2);
	restored_clear(&run.restores);
	run.options.names = names;
	run.options.n_names = 2;
	assert_int_equal(restorechoice_find(&run.series, &run.options, &run.restores),
			 STATUS_OK);
	assert_int_equal(run.restores.n, 1);
	pair_assert_names(run.restores.items[0].finding, "Work", NULL);
	assert_ptr_equal(run.restores.items[0].source, pair->old);
	assert_int_equal(run.restores.items[0].reason, RESTORE_NO_REASON);
	restored_clear(&run.restores);
	run.options.names = names + 1;
	run.options.n_names = 1;
	assert_int_equal(restorechoice_find(&run.series, &run.options, &run.restores),
			 STATUS_OK);
	assert_int_equal(run.restores.n, 0);
	restoring_end(&run);
}

/* Under the name that it had, from the state in which it was. */
static void test_rebuilt(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	restoring_pair(&run, pair, snapshots);
	struct restored restored = { .finding = pair_only(pair), .source = pair->old };
	struct rebuilt rebuilt =
		restorechoice_rebuilt(&run.series, &run.options, &restored);
	assert_true(text_is(rebuilt.name, "Work"));
	assert_true(text_is(rebuilt.was, "Work"));
	assert_ptr_equal(rebuilt.source, pair->old);
	assert_ptr_equal(rebuilt.last, pair->new);
	assert_ptr_equal(rebuilt.profile, &pair_profile(pair->old, "Work")->profile);
	assert_ptr_equal(rebuilt.store, restored.finding->store);
	assert_null(rebuilt.recovery);
	restoring_end(&run);
}

/* ---- what was recovered from a single hive ---- */

/* "Work" as it was recovered, with something known beside it. */
static void write_recovered(struct restoring *run, struct pair *pair,
			    struct recovered_profile beside, const char *as)
{
	static struct snapshot *snapshots[1];
	struct recovered_profile *profile = &pair->recoveries[1]->profiles[0];

	profile->mixed = beside.mixed;
	profile->may_be_alive = beside.may_be_alive;
	snapshots[0] = pair->new;
	run->series = (struct series){ .snapshots = snapshots,
				       .recoveries = &pair->recoveries[1],
				       .n_snapshots = 1 };
	run->options.as = as;
	assert_int_equal(restoring_write(run), STATUS_OK);
	(void)restoring_empty(run);
}

/* No file of what may be a mixture of two, and none over what may still be there. */
static void test_recovered_in_doubt(void **state)
{
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	(void)recoveredhive_only(recovered(pair, true));
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	write_recovered(&run, pair, (struct recovered_profile){ .mixed = true }, NULL);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_MIXED);
	run.options.partial = true;
	write_recovered(&run, pair, (struct recovered_profile){ .mixed = true }, "New");
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_MIXED);
	run.options.partial = false;
	write_recovered(&run, pair, (struct recovered_profile){ .may_be_alive = true },
			NULL);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_MAY_BE_ALIVE);
	/* Under another name nothing is in its way. */
	write_recovered(&run, pair, (struct recovered_profile){ .may_be_alive = true },
			"New");
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	restoring_end(&run);
}

/* Over a profile that lives under its name nothing is written. */
static void test_recovered_with_a_living_namesake(void **state)
{
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	(void)recoveredhive_only(recovered(pair, false));
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, "Home");
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_NAME_TAKEN);
	restoring_end(&run);
}

/* What is written below a link would be written elsewhere. */
static void test_list_is_link(void **state)
{
	enum { REG_LINK_TYPE = 6 };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	builder_value_set(pair->after, pair_key(pair->after, PAIR_PROFILES),
			  "SymbolicLinkValue", REG_LINK_TYPE, "x", 2);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_LIST_IS_LINK);
	restoring_end(&run);
}

/* Data of which nothing is left, and what is only possible, is told. */
static void test_recovered_values_in_doubt(void **state)
{
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	const struct recovered_profile *work = recoveredhive_only(recovered(pair, true));
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	size_t n_values = restoring_only(&run)->n_values;
	assert_false(restoring_only(&run)->losses >> RESTORE_DOUBTFUL & 1);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	assert_false(restoring_only(&run)->unsure);
	const struct key *section = key_child(work->profile.key, text_of(MAPI_INSTANCE));
	struct recovered_value *value =
		&recovered_of(pair->recoveries[1]->recovered, section)
			 ->values[section->values[0].position];
	value->certainty = RECOVERED_POSSIBLE;
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	assert_false(restoring_only(&run)->unsure);
	assert_true(restoring_only(&run)->losses >> RESTORE_DOUBTFUL & 1);
	assert_int_equal(restoring_only(&run)->n_values, n_values);
	/* But of a profile that is less than certain nothing, unless it is asked for. */
	pair->recoveries[1]->profiles[0].certainty = RECOVERED_PROBABLE;
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_CONTENT_UNSURE);
	run.options.partial = true;
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	assert_true(restoring_only(&run)->unsure);
	pair->recoveries[1]->profiles[0].certainty = RECOVERED_CERTAIN;
	value->data_lost = true;
	write_recovered(&run, pair, (struct recovered_profile){ 0 }, NULL);
	assert_true(restoring_only(&run)->losses >> RESTORE_DATA & 1);
	assert_true(restoring_only(&run)->incomplete);
	assert_int_equal(restoring_only(&run)->n_values, n_values - 1);
	restoring_end(&run);
}

/* What a change tells that is less than probable may be there. */
static void test_unsure_loss(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	restoring_pair(&run, pair, snapshots);
	struct finding *finding = &pair->found->findings[0];
	assert_int_equal(pair_only(pair)->kind, FINDING_DELETED);
	finding->certainty = FINDING_PROBABLE;
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	(void)restoring_empty(&run);
	for (int i = FINDING_POSSIBLE; i <= FINDING_UNRESOLVED; i++) {
		finding->certainty = (enum finding_certainty)i;
		run.options.as = NULL;
		run.options.partial = true;
		assert_int_equal(restoring_write(&run), STATUS_OK);
		restoring_assert_not_written(&run, RESTORE_REFUSED, RESTORE_LOSS_UNSURE);
		/* A new name is in nobody's way. */
		run.options.as = "New";
		assert_int_equal(restoring_write(&run), STATUS_OK);
		assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
		(void)restoring_empty(&run);
	}
	restoring_end(&run);
}

/* What an earlier hive gives, and the last one has under another name. */
static void test_recovered_is_elsewhere(void **state)
{
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	(void)recovered(pair, true);
	struct anew *last = save_anew(&run, pair, true);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	restoring_assert_not_written(&run, RESTORE_LEFT_OUT, RESTORE_ELSEWHERE);
	run.options.as = "Second";
	assert_int_equal(restoring_write(&run), STATUS_OK);
	assert_int_equal(restoring_only(&run)->outcome, RESTORE_WRITTEN);
	free_anew(last);
	restoring_end(&run);
}

/* What stands at its place in the last hive. */
static void test_place(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;

	restoring_start_lost(&run, pair);
	restoring_pair(&run, pair, snapshots);
	struct restored restored = { .finding = pair_only(pair), .source = pair->old };
	struct rebuilt rebuilt =
		restorechoice_rebuilt(&run.series, &run.options, &restored);
	/* Nothing. */
	assert_int_equal(restorechoice_place(&rebuilt), RESTORE_NO_REASON);
	/* Another profile, and another name at that. */
	rebuilt.name = text_of("Home");
	assert_int_equal(restorechoice_place(&rebuilt), RESTORE_NAME_TAKEN);
	/* Another profile of the same name. */
	rebuilt.was = text_of("Home");
	assert_int_equal(restorechoice_place(&rebuilt), RESTORE_NAME_TAKEN);
	/* The same profile, unchanged. */
	rebuilt.profile = &pair_profile(pair->old, "Home")->profile;
	assert_int_equal(restorechoice_place(&rebuilt), RESTORE_IS_BACK);
	/* A place that is not known is free. */
	rebuilt.store = NULL;
	assert_int_equal(restorechoice_place(&rebuilt), RESTORE_NO_REASON);
	assert_false(restored.in_place);
	restoring_end(&run);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_made_anew_by_somebody),
		TEST(test_damaged_under_another_name),
		TEST(test_two_recovered_of_a_name),
		TEST(test_recovered_from_an_earlier_hive),
		TEST(test_list_is_link),
		TEST(test_recovered_in_doubt),
		TEST(test_recovered_with_a_living_namesake),
		TEST(test_recovered_values_in_doubt),
		TEST(test_asked_for),
		TEST(test_rebuilt),
		TEST(test_unsure_loss),
		TEST(test_recovered_is_elsewhere),
		TEST(test_place),
	};

	return UNIT_RUN(tests);
}
