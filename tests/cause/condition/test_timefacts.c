/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether profiles went at one instant or apart, by moments and by bounds. */
#include "help/unit.h"

#include "cause/condition/timefacts.h"

#include "help/incidents.h"

enum { SECOND = 10000000, MOST = 4 };
#define NOON UINT64_C(126924624000000000)

/* When profiles went: a moment, or bounds. */
struct went {
	uint64_t at, earliest, latest;
	bool doubtful; /* only possible */
};

static void check(const struct went *went, size_t n, bool single,
		  enum condition_state several, enum condition_state one)
{
	static const struct profile profile;
	static const struct snapshot snapshot;
	struct loss losses[MOST];
	uint64_t moments[MOST];
	struct incidents t;

	incidents_start(&t);
	t.incident.before = single ? NULL : &snapshot;
	t.incident.losses =
		(struct losses){ .items = losses, .n = n, .moments = moments };
	for (size_t i = 0; i < n; i++) {
		losses[i] = (struct loss){ .profile = &profile,
					   .where = &snapshot,
					   .sure = !went[i].doubtful,
					   .at_ft = went[i].at,
					   .earliest_ft = went[i].earliest,
					   .latest_ft = went[i].latest };
		if (went[i].at && !went[i].doubtful)
			moments[t.incident.losses.n_moments++] = went[i].at;
	}
	incidents_assert(&t, CONDITION_SEVERAL_AT_ONCE, several, NULL);
	incidents_assert(&t, CONDITION_ONE_AT_A_TIME, one, NULL);
	t.incident.losses = (struct losses){ 0 };
	incidents_end(&t);
}

#define MET CONDITION_MET
#define NOT CONDITION_NOT_MET
#define UNKNOWN CONDITION_UNKNOWN

/* Two seconds are one instant, and not a tick more. */
static void test_moments(void **state)
{
	const struct went same[] = { { .at = NOON }, { .at = NOON } };
	const struct went close[] = { { .at = NOON }, { .at = NOON + 2 * SECOND } };
	const struct went apart[] = { { .at = NOON }, { .at = NOON + 2 * SECOND + 1 } };
	/* The first and the last are far apart, but two of them are not. */
	const struct went group[] = { { .at = NOON },
				      { .at = NOON + 10 * (uint64_t)SECOND },
				      { .at = NOON + 11 * (uint64_t)SECOND } };

	(void)state;
	check(same, 2, false, MET, NOT);
	check(close, 2, false, MET, NOT);
	check(apart, 2, false, NOT, MET);
	check(group, 3, false, MET, NOT);
	check(group, 2, false, NOT, MET);
	check(group, 1, false, NOT, MET);
	check(group, 0, false, NOT, MET);
}

/* What went beside it may be overwritten in a single hive. */
static void test_single_hive(void **state)
{
	const struct went apart[] = { { .at = NOON },
				      { .at = NOON + 60 * (uint64_t)SECOND },
				      { .at = NOON + 60 * (uint64_t)SECOND } };

	(void)state;
	check(apart, 1, true, UNKNOWN, UNKNOWN);
	check(apart, 2, true, UNKNOWN, UNKNOWN);
	check(apart, 3, true, MET, NOT);
}

/* Nothing is proved by a loss that is only possible, nor of all by one that is open. */
static void test_doubtful(void **state)
{
	const struct went same[] = { { .at = NOON }, { .at = NOON, .doubtful = true } };
	const struct went apart[] = {
		{ .at = NOON }, { .at = NOON + 60 * (uint64_t)SECOND, .doubtful = true }
	};
	struct loss losses[] = { { .at_ft = NOON, .sure = true } };
	uint64_t moments[] = { NOON };
	struct loss open[1] = { { .at_ft = 0 } };
	static const struct snapshot snapshot;
	struct incidents t;

	(void)state;
	check(same, 2, false, UNKNOWN, UNKNOWN);
	check(apart, 2, false, UNKNOWN, UNKNOWN);
	check(apart + 1, 1, false, UNKNOWN, UNKNOWN);
	incidents_start(&t);
	t.incident.before = &snapshot;
	t.incident.losses = (struct losses){
		.items = losses, .n = 1, .moments = moments, .n_moments = 1
	};
	incidents_assert(&t, CONDITION_ONE_AT_A_TIME, MET, NULL);
	t.incident.losses.unread = true;
	incidents_assert(&t, CONDITION_ONE_AT_A_TIME, UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_SEVERAL_AT_ONCE, UNKNOWN, NULL);
	t.incident.losses.unread = false;
	t.incident.losses.open = open;
	t.incident.losses.n_open = 1;
	incidents_assert(&t, CONDITION_ONE_AT_A_TIME, UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_SEVERAL_AT_ONCE, UNKNOWN, NULL);
	t.incident.losses = (struct losses){ 0 };
	incidents_end(&t);
}

static void test_bounds(void **state)
{
	const uint64_t later = NOON + 3600 * (uint64_t)SECOND;
	const struct went overlap[] = { { .earliest = NOON, .latest = later },
					{ .earliest = later - 1, .latest = later + 9 } };
	const struct went touch[] = { { .earliest = NOON, .latest = later },
				      { .earliest = later + 2 * SECOND,
					.latest = later + 9 * SECOND } };
	const struct went apart[] = { { .earliest = NOON, .latest = later },
				      { .earliest = later + 2 * SECOND + 1,
					.latest = later + 9 * SECOND } };
	/* Contradicting or missing bounds leave all open. */
	const struct went against[] = { { .earliest = later, .latest = NOON },
					{ .at = later + SECOND } };
	const struct went open[] = { { .earliest = NOON, .latest = 0 }, { .at = later } };
	const struct went unbound[] = { { .at = NOON }, { .earliest = 0, .latest = 0 } };

	(void)state;
	check(overlap, 2, false, UNKNOWN, UNKNOWN);
	check(touch, 2, false, UNKNOWN, UNKNOWN);
	check(apart, 2, false, NOT, MET);
	check(against, 2, false, UNKNOWN, UNKNOWN);
	check(open, 2, false, UNKNOWN, UNKNOWN);
	check(unbound, 2, false, UNKNOWN, UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_single_hive),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_doubtful),
	};
	return UNIT_RUN(tests);
}
