/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headings of tasklist. */
#include "help/unit.h"

#include "companion/listing/taskheading.h"

#include <string.h>

static enum listingcommand_asked heading(const char *s)
{
	return taskheading_read(span_of(s, strlen(s)));
}

static void test_headings(void **state)
{
	(void)state;
	assert_int_equal(heading("Modules"), LISTINGCOMMAND_MODULES);
	assert_int_equal(heading("Services"), LISTINGCOMMAND_SERVICES);
	assert_int_equal(heading("Image Name                     PID Modules "),
			 LISTINGCOMMAND_MODULES);
	assert_int_equal(heading("Image Name PID SERVICES"), LISTINGCOMMAND_SERVICES);
}

static void test_other_languages_say_nothing(void **state)
{
	(void)state;
	assert_int_equal(heading(""), LISTINGCOMMAND_PROCESSES);
	assert_int_equal(heading("Dienste"), LISTINGCOMMAND_PROCESSES);
	assert_int_equal(heading("Modules PID"), LISTINGCOMMAND_PROCESSES);
	assert_int_equal(heading("Service"), LISTINGCOMMAND_PROCESSES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_other_languages_say_nothing),
	};

	return UNIT_RUN(tests);
}
