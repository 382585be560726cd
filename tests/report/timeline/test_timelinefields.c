/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The texts of an event's fields, as wmsdiff(1), TIMELINE has them. */
#include "help/unit.h"

#include "base/compiler.h"
#include "base/diag.h"
#include "base/filetime.h"
#include "report/timeline/timelinefields.h"

#include "samples/builder.h"

#include <string.h>

/* Those that every event has. */
static bool is_always(unsigned field)
{
	return field == TIMELINE_FIELD_DATETIME || field == TIMELINE_FIELD_TIMESTAMP ||
	       field == TIMELINE_FIELD_DESC || field == TIMELINE_FIELD_KIND ||
	       field == TIMELINE_FIELD_FILETIME;
}

static void test_names(void **state)
{
	static const char *const names[] = {
		"message",	    "datetime",	     "timestamp",
		"timestamp_desc",   "kind",	     "profile",
		"profile_utf16",    "list",	     "store_path",
		"change_certainty", "time_is",	     "change",
		"source_file",	    "source_sha256", "offset",
		"filetime",	    "host",	     "tag",
		"local_time",
	};

	(void)state;
	assert_int_equal(ARRAY_LEN(names), TIMELINE_N_FIELDS);
	for (unsigned i = 0; i < TIMELINE_N_FIELDS; i++) {
		assert_string_equal(timelinefields_name(i), names[i]);
		/* A FILETIME has more bits than a number of JSON holds. */
		assert_int_equal(timelinefields_is_number(i),
				 i == TIMELINE_FIELD_TIMESTAMP ||
					 i == TIMELINE_FIELD_OFFSET);
	}
}

/* 1047978847 seconds from 1970 to 2003-03-18 09:14:07 UTC, as date(1) has it. */
static void test_all(void **state)
{
	struct evidence file = { .path = NULL };
	struct timeline timeline = { .host = "EXCH01" };
	struct timeline_event event = {
		.time_ft = builder_filetime(2003, 3, 18, 9, 14, 7) + 2968759,
		.kind = TIMELINE_DELETED,
		.message = "m",
		.profile = "p",
		.profile_utf16 = "7000",
		.list = "profiles",
		.store_path = "x\\y",
		.certainty = "certain",
		.time_is = "not_after",
		.changes = "c1 c2",
		.tags = "a,b",
		.file = &file,
		.path = "/a",
		.offset = UINT64_MAX - 1,
	};
	static const char *const cells[] = {
		"m",
		"2003-03-18T09:14:07.296875+00:00",
		"1047978847296875",
		"Profile deleted",
		"deleted",
		"p",
		"7000",
		"profiles",
		"x\\y",
		"certain",
		"not_after",
		"c1 c2",
		"/a",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
		"18446744073709551614",
		"126924524472968759",
		"EXCH01",
		"a,b",
		"2003-03-18 10:14:07 +01:00",
	};
	struct timezone zone = { .end_ft = UINT64_MAX };
	struct timeline_row row;

	(void)state;
	for (uint8_t i = 0; i < sizeof(file.sha256); i++)
		memcpy((uint8_t *)&file.sha256 + i, &i, 1);
	assert_int_equal(timezone_add(&zone, 1, 3600), STATUS_OK);
	timeline.zone = &zone;
	timelinefields_row(&timeline, &event, &row);
	timezone_clear(&zone);
	for (unsigned i = 0; i < TIMELINE_N_FIELDS; i++) {
		assert_non_null(row.cells[i]);
		assert_string_equal(row.cells[i], cells[i]);
	}
}

/* What is not known has no text; a place at the file's first byte has one. */
static void test_none(void **state)
{
	const struct timeline timeline = { .host = NULL };
	struct timeline_event event = { .time_ft = FILETIME_UNIX_EPOCH + 10000000,
					.offset = DIAG_NOWHERE };
	struct timeline_row row;

	(void)state;
	timelinefields_row(&timeline, &event, &row);
	for (unsigned i = 0; i < TIMELINE_N_FIELDS; i++)
		assert_int_equal(row.cells[i] != NULL, is_always(i));
	assert_string_equal(row.cells[TIMELINE_FIELD_DATETIME],
			    "1970-01-01T00:00:01.000000+00:00");
	assert_string_equal(row.cells[TIMELINE_FIELD_TIMESTAMP], "1000000");
	event.offset = 0;
	timelinefields_row(&timeline, &event, &row);
	assert_string_equal(row.cells[TIMELINE_FIELD_OFFSET], "0");
}

/* The last time there is: four digits for years. */
static void test_last(void **state)
{
	const struct timeline timeline = { .host = NULL };
	const struct timeline_event event = {
		.time_ft = FILETIME_UNIX_EPOCH + UINT64_C(253402300800) * 10000000 - 1
	};
	struct timeline_row row;

	(void)state;
	timelinefields_row(&timeline, &event, &row);
	assert_string_equal(row.cells[TIMELINE_FIELD_DATETIME],
			    "9999-12-31T23:59:59.999999+00:00");
	assert_string_equal(row.cells[TIMELINE_FIELD_TIMESTAMP], "253402300799999999");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_last),
	};
	return UNIT_RUN(tests);
}
