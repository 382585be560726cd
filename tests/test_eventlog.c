/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs: what is read from sound ones, closed or not, wrapped or not, and
 * from damaged ones; expected values are those of the recipe.
 */
#define UNIT_OOM
#include "unit.h"

#include "companion/eventlog.h"

#include "base/filetime.h"
#include "hives.h"

#include "../samples/evt.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SMALL = 0x800, BIG = 0x4000 };

/* Fields of header, records and end record (Event Log File Format). */
enum {
	HEADER_MINOR = 0x0c,
	HEADER_BEGIN = 0x10,
	HEADER_END = 0x14,
	HEADER_FLAGS = 0x24,
	RECORD_N_STRINGS = 0x18, /* in the upper half */
	RECORD_STRINGS = 0x24,
	RECORD_SID_LENGTH = 0x28,
	RECORD_SID = 0x2c,
	RECORD_DATA_LENGTH = 0x30,
	RECORD_DATA = 0x34,
	END_BEGIN = 0x14,
	END_OFFSET = 0x18,
	END_NEXT = 0x1c,
};

static uint64_t ft(uint32_t seconds)
{
	return UINT64_C(116444736000000000) + (uint64_t)seconds * 10000000;
}

/* Event i of a log: no two are of the same length or time. */
static struct evt_event plain(unsigned i)
{
	static const char filler[] = "abcdefghijklmnopqrstuvwxyz";

	return (struct evt_event){
		.time = evt_march(10, 6, 0, 0) + 60 * i,
		.source = i % 2 ? "MSExchangeSA" : "ExampleBackupAgent",
		.computer = "EXCH01",
		.id = EVT_ID(EVT_ID_ERROR, 9000 + i),
		.type = EVT_ERROR,
		.category = (uint16_t)i,
		.strings = { filler + i % 26, "0x80004005" },
		.local_system = i % 3 == 0,
		.data = (uint16_t)(i % 5),
	};
}

/* Adds events from `from` up to before `to`. */
static void add_plain(struct evt *evt, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++) {
		struct evt_event event = plain(i);
		evt_add(evt, &event);
	}
}

static struct evt *plain_log(uint32_t size, unsigned n)
{
	struct evt *evt = evt_new(size);

	add_plain(evt, 0, n);
	evt_close(evt);
	return evt;
}

static enum status try_bytes(const uint8_t *bytes, size_t len, struct eventlog **log)
{
	char *path = hives_temporary(bytes, len);
	struct failure failure = { 0 };

	*log = NULL;
	enum status status = eventlog_read(path, log, &failure);
	assert_true((status == STATUS_OK) == (failure.sentence[0] == '\0'));
	(void)remove(path);
	free(path);
	return status;
}

static struct eventlog *read_bytes(const uint8_t *bytes, size_t len)
{
	struct eventlog *log;

	assert_int_equal(try_bytes(bytes, len, &log), STATUS_OK);
	assert_non_null(log);
	return log;
}

static struct eventlog *read_evt(struct evt *evt)
{
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	return read_bytes(bytes, len);
}

/* Event number k of the log is event i of the recipe. */
static void check_event(const struct eventlog *log, size_t k, unsigned i)
{
	struct evt_event wanted = plain(i);
	const struct eventlog_event *event = &log->events[k];

	assert_true(k < log->n_events);
	assert_true(event->time_ft == ft(wanted.time));
	assert_string_equal(event->source, wanted.source);
	assert_string_equal(event->computer, wanted.computer);
	assert_int_equal(event->id, wanted.id);
	assert_int_equal(eventlog_code(event), 9000 + i);
	assert_int_equal(event->type, wanted.type);
	assert_int_equal(event->category, wanted.category);
	assert_int_equal(event->n_strings, 2);
	assert_string_equal(event->strings[0], wanted.strings[0]);
	assert_string_equal(event->strings[1], wanted.strings[1]);
	assert_int_equal(event->record, i + 1);
}

static void check_run(const struct eventlog *log, unsigned from, unsigned to)
{
	assert_int_equal(log->n_events, to - from);
	for (unsigned i = from; i < to; i++) {
		check_event(log, i - from, i);
		assert_false(log->events[i - from].recovered);
	}
	assert_true(log->first_ft == ft(plain(from).time));
	assert_true(log->last_ft == ft(plain(to - 1).time));
}

static void check_diags(const struct eventlog *log, size_t dirty, size_t wrapped,
			size_t records)
{
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_DIRTY), dirty);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_WRAPPED), wrapped);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_RECORD), records);
	assert_int_equal(diag_count(log->diags), dirty + wrapped + records);
}

/* The one diagnostic of that code; its sentence holds the text. */
static const struct diag *find_diag(const struct eventlog *log, enum diag_code code,
				    const char *text)
{
	for (size_t i = 0; i < diag_count(log->diags); i++) {
		const struct diag *diag = diag_item(log->diags, i);
		if (diag->code == code && strstr(diag->sentence, text))
			return diag;
	}
	fail_msg("no diagnostic says '%s'", text);
	return NULL;
}

/* ---- sound logs ---- */

static void test_closed_log(void **state)
{
	struct evt *evt = evt_new(BIG);
	uint32_t offsets[20];

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		struct evt_event event = plain(i);
		offsets[i] = evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlog *log = read_evt(evt);
	check_run(log, 0, 20);
	check_diags(log, 0, 0, 0);
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
	struct eventlog *log = read_evt(evt);

	(void)state;
	assert_int_equal(log->n_events, 0);
	assert_true(log->first_ft == 0 && log->last_ft == 0);
	check_diags(log, 0, 0, 0);
	eventlog_free(log);
	evt_free(evt);
}

/* The header is that of the last closing: nothing tells of the newer events but themselves. */
static void test_dirty_log(void **state)
{
	(void)state;
	for (unsigned closed = 0; closed < 8; closed++) {
		struct evt *evt = plain_log(BIG, closed);
		add_plain(evt, closed, 8);
		struct eventlog *log = read_evt(evt);
		check_run(log, 0, 8);
		check_diags(log, 1, 0, 0);
		assert_true(log->dirty);
		find_diag(log, DIAG_EVENTLOG_DIRTY, "was not closed");
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
		struct evt *evt = plain_log(size, 17);
		unsigned first = evt_get32(evt, 28) - 1;
		struct eventlog *log = read_evt(evt);
		char since[FILETIME_TEXT_SIZE];
		assert_true(first > 0);
		check_run(log, first, 17);
		check_diags(log, 0, 1, 0);
		assert_true(log->wrapped && !log->dirty);
		filetime_format(ft(plain(first).time), since);
		find_diag(log, DIAG_EVENTLOG_WRAPPED, since);
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
			struct evt *evt = plain_log(size, closed);
			add_plain(evt, closed, 17);
			unsigned first = evt_get32(evt, evt_end(evt) + 32) - 1;
			struct eventlog *log = read_evt(evt);
			check_run(log, first, 17);
			check_diags(log, 1, 1, 0);
			over += evt_begin(evt) > evt_end(evt);
			eventlog_free(log);
			evt_free(evt);
		}
	/* some of them go over the end of the file at the moment, some do not */
	assert_true(over > 0 && over < 10 * 17);
}

/* A log of 6 events in a file in which 10 stood; the end record is on the 7th. */
static struct evt *shortened_log(void)
{
	struct evt *evt = plain_log(BIG, 10), *start = plain_log(BIG, 6);
	size_t len;

	memcpy(evt_bytes(evt, &len), evt_bytes(start, &len), evt_end(start) + EVT_END);
	evt_free(start);
	return evt;
}

static void test_recovered_events(void **state)
{
	struct evt *evt = shortened_log();
	struct eventlog *log = read_evt(evt);

	(void)state;
	assert_int_equal(log->n_events, 9);
	for (unsigned i = 0; i < 9; i++) {
		check_event(log, i, i < 6 ? i : i + 1);
		assert_true(log->events[i].recovered == (i >= 6));
	}
	assert_true(log->last_ft == ft(plain(5).time));
	check_diags(log, 0, 0, 0);
	eventlog_free(log);
	evt_free(evt);
}

/* Remains of an event that the log still has are not told twice. */
static void test_recovered_twice(void **state)
{
	struct evt *evt = shortened_log();
	uint32_t second = EVT_HEADER + evt_get32(evt, EVT_HEADER);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	memcpy(bytes + BIG / 2, bytes + second, evt_get32(evt, second));
	struct eventlog *log = read_evt(evt);
	assert_int_equal(log->n_events, 9);
	check_event(log, 1, 1);
	assert_int_equal(log->events[1].offset, second);
	assert_false(log->events[1].recovered);
	eventlog_free(log);
	evt_free(evt);
}

static void test_order(void **state)
{
	struct evt *evt = evt_new(BIG);
	static const uint8_t minutes[] = { 7, 3, 7, 9, 3, 1 };
	static const uint8_t order[] = { 6, 2, 5, 1, 3, 4 };

	(void)state;
	for (size_t i = 0; i < sizeof(minutes); i++) {
		struct evt_event event = plain(minutes[i]);
		evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlog *log = read_evt(evt);
	assert_int_equal(log->n_events, sizeof(order));
	for (size_t i = 0; i < sizeof(order); i++)
		assert_int_equal(log->events[i].record, order[i]);
	eventlog_free(log);
	evt_free(evt);
}

static struct eventlog *read_one(const struct evt_event *event)
{
	struct evt *evt = evt_new(BIG);

	evt_add(evt, event);
	evt_close(evt);
	struct eventlog *log = read_evt(evt);
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
	assert_true(event->time_ft == ft(0xffffffff));
	assert_string_equal(event->source, "Tï\u20ac");
	assert_string_equal(event->computer, "");
	assert_int_equal(event->n_strings, 4);
	assert_string_equal(event->strings[0], "");
	assert_string_equal(event->strings[1], "\u0395\U0001F4E7");
	assert_string_equal(event->strings[2], "a\uFFFD\tb");
	assert_string_equal(event->strings[3], "");
	check_diags(log, 0, 0, 0);
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
	assert_true(strlen(eventlog_library_version()) > 0);
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
		skip();
	(void)snprintf(path, sizeof(path), "%s/exchange2000-Application.evt", folder);
	assert_int_equal(eventlog_read(path, &log, NULL), STATUS_OK);
	check_diags(log, 0, 0, 0);
	assert_int_equal(log->n_events, 54);
	assert_true(log->first_ft == ft(evt_march(10, 5, 58, 31)));
	assert_true(log->last_ft == ft(evt_march(18, 9, 15, 40)));
	size_t i = find_event(log, "MSExchangeSA", 9202, "/CN=exch01");
	assert_true(log->events[i].time_ft == ft(evt_march(18, 9, 14, 9)));
	assert_int_equal(log->events[i].id, 0xc00423f2);
	assert_int_equal(log->events[i].type, EVENTLOG_ERROR);
	assert_int_equal(log->events[i].n_strings, 2);
	i = find_event(log, "MSExchangeES", 11, "0x80004005");
	assert_true(log->events[i].time_ft == ft(evt_march(18, 9, 15, 2)));
	i = find_event(log, "MSExchangeES", 11, "0x80040111");
	assert_true(log->events[i].time_ft == ft(evt_march(17, 13, 20, 45)));
	i = find_event(log, "MSExchangeSA", 9175, "8004011d-0519");
	assert_true(log->events[i].time_ft == ft(evt_march(16, 9, 14, 30)));
	i = find_event(log, "MSExchangeSA", 5004, "80004005-0000");
	assert_true(log->events[i].time_ft == ft(evt_march(17, 5, 0, 12)));
	eventlog_free(log);
}

/* ---- what is none ---- */

static void check_wrong(const void *bytes, size_t len, const char *text)
{
	struct eventlog *log = read_bytes(bytes, len);

	assert_int_equal(log->n_events, 0);
	assert_int_equal(diag_count(log->diags), 1);
	find_diag(log, DIAG_WRONG_KIND, text);
	eventlog_free(log);
}

static void test_wrong_kind(void **state)
{
	struct evt *evt = plain_log(SMALL, 3);
	uint8_t junk[256] = "regf";
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	check_wrong("", 0, "no event log");
	check_wrong(junk, sizeof(junk), "no event log");
	check_wrong(bytes, EVT_HEADER - 1, "no event log");
	memcpy(junk, "ElfFile", 8);
	check_wrong(junk, sizeof(junk), ".evtx");
	evt_put32(evt, HEADER_MINOR, 2);
	check_wrong(bytes, len, "version 1.2");
	evt_free(evt);
}

static void check_failed(const char *path, enum status wanted)
{
	struct eventlog *log = NULL;
	struct failure failure = { 0 };

	assert_int_equal(eventlog_read(path, &log, &failure), wanted);
	assert_null(log);
	assert_int_equal(strncmp(failure.sentence, path, strlen(path)), 0);
}

static void test_unreadable_file(void **state)
{
	(void)state;
	check_failed("/", STATUS_UNSUPPORTED);
	check_failed("/nowhere/at/all", STATUS_IO);
}

/* ---- damage ---- */

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
		struct evt *evt = plain_log(BIG, 8);
		uint32_t strings = evt_get32(evt, EVT_HEADER + RECORD_STRINGS);
		uint32_t off = k ? BIG / 2 : EVT_HEADER + strings;
		put_end(evt, off, 5);
		evt_put32(evt, HEADER_END, off);
		evt_put32(evt, HEADER_FLAGS, 1);
		struct eventlog *log = read_evt(evt);
		assert_int_equal(log->n_events, 8);
		for (unsigned i = 1; i < 8; i++)
			check_event(log, i, i);
		assert_false(log->events[7].recovered);
		check_diags(log, 1, 0, 0);
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
	struct evt *evt = plain_log(BIG, 8);
	uint32_t second = EVT_HEADER + evt_get32(evt, EVT_HEADER), last = EVT_HEADER;

	(void)state;
	for (unsigned i = 0; i < 7; i++)
		last += evt_get32(evt, last);
	lengthen(evt, last, EVT_END + 0x20);
	struct eventlog *log = read_evt(evt);
	check_run(log, 0, 7);
	check_diags(log, 0, 0, 1);
	assert_int_equal(diag_item(log->diags, 0)->offset, last);
	eventlog_free(log);
	evt_free(evt);

	evt = plain_log(BIG, 8);
	evt_put32(evt, evt_end(evt) + END_BEGIN, second);
	lengthen(evt, EVT_HEADER, evt_get32(evt, second));
	log = read_evt(evt);
	check_run(log, 2, 8);
	check_diags(log, 0, 0, 1);
	assert_int_equal(diag_item(log->diags, 0)->offset, second);
	eventlog_free(log);
	evt_free(evt);
}

static void test_no_end_record(void **state)
{
	struct evt *evt = plain_log(BIG, 8);

	(void)state;
	evt_put32(evt, evt_end(evt) + 4, 0x11111110);
	struct eventlog *log = read_evt(evt);
	check_run(log, 0, 8);
	/* that one, and that nothing can be read behind the last record */
	check_diags(log, 0, 0, 2);
	assert_int_equal(find_diag(log, DIAG_EVENTLOG_RECORD, "no end record")->offset,
			 evt_end(evt));
	eventlog_free(log);
	evt_free(evt);
}

static void test_header_tells_wrong_end(void **state)
{
	static const uint32_t wrong[] = { 0, 2, 0x30, 0x34, BIG - 4, BIG, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct evt *evt = plain_log(BIG, 8);
		evt_put32(evt, HEADER_END, wrong[i]);
		evt_put32(evt, HEADER_BEGIN, wrong[i]);
		struct eventlog *log = read_evt(evt);
		check_run(log, 0, 8);
		check_diags(log, 0, 0, 1);
		find_diag(log, DIAG_EVENTLOG_RECORD, "not where the header says");
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
		struct evt *evt = shortened_log();
		evt_put32(evt, evt_get32(evt, HEADER_END) + END_BEGIN, wrong[i]);
		struct eventlog *log = read_evt(evt);
		assert_int_equal(log->n_events, 9);
		for (unsigned k = 0; k < 9; k++)
			assert_true(log->events[k].recovered == (k >= 6));
		find_diag(log, DIAG_EVENTLOG_RECORD, "where none can be");
		eventlog_free(log);
		evt_free(evt);
	}
}

/* Each record in turn cannot be read; the others are, and one diagnostic tells where. */
static void test_damaged_record(void **state)
{
	static const uint32_t lengths[] = { 0, 3, 0x3c, 0x41, BIG, 0x40004, 0xfffffff0 };
	struct evt *sound = plain_log(BIG, 8);
	uint32_t off = EVT_HEADER;

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		uint32_t len = evt_get32(sound, off);
		for (size_t k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++) {
			struct evt *evt = plain_log(BIG, 8);
			evt_put32(evt, off, lengths[k]);
			struct eventlog *log = read_evt(evt);
			assert_int_equal(log->n_events, 7);
			for (unsigned n = 0; n < 7; n++)
				check_event(log, n, n < i ? n : n + 1);
			check_diags(log, 0, 0, 1);
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
	struct evt *evt = plain_log(BIG, 3);

	evt_put32(evt, EVT_HEADER + field, value);
	struct eventlog *log = read_evt(evt);
	assert_int_equal(log->n_events, 3);
	assert_int_equal(log->events[0].n_strings, n_strings);
	assert_string_equal(log->events[0].source, plain(0).source);
	check_event(log, 1, 1);
	check_diags(log, 0, 0, n_strings != 2);
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
	struct evt *evt = plain_log(BIG, 1);
	evt_put32(evt, EVT_HEADER + RECORD_N_STRINGS, 0xffff0001);
	struct eventlog *log = read_evt(evt);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].n_strings, 2);
	assert_string_equal(log->events[0].strings[1], "0x80004005");
	find_diag(log, DIAG_EVENTLOG_RECORD, "not all text");
	eventlog_free(log);
	evt_free(evt);
}

/* libevt refuses a record over these; nothing of them is wanted. */
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
	struct evt *evt = plain_log(BIG, 1);
	size_t len;
	uint8_t *string = evt_bytes(evt, &len) + EVT_HEADER +
			  evt_get32(evt, EVT_HEADER + RECORD_STRINGS);

	(void)state;
	string[0] = 0x3d;
	string[1] = 0xd8;
	struct eventlog *log = read_evt(evt);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].n_strings, 2);
	assert_int_equal(strncmp(log->events[0].strings[0], "\uFFFD", 3), 0);
	assert_string_equal(log->events[0].strings[1], "0x80004005");
	eventlog_free(log);
	evt_free(evt);
}

/*
 * Records all around the file and no end record: a chain without an end.
 * libevt alone follows it for ever.
 */
static void test_ring_without_end(void **state)
{
	struct evt *evt = evt_new(EVT_HEADER + 16 * 0x80);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);
	struct evt_event event = plain(0);

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
		struct eventlog *log = read_evt(evt);
		assert_int_equal(log->n_events, 15);
		find_diag(log, DIAG_EVENTLOG_RECORD, "no end record");
		eventlog_free(log);
	}
	alarm(0);
	evt_free(evt);
}

/* What holds whatever is wrong with the log; libevt refuses no record of its copy. */
static void check_hostile(const struct eventlog *log)
{
	for (size_t i = 0; i < diag_count(log->diags); i++)
		assert_null(strstr(diag_item(log->diags, i)->sentence,
				   "the event record here cannot be read"));
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		const struct eventlog_event *last = event - (i > 0);
		assert_true(event->time_ft >= last->time_ft);
		assert_true(event->offset >= EVT_HEADER &&
			    event->offset < log->evidence->bytes.len);
		assert_true(
			span_starts(log->evidence->bytes, event->offset + 4, "LfLe", 4));
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
	struct evt *evt = plain_log(SMALL, 6);
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	for (size_t cut = 0; cut <= len; cut++) {
		struct eventlog *log = read_bytes(bytes, cut);
		unsigned whole = 0;
		for (uint32_t off = EVT_HEADER; off < evt_end(evt);
		     off += evt_get32(evt, off))
			whole += off + evt_get32(evt, off) <= cut;
		assert_int_equal(log->n_events, whole);
		for (unsigned i = 0; i < whole; i++)
			check_event(log, i, i);
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
		struct eventlog *log = read_bytes(bytes, len);
		check_hostile(log);
		eventlog_free(log);
		bytes[i] = was;
	}
}

/* Nothing is said on standard error either. */
static void test_flipped_bytes(void **state)
{
	struct evt *closed = plain_log(700, 4), *ring = plain_log(1000, 12);
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
	struct evt *evt = plain_log(1000, 12);

	(void)state;
	for (size_t off = 0; off < 1000; off += 4)
		for (size_t k = 0; k < sizeof(values) / sizeof(values[0]); k++) {
			uint32_t was = evt_get32(evt, off);
			evt_put32(evt, off, values[k]);
			struct eventlog *log = read_evt(evt);
			check_hostile(log);
			eventlog_free(log);
			evt_put32(evt, off, was);
		}
	evt_free(evt);
}

/* ---- resources ---- */

static void test_out_of_memory(void **state)
{
	struct evt *evt = plain_log(SMALL, 8);
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);
	char *path;

	(void)state;
	/* A control character, so that the text goes the longer way. */
	evt_bytes(evt, &len)[EVT_HEADER + evt_get32(evt, EVT_HEADER + RECORD_STRINGS)] =
		1;
	path = hives_temporary(bytes, len);
	for (long i = 0;; i++) {
		struct eventlog *log = NULL;
		struct failure failure = { 0 };
		unit_fail_after = i;
		enum status status = eventlog_read(path, &log, &failure);
		unit_fail_after = -1;
		if (status == STATUS_OK) {
			assert_true(i > 6);
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

static size_t open_files(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void test_no_file_stays_open(void **state)
{
	struct evt *evt = plain_log(SMALL, 8);
	size_t before = open_files();

	(void)state;
	eventlog_free(read_evt(evt));
	assert_int_equal(open_files(), before);
	evt_put32(evt, HEADER_MINOR, 7);
	eventlog_free(read_evt(evt));
	assert_int_equal(open_files(), before);
	eventlog_free(NULL);
	evt_free(evt);
}

/* What a build without libevt says. */
static void test_unsupported(void **state)
{
	struct eventlog *log = NULL;
	struct failure failure = { 0 };

	(void)state;
	assert_int_equal(eventlog_read("/any/file.evt", &log, &failure),
			 STATUS_UNSUPPORTED);
	assert_null(log);
	assert_non_null(strstr(failure.sentence, "built without libevt"));
	assert_null(eventlog_library_version());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_log),
		cmocka_unit_test(test_empty_log),
		cmocka_unit_test(test_dirty_log),
		cmocka_unit_test(test_wrapped_log),
		cmocka_unit_test(test_dirty_wrapped_log),
		cmocka_unit_test(test_recovered_events),
		cmocka_unit_test(test_recovered_twice),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_mentions),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_wrong_kind),
		cmocka_unit_test(test_unreadable_file),
		cmocka_unit_test(test_two_end_records),
		cmocka_unit_test(test_records_do_not_overlap),
		cmocka_unit_test(test_no_end_record),
		cmocka_unit_test(test_header_tells_wrong_end),
		cmocka_unit_test(test_beginning_is_lost),
		cmocka_unit_test(test_damaged_record),
		cmocka_unit_test(test_damaged_strings),
		cmocka_unit_test(test_damaged_sid_and_data),
		cmocka_unit_test(test_string_that_is_no_text),
		cmocka_unit_test(test_ring_without_end),
		cmocka_unit_test(test_truncation),
		cmocka_unit_test(test_flipped_bytes),
		cmocka_unit_test(test_numbers_at_their_limits),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_no_file_stays_open),
	};
	const struct CMUnitTest unsupported[] = {
		cmocka_unit_test(test_unsupported),
	};

	return eventlog_is_supported() ? UNIT_RUN(tests) : UNIT_RUN(unsupported);
}
