/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers that are missing, a clock that was set back, and the order of events. */
#include "help/eventlogs.h"

#include "companion/eventlognumbers.h"

static void test_order(void **state)
{
	struct evt *evt = evt_new(BIG);
	static const uint8_t minutes[] = { 7, 3, 7, 9, 3, 1 };
	static const uint8_t order[] = { 6, 2, 5, 1, 3, 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(minutes); i++) {
		struct evt_event event = eventlogs_plain(minutes[i]);
		evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, sizeof(order));
	for (size_t i = 0; i < sizeof(order); i++)
		assert_int_equal(log->events[i].record, order[i]);
	eventlog_free(log);
	evt_free(evt);
}

/* A record less, though all that stands there can be read; NUMBER is where it was. */
static void check_gap(unsigned number, size_t n_gaps, uint32_t first, uint32_t last)
{
	struct evt *evt = evt_new(BIG);
	uint32_t offsets[9] = { 0 };

	for (unsigned i = 0; i < 8; i++) {
		struct evt_event event = eventlogs_plain(i);
		offsets[i + 1] = evt_add(evt, &event);
	}
	evt_close(evt);
	/* From it on each has the number of the one behind it. */
	for (unsigned i = number; number > 0 && i < 9; i++)
		evt_put32(evt, offsets[i] + 8, i + 1);
	if (number > 0)
		evt_put32(evt, evt_end(evt) + 0x1c, 10);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->n_events, 8);
	assert_int_equal(log->n_gaps, n_gaps);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_GAP), n_gaps);
	assert_int_equal(diag_count(log->diags), n_gaps);
	if (n_gaps > 0) {
		assert_int_equal(log->gaps[0].first, first);
		assert_int_equal(log->gaps[0].last, last);
		assert_true(log->gaps[0].to_ft ==
			    (number < 9 ? eventlogs_ft(eventlogs_plain(number - 1).time)
					: 0));
		assert_true(log->gaps[0].from_ft ==
			    (number > 1 ? eventlogs_ft(eventlogs_plain(number - 2).time)
					: 0));
	}
	eventlog_free(log);
	evt_free(evt);
}

static void test_missing_numbers(void **state)
{
	(void)state;
	check_gap(0, 0, 0, 0);
	check_gap(1, 1, 1, 1);
	check_gap(5, 1, 5, 5);
	check_gap(8, 1, 8, 8);
	check_gap(9, 1, 9, 9);
}

/* An hour is how far apart programs may write; more is a clock that was set back. */
static void check_clock(uint32_t back, bool told)
{
	struct evt *evt = evt_new(BIG);

	for (unsigned i = 0; i < 4; i++) {
		struct evt_event event = eventlogs_plain(i);
		event.time = eventlogs_plain(9).time - (i >= 2 ? back : 0);
		evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlog *log = eventlogs_read(evt);
	assert_int_equal(log->clock_set_back, told);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_CLOCK), told);
	assert_int_equal(diag_count(log->diags), told);
	eventlog_free(log);
	evt_free(evt);
}

static void test_clock(void **state)
{
	(void)state;
	check_clock(0, false);
	check_clock(3600, false);
	check_clock(3601, true);
	check_clock(3 * 86400, true);
}

/* Numbers of 32 bits run round, those of 64 do not. */
static void check_round(unsigned bits, uint64_t first, uint64_t second, size_t n_gaps)
{
	struct eventlog_event events[2] = { { .time_ft = 1, .record = first },
					    { .time_ft = 2, .record = second } };
	struct eventlog log = { .diags = diag_list_new(),
				.events = events,
				.n_events = 2 };

	assert_non_null(log.diags);
	eventlognumbers_check(&log, &(struct eventlognumbers){ .known = true,
							       .oldest = first,
							       .next = second + 1,
							       .bits = bits });
	assert_int_equal(log.n_gaps, n_gaps);
	diag_list_free(log.diags);
}

static void test_round(void **state)
{
	(void)state;
	check_round(32, UINT32_MAX, 0, 0);
	check_round(32, UINT32_MAX, 1, 1);
	check_round(64, UINT32_MAX, UINT64_C(0x100000000), 0);
	check_round(64, UINT32_MAX, UINT64_C(0x100000001), 1);
	/* A lower number is another row: nothing is missing before it. */
	check_round(64, UINT32_MAX, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_missing_numbers),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_round),
	};
	return UNIT_RUN(tests);
}
