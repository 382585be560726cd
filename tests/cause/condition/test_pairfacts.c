/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the later hive is a later state of the same hive. */
#include "help/unit.h"

#include "cause/condition/pairfacts.h"

#include "help/incidents.h"

#include <string.h>

#define NOON UINT64_C(126924624000000000)

/* Two hives that were read, with the times and numbers that a test wants. */
struct side {
	uint64_t newest, written;
	uint32_t sequence;
};

static void check(struct pair *pair, struct side before, struct side after,
		  enum condition_state later, enum condition_state older,
		  enum condition_state sequence, enum condition_state keys)
{
	struct incidents t;

	pair->old->newest_ft = before.newest;
	pair->old->found.last_written_ft = before.written;
	pair->old->found.primary_sequence = before.sequence;
	pair->new->newest_ft = after.newest;
	pair->new->found.last_written_ft = after.written;
	pair->new->found.primary_sequence = after.sequence;
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_LATER_STATE, later, NULL);
	incidents_assert(&t, CONDITION_AFTER_OLDER, older, NULL);
	incidents_assert(&t, CONDITION_SEQUENCE_BACK, sequence, NULL);
	incidents_assert(&t, CONDITION_KEYS_BACK, keys, NULL);
	incidents_end(&t);
}

#define MET CONDITION_MET
#define NOT CONDITION_NOT_MET
#define UNKNOWN CONDITION_UNKNOWN

static void test_older(void **state)
{
	struct pair *pair = *state;
	const struct side noon = { NOON, NOON, 7 };

	pair_fork(pair);
	pair_compare(pair);
	check(pair, noon, (struct side){ NOON + 1, NOON, 7 }, MET, NOT, NOT, NOT);
	/* The newest key and another mark decide; a clock set back moves the key alone. */
	check(pair, noon, (struct side){ NOON - 1, NOON, 7 }, UNKNOWN, UNKNOWN, NOT, MET);
	check(pair, noon, (struct side){ NOON - 1, NOON - 1, 7 }, NOT, MET, NOT, MET);
	check(pair, noon, (struct side){ NOON - 1, NOON, 6 }, NOT, MET, MET, MET);
	/* What contradicts itself is not known. */
	check(pair, noon, (struct side){ NOON + 1, NOON - 1, 6 }, UNKNOWN, UNKNOWN, MET,
	      NOT);
	check(pair, noon, (struct side){ NOON - 1, NOON, 8 }, UNKNOWN, UNKNOWN, NOT, MET);
	check(pair, noon, (struct side){ NOON, NOON - 1, 8 }, UNKNOWN, UNKNOWN, NOT, NOT);
	check(pair, noon, noon, MET, NOT, NOT, NOT);
	check(pair, noon, (struct side){ NOON, NOON - 1, 7 }, UNKNOWN, UNKNOWN, NOT, NOT);
	check(pair, noon, (struct side){ NOON, NOON, 6 }, NOT, MET, MET, NOT);
	check(pair, noon, (struct side){ 0, NOON, 7 }, UNKNOWN, UNKNOWN, NOT, UNKNOWN);
	check(pair, (struct side){ 0, NOON, 7 }, noon, UNKNOWN, UNKNOWN, NOT, UNKNOWN);
}

/* Said once for all causes, where it keeps them from both ends. */
static void test_contradiction(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_fork(pair);
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	assert_null(pairfacts_contradiction(&t.incident));
	pair->new->newest_ft = pair->old->newest_ft - 1;
	pair->new->found.primary_sequence = pair->old->found.primary_sequence + 1;
	assert_non_null(pairfacts_contradiction(&t.incident));
	incidents_end(&t);
}

/* Sequence numbers are counted in a circle of 32 bits. */
static void test_circle(void **state)
{
	struct pair *pair = *state;
	const struct side last = { NOON, NOON, UINT32_MAX };
	const struct side first = { NOON, NOON, 0 };

	pair_fork(pair);
	pair_compare(pair);
	check(pair, last, first, MET, NOT, NOT, NOT);
	check(pair, first, last, NOT, MET, MET, NOT);
}

/* What was being written may be ahead of the number that stands in the file. */
static void test_number_of_a_dirty_hive(void **state)
{
	struct pair *pair = *state;
	const struct side noon = { NOON, NOON, 7 };

	pair_fork(pair);
	pair_compare(pair);
	pair->new->image->base.secondary_sequence--;
	check(pair, noon, (struct side){ NOON, NOON, 6 }, MET, NOT, UNKNOWN, NOT);
	pair->new->image->base.secondary_sequence++;
	check(pair, noon, (struct side){ NOON, NOON, 6 }, NOT, MET, MET, NOT);
}

static void test_subjects(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_SAME_SUBJECT, MET, NULL);
	incidents_assert(&t, CONDITION_SUBJECTS_DIFFER, NOT, "they have one security id");
	incidents_assert(&t, CONDITION_NOTHING_SHARED, NOT,
			 "1 of 1 are in the later hive too");
	/* Another security id is another's, but where the keys show one hive. */
	struct subject *subject = &pair->new->subject;
	subject->sid[strlen(subject->sid) - 1] = '2';
	memcpy(subject->sids[0], subject->sid, sizeof(subject->sid));
	assert_true(hivematch_is_one_hive(&t.incident.match));
	incidents_assert(&t, CONDITION_SAME_SUBJECT, UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_SUBJECTS_DIFFER, UNKNOWN, NULL);
	assert_non_null(pairfacts_contradiction(&t.incident));
	/* Its times alone may be lost: a profile of that instance is in that cell, too. */
	t.incident.match = (struct hivematch){ 0 };
	incidents_assert(&t, CONDITION_SAME_SUBJECT, UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_SUBJECTS_DIFFER, UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_LATER_STATE, MET, NULL);
	assert_non_null(pairfacts_contradiction(&t.incident));
	pair->new->profiles[0].profile.instance[0] ^= 1;
	incidents_assert(&t, CONDITION_SAME_SUBJECT, NOT, NULL);
	incidents_assert(&t, CONDITION_SUBJECTS_DIFFER, MET, NULL);
	incidents_assert(&t, CONDITION_LATER_STATE, NOT, NULL);
	incidents_end(&t);
}

static void test_nothing_shared(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Outlook"),
			   pair_changed());
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_NOTHING_SHARED, MET,
			 "0 of 1 are in the later hive too");
	/* The lost one was written before the later hive's newest key. */
	incidents_assert(&t, CONDITION_LOST_ARE_NEWER, NOT, "0 of 1");
	pair->new->newest_ft = 1;
	incidents_assert(&t, CONDITION_LOST_ARE_NEWER, MET, "1 of 1");
	incidents_end(&t);
}

static void test_root_names(void **state)
{
	static const char one[] = "CMI-CreateHive{00000000-0000-0000-0000-000000000001}";
	static const char two[] = "CMI-CreateHive{00000000-0000-0000-0000-000000000002}";
	static const struct {
		const char *before, *after;
		enum condition_state state;
	} rows[] = {
		{ one, one, NOT },
		{ one, two, MET },
		{ "$$$PROTO.HIV", two, UNKNOWN },
		{ one, "CMI-CreateHive", UNKNOWN },
	};
	struct pair *pair = *state;
	struct incidents t;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct builder_options options = pair_options();
		options.root_name = rows[i].before;
		pair_restart(pair, &options);
		options.root_name = rows[i].after;
		pair->after = builder_new(&options);
		pair_compare(pair);
		incidents_of_pair(&t, pair);
		incidents_assert(&t, CONDITION_ROOTS_DIFFER, rows[i].state, NULL);
		incidents_end(&t);
	}
}

/* A single hive is both states. */
static void test_single_hive(void **state)
{
	struct incidents t;

	(void)state;
	incidents_start(&t);
	incidents_assert(&t, CONDITION_LATER_STATE, MET, NULL);
	incidents_end(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_older),
		TEST(test_circle),
		TEST(test_number_of_a_dirty_hive),
		TEST(test_contradiction),
		TEST(test_subjects),
		TEST(test_nothing_shared),
		TEST(test_root_names),
		cmocka_unit_test(test_single_hive),
	};
	return UNIT_RUN(tests);
}
