/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists that a program wrote as a whole, and Office's keys that went with them. */
#include "help/unit.h"

#include "cause/condition/importfacts.h"

#include "help/incidents.h"
#include "samples/desktop.h"

#define OFFICE "Software\\Microsoft\\Office\\16.0"
#define LIST OFFICE "\\Outlook\\Profiles"
#define SECOND UINT64_C(10000000)

/* Stamps a profile and all its sections, as importing an export of it does. */
static void import(struct builder *b, const char *path, uint64_t first, uint64_t apart)
{
	builder_key old = pair_key(b, path), list = pair_key(b, PAIR_PROFILES);
	builder_key copy = builder_key_copy(b, old, list, "copy", first);

	builder_key_delete(b, old, first);
	builder_key back =
		builder_key_copy(b, copy, list, path + sizeof(PAIR_PROFILES), first);
	builder_key_delete(b, copy, first);
	builder_key_touch(b, back, first + apart);
}

static void test_imported(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	pair_add(pair->before, PAIR_PROFILES, "Three", 3);
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\Three");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_WRITTEN_WHOLE, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	/* One of both: somebody brought one profile back. */
	import(pair->after, PAIR_PROFILES "\\One", pair_changed(), 2 * SECOND);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_WRITTEN_WHOLE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	import(pair->after, PAIR_PROFILES "\\Two", pair_changed() + SECOND, SECOND);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_WHOLE, CONDITION_MET, NULL);
	incidents_end(&t);
}

/* Not all at one instant; another profile of the name; and from before the earlier save. */
static void test_not_imported(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	import(pair->after, PAIR_PROFILES "\\One", pair_changed(), 2 * SECOND + 1);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	pair_add_at(pair->after, pair_key(pair->after, PAIR_PROFILES), "One", 9,
		    pair_changed());
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	builder_free(pair->after);
	pair_fork(pair);
	import(pair->after, PAIR_PROFILES "\\One", pair_made() - SECOND, 0);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
}

/* Rights that are set anew write every key: nothing was imported. */
static void test_all_written(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_add(pair->before, PAIR_PROFILES, "Two", 2);
	desktop_fill(pair->before, "C:\\Users\\tester", pair_made());
	pair_fork(pair);
	pair_delete(pair->after, PAIR_PROFILES "\\Two");
	import(pair->after, PAIR_PROFILES "\\One", pair_changed(), SECOND);
	desktop_fill(pair->after, "C:\\Users\\tester", pair_changed() + SECOND);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_WRITTEN_AT_ONCE, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

static void add_office(struct builder *b)
{
	builder_path(b, OFFICE "\\Word\\Options", pair_made());
	builder_path(b, OFFICE "\\Common\\General", pair_made());
	pair_add(b, LIST, "One", 1);
}

static void test_office_gone(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	add_office(pair->before);
	pair_fork(pair);
	pair_delete(pair->after, OFFICE "\\Outlook");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OFFICE_KEY_GONE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_SETTINGS_KEPT, CONDITION_MET, NULL);
	incidents_end(&t);
	pair_delete(pair->after, OFFICE);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OFFICE_KEY_GONE, CONDITION_MET,
			 "Office 16.0, with the settings of 3 programs and parts");
	incidents_assert(&t, CONDITION_SETTINGS_KEPT, CONDITION_NOT_MET,
			 "the key of Office 16.0 is gone whole");
	incidents_end(&t);
}

/* A key that held nothing beside Outlook's tells of no Office. */
static void test_outlook_alone(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, LIST, "One", 1);
	builder_path(pair->before, OFFICE "\\Common", pair_made());
	pair_fork(pair);
	pair_delete(pair->after, OFFICE);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OFFICE_KEY_GONE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_SETTINGS_KEPT, CONDITION_MET, NULL);
	incidents_end(&t);
}

static void test_prf(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	pair_fork(pair);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_PRF_NAMED, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	builder_key setup =
		builder_path(pair->after, OFFICE "\\Outlook\\Setup", pair_changed());
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_PRF_NAMED, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	builder_value_string(pair->after, setup, "ImportPRF", "\\\\FS01\\prf\\a.prf");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_PRF_NAMED, CONDITION_MET, "Outlook 16.0");
	incidents_end(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_imported),	  TEST(test_not_imported), TEST(test_office_gone),
		TEST(test_outlook_alone), TEST(test_prf),	   TEST(test_all_written),
	};

	return UNIT_RUN(tests);
}
