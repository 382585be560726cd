/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "companion/eventlognumbers.h"

#include "base/filetime.h"

#include <inttypes.h>
#include <stdlib.h>

/* Events of several programs are written minutes apart from the time they carry. */
#define CLOCK_TOLERANCE (UINT64_C(3600) * 10000000)

static void add_gap(struct eventlog *log, struct eventlog_gap gap, uint64_t offset)
{
	if (log->n_gaps == EVENTLOG_MAX_GAPS) {
		log->n_more_gaps++;
		return;
	}
	log->gaps[log->n_gaps++] = gap;
	diag_at(log->diags, DIAG_EVENTLOG_GAP, offset,
		"event records %" PRIu64 " to %" PRIu64 " (%" PRIu64
		") are missing, though those beside them are there: what "
		"they told is not known",
		gap.first, gap.last, gap.last - gap.first + 1);
}

static void report_clock(struct eventlog *log, const struct eventlog_event *last,
			 const struct eventlog_event *event)
{
	char was[FILETIME_TEXT_SIZE], is[FILETIME_TEXT_SIZE];

	if (log->clock_set_back)
		return;
	log->clock_set_back = true;
	filetime_format(last->time_ft, was);
	filetime_format(event->time_ft, is);
	diag_at(log->diags, DIAG_EVENTLOG_CLOCK, event->offset,
		"event record %" PRIu64 " is of %s, and %" PRIu64
		" behind it of %s: the clock was set back; the times of this log are no "
		"order",
		last->record, was, event->record, is);
}

bool eventlognumbers_whole(const struct eventlog *log)
{
	return diag_count_of(log->diags, DIAG_EVENTLOG_RECORD) == 0;
}

/* Numbers from `from` up to before `to`; 0 if `to` is none behind it. */
static uint64_t n_between(const struct eventlognumbers *file, uint64_t from, uint64_t to)
{
	uint64_t most = UINT64_MAX >> (64 - file->bits);
	uint64_t n = (to - from) & most;

	/* They run round; lower ones are another row. */
	return n <= most / 2 ? n : 0;
}

void eventlognumbers_check(struct eventlog *log, const struct eventlognumbers *file)
{
	const struct eventlog_event *last = NULL;
	bool sound = eventlognumbers_whole(log);
	uint64_t next = file->oldest;
	bool counts = sound && file->known && file->oldest > 0;

	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		if (event->recovered)
			continue;
		if (counts && n_between(file, next, event->record) > 0)
			add_gap(log,
				(struct eventlog_gap){ next, event->record - 1,
						       last ? last->time_ft : 0,
						       event->time_ft },
				event->offset);
		if (last && last->time_ft > event->time_ft &&
		    last->time_ft - event->time_ft > CLOCK_TOLERANCE)
			report_clock(log, last, event);
		next = event->record + 1;
		counts = sound;
		last = event;
	}
	if (last && sound && file->known && n_between(file, next, file->next) > 0)
		add_gap(log,
			(struct eventlog_gap){ next, file->next - 1, last->time_ft, 0 },
			last->offset);
}

static int by_time(const void *left, const void *right)
{
	const struct eventlog_event *a = left, *b = right;

	if (a->time_ft != b->time_ft)
		return a->time_ft < b->time_ft ? -1 : 1;
	if (a->record != b->record)
		return a->record < b->record ? -1 : 1;
	if (a->recovered != b->recovered)
		return a->recovered ? 1 : -1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

void eventlognumbers_order(struct eventlog *log)
{
	size_t n = 0;

	if (log->n_events == 0)
		return;
	qsort(log->events, log->n_events, sizeof(*log->events), by_time);
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		const struct eventlog_event *last = n ? &log->events[n - 1] : NULL;
		/* The remains of a record that the log still has say nothing new. */
		if (last && event->recovered && last->time_ft == event->time_ft &&
		    last->record == event->record)
			continue;
		log->events[n++] = *event;
	}
	log->n_events = n;
	for (size_t i = 0; i < n; i++) {
		if (log->events[i].recovered)
			continue;
		if (!log->first_ft)
			log->first_ft = log->events[i].time_ft;
		log->last_ft = log->events[i].time_ft;
	}
}
