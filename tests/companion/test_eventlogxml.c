/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logs of Windows Vista and later, told in the same terms as .evt. */
#include "help/eventlogs.h"
#include "help/evtxlogs.h"

#include "base/filetime.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Told in the first line of each test that needs the library. */
#define NEEDS_LIBRARY()                                                                  \
	if (!eventlog_library_version())                                                 \
	UNIT_SKIP("built without libevtx")

static void test_closed(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtxlogs_new(20);
	struct eventlog *log = evtxlogs_read(evtx);
	evtxlogs_check_run(log, 0, 20);
	assert_int_equal(diag_count(log->diags), 0);
	assert_int_equal(log->format, EVENTLOG_EVTX);
	assert_false(log->dirty || log->wrapped || log->other_channel || log->foreign);
	assert_true(log->first_ft == evtxlogs_ft(0) && log->last_ft == evtxlogs_ft(19));
	assert_true(eventlog_mentions(&log->events[1], "zugriff"));
	eventlog_free(log);
	evtx_free(evtx);
}

/* The time that an event tells counts, not when it was written. */
static void test_times(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01", "Application");
	size_t at = evtxlogs_add(evtx, 0);
	evtxlogs_put32(evtx, at + 16, 0);
	evtx_close(evtx);
	evtx_seal(evtx, 0);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, 1);
	assert_true(log->events[0].time_ft == evtxlogs_ft(0));
	eventlog_free(log);
	evtx_free(evtx);
}

static void test_levels(void **state)
{
	static const struct {
		uint8_t level;
		const char *word;
	} rows[] = {
		{ 0, "information" }, { 1, "critical" }, { 2, "error" }, { 3, "warning" },
		{ 4, "information" }, { 5, "verbose" },	 { 6, NULL },	 { 255, NULL },
	};

	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01", "Application");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		evtx_event(evtx, "Outlook", 45, rows[i].level, evtxlogs_ft((unsigned)i),
			   NULL, NULL);
	evtx_close(evtx);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, sizeof(rows) / sizeof(rows[0]));
	for (size_t i = 0; i < log->n_events; i++) {
		const char *word = eventlog_type_word(log->events[i].type);
		assert_int_equal(word == NULL, rows[i].word == NULL);
		if (word)
			assert_string_equal(word, rows[i].word);
	}
	eventlog_free(log);
	evtx_free(evtx);
}

/* 512 characters from `first` on, as UTF-8; out has room for 4 bytes of each. */
static void put_characters(uint32_t first, char *out)
{
	for (uint32_t c = first; c < first + 512; c++) {
		if (c < 0x80) {
			*out++ = (char)(c ? c : 'x');
		} else if (c < 0x800) {
			*out++ = (char)(0xc0 | c >> 6);
			*out++ = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			*out++ = (char)(0xe0 | c >> 12);
			*out++ = (char)(0x80 | (c >> 6 & 0x3f));
			*out++ = (char)(0x80 | (c & 0x3f));
		} else {
			*out++ = (char)(0xf0 | c >> 18);
			*out++ = (char)(0x80 | (c >> 12 & 0x3f));
			*out++ = (char)(0x80 | (c >> 6 & 0x3f));
			*out++ = (char)(0x80 | (c & 0x3f));
		}
	}
	*out = 0;
}

/* Characters of every kind come through the library as they are. */
static void test_characters(void **state)
{
	char utf8[4 * 512 + 1];

	(void)state;
	NEEDS_LIBRARY();
	for (uint32_t first = 0; first < 0x110000;
	     first += first < 0x20000 ? 512 : 0xe000) {
		if (first >= 0xd800 && first < 0xe000)
			continue;
		struct evtx *evtx = evtx_new("PC01", "Application");
		struct text text;
		put_characters(first, utf8);
		evtx_event(evtx, "Outlook", 1, 2, evtxlogs_ft(0), NULL, utf8, NULL);
		evtx_close(evtx);
		struct eventlog *log = evtxlogs_read(evtx);
		assert_int_equal(log->n_events, 1);
		assert_int_equal(log->events[0].n_strings, 1);
		/* What XML cannot hold is told in another way. */
		assert_true(text_from_utf8(utf8, strlen(utf8), &text));
		char *fit = text_to_utf8(text, NULL);
		assert_string_equal(log->events[0].strings[0], fit);
		assert_int_equal(strcmp(fit, utf8) == 0, first >= 512 && first != 0xfe00);
		free(fit);
		text_free(text);
		eventlog_free(log);
		evtx_free(evtx);
	}
}

static void test_empty(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtxlogs_new(0);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, 0);
	assert_int_equal(diag_count(log->diags), 0);
	assert_true(log->first_ft == 0 && log->last_ft == 0);
	eventlog_free(log);
	evtx_free(evtx);
}

static void test_dirty(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtxlogs_new(4);
	evtxlogs_add(evtx, 4);
	evtx_seal(evtx, 0);
	struct eventlog *log = evtxlogs_read(evtx);
	evtxlogs_check_run(log, 0, 5);
	assert_true(log->dirty);
	assert_int_equal(diag_count(log->diags), 1);
	eventlogs_find_diag(log, DIAG_EVENTLOG_DIRTY, "not closed");
	eventlog_free(log);
	evtx_free(evtx);
}

/* Written, but the chunk does not tell of them yet: recovered, and not the log's time. */
static void test_recovered(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtxlogs_new(4);
	uint8_t header[EVTX_RECORDS];
	size_t len;
	memcpy(header, evtx_bytes(evtx, &len) + EVTX_HEADER, sizeof(header));
	evtxlogs_add(evtx, 4);
	memcpy(evtx_bytes(evtx, &len) + EVTX_HEADER, header, sizeof(header));
	evtx_seal(evtx, 0);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, 5);
	for (unsigned i = 0; i < 5; i++) {
		evtxlogs_check_event(log, i, i);
		assert_int_equal(log->events[i].recovered, i == 4);
	}
	assert_true(log->last_ft == evtxlogs_ft(3));
	assert_int_equal(diag_count(log->diags), 1);
	eventlog_free(log);
	evtx_free(evtx);
}

static void test_oldest_missing(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01.example.com", "Application");
	evtx_number(evtx, 801);
	evtxlogs_add(evtx, 0);
	evtx_close(evtx);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_true(log->wrapped && log->oldest == 801);
	assert_int_equal(diag_count(log->diags), 1);
	eventlogs_find_diag(log, DIAG_EVENTLOG_WRAPPED, "is number 801");
	eventlog_free(log);
	evtx_free(evtx);
}

/* Numbers that are left out, in the middle and before the end that the header tells. */
static void test_gaps(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01.example.com", "Application");
	evtxlogs_add(evtx, 0);
	evtx_number(evtx, 5);
	evtxlogs_add(evtx, 4);
	evtx_number(evtx, 9);
	evtx_close(evtx);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_gaps, 2);
	assert_true(log->gaps[0].first == 2 && log->gaps[0].last == 4);
	assert_true(log->gaps[0].from_ft == evtxlogs_ft(0));
	assert_true(log->gaps[0].to_ft == evtxlogs_ft(4));
	assert_true(log->gaps[1].first == 6 && log->gaps[1].last == 8);
	assert_true(log->gaps[1].to_ft == 0);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_GAP), 2);
	eventlog_free(log);
	evtx_free(evtx);
}

static void test_channels(void **state)
{
	static const struct {
		const char *channel;
		bool other;
	} rows[] = {
		{ "Application", false },
		{ "APPLICATION", false },
		{ "Microsoft-Windows-User Profile Service/Operational", false },
		{ "Security", true },
		{ "Application2", true },
		{ "Microsoft-Windows-User Profile Service/Diagnostic", true },
	};

	(void)state;
	NEEDS_LIBRARY();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct evtx *evtx = evtx_new("PC01", rows[i].channel);
		evtxlogs_add(evtx, 0);
		evtx_close(evtx);
		struct eventlog *log = evtxlogs_read(evtx);
		assert_int_equal(log->n_events, 1);
		assert_string_equal(log->events[0].channel, rows[i].channel);
		assert_int_equal(log->other_channel, rows[i].other);
		assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_CHANNEL),
				 rows[i].other);
		assert_int_equal(diag_count(log->diags), rows[i].other);
		eventlog_free(log);
		evtx_free(evtx);
	}
	assert_true(eventlog_is_searched(NULL) && eventlog_is_application(NULL));
	assert_true(eventlog_is_application("application"));
	assert_false(eventlog_is_application(rows[2].channel));
}

/* The clock was set back: the oldest event is not that of the earliest time. */
static void test_oldest_of_another_time(void **state)
{
	char shown[FILETIME_TEXT_SIZE];

	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01", "Application");
	evtx_number(evtx, 50);
	for (unsigned i = 0; i < 2; i++)
		evtx_event(evtx, "Other", 1, EVTX_ERROR,
			   evtxlogs_ft(0) - i * UINT64_C(86400) * 10000000, NULL, NULL);
	evtx_close(evtx);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_true(log->clock_set_back);
	filetime_format(evtxlogs_ft(0), shown);
	eventlogs_find_diag(log, DIAG_EVENTLOG_WRAPPED, shown);
	eventlog_free(log);
	evtx_free(evtx);
}

/*
 * A copy of chosen events: its records are numbered one behind the other, but the events
 * are those of a log in which there were others between them.
 */
static void test_chosen_events(void **state)
{
	(void)state;
	NEEDS_LIBRARY();
	struct evtx *evtx = evtx_new("PC01", "Application");
	evtx_renumber(evtx);
	for (unsigned i = 0; i < 3; i++) {
		evtx_number(evtx, 700 + 20 * (uint64_t)i);
		evtxlogs_add(evtx, i);
	}
	evtx_close(evtx);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, 3);
	assert_int_equal(log->events[0].record, 700);
	assert_int_equal(log->events[2].record, 740);
	assert_int_equal(log->oldest, 700);
	assert_true(log->wrapped);
	/* Behind the last nothing is known. */
	assert_int_equal(log->n_gaps, 2);
	assert_int_equal(log->gaps[0].first, 701);
	assert_int_equal(log->gaps[1].last, 739);
	eventlog_free(log);
	evtx_free(evtx);
}

/* Nothing of it is known, and that is an error: what was not read proves nothing. */
static void test_without_library(void **state)
{
	(void)state;
	if (eventlog_library_version())
		UNIT_SKIP("built with libevtx");
	struct evtx *evtx = evtxlogs_new(4);
	struct eventlog *log = evtxlogs_read(evtx);
	assert_int_equal(log->n_events, 0);
	assert_true(log->first_ft == 0 && log->last_ft == 0);
	assert_int_equal(diag_count_from(log->diags, DIAG_ERROR), 1);
	eventlogs_find_diag(log, DIAG_EVENTLOG_UNREAD, "without libevtx");
	eventlog_free(log);
	evtx_free(evtx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_dirty),
		cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_oldest_missing),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_chosen_events),
		cmocka_unit_test(test_oldest_of_another_time),
		cmocka_unit_test(test_channels),
		cmocka_unit_test(test_without_library),
	};
	return UNIT_RUN(tests);
}
