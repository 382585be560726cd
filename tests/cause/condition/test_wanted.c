/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kinds of evidence: their options, and which were given. */
#include "help/unit.h"

#include "cause/condition/wanted.h"

static void test_options(void **state)
{
	size_t n = 0;

	(void)state;
	assert_null(wanted_option(WANTED_EARLIER_HIVE));
	assert_null(wanted_option(WANTED_LATER_HIVE));
	assert_null(wanted_option(WANTED_ORIGINAL_PATH));
	assert_string_equal(wanted_option(WANTED_MAPI32), "--mapi32");
	assert_string_equal(wanted_option(WANTED_MODULES), "--modules");
	assert_string_equal(wanted_option(WANTED_SYSTEM), "--system");
	assert_string_equal(wanted_option(WANTED_SOFTWARE), "--software");
	assert_string_equal(wanted_option(WANTED_EVENTS), "--events");
	for (unsigned one = 1; one <= WANTED_LAST_OPTION; one <<= 1) {
		bool by_option = wanted_option((enum wanted)one) != NULL;
		assert_int_equal(wanted_by_option(one), by_option ? one : 0);
		n += by_option;
	}
	assert_int_equal(n, WANTED_N_OPTIONS);
	assert_int_equal(wanted_by_option(WANTED_LATER_HIVE | WANTED_EVENTS),
			 WANTED_EVENTS);
}

static void test_given(void **state)
{
	struct companions companions = { 0 };
	struct mapi32 mapi32;
	struct machine_system system;
	struct machine_software software;
	struct eventlog own = { 0 }, foreign = { .foreign = true };

	(void)state;
	assert_int_equal(wanted_given(NULL), 0);
	assert_int_equal(wanted_given(&companions), 0);
	companions.n_listings = 2; /* others may tell more */
	assert_int_equal(wanted_given(&companions), 0);
	companions.mapi32 = &mapi32;
	assert_int_equal(wanted_given(&companions), WANTED_MAPI32);
	companions.system = &system;
	/* A log of another machine is none of what is wanted. */
	companions.events[0] = &foreign;
	companions.n_events = 1;
	assert_int_equal(wanted_given(&companions), WANTED_MAPI32 | WANTED_SYSTEM);
	companions.events[1] = &own;
	companions.n_events = 2;
	assert_int_equal(wanted_given(&companions),
			 WANTED_MAPI32 | WANTED_SYSTEM | WANTED_EVENTS);
	companions.software = &software;
	assert_int_equal(wanted_given(&companions),
			 WANTED_MAPI32 | WANTED_SYSTEM | WANTED_EVENTS | WANTED_SOFTWARE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_given),
	};
	return UNIT_RUN(tests);
}
