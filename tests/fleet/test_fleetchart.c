/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The picture: no bound is drawn as a moment. */
#include "help/fleets.h"

#include "fleet/fleetchart.h"

#include <stdlib.h>
#include <string.h>

#define DAY(day, time) "2003-03-" day "T" time ".0000000Z"

static struct fleetchart count(const struct fleets_loss *losses, size_t n)
{
	struct fleetdata *data = fleets_data(losses, n);
	struct fleetchart chart;

	fleetchart_count(data, &chart);
	fleetdata_free(data);
	return chart;
}

/* Of 30 days, a moment in the first, one in the last, and one that may be anywhere. */
static void test_parts(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .at = DAY("01", "00:00:00") },
		{ .machine = "b", .at = DAY("30", "23:59:59") },
		{ .machine = "c",
		  .from = DAY("01", "00:00:00"),
		  .to = DAY("30", "23:59:59") },
		{ .machine = "d",
		  .from = DAY("10", "03:00:00"),
		  .to = DAY("10", "05:00:00") },
		{ .machine = "e",
		  .from = DAY("10", "23:00:00"),
		  .to = DAY("11", "05:00:00") },
	};
	struct fleetchart chart = count(losses, ARRAY_LEN(losses));

	(void)state;
	assert_int_equal(chart.n_drawn, 5);
	assert_int_equal(chart.n_open, 0);
	for (size_t part = 0; part < FLEETCHART_PARTS; part++) {
		size_t least = part == 0 || part == 29 || part == 9;
		size_t most = 1 + least + (part == 9 || part == 10);
		assert_int_equal(chart.least[part], least);
		assert_int_equal(chart.most[part], most);
	}
}

/* One bound, none, or two that contradict each other are no place in time. */
static void test_open(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .to = DAY("01", "00:00:00") },
		{ .machine = "b", .from = DAY("01", "00:00:00") },
		{ .machine = "c" },
		{ .machine = "d",
		  .from = DAY("02", "00:00:00"),
		  .to = DAY("01", "00:00:00") },
		{ .machine = "e", .at = DAY("02", "00:00:00"), .conflict = true },
	};
	struct fleetchart chart = count(losses, ARRAY_LEN(losses));
	struct index_markup page = { .output = caught_begin() };

	(void)state;
	assert_int_equal(chart.n_drawn, 0);
	assert_int_equal(chart.n_open, 5);
	fleetchart_write(&chart, &page);
	caught_lacks(caught_end(), "<svg");
}

static void test_drawing(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .at = DAY("18", "09:14:07") },
		{ .machine = "b", .at = DAY("18", "09:14:07") },
		{ .machine = "c" },
	};
	struct fleetchart chart = count(losses, ARRAY_LEN(losses));
	struct index_markup page = { .output = caught_begin() };
	const char *text;

	(void)state;
	fleetchart_write(&chart, &page);
	text = caught_end();
	caught_has(text, "role=\"img\"");
	assert_int_equal(caught_count(text, "<rect class=\"moment\""), 1);
	assert_int_equal(caught_count(text, "<rect class=\"bound\""), 1);
	caught_has(text, "2003-03-18 09:14<");
	caught_has(text, "1 more are not drawn");
	caught_lacks(text, "style");
	caught_lacks(text, "<script");
}

/* The whole of what FILETIME can tell. */
static void test_ends(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .at = "1601-01-01T00:00:00.0000001Z" },
		{ .machine = "b", .at = "60056-05-28T05:36:10.9551615Z" },
	};
	struct fleetchart chart = count(losses, ARRAY_LEN(losses));

	(void)state;
	assert_int_equal(chart.least[0], 1);
	assert_int_equal(chart.least[FLEETCHART_PARTS - 1], 1);
	for (size_t part = 1; part < FLEETCHART_PARTS; part++)
		assert_true(fleetchart_from(&chart, part) >
			    fleetchart_from(&chart, part - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_drawing),
		cmocka_unit_test(test_ends),
	};
	return UNIT_RUN(tests);
}
