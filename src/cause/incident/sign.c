/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events near a loss, read by the table of what they say.  A log that is given counts as
 * the machine's; but an event that names another computer than the SYSTEM hive is none of
 * it.  What is not found there may have been where numbers are missing, and at any time
 * if the clock was set back.
 */
#include "cause/incident/sign.h"

#include "base/array.h"
#include "base/text.h"
#include "machine/machinename.h"

#include <stdlib.h>
#include <string.h>

struct sign_row {
	const char *word, *source, *code, *string, *strength, *basis, *reading;
};

static const struct sign_row rows[] = {
#include "cause/incident/signs.inc"
};

static struct sign_kind kind_of(const struct sign_row *row)
{
	uint32_t code = 0;

	for (const char *digit = row->code; *digit; digit++)
		code = code * 10 + (uint32_t)(*digit - '0');
	return (struct sign_kind){
		.word = row->word,
		.source = row->source,
		.code = code,
		.string = row->string,
		.strength =
			strcmp(row->strength, "strong") == 0 ? SIGN_STRONG : SIGN_WEAK,
		.basis = basis_of(row->basis),
		.reading = row->reading,
	};
}

static bool fits(const struct sign_kind *kind, const struct eventlog_event *event)
{
	return event->source && text_is(text_of(event->source), kind->source) &&
	       (kind->code == 0 || kind->code == eventlog_code(event)) &&
	       (!*kind->string || eventlog_mentions(event, kind->string));
}

static bool fits_any(const struct sign_kind *kinds, const struct eventlog_event *event)
{
	for (size_t k = 0; k < ARRAY_LEN(rows); k++)
		if (fits(&kinds[k], event))
			return true;
	return false;
}

static enum status add(struct signs *signs, const struct eventlog *log,
		       const struct eventlog_event *event, const struct sign_kind *kind)
{
	if (signs->n == SIGNS_MAX) {
		signs->n_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(signs, SIGNS_MAX));
	signs->items[signs->n++] = (struct sign){ log, event, *kind };
	return STATUS_OK;
}

/* A key may carry any number as its time: no sum of it is made. */
static bool is_near(uint64_t ft, uint64_t from_ft, uint64_t to_ft)
{
	return ft < from_ft ? from_ft - ft <= SIGN_BEFORE
			    : ft <= to_ft || ft - to_ft <= SIGN_AFTER;
}

/* Where either name is not known nothing speaks against it. */
static bool is_of_machine(const struct eventlog_event *event, const char *machine)
{
	return !*machine || !event->computer || !*event->computer ||
	       machinename_same(event->computer, machine);
}

/* True if what is missing may have been near; the ends of a gap that are open are. */
static bool gap_is_near(const struct eventlog *log, uint64_t from_ft, uint64_t to_ft)
{
	bool near = log->n_more_gaps > 0 || log->clock_set_back;

	for (size_t i = 0; i < log->n_gaps && !near; i++) {
		const struct eventlog_gap *gap = &log->gaps[i];
		bool before = gap->to_ft && gap->to_ft < from_ft &&
			      from_ft - gap->to_ft > SIGN_BEFORE;
		bool behind = gap->from_ft > to_ft && gap->from_ft - to_ft > SIGN_AFTER;
		near = !before && !behind;
	}
	return near;
}

/* Overwritten, not yet written or lost: what is not found there may have been. */
static bool covers_time(const struct eventlog *log, uint64_t from_ft, uint64_t to_ft)
{
	return log->first_ft && log->first_ft <= from_ft && log->last_ft >= to_ft &&
	       log->last_ft - to_ft >= SIGN_AFTER && !log->dirty &&
	       diag_count_of(log->diags, DIAG_EVENTLOG_RECORD) == 0;
}

static enum status search(struct signs *signs, const struct eventlog *log,
			  const struct sign_kind *kinds, const char *machine,
			  uint64_t from_ft, uint64_t to_ft)
{
	bool covers = covers_time(log, from_ft, to_ft), own = log->n_events == 0;
	bool gap = covers && gap_is_near(log, from_ft, to_ft);

	covers = covers && !gap;
	signs->gap |= gap;
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		if (log->foreign || !is_of_machine(event, machine)) {
			signs->n_of_others += is_near(event->time_ft, from_ft, to_ft) &&
					      fits_any(kinds, event);
			continue;
		}
		own = true;
		if (event->source && covers &&
		    text_starts_with(text_of(event->source), "MSExchange"))
			signs->exchange = true;
		if (!is_near(event->time_ft, from_ft, to_ft))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(rows); k++)
			if (fits(&kinds[k], event)) {
				RETURN_IF_FAILED(add(signs, log, event, &kinds[k]));
				break;
			}
	}
	signs->covered |= covers && own;
	return STATUS_OK;
}

enum status signs_find(const struct companions *companions, uint64_t from_ft,
		       uint64_t to_ft, struct signs *out)
{
	struct sign_kind kinds[ARRAY_LEN(rows)];
	struct signs signs = { 0 };
	enum status status = STATUS_OK;
	char *machine = text_to_utf8(
		companions->system ? companions->system->computer_name : text_of(""),
		NULL);

	if (!machine)
		return STATUS_NOMEM;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		kinds[i] = kind_of(&rows[i]);
	for (size_t i = 0; i < companions->n_events && status == STATUS_OK; i++)
		if (from_ft && to_ft)
			status = search(&signs, companions->events[i], kinds, machine,
					from_ft, to_ft);
	free(machine);
	if (status != STATUS_OK)
		signs_clear(&signs);
	else
		*out = signs;
	return status;
}

void signs_clear(struct signs *signs)
{
	free(signs->items);
	*signs = (struct signs){ 0 };
}

const char *sign_strength_word(enum sign_strength strength)
{
	return strength == SIGN_STRONG ? "strong" : "weak";
}
