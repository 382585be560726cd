/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What counts as lost, as unknown and as unread: findings and recoveries made by hand. */
#include "help/unit.h"

#include "compare/verdict.h"

/* Two snapshots with a profile each, and what is found between them. */
struct by_hand {
	struct key key;
	struct snapshot_profile profiles[2];
	struct snapshot snapshots[2];
	struct snapshot *snapshot_list[2];
	struct recovery *recoveries[2];
	struct finding finding;
	struct comparison comparison;
	struct comparison *comparisons[1];
	struct series series;
};

static void make(struct by_hand *h)
{
	*h = (struct by_hand){ 0 };
	h->comparison = (struct comparison){ .diags = diag_list_new(),
					     .findings = &h->finding,
					     .n_findings = 1 };
	assert_non_null(h->comparison.diags);
	for (size_t i = 0; i < 2; i++) {
		h->profiles[i].profile.key = &h->key;
		h->snapshots[i] = (struct snapshot){ .diags = h->comparison.diags,
						     .profiles = &h->profiles[i],
						     .n_profiles = 1 };
		h->snapshot_list[i] = &h->snapshots[i];
	}
	/* Their contents differ. */
	h->profiles[1].profile.digest.bytes[0] = 1;
	h->finding = (struct finding){ .kind = FINDING_DAMAGED,
				       .before = &h->profiles[0],
				       .after = &h->profiles[1] };
	h->comparisons[0] = &h->comparison;
	h->series = (struct series){ .snapshots = h->snapshot_list,
				     .recoveries = h->recoveries,
				     .n_snapshots = 2,
				     .comparisons = h->comparisons,
				     .n_comparisons = 1 };
}

static struct verdict decide(const struct by_hand *h)
{
	struct verdict verdict;

	assert_int_equal(verdict_decide(&h->series, &verdict), STATUS_OK);
	return verdict;
}

static void test_damage_that_is_not_sure(void **state)
{
	struct by_hand h;

	(void)state;
	make(&h);
	assert_int_equal(decide(&h).damaged, 1);
	assert_int_equal(decide(&h).unknown_damaged, 0);
	h.finding.certainty = FINDING_UNRESOLVED;
	assert_int_equal(decide(&h).damaged, 0);
	assert_int_equal(decide(&h).unknown_damaged, 1);
	diag_list_free(h.comparison.diags);
}

/* An error of the comparison itself is one that something was not read for. */
static void test_error_of_a_comparison(void **state)
{
	struct by_hand h;

	(void)state;
	make(&h);
	struct diag_list *sound = diag_list_new();
	assert_non_null(sound);
	h.snapshots[0].diags = h.snapshots[1].diags = sound;
	assert_false(decide(&h).unread);
	diag_at(h.comparison.diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE, "too many");
	bool is_error = diag_count_from(h.comparison.diags, DIAG_ERROR) > 0;
	assert_int_equal(decide(&h).unread, is_error);
	diag_at(h.comparison.diags, DIAG_KEY_DAMAGED, DIAG_NOWHERE, "a key");
	assert_true(decide(&h).unread);
	diag_list_free(sound);
	diag_list_free(h.comparison.diags);
}

/* What a change tells is no second loss, and what may be alive is none yet. */
static void test_recovered_of_a_single_hive(void **state)
{
	struct recovered_profile found[2] = { { .n_keys = 1 }, { .n_keys = 1 } };
	struct recovery recovery = { .profiles = found, .n_profiles = 2 };
	struct by_hand h;

	(void)state;
	make(&h);
	h.snapshots[0].borrowed = true; /* one hive, before its logs and after */
	h.recoveries[1] = &recovery;
	assert_int_equal(decide(&h).recovered, 2);
	h.finding.recovered.profile = &found[0];
	assert_int_equal(decide(&h).recovered, 1);
	found[1].may_be_alive = true;
	assert_int_equal(decide(&h).recovered, 0);
	assert_int_equal(decide(&h).unknown, 1);
	diag_list_free(h.comparison.diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_damage_that_is_not_sure),
		cmocka_unit_test(test_error_of_a_comparison),
		cmocka_unit_test(test_recovered_of_a_single_hive),
	};

	return UNIT_RUN(tests);
}
