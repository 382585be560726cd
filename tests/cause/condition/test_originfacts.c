/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the later hive comes from: by its keys, and by what Windows tells of it. */
#include "help/unit.h"

#include "cause/condition/originfacts.h"
#include "cause/condition/pairfacts.h"

#include "help/incidents.h"
#include "help/machines.h"
#include "samples/desktop.h"
#include "samples/usedhive.h"

#include <stdio.h>
#include <string.h>

#define LIST "Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"

static uint64_t day(unsigned number)
{
	return pair_made() + number * USEDHIVE_DAY;
}

static struct builder *new_hive(const char *folder)
{
	struct builder_options options = pair_options();
	char path[96];

	snprintf(path, sizeof(path), "\\??\\C:\\Users\\%s\\ntuser.dat", folder);
	options.embedded_name = path;
	struct builder *b = builder_new(&options);
	desktop_fill(b, "C:\\Users\\tester", pair_made());
	builder_stamp(b, day(1), 4);
	return b;
}

/* A hive that was used ten times, and one that was begun after it, in that folder. */
static void replace(struct pair *pair, const char *folder)
{
	builder_free(pair->before);
	pair->before = new_hive("tester");
	pair_add_at(pair->before, builder_path(pair->before, PAIR_PROFILES, day(2)),
		    "One", 1, day(2));
	builder_path(pair->before, MAPI_OFFICE("16.0") "\\Setup", day(2));
	builder_stamp(pair->before, usedhive_use(pair->before, day(2), 10, 3, 1), 400);
	pair->after = new_hive(folder);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 3, 1, 2), 30);
}

static void test_new(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	replace(pair, "tester");
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OTHER_HIVE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_BEGUN_SINCE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_OWN_PAST, CONDITION_NOT_MET,
			 "it was begun after the earlier one");
	incidents_assert(&t, CONDITION_USED_SINCE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_OUTLOOK_UNUSED, CONDITION_MET, NULL);
	/* A profile may have been deleted from the earlier hive before it was replaced. */
	incidents_assert(
		&t, CONDITION_LATER_STATE, CONDITION_UNKNOWN,
		"another hive stands in place of the earlier one: what became of "
		"that one since it was saved is not known");
	assert_false(pairfacts_tells_changes(&t.incident));
	assert_int_equal(loss_count_sure(&t.incident.losses), 0);
	incidents_assert(&t, CONDITION_AFTER_OLDER, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_SAME_SUBJECT, CONDITION_MET, NULL);
	/* Windows tells nothing, and that says nothing. */
	incidents_assert(&t, CONDITION_REPLACEMENT_TOLD, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

/* An ordinary pair, and one that is too small to tell. */
static void test_no_other(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	replace(pair, "tester");
	builder_free(pair->after);
	pair->after = builder_clone(pair->before);
	pair_delete(pair->after, PAIR_PROFILES "\\One");
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 3, 1, 2), 500);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OTHER_HIVE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_BEGUN_SINCE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_OWN_PAST, CONDITION_NOT_MET,
			 "keys stand as they stood");
	incidents_assert(&t, CONDITION_LATER_STATE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_OUTLOOK_UNUSED, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
	builder_free(pair->before);
	builder_free(pair->after);
	pair->before = new_hive("tester");
	pair_add_at(pair->before, builder_path(pair->before, PAIR_PROFILES, day(2)),
		    "One", 1, day(2));
	builder_stamp(pair->before, usedhive_use(pair->before, day(2), 2, 1, 1), 40);
	pair->after = new_hive("tester");
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 3, 1, 2), 30);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OTHER_HIVE, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_BEGUN_SINCE, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_OWN_PAST, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_USED_SINCE, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
}

/* Another hive that was used beside the earlier one. */
static void test_beside(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	replace(pair, "tester");
	builder_free(pair->after);
	pair->after = new_hive("tester");
	(void)usedhive_use(pair->after, day(3), 6, 4, 3);
	builder_stamp(pair->after, usedhive_use(pair->after, day(40), 3, 1, 2), 900);
	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_OTHER_HIVE, CONDITION_MET, NULL);
	incidents_assert(&t, CONDITION_BEGUN_SINCE, CONDITION_NOT_MET, NULL);
	incidents_assert(&t, CONDITION_OWN_PAST, CONDITION_MET, NULL);
	incidents_end(&t);
}

/* The hive's own path. */
static void test_temporary_path(void **state)
{
	static const struct {
		const char *folder;
		enum condition_state state;
	} rows[] = {
		{ "TEMP", CONDITION_MET },
		{ "TEMP.EXAMPLE.001", CONDITION_MET },
		{ "TEMPLE", CONDITION_UNKNOWN },
		{ "tester.EXAMPLE", CONDITION_UNKNOWN },
	};
	struct pair *pair = *state;
	struct incidents t;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		builder_free(pair->after);
		replace(pair, rows[i].folder);
		incidents_compare(&t, pair);
		incidents_assert(&t, CONDITION_REPLACEMENT_TOLD, rows[i].state, NULL);
		incidents_end(&t);
	}
}

/* ---- ProfileList ---- */

static struct builder *software(void)
{
	return server_software("Windows 10 Pro", "6.3", HIVES_TIME);
}

static void check_told(struct pair *pair, struct builder *b, enum condition_state state,
		       const char *detail)
{
	struct incidents t;
	struct machine_software *read = machines_software(b);

	incidents_compare(&t, pair);
	t.companions.software = read;
	incidents_assert(&t, CONDITION_REPLACEMENT_TOLD, state, detail);
	t.companions.software = NULL;
	incidents_end(&t);
	machinesoftware_free(read);
}

static void test_profile_list(void **state)
{
	struct pair *pair = *state;
	struct builder *b;

	replace(pair, "tester.EXAMPLE");
	b = software();
	server_add_owner(b, PAIR_SID, "C:\\Users\\tester.EXAMPLE", day(40));
	check_told(pair, b, CONDITION_MET,
		   "ProfileList gives the user another folder than the earlier hive's");
	b = software();
	server_add_owner(b, PAIR_SID ".bak", "C:\\Users\\tester", day(40));
	check_told(pair, b, CONDITION_MET, "ProfileList has the user's row as .bak");
	b = software();
	server_add_owner(b, PAIR_SID ".bak", "C:\\Users\\tester", day(40));
	builder_value_dword(b, builder_path(b, LIST PAIR_SID ".bak", day(40)), "State",
			    0x8000);
	check_told(pair, b, CONDITION_MET,
		   "ProfileList has the user's row as .bak, and its State says so");
	b = software();
	server_add_owner(b, PAIR_SID, "C:\\Users\\x", day(40));
	builder_value_dword(b, builder_path(b, LIST PAIR_SID, day(40)), "State", 0x800);
	check_told(pair, b, CONDITION_MET,
		   "ProfileList gives the user a temporary folder");
	/* Left from before the earlier hive's last key: set aside at another time. */
	b = software();
	server_add_owner(b, PAIR_SID, "C:\\Users\\TEMP", day(28));
	server_add_owner(b, PAIR_SID ".bak", "C:\\Users\\tester", day(28));
	check_told(pair, b, CONDITION_UNKNOWN, NULL);
	/* The folder of the earlier hive, another one's row, and none. */
	b = software();
	server_add_owner(b, PAIR_SID, "C:\\Users\\tester", day(40));
	server_add_owner(b, PAIR_SID "1.bak", "C:\\Users\\other", day(40));
	check_told(pair, b, CONDITION_UNKNOWN, NULL);
	check_told(pair, software(), CONDITION_UNKNOWN, NULL);
}

static void test_roams(void **state)
{
	struct pair *pair = *state;
	struct incidents t;
	struct builder *b = software();

	replace(pair, "tester");
	server_add_owner(b, PAIR_SID, "C:\\Users\\tester", HIVES_TIME);
	builder_value_string(b, builder_path(b, LIST PAIR_SID, HIVES_TIME),
			     "CentralProfile", "\\\\FS01\\p\\tester");
	struct machine_software *roams = machines_software(b);
	struct machine_software *stays = machines_software(software());
	b = software();
	builder_value_dword(b, builder_path(b, "FSLogix\\Profiles", HIVES_TIME),
			    "Enabled", 1);
	struct machine_software *contained = machines_software(b);

	incidents_compare(&t, pair);
	incidents_assert(&t, CONDITION_PROFILE_ROAMS, CONDITION_UNKNOWN, NULL);
	t.companions.software = roams;
	incidents_assert(&t, CONDITION_PROFILE_ROAMS, CONDITION_MET,
			 "it comes from \\\\FS01\\p\\tester");
	t.companions.software = contained;
	incidents_assert(&t, CONDITION_PROFILE_ROAMS, CONDITION_MET,
			 "FSLogix keeps users' profiles in containers");
	t.companions.software = stays;
	incidents_assert(&t, CONDITION_PROFILE_ROAMS, CONDITION_UNKNOWN, NULL);
	/* The system's own account has no container, and of whom nobody knows that it has. */
	static const char *const others[] = { "S-1-5-18", "" };
	t.companions.software = contained;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		strcpy(pair->old->subject.sid, others[i]);
		strcpy(pair->new->subject.sid, others[i]);
		incidents_assert(&t, CONDITION_PROFILE_ROAMS, CONDITION_UNKNOWN, NULL);
	}
	t.companions.software = NULL;
	incidents_end(&t);
	machinesoftware_free(roams);
	machinesoftware_free(stays);
	machinesoftware_free(contained);
}

/* ---- events ---- */

/* An event of that kind so many seconds after the new hive's first key. */
static void check_event(struct incidents *t, const char *word, int64_t after,
			bool of_unknown, enum condition_state state)
{
	char name[] = "Microsoft-Windows-User Profiles Service";
	struct eventlog_event event = { .source = name, .id = 1511 };
	struct eventlog log = { 0 };
	struct sign sign = {
		.log = &log, .event = &event, .kind.word = word, .of_unknown = of_unknown
	};

	event.time_ft = (uint64_t)((int64_t)(day(40) + 10000000) + after * 10000000);
	t->incident.signs.items = &sign;
	t->incident.signs.n = 1;
	incidents_assert(t, CONDITION_REPLACEMENT_TOLD, state, NULL);
	/* Which numbers they have is in no description. */
	if (state == CONDITION_MET)
		assert_int_equal(incidents_check(t, CONDITION_REPLACEMENT_TOLD).basis,
				 BASIS_UNCONFIRMED);
	t->incident.signs = (struct signs){ 0 };
}

/* Of the profile service, from an hour before the new hive's first key to 10 minutes after. */
static void test_events(void **state)
{
	struct pair *pair = *state;
	struct incidents t;

	replace(pair, "tester");
	incidents_compare(&t, pair);
	signs_clear(&t.incident.signs);
	check_event(&t, "event_temporary_profile", -5, false, CONDITION_MET);
	check_event(&t, "event_profile_failed", 0, false, CONDITION_MET);
	check_event(&t, "event_temporary_profile", -3600, false, CONDITION_MET);
	check_event(&t, "event_temporary_profile", 600, false, CONDITION_MET);
	check_event(&t, "event_temporary_profile", -3601, false, CONDITION_UNKNOWN);
	check_event(&t, "event_temporary_profile", 601, false, CONDITION_UNKNOWN);
	check_event(&t, "look_alike", 0, false, CONDITION_UNKNOWN);
	check_event(&t, "event_installer", 0, false, CONDITION_UNKNOWN);
	/* It may be another user's. */
	check_event(&t, "event_temporary_profile", 0, true, CONDITION_UNKNOWN);
	incidents_end(&t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_new),	   TEST(test_no_other),	      TEST(test_beside),
		TEST(test_roams),  TEST(test_temporary_path), TEST(test_profile_list),
		TEST(test_events),
	};

	return UNIT_RUN(tests);
}
