/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events near a loss, read by the table of what they say.  A log that is given counts as
 * the machine's; but an event that names another computer than the SYSTEM hive is none of
 * it.  What tells of one user says nothing of another.  Of the channels of Windows Vista and
 * later two are searched, and what is not found was not logged only if the log of
 * Application covers it.  What is not found there may have been where numbers are missing,
 * and at any time if the clock was set back.
 */
#include "cause/incident/sign.h"

#include "base/array.h"
#include "base/text.h"
#include "machine/machinename.h"
#include "snapshot/accountid.h"

#include <stdlib.h>
#include <string.h>

struct sign_row {
	const char *word, *source, *code, *string, *strength, *basis, *whose, *reading;
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
		.of_user = strcmp(row->whose, "user") == 0,
		.reading = row->reading,
	};
}

static bool fits(const struct sign_kind *kind, const struct eventlog_event *event)
{
	return event->source && text_is(text_of(event->source), kind->source) &&
	       (kind->code == 0 || kind->code == eventlog_code(event)) &&
	       (!*kind->string || eventlog_mentions(event, kind->string));
}

/* The first row that fits; NULL: none does, or the channel is not searched. */
static const struct sign_kind *find_kind(const struct sign_kind *kinds,
					 const struct eventlog_event *event)
{
	for (size_t k = 0; k < ARRAY_LEN(rows) && eventlog_is_searched(event->channel);
	     k++)
		if (fits(&kinds[k], event))
			return &kinds[k];
	return NULL;
}

/* Whose an event is that tells of a user: the subject's, another's, or not known. */
enum whose { WHOSE_OWN, WHOSE_OTHERS, WHOSE_UNKNOWN };

static enum whose whose_of(const struct sign_kind *kind,
			   const struct eventlog_event *event, const char *sid)
{
	if (!kind->of_user)
		return WHOSE_OWN;
	if (!*sid || !event->sid)
		return WHOSE_UNKNOWN;
	if (strcmp(event->sid, sid) == 0)
		return WHOSE_OWN;
	/* What the system logs for a user may have the system's own. */
	return accountid_is_user(event->sid) ? WHOSE_OTHERS : WHOSE_UNKNOWN;
}

static enum status add(struct signs *signs, const struct sign *sign)
{
	if (signs->n == SIGNS_MAX) {
		signs->n_left_out++;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(signs, SIGNS_MAX));
	signs->items[signs->n++] = *sign;
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
	return !log->other_channel && log->first_ft && log->first_ft <= from_ft &&
	       log->last_ft >= to_ft && log->last_ft - to_ft >= SIGN_AFTER &&
	       !log->dirty && diag_count_of(log->diags, DIAG_EVENTLOG_RECORD) == 0;
}

/* What is searched, and for what. */
struct search {
	const struct sign_kind *kinds;
	const char *machine, *sid; /* "" if not known */
	uint64_t from_ft, to_ft;
	struct signs *signs;
};

/* An event of the log; *own: it is one of the machine's. */
static enum status search_event(const struct search *search, const struct eventlog *log,
				const struct eventlog_event *event, bool *own)
{
	const struct sign_kind *kind =
		is_near(event->time_ft, search->from_ft, search->to_ft)
			? find_kind(search->kinds, event)
			: NULL;
	enum whose whose = kind ? whose_of(kind, event, search->sid) : WHOSE_OTHERS;

	*own = !log->foreign && is_of_machine(event, search->machine);
	if (whose == WHOSE_OTHERS)
		return STATUS_OK;
	if (*own)
		return add(search->signs,
			   &(struct sign){ log, event, *kind, whose == WHOSE_UNKNOWN });
	search->signs->n_of_others++;
	return STATUS_OK;
}

/* Whether there are events from before the time and from behind it. */
struct reach {
	bool before, behind;
};

static void reach_to(struct reach *reach, const struct search *search, uint64_t ft)
{
	reach->before |= ft <= search->from_ft;
	reach->behind |= ft >= search->to_ft && ft - search->to_ft >= SIGN_AFTER;
}

/*
 * What another computer or another channel logged before the time or behind it does not
 * show that this machine's events of that time were kept: a log may be put together, and
 * a machine may have had another name.
 */
static enum status search_log(const struct search *search, const struct eventlog *log)
{
	struct signs *signs = search->signs;
	bool covers = covers_time(log, search->from_ft, search->to_ft);
	bool gap = covers && gap_is_near(log, search->from_ft, search->to_ft);
	bool any_own = log->n_events == 0, exchange = false;
	struct reach ours = { 0 }, others = { 0 };

	signs->gap |= gap;
	for (size_t i = 0; i < log->n_events; i++) {
		const struct eventlog_event *event = &log->events[i];
		bool own = false;
		RETURN_IF_FAILED(search_event(search, log, event, &own));
		bool application = own && eventlog_is_application(event->channel);
		any_own |= application;
		exchange |= application && event->source &&
			    text_starts_with(text_of(event->source), "MSExchange");
		if (!event->recovered)
			reach_to(application ? &ours : &others, search, event->time_ft);
	}
	covers = covers && !gap && any_own && (ours.before || !others.before) &&
		 (ours.behind || !others.behind);
	signs->covered |= covers;
	signs->exchange |= covers && exchange;
	return STATUS_OK;
}

enum status signs_find(const struct companions *companions, const char *sid,
		       uint64_t from_ft, uint64_t to_ft, struct signs *out)
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
	struct search search = { .kinds = kinds,
				 .machine = machine,
				 .sid = sid,
				 .from_ft = from_ft,
				 .to_ft = to_ft,
				 .signs = &signs };
	for (size_t i = 0; i < companions->n_events && status == STATUS_OK; i++)
		if (from_ft && to_ft)
			status = search_log(&search, companions->events[i]);
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
