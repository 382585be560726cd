/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Logs as a whole: events that cannot be read are told and the rest is read, whatever
 * lies between them; and lack of memory at each single allocation.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "companion/evtx/evtxfile.h"
#include "companion/evtx/evtxlibrary.h"
#include "companion/evtx/evtxlog.h"

#include "help/evtxlogs.h"

#include <string.h>

struct read {
	struct diag_list *diags;
	struct arena *arena;
	struct evtxlog log;
};

static struct read read_log(struct evtx *log)
{
	struct read read = { .diags = diag_list_new(), .arena = arena_new() };
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	assert_true(read.diags && read.arena);
	assert_int_equal(
		evtxlog_read(span_of(bytes, len), read.diags, read.arena, &read.log),
		STATUS_OK);
	return read;
}

static void clear(struct read *read)
{
	arena_free(read->arena);
	diag_list_free(read->diags);
}

/* So many events, so many of them live, so many diagnostics, the first of which says it. */
static void check(struct evtx *log, size_t n, size_t live, size_t diags, const char *text)
{
	struct read read = read_log(log);
	size_t n_live = 0;

	for (size_t i = 0; i < read.log.n; i++)
		n_live += read.log.records[i].live;
	assert_int_equal(read.log.n, n);
	assert_int_equal(n_live, live);
	assert_int_equal(diag_count(read.diags), diags);
	if (text)
		assert_non_null(strstr(diag_item(read.diags, 0)->sentence, text));
	clear(&read);
}

static void test_sound(void **state)
{
	struct evtx *log = evtxlogs_new(200);

	(void)state;
	if (!evtxlibrary_version()) {
		check(log, 0, 0, 1, "without libevtx");
	} else {
		check(log, 200, 200, 0, NULL);
		struct read read = read_log(log);
		assert_false(read.log.dirty);
		assert_true(read.log.next == 201);
		for (unsigned i = 0; i < 200; i++) {
			const struct evtxrecord *record = &read.log.records[i];
			assert_true(record->number == i + 1);
			assert_true(record->created_ft == evtxlogs_ft(i));
			assert_true(record->written_ft == evtxlogs_ft(i));
			assert_string_equal(record->channel, "Application");
		}
		clear(&read);
	}
	evtx_free(log);
}

/* One event whose XML is damaged, each in turn: all others are read. */
static void test_one_damaged(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	size_t at[9], len;

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	for (unsigned i = 0; i < 9; i++)
		at[i] = evtxlogs_add(log, i);
	evtx_close(log);
	uint8_t *bytes = evtx_bytes(log, &len);
	for (unsigned i = 0; i < 9; i++) {
		size_t token = at[i] + EVTX_RECORD_HEAD + 4;
		bytes[token] = 0x0b; /* no token that can stand there */
		evtx_seal(log, 0);
		check(log, 8, 8, 1, "neither an element nor a template");
		bytes[token] = 0x0c;
	}
	evtx_seal(log, 0);
	check(log, 9, 9, 0, NULL);
	evtx_free(log);
}

/* A chunk with a wrong sum: its events are recovered, but those whose frame is broken. */
static void test_recovered(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	size_t at[9];

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	for (unsigned i = 0; i < 9; i++)
		at[i] = evtxlogs_add(log, i);
	evtx_close(log);
	evtxlogs_put32(log, at[4] + RECORD_LENGTH, 5);
	/* 5 to 9 stand behind the damage and use templates before it */
	check(log, 8, 0, 1, "8 event records in it can be recovered");
	evtxlogs_put32(log, at[0] + RECORD_LENGTH, 5);
	/* The template of events with two strings stands in 2, of an array in 3. */
	check(log, 7, 0, 1, "7 event records in it can be recovered");
	evtx_free(log);
}

/* What stood in the chunk before, behind its end: its template may be overwritten. */
static void test_remains(void **state)
{
	struct evtx *before = evtxlogs_new(40), *log = evtxlogs_new(1);
	size_t len;

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(before);
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	uint8_t *old = evtx_bytes(before, &len), *new = evtx_bytes(log, &len);
	uint32_t end = evtxlogs_get32(log, EVTX_HEADER + CHUNK_FREE);
	memcpy(new + EVTX_HEADER + end, old + EVTX_HEADER + end, EVTX_CHUNK - end);
	struct read read = read_log(log);
	assert_int_equal(diag_count(read.diags), 0);
	assert_true(read.log.n > 30 && read.log.records[0].live);
	for (size_t i = 1; i < read.log.n; i++) {
		assert_false(read.log.records[i].live);
		assert_true(read.log.records[i].created_ft ==
			    evtxlogs_ft((unsigned)read.log.records[i].number - 1));
	}
	clear(&read);
	/* The template that they name is another one now: none of them is taken. */
	new[EVTX_HEADER + EVTX_RECORDS + EVTX_RECORD_HEAD + 14 + 4] ^= 1;
	new[EVTX_HEADER + EVTX_RECORDS + EVTX_RECORD_HEAD + 6] ^= 1;
	evtx_seal(log, 0);
	check(log, 1, 1, 0, NULL);
	evtx_free(before);
	evtx_free(log);
}

/* Events that become far larger than their chunk, one by one within what one may be. */
static void test_growth_of_a_chunk(void **state)
{
	static struct evtxlogs_xml xml;
	struct evtx *log = evtx_new("PC01", "Application");

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	evtxlogs_xml_repeated(&xml, 100, 2000);
	/* What is not the first uses the template and the name of the first. */
	evtx_raw(log, evtxlogs_ft(0), xml.bytes, xml.len);
	size_t head = 4 + 10, definition = 24 + 4 + 7 + 4 + 8 + 2 + 2 + 1 + 400 + 1 + 1;
	memmove(xml.bytes + head, xml.bytes + head + definition,
		xml.len - head - definition);
	for (unsigned i = 1; i < 25; i++)
		evtx_raw(log, evtxlogs_ft(i), xml.bytes, xml.len - definition);
	evtx_close(log);
	struct read read = read_log(log);
	/* None of them is an event, as the library finds; but most are not shown to it. */
	size_t too_large = 0;
	for (size_t i = 0; i < diag_count(read.diags); i++)
		too_large +=
			strstr(diag_item(read.diags, i)->sentence, "too large") != NULL;
	assert_int_equal(read.log.n, 0);
	assert_int_equal(diag_count(read.diags), 25);
	/* Five times 100 values of 2000 bytes, each taken as 4, come near 64 times 64 KiB. */
	assert_int_equal(too_large, 20);
	clear(&read);
	evtx_free(log);
}

/* More pieces than a chunk that is only damaged has. */
static void test_torn(void **state)
{
	struct evtx *log = evtxlogs_new(0);

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	size_t at[140];
	for (unsigned i = 0; i < 140; i++)
		at[i] = evtxlogs_add(log, i);
	assert_int_equal(evtx_chunks(log), 1);
	for (unsigned i = 1; i < 140; i += 2)
		evtxlogs_put32(log, at[i], 0);
	evtx_close(log);
	struct read read = read_log(log);
	assert_int_equal(read.log.n, EVTXLOG_MAX_RUNS);
	assert_int_equal(diag_count_of(read.diags, DIAG_COUNT_LIMIT), 1);
	clear(&read);
	evtx_free(log);
}

static void test_out_of_memory(void **state)
{
	struct evtx *log = evtxlogs_new(6);
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);
	struct unit_oom oom;

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		UNIT_SKIP("built without libevtx");
	}
	UNIT_FAIL_EACH (oom) {
		struct diag_list *diags = diag_list_new();
		struct arena *arena = arena_new();
		struct evtxlog out;
		enum status status = UNIT_FAILING(
			oom, evtxlog_read(span_of(bytes, len), diags, arena, &out));
		bool done = status == STATUS_OK;
		if (done) {
			assert_int_equal(out.n, 6);
			assert_int_equal(diag_count(diags), 0);
		} else {
			assert_int_equal(status, STATUS_NOMEM);
		}
		arena_free(arena);
		diag_list_free(diags);
		if (done)
			break;
	}
	assert_true(oom.n > 20);
	evtx_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_one_damaged),
		cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_remains),
		cmocka_unit_test(test_growth_of_a_chunk),
		cmocka_unit_test(test_torn),
		cmocka_unit_test(test_out_of_memory),
	};
	return UNIT_RUN(tests);
}
