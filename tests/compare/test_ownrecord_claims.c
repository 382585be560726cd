/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One remnant serves one loss. */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include "compare/compare.h"

static void compare(struct pair *pair)
{
	(void)recovered(pair, true);
	assert_int_equal(compare_snapshots(pair->old, pair->new, pair->recoveries[1], 0,
					   NULL, 0, &pair->found),
			 STATUS_OK);
}

static const struct finding *loss_of(const struct pair *pair, const char *name)
{
	for (size_t i = 0; i < pair->found->n_findings; i++) {
		const struct finding *finding = &pair->found->findings[i];
		if (finding_is_loss(finding) &&
		    text_is(key_name(finding->before->profile.key), name))
			return finding;
	}
	fail_msg("%s is not lost", name);
	return NULL;
}

/* "Work" and its copy are deleted; of `wiped` nothing is left. */
static void delete_both(struct pair *pair, const char *wiped)
{
	recoveredhive_add_two(pair);
	builder_key_copy(pair->before, pair_key(pair->before, WORK),
			 pair_key(pair->before, PAIR_PROFILES), "Copy", pair_made());
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, PAIR_PROFILES "\\Copy");
	recoveredhive_wipe_tree(pair, wiped);
	compare(pair);
	assert_int_equal(pair_count(pair, FINDING_DELETED), 2);
}

/* What is left is the one's own, and no remnant of its copy or original. */
static void test_own_record_decides(void **state)
{
	struct pair *pair = *state;

	delete_both(pair, PAIR_PROFILES "\\Copy");
	assert_int_equal(recoveredshare_completeness(&loss_of(pair, "Work")->recovered),
			 RECOVERED_SHARE_WHOLE);
	assert_null(loss_of(pair, "Copy")->recovered.profile);
	assert_int_equal(recoveredshare_completeness(&loss_of(pair, "Copy")->recovered),
			 RECOVERED_SHARE_NONE);
	assert_int_equal(loss_of(pair, "Copy")->at_ft, 0);
}

static void test_the_other_way_round(void **state)
{
	struct pair *pair = *state;

	delete_both(pair, WORK);
	assert_non_null(loss_of(pair, "Copy")->recovered.profile);
	assert_null(loss_of(pair, "Work")->recovered.profile);
}

/* Each has its own. */
static void test_one_each(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, HOME);
	compare(pair);
	const struct recovered_profile *work = loss_of(pair, "Work")->recovered.profile;
	const struct recovered_profile *home = loss_of(pair, "Home")->recovered.profile;
	assert_non_null(work);
	assert_non_null(home);
	assert_ptr_not_equal(work, home);
}

/* Of a pair without recovery nothing is said. */
static void test_no_recovery(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	assert_null(pair_only(pair)->recovered.profile);
	assert_true(pair_only(pair)->recovered.n_keys_lost > 0);
}

#define RECIPE(test) cmocka_unit_test_setup_teardown(test, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECIPE(test_own_record_decides),
		RECIPE(test_the_other_way_round),
		RECIPE(test_one_each),
		RECIPE(test_no_recovery),
	};

	return UNIT_RUN(tests);
}
