/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the formats hold times: RFC 8259 for JSON, RFC 4180 for CSV,
 * body(5) of The Sleuth Kit; and lack of memory at each single allocation of reading
 * and writing.  What other readers make of the files is checked by
 * tests/cli/timeline.sh.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/timelines.h"

#include "base/filetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECOND UINT64_C(10000000)
/* 10000-01-01 00:00:00 UTC, as date(1) counts it from 1970. */
#define YEAR_10000 (FILETIME_UNIX_EPOCH + UINT64_C(253402300800) * SECOND)

/* ---- times ---- */

static void test_times(void **state)
{
	static const struct {
		const char *name;
		uint64_t ft;
		size_t n, left_out;
		const char *datetime, *timestamp, *seconds;
	} rows[] = {
		{ "never", 0, 0, 0, NULL, NULL, NULL },
		{ "1601", 1, 0, 1, NULL, NULL, NULL },
		{ "1969", FILETIME_UNIX_EPOCH - 1, 0, 1, NULL, NULL, NULL },
		{ "mactime's none", FILETIME_UNIX_EPOCH, 0, 1, NULL, NULL, NULL },
		{ "before a second", FILETIME_UNIX_EPOCH + SECOND - 1, 0, 1, NULL, NULL,
		  NULL },
		{ "first", FILETIME_UNIX_EPOCH + SECOND, 1, 0,
		  "\"1970-01-01T00:00:01.000000+00:00\"", ":1000000,", "|1|0|0\n" },
		{ "ticks", FILETIME_UNIX_EPOCH + 2 * SECOND + 1234567, 1, 0,
		  "\"1970-01-01T00:00:02.123456+00:00\"", ":2123456,", "|2|0|0\n" },
		{ "last", YEAR_10000 - 1, 1, 0, "\"9999-12-31T23:59:59.999999+00:00\"",
		  ":253402300799999999,", "|253402300799|0|0\n" },
		{ "10000", YEAR_10000, 0, 1, NULL, NULL, NULL },
		{ "end of time", UINT64_MAX, 0, 1, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct builder_options options = pair_options();
		struct pair *pair = *state;
		pair_restart(pair, &options);
		builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
		(void)pair_add_at(pair->before, list, rows[i].name, 1, rows[i].ft);
		builder_key_touch(pair->before, list, pair_made());
		pair_fork(pair);
		pair_compare(pair);
		struct timeline *timeline = timelines_read_one(pair);
		assert_int_equal(timelines_count(timeline, TIMELINE_PROFILE_KEY),
				 rows[i].n);
		assert_int_equal(timeline->n_left_out, rows[i].left_out);
		if (rows[i].n > 0) {
			(void)timelines_write(timeline, TIMELINE_JSONL);
			timelines_assert_holds(rows[i].datetime);
			timelines_assert_holds(rows[i].timestamp);
			(void)timelines_write(timeline, TIMELINE_BODY);
			timelines_assert_holds(rows[i].seconds);
		}
		timeline_free(timeline);
	}
}

/* ---- timelines_hostile names ---- */

/* The longest name, and one that is only a bar. */
static void test_long_and_short(void **state)
{
	struct pair *pair = *state;
	static uint16_t longest[255];
	struct timeline *timeline;

	for (size_t i = 0; i < ARRAY_LEN(longest); i++)
		longest[i] = 0xe9;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
	(void)builder_key_add_units(pair->before, list, (const uint16_t[]){ '|' }, 1,
				    pair_made());
	timeline = timelines_read_units(pair, longest, ARRAY_LEN(longest));
	(void)timelines_write(timeline, TIMELINE_JSONL);
	/* Each twice: in the message and as the profile. */
	assert_int_equal(timelines_content_count("\\u00e9"), 2 * 255);
	timelines_assert_holds("\"profile\":\"|\"");
	(void)timelines_write(timeline, TIMELINE_CSV);
	assert_int_equal(timelines_content_count("\xc3\xa9"), 2 * 255);
	(void)timelines_write(timeline, TIMELINE_BODY);
	assert_int_equal(timelines_content_count("\xc3\xa9"), 255);
	timelines_assert_holds("Profile \"%7C\" in");
	assert_int_equal(timelines_content_count("|"), 10 * timeline->n);
	timeline_free(timeline);
}

/* ---- formats ---- */

static void test_endings(void **state)
{
	static const struct {
		const char *path;
		enum timeline_format format;
	} rows[] = {
		{ "t.jsonl", TIMELINE_JSONL },	    { "/a/b.c/t.csv", TIMELINE_CSV },
		{ ".body", TIMELINE_BODY },	    { "t.json", TIMELINE_NO_FORMAT },
		{ "t.csv.gz", TIMELINE_NO_FORMAT }, { "csv", TIMELINE_NO_FORMAT },
		{ "", TIMELINE_NO_FORMAT },	    { "-", TIMELINE_NO_FORMAT },
		{ "t.CSV", TIMELINE_NO_FORMAT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(timeline_format_of(rows[i].path), rows[i].format);
}

/* ---- lack of memory ---- */

static enum status read_and_write(const struct series *series)
{
	static const char *const nowhere = "/dev/null";
	struct timeline *timeline = NULL;
	struct failure failure;
	enum status status = timeline_read(series, NULL, NULL, NULL, &timeline);

	if (status != STATUS_OK)
		assert_null(timeline);
	for (int format = TIMELINE_JSONL; format <= TIMELINE_BODY && status == STATUS_OK;
	     format++) {
		struct output *output = NULL;
		assert_int_equal(
			UNIT_SPARED(output_open(nowhere, NULL, &output, &failure)),
			STATUS_OK);
		status = timeline_write(timeline, (enum timeline_format)format, output);
		if (status == STATUS_OK)
			status = output_commit(output, &failure);
		else
			output_abort(output);
	}
	timeline_free(timeline);
	return status;
}

static void check_oom(const struct series *series)
{
	struct unit_oom oom;

	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(oom, read_and_write(series));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
	}
	assert_in_range(oom.n, 10, UNIT_OOM_MOST - 1);
}

static void test_no_memory(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	(void)builder_key_add_units(
		pair->before, builder_path(pair->before, PAIR_PROFILES, pair_made()),
		timelines_hostile, ARRAY_LEN(timelines_hostile), pair_made());
	pair_fork(pair);
	builder_key_delete(pair->after, pair_key(pair->after, WORK), pair_changed());
	pair_compare(pair);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	check_oom(&series);
}

static void test_no_memory_recovered(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	(void)recovered(pair, false);
	struct series series = { .snapshots = &pair->new,
				 .recoveries = &pair->recoveries[1],
				 .n_snapshots = 1,
				 .comparisons = NULL,
				 .n_comparisons = 0 };
	check_oom(&series);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_times),
		TEST(test_long_and_short),
		TEST(test_no_memory),
		TEST(test_no_memory_recovered),
		cmocka_unit_test(test_endings),
	};
	return UNIT_RUN(tests);
}
