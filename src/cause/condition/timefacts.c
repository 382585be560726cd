/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When profiles went: at one instant, or each at a time of its own.  Several at once is
 * told by proven moments alone, those of sure losses.  Where only bounds are known they
 * may still show that two went apart; if they overlap, or a loss or a move is not sure,
 * both are unknown.
 */
#include "cause/condition/timefacts.h"

#include "cause/condition/result.h"

#include <stdlib.h>

/* Times this close are one instant: deleting even many keys takes less. */
#define ONE_INSTANT (UINT64_C(2) * 10000000)

/* The largest group of losses at one instant: its size, and when it began. */
static size_t largest_instant(const struct incident *incident, uint64_t *at)
{
	const uint64_t *moments = incident->losses.moments;
	size_t most = 0;

	for (size_t first = 0, i = 0; i < incident->losses.n_moments; i++) {
		while (moments[i] - moments[first] > ONE_INSTANT)
			first++;
		if (i - first + 1 > most) {
			most = i - first + 1;
			*at = moments[first];
		}
	}
	return most;
}

static void show_instant(struct incident *incident, struct condition *condition,
			 uint64_t at)
{
	for (size_t i = 0; i < incident->losses.n; i++) {
		uint64_t other = incident->losses.items[i].at_ft;
		if (incident->losses.items[i].sure && other >= at &&
		    other - at <= ONE_INSTANT)
			result_show_loss(incident, condition, &incident->losses.items[i]);
	}
}

static size_t count_undated(const struct incident *incident)
{
	size_t n = 0;

	for (size_t i = 0; i < incident->losses.n; i++)
		n += incident->losses.items[i].at_ft == 0 ||
		     !incident->losses.items[i].sure;
	return n + incident->losses.n_open;
}

/* Profiles moved to Deleted Profiles: of a move only bounds are known. */
static size_t count_moved(const struct incident *incident)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	for (size_t i = 0; comparison && i < comparison->n_findings; i++)
		n += comparison->findings[i].kind == FINDING_MOVED;
	return n;
}

/* In which time a profile went; the ends are the same where the moment is known. */
struct interval {
	uint64_t from, to;
};

/* Bounds that are missing or contradict each other leave all open. */
static struct interval interval_of(uint64_t at, uint64_t earliest, uint64_t latest)
{
	if (at)
		return (struct interval){ at, at };
	if (!latest || earliest > latest)
		return (struct interval){ latest ? 0 : earliest, UINT64_MAX };
	return (struct interval){ earliest, latest };
}

static int by_beginning(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static size_t collect(const struct incident *incident, struct interval *out)
{
	const struct comparison *comparison = incident->comparison;
	size_t n = 0;

	for (size_t i = 0; i < incident->losses.n; i++) {
		const struct loss *loss = &incident->losses.items[i];
		out[n++] = loss->sure ? interval_of(loss->at_ft, loss->earliest_ft,
						    loss->latest_ft)
				      : interval_of(0, 0, 0);
	}
	for (size_t i = 0; i < incident->losses.n_open; i++)
		out[n++] = interval_of(0, 0, 0);
	for (size_t i = 0; comparison && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		if (finding->kind != FINDING_MOVED)
			continue;
		out[n++] = finding->certainty <= FINDING_PROBABLE &&
					   !finding_is_out_of_order(finding)
				   ? interval_of(finding->at_ft, finding->earliest_ft,
						 finding->latest_ft)
				   : interval_of(0, 0, 0);
	}
	return n;
}

/* True if no two of them can have gone at one instant, whatever the bounds leave open. */
static bool all_apart(struct incident *incident, size_t n)
{
	struct interval *all = calloc(n, sizeof(*all));
	bool apart = all != NULL;

	if (!all) {
		incident->nomem = true;
		return false;
	}
	n = collect(incident, all);
	qsort(all, n, sizeof(*all), by_beginning);
	for (size_t i = 1; i < n && apart; i++)
		apart = all[i].from > all[i - 1].to &&
			all[i].from - all[i - 1].to > ONE_INSTANT;
	free(all);
	return apart;
}

void timefacts_instant(struct incident *incident, struct condition *condition)
{
	bool wants_several = condition->kind->id == CONDITION_SEVERAL_AT_ONCE;
	uint64_t at = 0;
	size_t most = largest_instant(incident, &at);
	size_t moved = count_moved(incident);
	size_t all = incident->losses.n + incident->losses.n_open + moved;
	bool unread = incident->losses.unread;
	size_t undated = count_undated(incident) + moved;

	if (most >= 2) {
		result_is(incident, condition,
			  wants_several ? CONDITION_MET : CONDITION_NOT_MET,
			  "%zu of %zu at %s", most, incident->losses.n,
			  incident_time(incident, at));
		show_instant(incident, condition, at);
	} else if (!incident->before) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "what else went may be overwritten in a single hive");
	} else if (all < 2 && loss_is_in_doubt(&incident->losses)) {
		result_is(incident, condition, CONDITION_UNKNOWN, "%s",
			  unread ? "the earlier hive may have held more that is gone"
				 : "that a profile is gone is only possible");
	} else if (all < 2) {
		result_is(incident, condition,
			  wants_several ? CONDITION_NOT_MET : CONDITION_MET,
			  incident->losses.n == 1 ? "only one profile is gone"
						  : "no profile is gone for good");
	} else if (!unread && all_apart(incident, all)) {
		result_is(incident, condition,
			  wants_several ? CONDITION_NOT_MET : CONDITION_MET,
			  "%zu profiles, each at a moment of its own", all);
	} else {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "of %zu of %zu profiles only bounds are known", undated, all);
	}
}
