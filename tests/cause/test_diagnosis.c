/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is given beside the hives, weighed as the program does it: the cause of the
 * incident; the best of several; counts; and lack of memory at each single allocation.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/diagnosis.h"

#include "help/weighing.h"

#include <string.h>

/* ---- weighing ---- */

static void test_the_incident(void **state)
{
	struct world *world = *state;

	world_give_all(world);
	const struct diagnosis *diagnosis = weighing_weigh(world);
	assert_int_equal(diagnosis->grade, GRADE_SUPPORTED);
	assert_ptr_equal(diagnoses_best(&world->diagnoses, world->series->comparisons[0]),
			 diagnosis);
	assert_int_equal(world->diagnoses.holders.n, 3);
}

/* Each diagnosis counts its own conditions, hints left out, and asks for nothing in vain. */
static void test_counts_and_missing(void **state)
{
	struct world *world = *state;
	size_t n_asking = 0;

	weighing_weigh(world);
	for (size_t i = 0; i < world->diagnoses.n; i++) {
		const struct diagnosis *diagnosis = &world->diagnoses.items[i];
		size_t n[3] = { 0 };
		for (size_t k = 0; k < diagnosis->n_conditions; k++)
			n[diagnosis->conditions[k].state] +=
				condition_counts(&diagnosis->conditions[k]);
		assert_int_equal(diagnosis->n_unknown, n[CONDITION_UNKNOWN]);
		assert_int_equal(diagnosis->n_met, n[CONDITION_MET]);
		assert_int_equal(diagnosis->n_not_met, n[CONDITION_NOT_MET]);
		assert_int_equal(diagnosis->missing.n > 0,
				 n[CONDITION_UNKNOWN] > 0 &&
					 diagnosis->grade != GRADE_RULED_OUT);
		assert_int_equal(diagnosis->advice.n > 0,
				 diagnosis->grade <= GRADE_POSSIBLE);
		n_asking += diagnosis->missing.n > 0;
	}
	assert_true(n_asking > 0);
}

/* ---- the best of several ---- */

static void test_best(void **state)
{
	struct diagnosis items[] = {
		{ .cause = CAUSE_KB_817375, .grade = GRADE_POSSIBLE },
		{ .cause = CAUSE_KB_818861, .grade = GRADE_SUPPORTED },
		{ .cause = CAUSE_KB_303221, .grade = GRADE_SUPPORTED },
	};
	struct diagnoses all = { .items = items, .n = 3 };
	struct comparison other;

	(void)state;
	memset(&other, 0, sizeof(other));
	diagnoses_rank(&all);
	assert_ptr_equal(diagnoses_best(&all, NULL), &items[1]);
	assert_null(diagnoses_best(&all, &other));
	items[1].comparison = &other;
	diagnoses_rank(&all);
	assert_ptr_equal(diagnoses_best(&all, NULL), &items[2]);
	assert_ptr_equal(diagnoses_best(&all, &other), &items[1]);
	/* Nothing is best of what is undetermined or worse. */
	for (int grade = GRADE_UNDETERMINED; grade <= GRADE_RULED_OUT; grade++) {
		items[0].grade = items[2].grade = (enum grade)grade;
		diagnoses_rank(&all);
		assert_null(diagnoses_best(&all, NULL));
	}
	all.n = 0;
	assert_null(diagnoses_best(&all, NULL));
}

static void test_ranks(void **state)
{
	struct comparison first, second;
	struct diagnosis items[] = {
		{ .grade = GRADE_POSSIBLE, .comparison = &first },
		{ .grade = GRADE_RULED_OUT, .comparison = &first },
		{ .grade = GRADE_POSSIBLE, .comparison = &first },
		{ .grade = GRADE_UNDETERMINED, .comparison = &second },
		{ .grade = GRADE_POSSIBLE, .comparison = &second },
		{ .grade = GRADE_SUPPORTED, .comparison = &second },
	};
	static const enum diagnosis_rank ranks[] = {
		DIAGNOSIS_BEST,	    DIAGNOSIS_UNRANKED, DIAGNOSIS_OTHER,
		DIAGNOSIS_UNRANKED, DIAGNOSIS_OTHER,	DIAGNOSIS_BEST_OF_ALL,
	};
	struct diagnoses all = { .items = items, .n = ARRAY_LEN(items) };

	(void)state;
	diagnoses_rank(&all);
	for (size_t i = 0; i < all.n; i++)
		assert_int_equal(items[i].rank, ranks[i]);
	/* Of equals the first is the best of all; and ranks are given anew. */
	items[5].grade = GRADE_UNLIKELY;
	diagnoses_rank(&all);
	assert_int_equal(items[0].rank, DIAGNOSIS_BEST_OF_ALL);
	assert_int_equal(items[4].rank, DIAGNOSIS_BEST);
	assert_int_equal(items[5].rank, DIAGNOSIS_UNRANKED);
}

/* The likeliest: by grade, then by what is not met and met; what is ruled out is none. */
static void test_likeliest(void **state)
{
	struct diagnosis items[] = {
		{ .grade = GRADE_UNLIKELY },
		{ .grade = GRADE_RULED_OUT },
		{ .grade = GRADE_UNDETERMINED, .n_met = 1 },
		{ .grade = GRADE_UNDETERMINED, .n_met = 2 },
		{ .grade = GRADE_UNDETERMINED, .n_met = 9, .n_not_met = 1 },
	};
	struct diagnoses all = { .items = items, .n = ARRAY_LEN(items) };
	const struct diagnosis *out[5];

	(void)state;
	assert_int_equal(diagnoses_likeliest(&all, NULL, out, 5), 4);
	assert_ptr_equal(out[0], &items[3]);
	assert_ptr_equal(out[1], &items[2]);
	assert_ptr_equal(out[2], &items[4]);
	assert_ptr_equal(out[3], &items[0]);
	assert_int_equal(diagnoses_likeliest(&all, NULL, out, 2), 2);
	assert_ptr_equal(out[0], &items[3]);
	assert_ptr_equal(out[1], &items[2]);
}

static void test_rank_words(void **state)
{
	(void)state;
	assert_null(diagnosis_rank_word(DIAGNOSIS_UNRANKED));
	assert_string_equal(diagnosis_rank_word(DIAGNOSIS_OTHER), "other");
	assert_string_equal(diagnosis_rank_word(DIAGNOSIS_BEST), "best");
	assert_string_equal(diagnosis_rank_word(DIAGNOSIS_BEST_OF_ALL), "best_of_all");
}

/* ---- lack of memory ---- */

static void weigh_without_memory(struct world *world, size_t n_snapshots)
{
	struct diagnoses diagnoses = { 0 };

	world_read_companions(world);
	weighing_read_series(world, n_snapshots);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, diagnoses_read(world->series, world->companions,
							 &diagnoses));
		if (status == STATUS_OK && !oom.failed) {
			assert_true(oom.n > 20);
			break;
		}
		/* What fails must be told: nothing is concluded without it. */
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(diagnoses.items);
	}
	assert_true(diagnoses.n > 0);
	diagnoses_clear(&diagnoses);
	world_forget(world);
}

static void test_weighing_without_memory(void **state)
{
	struct world *world = *state;

	world_give_all(world);
	weigh_without_memory(world, 2);
	weigh_without_memory(world, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_the_incident),
		WORLD_TEST(test_counts_and_missing),
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_likeliest),
		cmocka_unit_test(test_rank_words),
		WORLD_TEST(test_weighing_without_memory),
	};
	return UNIT_RUN(tests);
}
