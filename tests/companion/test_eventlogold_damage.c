/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs with one thing wrong in header, records or end record: what is read all
 * the same, and what is told of the rest.
 */
#include "help/eventlogs.h"

#include <string.h>
#include <unistd.h>

/* An end record for the place, with the next number; the rest is that of the true one. */
static void put_end(struct evt *evt, uint32_t off, uint32_t next)
{
	for (uint32_t i = 0; i < EVT_END; i += 4)
		evt_put32(evt, off + i, evt_get32(evt, evt_end(evt) + i));
	evt_put32(evt, off + END_OFFSET, off);
	evt_put32(evt, off + END_NEXT, next);
}

/* An older one, before or behind the true one, is not believed, whoever leads to it. */
static void test_two_end_records(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 2; k++) {
		struct evt *evt = eventlogs_new(BIG, 8);
		uint32_t strings = evt_get32(evt, EVT_HEADER + RECORD_STRINGS);
		uint32_t off = k ? BIG / 2 : EVT_HEADER + strings;
		put_end(evt, off, 5);
		evt_put32(evt, HEADER_END, off);
		evt_put32(evt, HEADER_FLAGS, 1);
		struct eventlog *log = eventlogs_read(evt);
		assert_int_equal(log->n_events, 8);
		for (unsigned i = 1; i < 8; i++)
			eventlogs_check_event(log, i, i);
		assert_false(log->events[7].recovered);
		eventlogs_check_diags(log, 1, 0, 0);
		eventlog_free(log);
		evt_free(evt);
	}
}

/* Makes a record longer by so many bytes, with its length again where it ends then. */
static void lengthen(struct evt *evt, uint32_t off, uint32_t more)
{
	uint32_t len = evt_get32(evt, off) + more;

	evt_put32(evt, off, len);
	evt_put32(evt, off + len - 4, len);
}

/* No byte is of two records: not over the end record, nor over the oldest one. */
static void test_records_do_not_overlap(void **state)
{
	struct evt *evt = eventlogs_new(BIG, 8);
	uint32_t second = EVT_HEADER + evt_get32(evt, EVT_HEADER), last = EVT_HEADER;

	(void)state;
	for (unsigned i = 0; i < 7; i++)
		last += evt_get32(evt, last);
	lengthen(evt, last, EVT_END + 0x20);
	struct eventlog *log = eventlogs_read(evt);
	eventlogs_check_run(log, 0, 7);
	eventlogs_check_diags(log, 0, 0, 1);
	assert_int_equal(diag_item(log->diags, 0)->offset, last);
	eventlog_free(log);
	evt_free(evt);

	evt = eventlogs_new(BIG, 8);
	evt_put32(evt, evt_end(evt) + END_BEGIN, second);
	lengthen(evt, EVT_HEADER, evt_get32(evt, second));
	log = eventlogs_read(evt);
	eventlogs_check_run(log, 2, 8);
	eventlogs_check_diags(log, 0, 0, 1);
	assert_int_equal(diag_item(log->diags, 0)->offset, second);
	eventlog_free(log);
	evt_free(evt);
}

static void test_no_end_record(void **state)
{
	struct evt *evt = eventlogs_new(BIG, 8);

	(void)state;
	evt_put32(evt, evt_end(evt) + 4, 0x11111110);
	struct eventlog *log = eventlogs_read(evt);
	eventlogs_check_run(log, 0, 8);
	/* that one, and that nothing can be read behind the last record */
	eventlogs_check_diags(log, 0, 0, 2);
	assert_int_equal(
		eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "no end record")->offset,
		evt_end(evt));
	eventlog_free(log);
	evt_free(evt);
}

static void test_header_tells_wrong_end(void **state)
{
	static const uint32_t wrong[] = { 0, 2, 0x30, 0x34, BIG - 4, BIG, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct evt *evt = eventlogs_new(BIG, 8);
		evt_put32(evt, HEADER_END, wrong[i]);
		evt_put32(evt, HEADER_BEGIN, wrong[i]);
		struct eventlog *log = eventlogs_read(evt);
		eventlogs_check_run(log, 0, 8);
		eventlogs_check_diags(log, 0, 0, 1);
		eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD,
				    "not where the header says");
		eventlog_free(log);
		evt_free(evt);
	}
}

/* Then only numbers tell which events are of the log. */
static void test_beginning_is_lost(void **state)
{
	static const uint32_t wrong[] = { 0, 0x2c, 0x32, BIG, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct evt *evt = eventlogs_shortened();
		evt_put32(evt, evt_get32(evt, HEADER_END) + END_BEGIN, wrong[i]);
		struct eventlog *log = eventlogs_read(evt);
		assert_int_equal(log->n_events, 9);
		for (unsigned k = 0; k < 9; k++)
			assert_true(log->events[k].recovered == (k >= 6));
		eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "where none can be");
		eventlog_free(log);
		evt_free(evt);
	}
}

/* Each record in turn cannot be read; the others are, and one diagnostic tells where. */
static void test_damaged_record(void **state)
{
	static const uint32_t lengths[] = { 0, 3, 0x3c, 0x41, BIG, 0x40004, 0xfffffff0 };
	struct evt *sound = eventlogs_new(BIG, 8);
	uint32_t off = EVT_HEADER;

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		uint32_t len = evt_get32(sound, off);
		for (size_t k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++) {
			struct evt *evt = eventlogs_new(BIG, 8);
			evt_put32(evt, off, lengths[k]);
			struct eventlog *log = eventlogs_read(evt);
			assert_int_equal(log->n_events, 7);
			for (unsigned n = 0; n < 7; n++)
				eventlogs_check_event(log, n, n < i ? n : n + 1);
			eventlogs_check_diags(log, 0, 0, 1);
			assert_int_equal(diag_item(log->diags, 0)->offset, off);
			eventlog_free(log);
			evt_free(evt);
		}
		off += len;
	}
	evt_free(sound);
}

/* The event is told without what cannot be read. */
static void check_strings(uint32_t field, uint32_t value, size_t n_strings)
{
	struct evt *evt = eventlogs_new(BIG, 3);

	evt_put32(evt, EVT_HEADER + field, value);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 3);
	assert_int_equal(log->events[0].n_strings, n_strings);
	assert_string_equal(log->events[0].source, eventlogs_plain(0).source);
	eventlogs_check_event(log, 1, 1);
	eventlogs_check_diags(log, 0, 0, n_strings != 2);
	eventlog_free(log);
	evt_free(evt);
}

static void test_damaged_strings(void **state)
{
	static const uint32_t wrong[] = { 0, 4, 0x38, 0x3000, 0xfffffffe };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		check_strings(RECORD_STRINGS, wrong[i], 0);
	/* They end where data begin, if that can be. */
	check_strings(RECORD_DATA, 0x79, 2);
	check_strings(RECORD_DATA, 0, 2);
	check_strings(RECORD_DATA, 0xfffffffe, 2);
	/* Type 1 and fewer or more strings than there are. */
	check_strings(RECORD_N_STRINGS, 0x00020001, 2);
	struct evt *evt = eventlogs_new(BIG, 1);
	evt_put32(evt, EVT_HEADER + RECORD_N_STRINGS, 0xffff0001);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].n_strings, 2);
	assert_string_equal(log->events[0].strings[1], "0x80004005");
	eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "not all text");
	eventlog_free(log);
	evt_free(evt);
}

/* SID and data are not read, so what is wrong with them spoils nothing. */
static void test_damaged_sid_and_data(void **state)
{
	static const uint32_t fields[] = { RECORD_SID_LENGTH, RECORD_SID,
					   RECORD_DATA_LENGTH };
	static const uint32_t wrong[] = { 1, 0x39, 0x7fffffff, 0xffffffd0, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		for (size_t k = 0; k < sizeof(wrong) / sizeof(wrong[0]); k++)
			check_strings(fields[i], wrong[k], 2);
}

/* A lone surrogate is no text; the other string is read. */
static void test_string_that_is_no_text(void **state)
{
	struct evt *evt = eventlogs_new(BIG, 1);
	size_t len;
	uint8_t *string = evt_bytes(evt, &len) + EVT_HEADER +
			  evt_get32(evt, EVT_HEADER + RECORD_STRINGS);

	(void)state;
	string[0] = 0x3d;
	string[1] = 0xd8;
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].n_strings, 2);
	assert_int_equal(strncmp(log->events[0].strings[0], "\uFFFD", 3), 0);
	/* Only the damaged character is lost. */
	assert_string_equal(log->events[0].strings[0] + 3,
			    eventlogs_plain(0).strings[0] + 1);
	eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "not all text");
	assert_string_equal(log->events[0].strings[1], "0x80004005");
	eventlog_free(log);
	evt_free(evt);
}

/* The string goes up to where the strings end, and that it has no end is reported. */
static void test_string_without_end(void **state)
{
	struct evt_event plain = eventlogs_plain(0);
	struct evt *evt = eventlogs_new(BIG, 1);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len) + EVT_HEADER;
	uint32_t strings = evt_get32(evt, EVT_HEADER + RECORD_STRINGS);

	(void)state;
	/* Data begin where the first string has two characters left. */
	uint32_t data = strings + 2 * (uint32_t)(strlen(plain.strings[0]) - 2);
	evt_put32(evt, EVT_HEADER + RECORD_DATA, data);
	assert_true(bytes[data] != 0);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].n_strings, 1);
	assert_int_equal(strlen(log->events[0].strings[0]), strlen(plain.strings[0]) - 2);
	assert_int_equal(strncmp(log->events[0].strings[0], plain.strings[0],
				 strlen(plain.strings[0]) - 2),
			 0);
	eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "not all text");
	eventlog_free(log);
	evt_free(evt);
}

/* Records all around the file and no end record: a chain without an end. */
static void test_ring_without_end(void **state)
{
	struct evt *evt = evt_new(EVT_HEADER + 16 * 0x80);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);
	struct evt_event event = eventlogs_plain(0);

	(void)state;
	evt_add(evt, &event);
	for (size_t off = EVT_HEADER; off < len; off += 0x80) {
		if (off > EVT_HEADER)
			memcpy(bytes + off, bytes + EVT_HEADER, 0x80);
		evt_put32(evt, off, 0x80);
		evt_put32(evt, off + 0x7c, 0x80);
	}
	/* the last one goes round, into the first */
	memmove(bytes + EVT_HEADER + 0x40, bytes + EVT_HEADER, len - EVT_HEADER - 0x40);
	memcpy(bytes + EVT_HEADER, bytes + len - 0x40, 0x40);
	evt_put32(evt, EVT_HEADER + 0x3c, 0x80);
	evt_put32(evt, HEADER_BEGIN, EVT_HEADER + 0x40);
	alarm(60);
	for (uint32_t flags = 0; flags < 4; flags++) {
		evt_put32(evt, HEADER_FLAGS, flags);
		struct eventlog *log = eventlogs_read(evt);
		assert_int_equal(log->n_events, 15);
		eventlogs_find_diag(log, DIAG_EVENTLOG_RECORD, "no end record");
		eventlog_free(log);
	}
	alarm(0);
	evt_free(evt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_end_records),
		cmocka_unit_test(test_records_do_not_overlap),
		cmocka_unit_test(test_no_end_record),
		cmocka_unit_test(test_header_tells_wrong_end),
		cmocka_unit_test(test_beginning_is_lost),
		cmocka_unit_test(test_damaged_record),
		cmocka_unit_test(test_damaged_strings),
		cmocka_unit_test(test_damaged_sid_and_data),
		cmocka_unit_test(test_string_that_is_no_text),
		cmocka_unit_test(test_string_without_end),
		cmocka_unit_test(test_ring_without_end),
	};

	return UNIT_RUN(tests);
}
