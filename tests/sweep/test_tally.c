/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counting outcomes as they come. */
#include "help/sweepfolders.h"

#include "sweep/tally.h"

static void put(const char *folder, const char *name, enum outcome_kind kind, int status)
{
	struct failure failure = { "" };
	struct outcome outcome = { .kind = kind, .status = status, .ms = 10 };
	char *path = sweepfolder_path(folder, "outcomes/%s.tsv", name);

	strcpy(outcome.unit, name);
	assert_int_equal(outcome_write(&outcome, path, &failure), STATUS_OK);
	free(path);
}

static void test_counts(void **state)
{
	static const char *const names[] = { "a", "b", "c" };
	struct failure failure = { "" };
	struct plan plan = { 0 };
	struct tally tally;
	struct unit unit;

	for (size_t i = 0; i < 3; i++) {
		char line[16];
		(void)snprintf(line, sizeof(line), "%s\tx", names[i]);
		assert_int_equal(planline_read(line, false, &unit), PLANLINE_GOOD);
		assert_int_equal(plan_add(&plan, &unit), STATUS_OK);
	}
	assert_int_equal(tally_start(&plan, &tally), STATUS_OK);
	assert_int_equal(tally_look(&tally, *state), STATUS_IO);
	assert_int_equal(sweepfolder_make(*state, &failure), STATUS_OK);
	put(*state, "a", OUTCOME_COMPARED, 0);
	put(*state, "unknown", OUTCOME_COMPARED, 1);
	sweepfolders_put(*state, "outcomes/b.tsv", "cut");
	assert_int_equal(tally_look(&tally, *state), STATUS_OK);
	assert_int_equal(tally.settled, 1);
	assert_int_equal(tally.lost, 0);
	assert_int_equal(tally_exit_status(&tally), 2);
	put(*state, "b", OUTCOME_COMPARED, 1);
	assert_int_equal(tally_look(&tally, *state), STATUS_OK);
	assert_int_equal(tally_look(&tally, *state), STATUS_OK);
	assert_int_equal(tally.settled, 2);
	assert_int_equal(tally.lost, 1);
	assert_int_equal(tally.ms, 20);
	assert_int_equal(tally.kinds[2], TALLY_LEFT);
	put(*state, "c", OUTCOME_CRASHED, -1);
	assert_int_equal(tally_look(&tally, *state), STATUS_OK);
	assert_int_equal(tally_failed(&tally), 1);
	assert_int_equal(tally_exit_status(&tally), 2);
	tally_clear(&tally);
	put(*state, "c", OUTCOME_COMPARED, 0);
	assert_int_equal(tally_start(&plan, &tally), STATUS_OK);
	assert_int_equal(tally_look(&tally, *state), STATUS_OK);
	assert_int_equal(tally_exit_status(&tally), 1);
	tally_clear(&tally);
	plan_clear(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = { SWEEPFOLDERS_TEST(test_counts) };

	return UNIT_RUN(tests);
}
