/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV: RFC 4180, one record an event below a header. */
#include "help/timelines.h"

#include "report/timeline/timelinecsv.h"

#include <stdio.h>
#include <string.h>

#define HEADER                                                                                       \
	"message,datetime,timestamp,timestamp_desc,kind,profile,profile_utf16,list,"                 \
	"store_path,change_certainty,time_is,change,source_file,source_sha256,offset,filetime,host," \
	"tag,local_time\r\n"

static struct timeline_event events[2] = TIMELINES_TWO("=a\"\"b\r\n\xC3\xA9");

static void test_bytes(void **state)
{
	(void)state;
	timelines_assert_two(
		events, TIMELINE_CSV,
		HEADER
		"\"=a\"\"\"\"b\r\n\xC3\xA9\",1970-01-01T00:00:01.000000+00:00,"
		"1000000,Profile made,profile_made,p,,,,,,,,,0,116444736010000000,,"
		"\"a,b\",\r\n"
		",1970-01-01T00:00:02.500000+00:00,2500000,Hive last written,hive,"
		",,,,,,,,,,116444736025000000,,,\r\n");
}

/* Only what must be is quoted. */
static void test_quotes(void **state)
{
	static const struct {
		const char *message, *cell;
	} rows[] = {
		{ "a b", "a b" },	    { "a,b", "\"a,b\"" },
		{ "\"", "\"\"\"\"" },	    { "a\r", "\"a\r\"" },
		{ "a\n", "\"a\n\"" },	    { "\"a\"", "\"\"\"a\"\"\"" },
		{ "a'b;c\td", "a'b;c\td" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct timeline_event event = events[1];
		const struct timeline timeline = { .items = &event, .n = 1 };
		char record[64];

		event.message = rows[i].message;
		(void)timelines_write(&timeline, TIMELINE_CSV);
		(void)snprintf(record, sizeof(record), "\r\n%s,1970", rows[i].cell);
		timelines_assert_holds(record);
	}
}

static void test_empty(void **state)
{
	const struct timeline timeline = { .items = NULL, .n = 0 };

	(void)state;
	assert_int_equal(timelines_write(&timeline, TIMELINE_CSV), strlen(HEADER));
}

static void test_hostile_csv(void **state)
{
	struct timeline *timeline = timelines_read_units(*state, timelines_hostile,
							 ARRAY_LEN(timelines_hostile));
	size_t quotes = 0, records = 0, columns = 0;

	(void)timelines_write(timeline, TIMELINE_CSV);
	assert_int_equal(strncmp(timelines_content,
				 "message,datetime,timestamp,timestamp_desc,", 42),
			 0);
	timelines_assert_holds(
		",\"A\"\"|,\n\r\xe2\x80\xae%\\\xef\xbf\xbd\xef\xbf\xbd\xe2\x80\xa8"
		"\xf0\x9f\x98\x80\x7f\xc2\x9b\",410022007c00");
	/* Outside of quotes there are only whole records, all of the same width. */
	for (const char *c = timelines_content; *c; c++) {
		quotes += *c == '"';
		if (quotes % 2 == 1)
			continue;
		columns += *c == ',';
		if (*c == '\r')
			assert_int_equal(c[1], '\n');
		if (*c != '\n')
			continue;
		assert_int_equal(c[-1], '\r');
		assert_int_equal(columns, 18);
		columns = 0;
		records++;
	}
	assert_int_equal(quotes % 2, 0);
	assert_int_equal(records, timeline->n + 1);
	timeline_free(timeline);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_empty),
		TEST(test_hostile_csv),
	};
	return UNIT_RUN(tests);
}
