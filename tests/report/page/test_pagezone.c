/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Local times of the page come from the report, which may hold anything. */
#include "help/unit.h"

#include "help/xpath.h"

#include "base/filetime.h"
#include "report/page/pagezone.h"

#include <libxml/tree.h>

#include <string.h>

#define OFFSET(from, utc) "<offset from=\"" from "\" utc_offset=\"" utc "\"/>"
#define JAN "2024-01-01T00:00:00.0000000Z"
#define FEB "2024-02-01T00:00:00.0000000Z"
#define MAR "2024-03-01T00:00:00.0000000Z"

static void zone_of(const char *inside, const char *until, struct timezone *zone)
{
	char text[1000];

	(void)snprintf(text, sizeof(text),
		       "<report><case/><time_zone%s%s%s>%s</time_zone></report>",
		       until ? " until=\"" : "", until ? until : "", until ? "\"" : "",
		       inside);
	struct _xmlDoc *tree = xpath_parse(text, strlen(text));
	assert_int_equal(pagezone_read(xmlDocGetRootElement(tree), zone), STATUS_OK);
	xpath_free(tree);
}

static bool told(const struct timezone *zone, const char *time, int32_t *offset)
{
	uint64_t ft = 0;

	assert_true(filetime_parse(time, &ft));
	return timezone_offset(zone, ft, offset);
}

static void test_offsets(void **state)
{
	struct timezone zone;
	int32_t offset = 0;

	(void)state;
	zone_of(OFFSET(JAN, "+01:00") OFFSET(FEB, "-03:30"), MAR, &zone);
	assert_int_equal(zone.n, 2);
	assert_true(told(&zone, JAN, &offset));
	assert_int_equal(offset, 3600);
	assert_true(told(&zone, FEB, &offset));
	assert_int_equal(offset, -12600);
	assert_false(told(&zone, MAR, &offset));
	timezone_clear(&zone);
}

static void test_no_zone(void **state)
{
	static const char text[] = "<report><case/></report>";
	struct _xmlDoc *tree = xpath_parse(text, strlen(text));
	struct timezone zone;
	int32_t offset;

	(void)state;
	assert_int_equal(pagezone_read(xmlDocGetRootElement(tree), &zone), STATUS_OK);
	assert_int_equal(zone.n, 0);
	xpath_free(tree);
	assert_int_equal(pagezone_read(NULL, &zone), STATUS_OK);
	assert_int_equal(zone.n, 0);
	zone_of("", MAR, &zone);
	assert_false(told(&zone, FEB, &offset));
	zone_of(OFFSET(JAN, "+01:00"), NULL, &zone);
	assert_false(told(&zone, FEB, &offset));
	timezone_clear(&zone);
}

/* Nothing is told from the last sound offset on. */
static void test_hostile(void **state)
{
	static const char *const bad[] = {
		OFFSET(FEB, "01:00"),  OFFSET(FEB, "+1:00"),  OFFSET(FEB, "+01:00:00"),
		OFFSET(FEB, "+99:00"), OFFSET(FEB, "/etc/x"), OFFSET("x", "+01:00"),
		OFFSET(JAN, "+02:00"), "<offset/>",
	};
	struct timezone zone;
	int32_t offset;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		char inside[500];
		(void)snprintf(inside, sizeof(inside), "%s%s%s", OFFSET(JAN, "+01:00"),
			       bad[i], OFFSET(MAR, "+01:00"));
		zone_of(inside, MAR, &zone);
		assert_false(told(&zone, JAN, &offset));
		assert_false(told(&zone, FEB, &offset));
		timezone_clear(&zone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_no_zone),
		cmocka_unit_test(test_hostile),
	};

	return UNIT_RUN(tests);
}
