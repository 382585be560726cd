/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs that were not closed, that have overwritten their oldest events, or in
 * which older events still stand behind the end.
 */
#include "help/eventlogs.h"

#include "base/filetime.h"

#include <string.h>

/* The header is that of the last closing: nothing tells of the newer events but themselves. */
static void test_dirty_log(void **state)
{
	(void)state;
	for (unsigned closed = 0; closed < 8; closed++) {
		struct evt *evt = eventlogs_new(BIG, closed);
		eventlogs_add(evt, closed, 8);
		struct eventlog *log = eventlogs_read(evt);
		eventlogs_check_run(log, 0, 8);
		eventlogs_check_diags(log, 1, 0, 0);
		assert_true(log->dirty);
		eventlogs_find_diag(log, DIAG_EVENTLOG_DIRTY, "was not closed");
		eventlog_free(log);
		evt_free(evt);
	}
}

/* True if a record of the wrapped log goes over the end of the file. */
static bool is_split(struct evt *evt)
{
	uint32_t off = evt_begin(evt), len = 0;
	size_t size;

	(void)evt_bytes(evt, &size);
	for (; off < size - EVT_FIXED; off += len) {
		len = evt_get32(evt, off);
		if (off + len > size)
			return true;
	}
	return false;
}

/*
 * For every length of the file, so that the end of the file falls on each part
 * of a record, on the end record, and into what is left unused before it.
 */
static void test_wrapped_log(void **state)
{
	unsigned split = 0, over = 0;

	(void)state;
	for (uint32_t size = 1200; size < 1700; size += 4) {
		struct evt *evt = eventlogs_new(size, 17);
		unsigned first = evt_get32(evt, 28) - 1;
		struct eventlog *log = eventlogs_read(evt);
		char since[FILETIME_TEXT_SIZE];
		assert_true(first > 0);
		eventlogs_check_run(log, first, 17);
		eventlogs_check_diags(log, 0, 1, 0);
		assert_true(log->wrapped && !log->dirty);
		filetime_format(eventlogs_ft(eventlogs_plain(first).time), since);
		eventlogs_find_diag(log, DIAG_EVENTLOG_WRAPPED, since);
		split += is_split(evt);
		over += evt_end(evt) + EVT_END > size;
		eventlog_free(log);
		evt_free(evt);
	}
	assert_true(split > 10 && over > 1);
}

static void test_dirty_wrapped_log(void **state)
{
	unsigned over = 0;

	(void)state;
	for (uint32_t size = 1200; size < 1700; size += 52)
		for (unsigned closed = 0; closed < 17; closed++) {
			struct evt *evt = eventlogs_new(size, closed);
			eventlogs_add(evt, closed, 17);
			unsigned first = evt_get32(evt, evt_end(evt) + 32) - 1;
			struct eventlog *log = eventlogs_read(evt);
			eventlogs_check_run(log, first, 17);
			eventlogs_check_diags(log, 1, 1, 0);
			over += evt_begin(evt) > evt_end(evt);
			eventlog_free(log);
			evt_free(evt);
		}
	/* some of them go over the end of the file at the moment, some do not */
	assert_true(over > 0 && over < 10 * 17);
}

static void test_recovered_events(void **state)
{
	struct evt *evt = eventlogs_shortened();
	struct eventlog *log = eventlogs_read(evt);

	(void)state;
	assert_int_equal(log->n_events, 9);
	for (unsigned i = 0; i < 9; i++) {
		eventlogs_check_event(log, i, i < 6 ? i : i + 1);
		assert_true(log->events[i].recovered == (i >= 6));
	}
	assert_true(log->last_ft == eventlogs_ft(eventlogs_plain(5).time));
	eventlogs_check_diags(log, 0, 0, 0);
	eventlog_free(log);
	evt_free(evt);
}

/* Remains of an event that the log still has are not told twice. */
static void test_recovered_twice(void **state)
{
	struct evt *evt = eventlogs_shortened();
	uint32_t second = EVT_HEADER + evt_get32(evt, EVT_HEADER);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	memcpy(bytes + BIG / 2, bytes + second, evt_get32(evt, second));
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 9);
	eventlogs_check_event(log, 1, 1);
	assert_int_equal(log->events[1].offset, second);
	assert_false(log->events[1].recovered);
	eventlog_free(log);
	evt_free(evt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dirty_log),
		cmocka_unit_test(test_wrapped_log),
		cmocka_unit_test(test_dirty_wrapped_log),
		cmocka_unit_test(test_recovered_events),
		cmocka_unit_test(test_recovered_twice),
	};

	return UNIT_RUN(tests);
}
