/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which process made a profile: its number, and what else goes with it. */
#include "help/unit.h"

#include "cause/condition/makerfacts.h"

#include "help/incidents.h"

/* "Event Script" and 24 hex digits: process 1308. */
static void check_row(struct listing_process process, bool listed,
		      enum condition_state runs, enum condition_state gone)
{
	static const struct profile profile;
	static const struct snapshot snapshot;
	struct listing listing = { 0 };
	struct holder_row row = { 0, &listing, &process };
	struct loss loss = { .profile = &profile, .where = &snapshot, .sure = true };
	struct incidents t;

	loss.generated = (struct profile_generated_name){
		.present = true, .prefix = text_of("Event Script"), .pid = 1308
	};
	incidents_start(&t);
	t.incident.before = &snapshot;
	t.incident.losses = (struct losses){ .items = &loss, .n = 1 };
	t.holders.listed = listed;
	t.holders.rows.items = &row;
	t.holders.rows.n = 1;
	incidents_assert(&t, CONDITION_PROCESS_RUNS, runs, NULL);
	incidents_assert(&t, CONDITION_PROCESS_GONE, gone, NULL);
	/* A loss that is only possible tells nothing. */
	loss.sure = false;
	incidents_assert(&t, CONDITION_PROCESS_RUNS, CONDITION_UNKNOWN, NULL);
	incidents_assert(&t, CONDITION_PROCESS_GONE, CONDITION_UNKNOWN, NULL);
	t.incident.losses = (struct losses){ 0 };
	incidents_end(&t);
}

#define MET CONDITION_MET
#define NOT CONDITION_NOT_MET
#define UNKNOWN CONDITION_UNKNOWN

static void test_number_alone(void **state)
{
	(void)state;
	check_row((struct listing_process){ .image = "notepad.exe", .pid = 1308 }, true,
		  UNKNOWN, UNKNOWN);
	/* What hosts services may be any. */
	check_row((struct listing_process){ .image = "svchost.exe", .pid = 1308 }, true,
		  UNKNOWN, UNKNOWN);
}

static void test_what_goes_with_it(void **state)
{
	static char service[] = "EventReader";
	static char *services[] = { service };

	(void)state;
	check_row((struct listing_process){ .image = "events.exe", .pid = 1308 }, false,
		  MET, NOT);
	check_row((struct listing_process){ .image = "mad.exe", .pid = 1308 }, false, MET,
		  NOT);
	check_row((struct listing_process){ .image = "a.exe",
					    .pid = 1308,
					    .holds_mapi32 = true },
		  false, MET, NOT);
	check_row((struct listing_process){ .image = "a.exe",
					    .pid = 1308,
					    .window = "An event script" },
		  false, MET, NOT);
	check_row((struct listing_process){ .image = "a.exe",
					    .pid = 1308,
					    .services = { services, 1, 1 } },
		  false, MET, NOT);
}

/* Only a listing of all processes shows that one is not there. */
static void test_not_listed(void **state)
{
	struct listing_process other = { .image = "events.exe", .pid = 1309 };

	(void)state;
	check_row(other, true, NOT, MET);
	check_row(other, false, UNKNOWN, UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_alone),
		cmocka_unit_test(test_what_goes_with_it),
		cmocka_unit_test(test_not_listed),
	};
	return UNIT_RUN(tests);
}
