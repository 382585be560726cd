/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of the page: names and links of hostile machines. */
#include "help/fleets.h"

#include "fleet/fleetlinks.h"

#include <string.h>

static void test_who(void **state)
{
	struct fleetdata_machine machine = { .name = "<pc>\xFF" };
	struct fleetdata data = { .machines = { &machine, 1, 1 } };
	struct fleetdata_report report = { .subject = "a&b" };
	struct index_markup page = { .output = caught_begin() };

	(void)state;
	fleetlinks_who(&page, &data, &report);
	report.subject = "";
	fleetlinks_who(&page, &data, &report);
	assert_string_equal(caught_end(),
			    "<bdi>&lt;pc&gt;\xEF\xBF\xBD</bdi>: <bdi>a&amp;b</bdi>"
			    "<bdi>&lt;pc&gt;\xEF\xBF\xBD</bdi>");
}

static void test_report(void **state)
{
	struct fleetdata_report report = { .path = "units/a\"b/r.xml" };
	struct index_markup page = { .output = caught_begin() };

	(void)state;
	fleetlinks_report(&page, &report);
	report.page = "javascript:x.html";
	fleetlinks_report(&page, &report);
	assert_string_equal(caught_end(),
			    "<a href=\"units/a%22b/r.xml\"><bdi>XML report</bdi></a>"
			    "<a href=\"javascript%3Ax.html\"><bdi>Page</bdi></a> · "
			    "<a href=\"units/a%22b/r.xml\"><bdi>XML report</bdi></a>");
}

static void test_rest(void **state)
{
	struct index_markup page = { .output = caught_begin() };

	(void)state;
	fleetlinks_rest(&page, 0);
	fleetlinks_rest(&page, 3);
	assert_string_equal(caught_end(),
			    "<p class=\"cut\">3 more are in the tables.</p>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_rest),
	};
	return UNIT_RUN(tests);
}
