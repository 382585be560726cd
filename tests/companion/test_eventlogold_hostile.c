/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs that are cut or changed anywhere, and lack of memory at each single
 * allocation: nothing crashes, nothing leaks, and what is told points into the log.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "companion/eventlogfile.h"

#include "help/eventlogs.h"
#include "help/hives.h"
#include "help/open_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- mutation ---- */

static bool has_event_at(const struct eventlog *log, uint64_t offset)
{
	for (size_t i = 0; i < log->n_events; i++)
		if (log->events[i].offset == offset)
			return true;
	return false;
}

/* What holds whatever is wrong with the log. */
static void check_hostile(const struct eventlog *log)
{
	struct eventlogfile *file = NULL;
	struct diag_list *diags = diag_list_new();

	/* Each record that is found is an event, or the remains of one that is. */
	assert_non_null(diags);
	if (eventlogfile_is_log(log->evidence->bytes, diags)) {
		assert_int_equal(eventlogfile_read(log->evidence->bytes, diags, &file),
				 STATUS_OK);
		for (size_t i = 0; i < file->n; i++)
			assert_true(!file->items[i].live ||
				    has_event_at(log, file->items[i].offset));
		assert_true(log->n_events <= file->n);
		eventlogfile_free(file);
	}
	diag_list_free(diags);
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		const struct eventlog_event *last = event - (i > 0);
		assert_true(event->time_ft >= last->time_ft);
		assert_true(event->offset >= EVT_HEADER &&
			    event->offset < log->evidence->bytes.len);
		assert_true(span_starts(log->evidence->bytes, (size_t)event->offset + 4,
					"LfLe", 4));
		assert_true(strlen(event->source) < SMALL);
		assert_true(strlen(event->computer) < SMALL);
		for (size_t k = 0; k < event->n_strings; k++)
			assert_true(strlen(event->strings[k]) < 2 * SMALL);
	}
	assert_true(log->first_ft <= log->last_ft);
	assert_true(log->n_events == 0 ||
		    log->last_ft <= log->events[log->n_events - 1].time_ft);
}

/* Only what was cut off is missing, and that is told. */
static void test_truncation(void **state)
{
	struct evt *evt = eventlogs_new(SMALL, 6);
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	for (size_t cut = 0; cut <= len; cut++) {
		struct eventlog *log = eventlogs_read_bytes(bytes, cut);
		unsigned whole = 0;
		for (uint32_t off = EVT_HEADER; off < evt_end(evt);
		     off += evt_get32(evt, off))
			whole += off + evt_get32(evt, off) <= cut;
		assert_int_equal(log->n_events, whole);
		for (unsigned i = 0; i < whole; i++)
			eventlogs_check_event(log, i, i);
		assert_true((diag_count(log->diags) > 0) ==
			    (cut < evt_end(evt) + EVT_END));
		eventlog_free(log);
	}
	evt_free(evt);
}

static void flip(struct evt *evt, uint8_t to, bool exclusive)
{
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);

	for (size_t i = 0; i < len; i++) {
		uint8_t was = bytes[i];
		bytes[i] = exclusive ? (uint8_t)(was ^ to) : to;
		struct eventlog *log = eventlogs_read_bytes(bytes, len);
		check_hostile(log);
		eventlog_free(log);
		bytes[i] = was;
	}
}

/* Nothing is said on standard error either. */
static void test_flipped_bytes(void **state)
{
	struct evt *closed = eventlogs_new(700, 4), *ring = eventlogs_new(1000, 12);
	char *path = hives_temporary("", 0);
	int standard = dup(2), file = open(path, O_WRONLY | O_TRUNC);

	(void)state;
	assert_true(standard >= 0 && file >= 0 && dup2(file, 2) == 2);
	flip(closed, 0, false);
	flip(closed, 0xff, false);
	flip(closed, 1, true);
	flip(closed, 0x80, true);
	flip(ring, 0, false);
	flip(ring, 0xff, false);
	flip(ring, 4, true);
	off_t said = lseek(2, 0, SEEK_END);
	(void)dup2(standard, 2);
	(void)close(standard);
	(void)close(file);
	assert_int_equal(said, 0);
	(void)remove(path);
	free(path);
	evt_free(closed);
	evt_free(ring);
}

/* Every number of header, records and end record at its limits. */
static void test_numbers_at_their_limits(void **state)
{
	static const uint32_t values[] = { 0,	 1,	     4,		 0x2c,
					   0x30, 0x7fffffff, 0x80000000, 0xfffffffc };
	struct evt *evt = eventlogs_new(1000, 12);

	(void)state;
	for (size_t off = 0; off < 1000; off += 4)
		for (size_t k = 0; k < sizeof(values) / sizeof(values[0]); k++) {
			uint32_t was = evt_get32(evt, off);
			evt_put32(evt, off, values[k]);
			struct eventlog *log = eventlogs_read(evt);
			check_hostile(log);
			eventlog_free(log);
			evt_put32(evt, off, was);
		}
	evt_free(evt);
}

/* ---- resources ---- */

static void test_out_of_memory(void **state)
{
	struct evt *evt = eventlogs_new(SMALL, 8);
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);
	char *path;

	(void)state;
	/* A control character, so that the text goes the longer way. */
	evt_bytes(evt, &len)[EVT_HEADER + evt_get32(evt, EVT_HEADER + RECORD_STRINGS)] =
		1;
	path = hives_temporary(bytes, len);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		struct eventlog *log = NULL;
		struct failure failure = { 0 };
		enum status status =
			UNIT_FAILING(oom, eventlog_read(NULL, path, &log, &failure));
		if (status == STATUS_OK) {
			assert_true(oom.n > 6);
			assert_int_equal(log->n_events, 8);
			eventlog_free(log);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(log);
		assert_true(strlen(failure.sentence) > 0);
	}
	(void)remove(path);
	free(path);
	evt_free(evt);
}

static void test_no_file_stays_open(void **state)
{
	struct evt *evt = eventlogs_new(SMALL, 8);
	size_t before = open_files();

	(void)state;
	eventlog_free(eventlogs_read(evt));
	assert_int_equal(open_files(), before);
	evt_put32(evt, HEADER_MINOR, 7);
	eventlog_free(eventlogs_read(evt));
	assert_int_equal(open_files(), before);
	eventlog_free(NULL);
	evt_free(evt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncation),
		cmocka_unit_test(test_flipped_bytes),
		cmocka_unit_test(test_numbers_at_their_limits),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_no_file_stays_open),
	};

	return UNIT_RUN(tests);
}
