/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Adding events: texts of any kind, places, times that all formats hold, no memory. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/hives.h"
#include "help/pair.h"
#include "help/texts.h"

#include "base/filetime.h"
#include "report/timeline/timeline.h"
#include "report/timeline/timelinedraft.h"

#include <stdlib.h>

#define SECOND UINT64_C(10000000)

static struct timeline_draft begin(void)
{
	struct timeline *timeline = calloc(1, sizeof(*timeline));

	assert_non_null(timeline);
	timeline->arena = arena_new();
	assert_non_null(timeline->arena);
	return (struct timeline_draft){ .timeline = timeline };
}

static void end(struct timeline_draft *draft, enum status status)
{
	assert_int_equal(draft->status, status);
	timeline_free(draft->timeline);
}

/* ---- texts ---- */

static void test_texts(void **state)
{
	struct timeline_draft draft = begin();

	(void)state;
	assert_string_equal(timelinedraft_print(&draft, "c%zu %s", (size_t)7, "x"),
			    "c7 x");
	assert_string_equal(timelinedraft_text(&draft, LATIN1("a\xE9")), "a\xC3\xA9");
	assert_string_equal(timelinedraft_string(&draft, "/a/\xC3\xA9"), "/a/\xC3\xA9");
	/* What is no UTF-8, or no character of XML, is replaced. */
	assert_string_equal(timelinedraft_string(&draft, "\xff"), "\xEF\xBF\xBD");
	assert_string_equal(timelinedraft_text(&draft, UTF16("\x00\xD8\x01\x00")),
			    "\xEF\xBF\xBD\xEF\xBF\xBD");
	end(&draft, STATUS_OK);
}

/* The units are told only of a name that UTF-8 cannot show. */
static void test_names(void **state)
{
	struct timeline_draft draft = begin();
	struct timeline_event event = { .time_ft = 0 };

	(void)state;
	timelinedraft_name(&draft,
			   LATIN1("Gr\xF6\xDF"
				  "e"),
			   &event);
	assert_string_equal(event.profile, "Gr\xC3\xB6\xC3\x9F"
					   "e");
	assert_null(event.profile_utf16);
	timelinedraft_name(&draft, UTF16("A\0\x00\xD8"), &event);
	assert_string_equal(event.profile, "A\xEF\xBF\xBD");
	assert_string_equal(event.profile_utf16, "410000d8");
	end(&draft, STATUS_OK);
}

static void test_stores(void **state)
{
	char path[] = "Software\\Profiles";
	struct timeline_draft draft = begin();
	const struct store store = { .list = STORE_DELETED_PROFILES, .path = path };
	struct timeline_event event = { .time_ft = 0 };

	(void)state;
	timelinedraft_store(&draft, NULL, &event);
	assert_null(event.list);
	assert_null(event.store_path);
	timelinedraft_store(&draft, &store, &event);
	assert_string_equal(event.list, "deleted_profiles");
	assert_string_equal(event.store_path, path);
	end(&draft, STATUS_OK);
}

/* All texts of the evidence, and no exact units of one. */
static void test_redacted(void **state)
{
	struct timeline_draft draft = begin();
	char path[] = "Software\\Anna";
	const struct store store = { .list = STORE_PROFILES, .path = path };
	struct timeline_event event = { .time_ft = 0 };

	(void)state;
	draft.redact = redact_new();
	assert_non_null(draft.redact);
	timelinedraft_name(&draft, UTF16("A\0n\0\x00\xD8"), &event);
	assert_string_equal(event.profile, "text-1");
	assert_null(event.profile_utf16);
	assert_string_equal(timelinedraft_string(&draft, "/evidence/anna/x"), "path-1");
	timelinedraft_store(&draft, &store, &event);
	assert_string_equal(event.store_path, "Software\\text-2");
	redact_free(draft.redact);
	end(&draft, STATUS_OK);
}

/* ---- files ---- */

static void test_paths(void **state)
{
	char a[] = "/a\xff", b[] = "/b";
	const struct evidence one = { .path = a }, other = { .path = b };
	struct timeline_draft draft = begin();

	(void)state;
	const char *first = timelinedraft_path(&draft, &one);
	assert_string_equal(first, "/a\xEF\xBF\xBD");
	/* Of the same file the same text. */
	assert_ptr_equal(timelinedraft_path(&draft, &one), first);
	assert_string_equal(timelinedraft_path(&draft, &other), "/b");
	assert_string_equal(timelinedraft_path(&draft, &one), first);
	end(&draft, STATUS_OK);
}

/* An image without logs stands in the file as it is. */
static void test_places(void **state)
{
	struct pair *pair = *state;
	struct timeline_event event = { .time_ft = 0 };

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	pair_compare(pair);
	timelinedraft_place(pair->new, 12, &event);
	assert_ptr_equal(event.file, pair->new->evidence);
	assert_int_equal(event.offset, 12);
	timelinedraft_place(pair->old, 0, &event);
	assert_ptr_equal(event.file, pair->old->evidence);
	assert_true(event.offset == DIAG_NOWHERE);
}

/* ---- times ---- */

static void test_times(void **state)
{
	/* 10000-01-01 00:00:00 UTC, as date(1) counts it from 1970. */
	static const uint64_t year_10000 =
		FILETIME_UNIX_EPOCH + UINT64_C(253402300800) * SECOND;
	static const struct {
		uint64_t time_ft;
		size_t n, n_left_out;
	} rows[] = {
		{ 0, 0, 0 }, /* never set: none at all */
		{ 1, 0, 1 },
		{ FILETIME_UNIX_EPOCH + SECOND - 1, 0, 2 },
		{ FILETIME_UNIX_EPOCH + SECOND, 1, 2 },
		{ year_10000 - 1, 2, 2 },
		{ year_10000, 2, 3 },
		{ UINT64_MAX, 2, 4 },
	};
	struct timeline_draft draft = begin();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		timelinedraft_add(&draft,
				  &(struct timeline_event){ .time_ft = rows[i].time_ft });
		assert_int_equal(draft.timeline->n, rows[i].n);
		assert_int_equal(draft.timeline->n_left_out, rows[i].n_left_out);
	}
	end(&draft, STATUS_OK);
}

/* Each has the number of its turn and the path of its file. */
static void test_add(void **state)
{
	char a[] = "/a";
	const struct evidence file = { .path = a };
	struct timeline_draft draft = begin();
	const struct timeline_event event = { .time_ft = HIVES_TIME, .file = &file };
	const struct timeline_event without = { .time_ft = HIVES_TIME };

	(void)state;
	timelinedraft_add(&draft, &event);
	timelinedraft_add(&draft, &without);
	assert_int_equal(draft.timeline->n, 2);
	assert_int_equal(draft.timeline->items[0].order, 0);
	assert_int_equal(draft.timeline->items[1].order, 1);
	assert_string_equal(draft.timeline->items[0].path, "/a");
	assert_null(draft.timeline->items[1].path);
	end(&draft, STATUS_OK);
}

/* No more than the limit, and the rest is counted. */
static void test_most(void **state)
{
	struct timeline_draft draft = begin();
	const struct timeline_event event = { .time_ft = HIVES_TIME };

	(void)state;
	for (size_t i = 0; i < TIMELINE_MAX; i++)
		timelinedraft_add(&draft, &event);
	assert_int_equal(draft.timeline->n, TIMELINE_MAX);
	assert_int_equal(draft.timeline->n_left_out, 0);
	timelinedraft_add(&draft, &event);
	timelinedraft_add(&draft, &event);
	assert_int_equal(draft.timeline->n, TIMELINE_MAX);
	assert_int_equal(draft.timeline->n_left_out, 2);
	end(&draft, STATUS_OK);
}

/* ---- lack of memory ---- */

/* It sticks: what is added afterwards is not, and no text is NULL. */
static void test_no_memory(void **state)
{
	struct timeline_draft draft = begin();
	const struct timeline_event event = { .time_ft = HIVES_TIME };

	(void)state;
	assert_string_equal(UNIT_FAIL_AT(0, timelinedraft_text(&draft, text_of("a"))),
			    "");
	assert_int_equal(draft.status, STATUS_NOMEM);
	timelinedraft_add(&draft, &event);
	assert_int_equal(draft.timeline->n, 0);
	end(&draft, STATUS_NOMEM);

	draft = begin();
	(void)UNIT_FAIL_AT(0, (timelinedraft_add(&draft, &event), true));
	assert_int_equal(draft.timeline->n, 0);
	end(&draft, STATUS_NOMEM);

	draft = begin();
	assert_string_equal(UNIT_FAIL_AT(0, timelinedraft_string(&draft, "abc")), "");
	end(&draft, STATUS_NOMEM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),  cmocka_unit_test(test_names),
		cmocka_unit_test(test_stores), cmocka_unit_test(test_redacted),
		cmocka_unit_test(test_paths),  TEST(test_places),
		cmocka_unit_test(test_times),  cmocka_unit_test(test_add),
		cmocka_unit_test(test_most),   cmocka_unit_test(test_no_memory),
	};
	return UNIT_RUN(tests);
}
