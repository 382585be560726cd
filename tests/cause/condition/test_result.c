/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What conditions say they found, and where: however many places and changes there are. */
#include "help/unit.h"

#include "cause/condition/result.h"

#include "help/incidents.h"

#include <stdio.h>

/* More profiles moved than one condition shows. */
static void test_very_many_moved(void **state)
{
	enum { MOVED = CONDITION_MAX_EVIDENCE + 4 };
	struct pair *pair = *state;
	struct incidents t;
	char name[16], path[128];

	for (unsigned i = 0; i < MOVED; i++) {
		(void)snprintf(name, sizeof(name), "Mail %u", i);
		pair_add(pair->before, PAIR_PROFILES, name, i + 1);
	}
	pair_fork(pair);
	builder_key list = builder_path(pair->after, PAIR_DELETED, pair_changed());
	for (unsigned i = 0; i < MOVED; i++) {
		(void)snprintf(name, sizeof(name), "Mail %u", i);
		(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\Mail %u", i);
		mapi_profile_move(pair->after, pair_key(pair->after, path), list, name,
				  pair_changed());
	}
	pair_compare(pair);
	assert_int_equal(pair_count(pair, FINDING_MOVED), MOVED);

	incidents_of_pair(&t, pair);
	struct condition condition = incidents_check(&t, CONDITION_MOVED_IN_USE);
	assert_int_equal(condition.state, CONDITION_MET);
	assert_string_equal(condition.detail, "moved there: 20");
	assert_int_equal(condition.n_changes, CONDITION_MAX_EVIDENCE);
	condition = incidents_check(&t, CONDITION_FROM_PROFILES);
	assert_int_equal(condition.state, CONDITION_MET);
	assert_string_equal(condition.detail, "20 from Profiles");
	incidents_end(&t);
}

static void test_what_was_seen(void **state)
{
	struct condition condition = { .state = CONDITION_UNKNOWN };
	struct incidents t;

	(void)state;
	incidents_start(&t);
	result_is(&t.incident, &condition, CONDITION_NOT_MET, "%d of %s", 3, "four");
	assert_int_equal(condition.state, CONDITION_NOT_MET);
	assert_string_equal(condition.detail, "3 of four");
	/* The weakest counts, whatever comes later. */
	result_rests_on(&condition, BASIS_UNCONFIRMED);
	result_rests_on(&condition, BASIS_DOCUMENTED);
	assert_int_equal(condition.basis, BASIS_UNCONFIRMED);
	incidents_end(&t);
}

/* What has no place is not shown, and what finds no room is left out. */
static void test_places(void **state)
{
	struct pair *pair = *state;
	struct condition condition = { .state = CONDITION_UNKNOWN };
	const struct key without_record = { .record_off = 0 };

	pair_fork(pair);
	pair_compare(pair);
	result_show_key(&condition, pair->new, NULL, "no key");
	result_show_key(&condition, pair->new, &without_record, "no record");
	result_show_value(&condition, pair->new, NULL, "no value");
	result_add_change(&condition, NULL);
	assert_int_equal(condition.n_evidence, 0);
	assert_int_equal(condition.n_changes, 0);
	const struct key *root = pair->new->keys->root;
	result_show_key(&condition, pair->new, root, "root");
	assert_int_equal(condition.n_evidence, 1);
	assert_ptr_equal(condition.evidence[0].file, pair->new->evidence);
	assert_int_equal(condition.evidence[0].offset, root->record_off);
	assert_string_equal(condition.evidence[0].value, "root");
	for (size_t i = 0; i < CONDITION_MAX_EVIDENCE; i++)
		result_show_file(&condition, NULL, i, "more");
	assert_int_equal(condition.n_evidence, CONDITION_MAX_EVIDENCE);
	assert_int_equal(condition.evidence[CONDITION_MAX_EVIDENCE - 1].offset,
			 CONDITION_MAX_EVIDENCE - 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_very_many_moved),
		cmocka_unit_test(test_what_was_seen),
		TEST(test_places),
	};
	return UNIT_RUN(tests);
}
