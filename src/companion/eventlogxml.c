/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What evtxlog reads, in the terms of .evt. */
#include "companion/eventlogxml.h"

#include "base/text.h"
#include "companion/eventlognumbers.h"
#include "companion/evtx/evtxlog.h"

#include <inttypes.h>

/* Keywords that the Security channel has instead of a level are not read: it has no signs. */
static uint32_t type_of(uint8_t level)
{
	switch (level) {
	case EVTXRECORD_CRITICAL:
		return EVENTLOG_CRITICAL;
	case EVTXRECORD_ERROR:
		return EVENTLOG_ERROR;
	case EVTXRECORD_WARNING:
		return EVENTLOG_WARNING;
	case EVTXRECORD_ALWAYS:
	case EVTXRECORD_INFORMATION:
		return EVENTLOG_INFORMATION;
	case EVTXRECORD_VERBOSE:
		return EVENTLOG_VERBOSE;
	default:
		return EVENTLOG_NO_TYPE;
	}
}

bool eventlogxml_is(struct span bytes)
{
	return span_starts(bytes, 0, "ElfFile", 8);
}

static struct eventlog_event event_of(const struct evtxrecord *record)
{
	return (struct eventlog_event){
		.time_ft = record->created_ft ? record->created_ft : record->written_ft,
		.source = record->provider,
		.computer = record->computer,
		.channel = record->channel,
		.sid = record->sid,
		.id = record->id,
		.type = type_of(record->level),
		.strings = record->strings,
		.n_strings = record->n_strings,
		.record = record->number,
		.offset = record->offset,
		.recovered = !record->live,
	};
}

/*
 * True if the records have other numbers than their events: a copy of chosen events numbers
 * its records anew, so that theirs tell nothing of what was left out.
 */
static bool is_renumbered(const struct evtxlog *read)
{
	bool differs = false;

	for (size_t i = 0; i < read->n; i++) {
		const struct evtxrecord *record = &read->records[i];
		if (record->live && !record->told)
			return false;
		differs |= record->live && record->told != record->number;
	}
	return differs;
}

/* The number of the oldest live event; 0: there is none. */
static uint64_t oldest_of(const struct eventlog *log)
{
	for (size_t i = 0; i < log->n_events; i++)
		if (!log->events[i].recovered)
			return log->events[i].record;
	return 0;
}

enum status eventlogxml_add(struct eventlog *log)
{
	struct evtxlog read;

	log->format = EVENTLOG_EVTX;
	log->arena = arena_new();
	if (!log->arena)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(
		evtxlog_read(log->evidence->bytes, log->diags, log->arena, &read));
	log->events = arena_calloc(log->arena, read.n + 1, sizeof(*log->events));
	if (!log->events)
		return STATUS_NOMEM;
	bool renumbered = is_renumbered(&read);
	for (size_t i = 0; i < read.n; i++) {
		log->events[i] = event_of(&read.records[i]);
		if (renumbered && read.records[i].told)
			log->events[i].record = read.records[i].told;
	}
	log->n_events = read.n;
	log->dirty = read.dirty;
	log->oldest = oldest_of(log);
	log->wrapped = log->oldest > 1;
	eventlognumbers_check(
		log, &(struct eventlognumbers){ .known = true,
						.oldest = log->oldest,
						.next = renumbered ? 0 : read.next,
						.bits = 64 });
	return STATUS_OK;
}
