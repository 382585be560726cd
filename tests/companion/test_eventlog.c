/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs: what is read from sound ones that were closed, and what is none;
 * expected values are those of the recipe.
 */
#include "help/eventlogs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- sound logs ---- */

static void test_closed_log(void **state)
{
	struct evt *evt = evt_new(BIG);
	uint32_t offsets[20];

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		struct evt_event event = eventlogs_plain(i);
		offsets[i] = evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlog *log = eventlogs_read(evt);
	eventlogs_check_run(log, 0, 20);
	eventlogs_check_diags(log, 0, 0, 0);
	assert_false(log->dirty || log->wrapped);
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(log->events[i].offset, offsets[i]);
	assert_int_equal(log->evidence->bytes.len, BIG);
	eventlog_free(log);
	evt_free(evt);
}

static void test_empty_log(void **state)
{
	struct evt *evt = evt_new(BIG);
	struct eventlog *log = eventlogs_read(evt);

	(void)state;
	assert_int_equal(log->n_events, 0);
	assert_true(log->first_ft == 0 && log->last_ft == 0);
	eventlogs_check_diags(log, 0, 0, 0);
	eventlog_free(log);
	evt_free(evt);
}

static struct eventlog *read_one(const struct evt_event *event)
{
	struct evt *evt = evt_new(BIG);

	evt_add(evt, event);
	evt_close(evt);
	struct eventlog *log = eventlogs_read(evt);
	evt_free(evt);
	assert_int_equal(log->n_events, 1);
	return log;
}

static void test_text(void **state)
{
	struct eventlog *log = read_one(&(struct evt_event){
		.time = 0xffffffff,
		.source = "Tï\u20ac",
		.computer = "",
		.strings = { "", "\u0395\U0001F4E7", "a\x01\tb", "" },
	});
	const struct eventlog_event *event = &log->events[0];

	(void)state;
	assert_true(event->time_ft == eventlogs_ft(0xffffffff));
	assert_string_equal(event->source, "Tï\u20ac");
	assert_string_equal(event->computer, "");
	assert_int_equal(event->n_strings, 4);
	assert_string_equal(event->strings[0], "");
	assert_string_equal(event->strings[1], "\u0395\U0001F4E7");
	assert_string_equal(event->strings[2], "a\uFFFD\tb");
	assert_string_equal(event->strings[3], "");
	eventlogs_check_diags(log, 0, 0, 0);
	eventlog_free(log);
}

static void test_mentions(void **state)
{
	struct eventlog *log = read_one(&(struct evt_event){
		.source = "inSource",
		.computer = "inComputer",
		.strings = { "The error 0x8004ABcd", "\u00e9t\u00e9 ends" },
	});
	const struct eventlog_event *event = &log->events[0];

	(void)state;
	assert_true(eventlog_mentions(event, "0x8004abCD"));
	assert_true(eventlog_mentions(event, "THE"));
	assert_true(eventlog_mentions(event, "ENDS"));
	assert_false(eventlog_mentions(event, "0x80040111"));
	assert_false(eventlog_mentions(event, "endsx"));
	assert_false(eventlog_mentions(event, "inSource"));
	assert_false(eventlog_mentions(event, "inComputer"));
	eventlog_free(log);
	log = read_one(&(struct evt_event){ .source = "s", .computer = "c" });
	assert_int_equal(log->events[0].n_strings, 0);
	assert_false(eventlog_mentions(&log->events[0], "s"));
	eventlog_free(log);
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(eventlog_type_word(EVENTLOG_ERROR), "error");
	assert_string_equal(eventlog_type_word(EVENTLOG_WARNING), "warning");
	assert_string_equal(eventlog_type_word(EVENTLOG_INFORMATION), "information");
	assert_string_equal(eventlog_type_word(EVENTLOG_AUDIT_SUCCESS), "audit_success");
	assert_string_equal(eventlog_type_word(EVENTLOG_AUDIT_FAILURE), "audit_failure");
	assert_null(eventlog_type_word(3));
}

/* Where the first event of that source and number stands whose strings hold the text. */
static size_t find_event(const struct eventlog *log, const char *source, uint32_t code,
			 const char *text)
{
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		if (strcmp(event->source, source) == 0 && eventlog_code(event) == code &&
		    eventlog_mentions(event, text))
			return i;
	}
	fail_msg("there is no event %u of %s", code, source);
	return 0;
}

/* The sample as the head of its recipe tells it. */
static void test_sample(void **state)
{
	const char *folder = getenv("SAMPLES_DIR");
	struct eventlog *log = NULL;
	char path[4096];

	(void)state;
	if (!folder)
		UNIT_SKIP("no samples");
	(void)snprintf(path, sizeof(path), "%s/exchange2000-Application.evt", folder);
	assert_int_equal(eventlog_read(NULL, path, &log, NULL), STATUS_OK);
	eventlogs_check_diags(log, 0, 0, 0);
	assert_int_equal(log->n_events, 54);
	assert_true(log->first_ft == eventlogs_ft(evt_march(10, 5, 58, 31)));
	assert_true(log->last_ft == eventlogs_ft(evt_march(18, 9, 15, 40)));
	size_t i = find_event(log, "MSExchangeSA", 9202, "/CN=exch01");
	assert_true(log->events[i].time_ft == eventlogs_ft(evt_march(18, 9, 14, 9)));
	assert_int_equal(log->events[i].id, 0xc00423f2);
	assert_int_equal(log->events[i].type, EVENTLOG_ERROR);
	assert_int_equal(log->events[i].n_strings, 2);
	i = find_event(log, "MSExchangeES", 11, "0x80004005");
	assert_true(log->events[i].time_ft == eventlogs_ft(evt_march(18, 9, 15, 2)));
	i = find_event(log, "MSExchangeES", 11, "0x80040111");
	assert_true(log->events[i].time_ft == eventlogs_ft(evt_march(17, 13, 20, 45)));
	i = find_event(log, "MSExchangeSA", 9175, "8004011d-0519");
	assert_true(log->events[i].time_ft == eventlogs_ft(evt_march(16, 9, 14, 30)));
	i = find_event(log, "MSExchangeSA", 5004, "80004005-0000");
	assert_true(log->events[i].time_ft == eventlogs_ft(evt_march(17, 5, 0, 12)));
	eventlog_free(log);
}

/* ---- what is none ---- */

static void check_wrong(const void *bytes, size_t len, const char *text)
{
	struct eventlog *log = eventlogs_read_bytes(bytes, len);

	assert_int_equal(log->n_events, 0);
	assert_int_equal(diag_count(log->diags), 1);
	eventlogs_find_diag(log, DIAG_WRONG_KIND, text);
	eventlog_free(log);
}

static void test_wrong_kind(void **state)
{
	struct evt *evt = eventlogs_new(SMALL, 3);
	uint8_t junk[256] = "regf";
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	check_wrong("", 0, "no event log");
	check_wrong(junk, sizeof(junk), "no event log");
	check_wrong(bytes, EVT_HEADER - 1, "no event log");
	memcpy(junk, "ElfFile", 8);
	check_wrong(junk, sizeof(junk), "version 0.0");
	evt_put32(evt, HEADER_MINOR, 2);
	check_wrong(bytes, len, "version 1.2");
	evt_free(evt);
}

static void check_failed(const char *path, enum status wanted)
{
	struct eventlog *log = NULL;
	struct failure failure = { 0 };

	assert_int_equal(eventlog_read(NULL, path, &log, &failure), wanted);
	assert_null(log);
	assert_int_equal(strncmp(failure.sentence, path, strlen(path)), 0);
}

static void test_unreadable_file(void **state)
{
	(void)state;
	check_failed("/", STATUS_UNSUPPORTED);
	check_failed("/nowhere/at/all", STATUS_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_log), cmocka_unit_test(test_empty_log),
		cmocka_unit_test(test_text),	   cmocka_unit_test(test_mentions),
		cmocka_unit_test(test_words),	   cmocka_unit_test(test_sample),
		cmocka_unit_test(test_wrong_kind), cmocka_unit_test(test_unreadable_file),
	};
	return UNIT_RUN(tests);
}
