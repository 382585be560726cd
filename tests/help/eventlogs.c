/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Event logs of a recipe, read as files of their own. */
#include "help/eventlogs.h"

#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t eventlogs_ft(uint32_t seconds)
{
	return UINT64_C(116444736000000000) + (uint64_t)seconds * 10000000;
}

struct evt_event eventlogs_plain(unsigned i)
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

void eventlogs_add(struct evt *evt, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++) {
		struct evt_event event = eventlogs_plain(i);
		evt_add(evt, &event);
	}
}

struct evt *eventlogs_new(uint32_t size, unsigned n)
{
	struct evt *evt = evt_new(size);

	eventlogs_add(evt, 0, n);
	evt_close(evt);
	return evt;
}

struct evt *eventlogs_shortened(void)
{
	struct evt *evt = eventlogs_new(BIG, 10), *start = eventlogs_new(BIG, 6);
	size_t len;

	memcpy(evt_bytes(evt, &len), evt_bytes(start, &len), evt_end(start) + EVT_END);
	evt_free(start);
	return evt;
}

static enum status try_bytes(const uint8_t *bytes, size_t len, struct eventlog **log)
{
	char *path = hives_temporary(bytes, len);
	struct failure failure = { 0 };

	*log = NULL;
	enum status status = eventlog_read(NULL, path, log, &failure);
	assert_true((status == STATUS_OK) == (failure.sentence[0] == '\0'));
	(void)remove(path);
	free(path);
	return status;
}

struct eventlog *eventlogs_read_bytes(const uint8_t *bytes, size_t len)
{
	struct eventlog *log;

	assert_int_equal(try_bytes(bytes, len, &log), STATUS_OK);
	assert_non_null(log);
	return log;
}

struct eventlog *eventlogs_read(struct evt *evt)
{
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	return eventlogs_read_bytes(bytes, len);
}

void eventlogs_check_event(const struct eventlog *log, size_t k, unsigned i)
{
	struct evt_event wanted = eventlogs_plain(i);
	const struct eventlog_event *event = &log->events[k];

	assert_true(k < log->n_events);
	assert_true(event->time_ft == eventlogs_ft(wanted.time));
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

void eventlogs_check_run(const struct eventlog *log, unsigned from, unsigned to)
{
	assert_int_equal(log->n_events, to - from);
	for (unsigned i = from; i < to; i++) {
		eventlogs_check_event(log, i - from, i);
		assert_false(log->events[i - from].recovered);
	}
	assert_true(log->first_ft == eventlogs_ft(eventlogs_plain(from).time));
	assert_true(log->last_ft == eventlogs_ft(eventlogs_plain(to - 1).time));
}

void eventlogs_check_diags(const struct eventlog *log, size_t dirty, size_t wrapped,
			   size_t records)
{
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_DIRTY), dirty);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_WRAPPED), wrapped);
	assert_int_equal(diag_count_of(log->diags, DIAG_EVENTLOG_RECORD), records);
	assert_int_equal(diag_count(log->diags), dirty + wrapped + records);
}

const struct diag *eventlogs_find_diag(const struct eventlog *log, enum diag_code code,
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
