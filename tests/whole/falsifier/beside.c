// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conditions that evidence beside the hives decides. Without such evidence, or where it is
 * of another machine or of another time, they are neither met nor not met.
 */
#include "whole/falsifier/causes.h"

#include <string.h>

#define SECOND UINT64_C(10000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* --- the machine --- */

/* With a clock that was set nobody knows how old it is. */
static bool old_software(const struct losses *l)
{
	const struct evidence *e = l->evidence;

	return !e->has_software || (e->software_old && !l->t->stepped);
}

static bool may_be_2000(const struct losses *l)
{
	const struct evidence *e = l->evidence;

	return e != NULL && ((e->has_software && e->exchange == 60) || e->has_mapi32);
}

static bool not_surely_other(const struct losses *l)
{
	const struct evidence *e = l->evidence;

	return e == NULL || (old_software(l) && !e->has_mapi32 && e->exchange == 0) ||
	       e->exchange == 60;
}

static bool may_be_55(const struct losses *l)
{
	const struct evidence *e = l->evidence;

	return e != NULL && e->has_software && e->exchange == 55;
}

/* Of an old hive Exchange of another version counts, its absence does not. */
static bool not_surely_not_55(const struct losses *l)
{
	const struct evidence *e = l->evidence;

	return e == NULL || (old_software(l) && !e->has_mapi32 && e->exchange == 0) ||
	       (!e->has_software && !e->has_mapi32) ||
	       (e->has_software && e->exchange == 55);
}

static bool is_affected(const struct losses *l)
{
	return l->evidence != NULL && l->evidence->has_mapi32 && l->evidence->affected;
}

static bool not_surely_fixed(const struct losses *l)
{
	return l->evidence == NULL || !l->evidence->has_mapi32 || l->evidence->affected;
}

static bool is_terminal(const struct losses *l)
{
	return l->evidence != NULL && l->evidence->has_system && l->evidence->terminal;
}

static bool not_surely_single(const struct losses *l)
{
	return l->evidence == NULL || !l->evidence->has_system || l->evidence->terminal;
}

static bool may_lack_fix(const struct losses *l)
{
	return is_affected(l) || (l->evidence != NULL && !old_software(l));
}

/* No history installs Outlook, or the fix. */
static bool not_surely_without(const struct losses *l)
{
	return l->evidence == NULL || old_software(l);
}

/* --- events --- */

/*
 * From 10 minutes before to a day after a time at which one went; where it was emptied
 * before, either time may be meant. `wide`: if only the day is known.
 */
static bool is_near_to(const struct truth_tenure *x, uint64_t time, bool wide)
{
	uint64_t slack = wide ? 24 * HOUR + 2 * SECOND : 0;
	uint64_t emptied = x->has_emptied ? x->emptied : x->gone;
	uint64_t from = wide ? emptied : x->gone;
	uint64_t to = wide ? x->gone : emptied;

	return time + 10 * MINUTE + slack >= from && time <= to + 24 * HOUR + slack;
}

/* Of a loss; or, if that may be meant, of anything that went in between. */
static bool is_near(const struct losses *l, uint64_t time, bool wide)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_near_to(&l->t->tenures[l->last[i]], time, wide))
			return true;
	for (uint32_t i = 0; wide && i < l->t->n_tenures; i++) {
		const struct truth_tenure *x = &l->t->tenures[i];

		if (x->gone_state != TRUTH_NONE && x->gone_state > l->a &&
		    x->gone_state <= l->b && is_near_to(x, time, wide))
			return true;
	}
	return false;
}

static bool logged(const struct losses *l, const char *condition, bool wide)
{
	for (size_t i = 0; i < l->evidence->n_events; i++)
		if (strcmp(l->evidence->events[i].condition, condition) == 0 &&
		    is_near(l, l->evidence->events[i].time, wide))
			return true;
	return false;
}

/*
 * Of one that went from list to list in between the bytes may show any of its ends: near
 * each of them.
 */
static bool logged_near_all(const struct losses *l, const char *condition)
{
	if (!logged(l, condition, false))
		return false;
	for (size_t i = 0; i < l->evidence->n_events; i++) {
		const struct evidence_event *event = &l->evidence->events[i];
		bool near = strcmp(event->condition, condition) == 0;

		for (size_t k = 0; near && k < l->n; k++)
			near = is_near_to(&l->t->tenures[l->first[k]], event->time,
					  false);
		if (near)
			return true;
	}
	return false;
}

/* A log of another computer says nothing, where a SYSTEM hive tells which is the one. */
static bool is_others_log(const struct evidence *e)
{
	return e->other_computer && e->has_system;
}

static bool may_be_logged(const struct losses *l, const char *condition)
{
	return l->evidence != NULL && l->evidence->has_events &&
	       !is_others_log(l->evidence) && logged(l, condition, true);
}

static bool surely_logged(const struct losses *l, const char *condition)
{
	const struct evidence *e = l->evidence;
	bool covered = true;

	if (e == NULL || !e->has_events || is_others_log(e))
		return true;
	for (size_t i = 0; i < l->n; i++)
		covered &= l->t->tenures[l->last[i]].gone >= e->covers_from;
	return !covered || logged_near_all(l, condition);
}

#define EVENT(condition)                                                                 \
	static bool may_##condition(const struct losses *l)                              \
	{                                                                                \
		return may_be_logged(l, #condition);                                     \
	}                                                                                \
	static bool surely_##condition(const struct losses *l)                           \
	{                                                                                \
		return surely_logged(l, #condition);                                     \
	}
EVENT(event_9202)
EVENT(event_es_11)
EVENT(event_mca_721)
EVENT(event_installer)

/* --- processes --- */

static const struct evidence_row *row_of(const struct losses *l, size_t loss)
{
	uint32_t pid = evidence_pid(l->t->tenures[l->first[loss]].name);

	for (size_t i = 0; l->evidence != NULL && i < l->evidence->n_rows; i++)
		if (pid != 0 && l->evidence->rows[i].pid == pid)
			return &l->evidence->rows[i];
	return NULL;
}

static bool a_maker_runs(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct evidence_row *row = row_of(l, i);

		if (row != NULL && row->maker)
			return true;
	}
	return false;
}

static bool has_listing(const struct losses *l)
{
	return l->evidence != NULL && l->evidence->has_listing;
}

static bool no_maker_runs(const struct losses *l)
{
	return has_listing(l) && !a_maker_runs(l);
}

/* Whether some profile is gone whose name tells the number of a process. */
static bool has_generated(const struct losses *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (evidence_is_generated(l->t->tenures[l->first[i]].name))
			return true;
	return false;
}

static bool not_surely_idle(const struct losses *l)
{
	return a_maker_runs(l) || (has_generated(l) && !has_listing(l));
}

/* Not one of their numbers is listed, so that they surely ran no more. */
static bool surely_idle(const struct losses *l)
{
	if (has_generated(l) && !has_listing(l))
		return true;
	for (size_t i = 0; i < l->n; i++)
		if (row_of(l, i) != NULL)
			return false;
	return has_generated(l);
}

static const struct causes_row rows[] = {
	{ "exchange_2000", may_be_2000, not_surely_other },
	{ "exchange_55", may_be_55, not_surely_not_55 },
	{ "mapi32_affected", is_affected, not_surely_fixed },
	{ "terminal_server", is_terminal, not_surely_single },
	{ "fix_absent", may_lack_fix, causes_always },
	{ "outlook_installed", causes_never, not_surely_without },
	{ "event_9202", may_event_9202, surely_event_9202 },
	{ "event_es_11", may_event_es_11, surely_event_es_11 },
	{ "event_mca_721", may_event_mca_721, surely_event_mca_721 },
	{ "event_installer", may_event_installer, surely_event_installer },
	{ "process_runs", a_maker_runs, not_surely_idle },
	{ "process_gone", no_maker_runs, surely_idle },
};

const struct causes_row *beside_rows(size_t *n)
{
	*n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}
