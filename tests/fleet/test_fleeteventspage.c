/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events on the page: said to be concluded, and no more than the reports tell. */
#include "help/fleets.h"

#include "fleet/fleeteventspage.h"

#include <stdlib.h>
#include <string.h>

#define T(time) "2003-03-18T" time ".0000000Z"

static const char *written(const struct fleets_loss *losses, size_t n)
{
	struct fleetdata *data = fleets_data(losses, n);
	struct fleetevents *events = NULL;
	struct index_markup page = { .output = caught_begin() };

	assert_int_equal(fleetevents_find(data, &events), STATUS_OK);
	fleeteventspage_write(&page, data, events);
	fleetevents_free(events);
	fleetdata_free(data);
	return caught_end();
}

static void test_event(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "<pc1>",
		  .sha256 = "01",
		  .at = T("09:14:07"),
		  .cause = "remove_all",
		  .grade = "possible",
		  .process = "&lt;x&gt;.exe",
		  .profile = "&lt;b&gt;" },
		{ .machine = "pc2",
		  .from = T("09:15:00"),
		  .to = T("09:17:08"),
		  .cause = "remove_all",
		  .grade = "supported",
		  .process = "&lt;x&gt;.exe",
		  .certainty = "possible" },
	};
	const char *text;

	(void)state;
	text = written(losses, 2);
	caught_has(text, "concluded, not read");
	caught_has(text, "2 machines within 4 minutes on 2003-03-18: the same script or "
			 "update?");
	caught_has(text, "inferred</span>");
	caught_has(text, "possible</span>");
	caught_has(text, "supported for 1, possible for 1 of them");
	caught_has(text, "<bdi>remove_all</bdi>");
	caught_has(text, "<bdi>&lt;x&gt;.exe</bdi>");
	caught_has(text, "<bdi>&lt;pc1&gt;</bdi>: <bdi>amy</bdi>");
	caught_has(text, "<bdi>&lt;b&gt;</bdi>");
	caught_has(text, "at <time datetime=\"2003-03-18T09:14:07Z\">");
	caught_has(text, "not before <time datetime=\"2003-03-18T09:15:00Z\">");
	caught_has(text, "and not after <time datetime=\"2003-03-18T09:17:08Z\">");
	caught_has(text, "<a href=\"pc2\">");
}

static void test_none(void **state)
{
	const struct fleets_loss loss = { .machine = "pc1", .at = T("09:14:07") };
	const char *text = written(&loss, 1);

	(void)state;
	caught_has(text, "There is none.");
	caught_lacks(text, "<article>");
}

static void expect_title(uint64_t from, uint64_t to, const char *expected)
{
	const struct fleetevent event = { .n_machines = 11,
					  .from_ft = from,
					  .to_ft = to };
	char *title = fleeteventspage_title(&event);

	assert_string_equal(title, expected);
	free(title);
}

/* Minutes are rounded up; nothing is claimed of a day that it left. */
static void test_title(void **state)
{
	const uint64_t day = UINT64_C(864000000000), minute = UINT64_C(600000000);

	(void)state;
	expect_title(day, day, "11 machines within 1 minute on 1601-01-02");
	expect_title(day, day + minute, "11 machines within 1 minute on 1601-01-02");
	expect_title(day, day + minute + 1, "11 machines within 2 minutes on 1601-01-02");
	expect_title(day - minute, day + minute,
		     "11 machines within 2 minutes on 1601-01-01 and 1601-01-02");
}

/* Very many losses of one event are counted, and not all shown. */
static void test_cut(void **state)
{
	struct fleets_loss losses[FLEETEVENTSPAGE_MAX_LOSSES + 3];
	char names[ARRAY_LEN(losses)][8];
	const char *text;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		names[i][0] = (char)('a' + i / 26);
		names[i][1] = (char)('a' + i % 26);
		names[i][2] = '\0';
		losses[i] = (struct fleets_loss){ .machine = names[i],
						  .at = T("09:14:07"),
						  .cause = "remove_all",
						  .grade = "possible" };
	}
	text = written(losses, ARRAY_LEN(losses));
	caught_has(text, "53 machines within 1 minute");
	caught_has(text, "3 more are in the tables");
	assert_int_equal(caught_count(text, "<td data-label=\"Profile\">"),
			 FLEETEVENTSPAGE_MAX_LOSSES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_event),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_cut),
	};
	return UNIT_RUN(tests);
}
