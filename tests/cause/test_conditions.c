/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What conditions say they found, and where: however many changes there are, and in the
 * versions of the format whose cells have another header.
 */
#include "help/unit.h"

#include "cause/diagnosis.h"
#include "compare/series.h"
#include "machine/companions.h"

#include "help/pair.h"

#include <stdio.h>
#include <string.h>

/* A condition of the pair's only comparison; the diagnoses are to be cleared. */
static const struct condition *condition_of(struct pair *pair, enum condition_id id,
					    struct diagnoses *diagnoses)
{
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	struct companions companions = { 0 };

	assert_int_equal(diagnoses_read(&series, &companions, diagnoses), STATUS_OK);
	for (size_t i = 0; i < diagnoses->n; i++)
		for (size_t k = 0; k < diagnoses->items[i].n_conditions; k++)
			if (diagnoses->items[i].conditions[k].id == id)
				return &diagnoses->items[i].conditions[k];
	fail_msg("no %s", condition_word(id));
	return NULL;
}

/* More profiles moved than one condition shows. */
static void test_very_many_moved(void **state)
{
	enum { MOVED = CONDITION_MAX_EVIDENCE + 4 };
	struct pair *pair = *state;
	struct diagnoses diagnoses;
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

	const struct condition *condition =
		condition_of(pair, CONDITION_MOVED_IN_USE, &diagnoses);
	assert_int_equal(condition->state, CONDITION_MET);
	assert_string_equal(condition->detail, "moved there: 20");
	assert_int_equal(condition->n_changes, CONDITION_MAX_EVIDENCE);
	diagnoses_clear(&diagnoses);
	condition = condition_of(pair, CONDITION_FROM_PROFILES, &diagnoses);
	assert_int_equal(condition->state, CONDITION_MET);
	assert_string_equal(condition->detail, "20 from Profiles");
	diagnoses_clear(&diagnoses);
}

/* The owner's id is shown where the security record of the root key begins. */
static void test_place_of_the_owner(void **state)
{
	struct pair *pair = *state;

	for (unsigned minor = 0; minor <= 6; minor++) {
		struct builder_options options = pair_options();
		struct diagnoses diagnoses;
		size_t len = 0;

		options.minor = minor;
		pair_restart(pair, &options);
		pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
		pair_fork(pair);
		builder_key_delete(pair->after,
				   pair_key(pair->after, PAIR_PROFILES "\\Outlook"),
				   pair_changed());
		pair_compare(pair);
		const struct condition *condition =
			condition_of(pair, CONDITION_USER_HIVE, &diagnoses);
		assert_int_equal(condition->state, CONDITION_MET);
		assert_true(condition->n_evidence > 0);
		const struct condition_evidence *owner = &condition->evidence[0];
		const uint8_t *bytes = builder_bytes(pair->after, &len);
		assert_string_equal(owner->value, PAIR_SID);
		assert_true(owner->offset < len - 2);
		assert_memory_equal(bytes + owner->offset, "sk", 2);
		diagnoses_clear(&diagnoses);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_very_many_moved),
		TEST(test_place_of_the_owner),
	};
	return UNIT_RUN(tests);
}
