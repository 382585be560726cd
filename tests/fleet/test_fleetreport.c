/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept of a report, and found again by its id. */
#include "help/fleets.h"

#include <stdlib.h>
#include <string.h>

static void test_keep(void **state)
{
	struct fleetreport *report = NULL;
	const char *text = NULL;

	(void)state;
	assert_int_equal(fleetreport_new(&report), STATUS_OK);
	assert_int_equal(fleetreport_keep(report, span_of(NULL, 0), &text), STATUS_OK);
	assert_null(text);
	assert_int_equal(fleetreport_keep(report, span_of("", 0), &text), STATUS_OK);
	assert_string_equal(text, "");
	assert_int_equal(fleetreport_keep(report, span_of("abc", 2), &text), STATUS_OK);
	assert_string_equal(text, "ab");
	assert_int_equal(report->n_bytes, 4);
	fleetreport_free(report);
	fleetreport_free(NULL);
}

/* All texts of a report together have a bound. */
static void test_limit(void **state)
{
	struct fleetreport *report = NULL;
	char *bytes = calloc(FLEETREPORT_MAX_BYTES, 1);
	const char *text = NULL;

	(void)state;
	assert_non_null(bytes);
	assert_int_equal(fleetreport_new(&report), STATUS_OK);
	assert_int_equal(fleetreport_keep(report,
					  span_of(bytes, FLEETREPORT_MAX_BYTES - 10),
					  &text),
			 STATUS_OK);
	assert_int_equal(fleetreport_keep(report, span_of(bytes, 9), &text),
			 STATUS_LIMIT);
	assert_int_equal(fleetreport_keep(report, span_of(bytes, 8), &text), STATUS_OK);
	assert_int_equal(fleetreport_keep(report, span_of(bytes, 0), &text),
			 STATUS_LIMIT);
	fleetreport_free(report);
	free(bytes);
}

static void test_by_id(void **state)
{
	struct fleetreport *report = fleets_read(
		FLEETS_BEGIN
		"<input id=\"i1\" role=\"hive\"/><input id=\"i2\" role=\"reg\"/>"
		"<input/><series id=\"x\"><snapshot id=\"s1\" input=\"i2\"/>"
		"<snapshot id=\"s2\" input=\"i9\"/><snapshot/>"
		"<comparison id=\"d1\"/><comparison id=\"d2\"/></series>"
		"<summary/>" FLEETS_END);

	(void)state;
	assert_string_equal(fleetreport_input_of(report, "s1")->role, "reg");
	assert_null(fleetreport_input_of(report, "s2"));
	assert_null(fleetreport_input_of(report, "s7"));
	assert_null(fleetreport_input_of(report, NULL));
	assert_int_equal(fleetreport_snapshot_at(report, "s2"), 1);
	assert_true(fleetreport_snapshot_at(report, "d1") == SIZE_MAX);
	assert_int_equal(fleetreport_comparison_at(report, "d2"), 1);
	assert_true(fleetreport_comparison_at(report, NULL) == SIZE_MAX);
	fleetreport_free(report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keep),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_by_id),
	};
	return UNIT_RUN(tests);
}
