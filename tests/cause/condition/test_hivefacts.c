/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the hives: whose they are, from which lists profiles went, and what became of
 * DefaultProfile; and where that is shown, in each version of the format.
 */
#include "help/unit.h"

#include "cause/condition/hivefacts.h"

#include "help/incidents.h"

#include <string.h>

/* The owner's id is shown where the security record of the root key begins. */
static void test_place_of_the_owner(void **state)
{
	struct pair *pair = *state;

	for (unsigned minor = 0; minor <= 6; minor++) {
		struct builder_options options = pair_options();
		struct incidents t;
		size_t len = 0;

		options.minor = minor;
		pair_restart(pair, &options);
		pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
		pair_fork(pair);
		builder_key_delete(pair->after,
				   pair_key(pair->after, PAIR_PROFILES "\\Outlook"),
				   pair_changed());
		pair_compare(pair);
		incidents_of_pair(&t, pair);
		const struct condition found = incidents_check(&t, CONDITION_USER_HIVE);
		const struct condition *condition = &found;
		assert_int_equal(condition->state, CONDITION_MET);
		assert_true(condition->n_evidence > 0);
		const struct condition_evidence *owner = &condition->evidence[0];
		const uint8_t *bytes = builder_bytes(pair->after, &len);
		assert_string_equal(owner->value, PAIR_SID);
		assert_true(owner->offset < len - 2);
		assert_memory_equal(bytes + owner->offset, "sk", 2);
		incidents_end(&t);
	}
}

/* Each role is that of some conditions, and speaks against the others. */
static void test_roles(void **state)
{
	static const struct {
		enum subject_role role;
		enum condition_state local_system, account, user;
	} rows[] = {
		{ SUBJECT_LOCAL_SYSTEM, CONDITION_MET, CONDITION_NOT_MET,
		  CONDITION_NOT_MET },
		{ SUBJECT_SERVICE_ACCOUNT, CONDITION_NOT_MET, CONDITION_MET,
		  CONDITION_NOT_MET },
		{ SUBJECT_USER, CONDITION_NOT_MET, CONDITION_MET, CONDITION_MET },
		{ SUBJECT_TEMPLATE, CONDITION_NOT_MET, CONDITION_NOT_MET,
		  CONDITION_NOT_MET },
		{ SUBJECT_UNKNOWN, CONDITION_UNKNOWN, CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN },
	};
	struct pair *pair = *state;
	struct incidents t;

	pair_fork(pair);
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		pair->old->subject.role = rows[i].role;
		pair->new->subject.role = rows[i].role;
		incidents_assert(&t, CONDITION_LOCAL_SYSTEM_HIVE, rows[i].local_system,
				 NULL);
		incidents_assert(&t, CONDITION_ACCOUNT_HIVE, rows[i].account, NULL);
		incidents_assert(&t, CONDITION_USER_HIVE, rows[i].user, NULL);
		/* The earlier hive tells it where the later one does not. */
		pair->new->subject.role = SUBJECT_UNKNOWN;
		incidents_assert(&t, CONDITION_USER_HIVE, rows[i].user, NULL);
	}
	incidents_end(&t);
}

static void test_lists(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_DELETED, "Old", 2);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_DELETED "\\Old");
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_FROM_DELETED, CONDITION_MET,
			 "1 from Deleted Profiles");
	incidents_assert(&t, CONDITION_FROM_PROFILES, CONDITION_NOT_MET,
			 "0 from Profiles");
	incidents_assert(&t, CONDITION_ONLY_FROM_DELETED, CONDITION_MET,
			 "1 of 1 were in Deleted Profiles");
	incidents_assert(&t, CONDITION_WMS_LIST, CONDITION_MET, NULL);
	/* What a session keeps there, programs make for themselves. */
	incidents_assert(&t, CONDITION_DYNAMIC_PROFILES, CONDITION_MET, NULL);
	assert_int_equal(incidents_check(&t, CONDITION_DYNAMIC_PROFILES).basis,
			 BASIS_DOCUMENTED);
	incidents_end(&t);
	pair_delete(pair->after, PAIR_PROFILES "\\Outlook");
	pair_compare(pair);
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_FROM_PROFILES, CONDITION_MET, "1 from Profiles");
	incidents_assert(&t, CONDITION_ONLY_FROM_DELETED, CONDITION_NOT_MET,
			 "1 of 2 were in Deleted Profiles");
	incidents_end(&t);
}

/* A single hive tells what it still has, and never that there was nothing else. */
static void test_lists_of_a_single_hive(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Other", 2);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\Outlook");
	pair_compare(pair);
	pair_recover(pair, NULL, 0);
	incidents_of_single(&t, pair);
	assert_int_equal(t.incident.losses.n, 1);
	incidents_assert(&t, CONDITION_FROM_PROFILES, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_FROM_DELETED, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_WMS_LIST, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_DEFAULT_UNTOUCHED, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

static void set_default(struct builder *b, const char *name)
{
	builder_value_string(b, pair_key(b, PAIR_PROFILES), "DefaultProfile", name);
}

static void check_default(struct pair *pair, enum condition_state untouched,
			  enum condition_state changed)
{
	struct incidents t;

	pair_compare(pair);
	incidents_of_pair(&t, pair);
	incidents_assert(&t, CONDITION_DEFAULT_UNTOUCHED, untouched, NULL);
	incidents_assert(&t, CONDITION_DEFAULT_CHANGED, changed, NULL);
	incidents_end(&t);
}

static void test_default_profile(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Other", 2);
	set_default(pair->before, "Outlook");
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\Outlook");
	check_default(pair, CONDITION_MET, CONDITION_NOT_MET);
	set_default(pair->after, "Other");
	check_default(pair, CONDITION_NOT_MET, CONDITION_MET);
	builder_value_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile");
	check_default(pair, CONDITION_NOT_MET, CONDITION_MET);
}

/* One that names another profile tells nothing of this loss; and services have none. */
static void test_default_of_another(void **state)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, "Outlook", 1);
	pair_add(pair->before, PAIR_PROFILES, "Other", 2);
	set_default(pair->before, "Other");
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\Outlook");
	check_default(pair, CONDITION_MET, CONDITION_UNKNOWN);
	builder_value_delete(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile");
	check_default(pair, CONDITION_NOT_MET, CONDITION_UNKNOWN);
	builder_value_delete(pair->after, pair_key(pair->after, PAIR_PROFILES),
			     "DefaultProfile");
	check_default(pair, CONDITION_MET, CONDITION_UNKNOWN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_place_of_the_owner),
		TEST(test_roles),
		TEST(test_lists),
		TEST(test_lists_of_a_single_hive),
		TEST(test_default_profile),
		TEST(test_default_of_another),
	};
	return UNIT_RUN(tests);
}
