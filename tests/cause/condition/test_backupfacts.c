/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile set aside as "BACKUP OF ...": by its name, and by what it is. */
#include "help/unit.h"

#include "cause/condition/backupfacts.h"

#include "help/incidents.h"

/* Set aside is a profile whose name another one has now; "BACKUP OF" alone is a name. */
static void test_backup_of(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_add(pair->after, PAIR_PROFILES, "BACKUP OF Two", 2);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_BACKUP_OF, CONDITION_MET, "1");
	incidents_assert(&t, CONDITION_ORIGINAL_REPLACED, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_SET_ASIDE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	pair_delete(pair->after, PAIR_PROFILES "\\BACKUP OF Two");
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\One"),
			  pair_key(pair->after, PAIR_PROFILES), "BACKUP OF One",
			  pair_changed());
	/* Outlook makes the new one later. */
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_SET_ASIDE, CONDITION_MET, "it was One");
	incidents_assert(&t, CONDITION_ORIGINAL_REPLACED, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	pair_add(pair->after, PAIR_PROFILES, "One", 3);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_SET_ASIDE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_BACKUP_OF, CONDITION_MET, "1");
	incidents_assert(&t, CONDITION_ORIGINAL_REPLACED, CONDITION_MET, "One");
	incidents_end(&t);
	/* The name may be that of another one that went: the profile is new under it. */
	pair_add(pair->before, PAIR_PROFILES, "BACKUP OF One", 4);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_BACKUP_OF, CONDITION_MET, "1");
	incidents_end(&t);
	/* One that was there before is no news. */
	builder_free(pair->after);
	pair_fork(pair);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_BACKUP_OF, CONDITION_NOT_MET, "0");
	incidents_end(&t);
}

static void test_first_run(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_fork(pair);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_FIRST_RUN_STATE, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	builder_key setup =
		builder_path(pair->after, MAPI_OFFICE("15.0") "\\Setup", pair_changed());
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_FIRST_RUN_STATE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	builder_value_dword(pair->after, setup, "First-Run", 1);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_FIRST_RUN_STATE, CONDITION_MET, "Outlook 15.0");
	incidents_end(&t);
}

/* Another profile under that name, and the old one gone, is a name alone. */
static void test_name_alone(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	/* Made when the other was gone: in its cell with its time it may be that one. */
	builder_key list = pair_key(pair->after, PAIR_PROFILES);
	pair_add_at(pair->after, list, "BACKUP OF One", 2, pair_changed() + 1);
	pair_add_at(pair->after, list, "One", 3, pair_changed() + 2);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_BACKUP_OF, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_ORIGINAL_REPLACED, CONDITION_MET, "One");
	incidents_assert(&t, CONDITION_SET_ASIDE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
}

/* A single hive does not tell what there was before. */
static void test_single_hive(void **state)
{
	static const enum condition_id ids[] = {
		CONDITION_BACKUP_OF,
		CONDITION_SET_ASIDE,
		CONDITION_ORIGINAL_REPLACED,
	};
	struct pair *pair = *state;
	struct incidents t;

	pair_fork(pair);
	pair_compare(pair);
	pair_recover(pair, NULL, 0);
	incidents_of_single(&t, pair);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		incidents_assert(&t, ids[i], CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_backup_of),
		TEST(test_name_alone),
		TEST(test_first_run),
		TEST(test_single_hive),
	};
	return UNIT_RUN(tests);
}
