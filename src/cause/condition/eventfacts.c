/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the event logs: the signs near a loss, and what their absence says.  An event
 * of another computer than the machine is no sign; nothing is said to be absent that a
 * gap in the numbers can hold; and nothing is near a loss that may have been at any time
 * of several days.
 */
#include "cause/condition/eventfacts.h"

#include "cause/condition/result.h"

#include <inttypes.h>
#include <string.h>

/* How far from the loss, in words. */
static const char *distance(struct incident *incident, uint64_t ft)
{
	bool after = ft > incident->losses.to_ft;
	uint64_t ticks = after				 ? ft - incident->losses.to_ft
			 : ft < incident->losses.from_ft ? incident->losses.from_ft - ft
							 : 0;
	uint64_t seconds = ticks / 10000000;

	if (ticks == 0)
		return "within the time of the loss";
	if (seconds < 120)
		return incident_print(incident, "%" PRIu64 " second%s %s it", seconds,
				      seconds == 1 ? "" : "s",
				      after ? "after" : "before");
	return incident_print(incident, "%" PRIu64 " minutes %s it", seconds / 60,
			      after ? "after" : "before");
}

static bool is_within(uint64_t from_ft, uint64_t to_ft, uint64_t time_ft)
{
	return time_ft + SIGN_BEFORE >= from_ft && time_ft <= to_ft + SIGN_AFTER &&
	       to_ft - from_ft <= SIGN_AFTER;
}

/* True if some loss of which the day is known lies near the event. */
static bool is_surely_near(const struct losses *losses, uint64_t time_ft)
{
	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		uint64_t from = loss->at_ft ? loss->at_ft : loss->earliest_ft;
		uint64_t to = loss->at_ft ? loss->at_ft : loss->latest_ft;
		if (loss->sure && from && to >= from && is_within(from, to, time_ft))
			return true;
	}
	return losses->n == 0 && is_within(losses->from_ft, losses->to_ft, time_ft);
}

static void show_sign(struct incident *incident, struct condition *condition,
		      const struct sign *sign)
{
	result_show_file(condition, sign->log->evidence, sign->event->offset,
			 incident_print(incident, "%s %" PRIu32 " at %s",
					sign->event->source, eventlog_code(sign->event),
					incident_time(incident, sign->event->time_ft)));
}

/* A log without any event of Exchange may be another machine's. */
static bool is_of_exchange(enum condition_id id)
{
	return id == CONDITION_EVENT_9202 || id == CONDITION_EVENT_ES_11 ||
	       id == CONDITION_EVENT_MCA_721;
}

/* Signs of a condition's word; those that tell of a user, but not of which, apart. */
struct logged {
	const struct sign *first;
	size_t n, n_unclear;
	bool near; /* one of the n lies near a loss of which the day is known */
};

static struct logged find(struct incident *incident, struct condition *condition)
{
	const struct signs *signs = &incident->signs;
	struct logged logged = { 0 };

	for (size_t i = 0; i < signs->n; i++) {
		const struct sign *sign = &signs->items[i];
		if (strcmp(sign->kind.word, condition->kind->word) != 0)
			continue;
		show_sign(incident, condition, sign);
		if (sign->of_unknown) {
			logged.n_unclear++;
			continue;
		}
		logged.first = logged.n++ == 0 ? sign : logged.first;
		logged.near |= is_surely_near(&incident->losses, sign->event->time_ft);
	}
	return logged;
}

static void is_logged(struct incident *incident, struct condition *condition,
		      const struct logged *logged)
{
	result_rests_on(condition, logged->first->kind.basis);
	if (incident->losses.n > 0 && loss_count_sure(&incident->losses) == 0)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "logged, but the loss near it is only possible");
	else if (!logged->near)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "logged, but the time of the loss is not known to a day");
	else
		result_is(incident, condition, CONDITION_MET, "%s%s",
			  logged->n == 1
				  ? "once, "
				  : incident_print(incident, "%zu times, the first ",
						   logged->n),
			  distance(incident, logged->first->event->time_ft));
}

static void is_not_logged(struct incident *incident, struct condition *condition)
{
	const struct signs *signs = &incident->signs;

	if (!incident->losses.from_ft || incident->losses.some_untimed)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  incident->losses.from_ft
				  ? "not found, but of some losses the time "
				    "is not known"
				  : "the time of the loss is not known");
	else if (signs->n_of_others > 0)
		result_is(
			incident, condition, CONDITION_UNKNOWN,
			"not found: %zu such events near the loss were logged by another "
			"computer, or nothing tells whether it is this one",
			signs->n_of_others);
	else if (!signs->covered && signs->gap)
		result_is(
			incident, condition, CONDITION_UNKNOWN,
			"not found, but records are missing, or the clock was set back, in "
			"the log that covers the time: it may have been there");
	else if (!signs->covered)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "not found, but no log that was given covers the time of the "
			  "loss and the day after it, and can be read whole");
	else if (!signs->exchange && is_of_exchange(condition->kind->id))
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "the logs hold no event of Exchange at all");
	else
		result_is(incident, condition, CONDITION_NOT_MET,
			  "not found in a log that covers the time of the loss and "
			  "the day after it");
}

void eventfacts_logged(struct incident *incident, struct condition *condition)
{
	if (incident->companions->n_events == 0)
		return;
	struct logged logged = find(incident, condition);
	if (logged.first)
		is_logged(incident, condition, &logged);
	else if (logged.n_unclear > 0)
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "logged, but nothing tells of which user");
	else
		is_not_logged(incident, condition);
}
