/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Causes in the summary: the best one, what speaks for it and against it, what
 * would decide it, and what to do.
 */
#include "report/summary/causelines.h"

#include "report/summary/wording.h"

#include <string.h>

/* ---- pieces of both forms ---- */

/* Conditions in that state; hints are not counted. */
static size_t count_conditions(const struct diagnosis *diagnosis,
			       enum condition_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_conditions; i++)
		n += diagnosis->conditions[i].state == state &&
		     diagnosis->conditions[i].weight != CONDITION_HINT;
	return n;
}

/* What is met, or what is not. */
static void put_conditions(struct screen *screen, const struct diagnosis *diagnosis,
			   enum condition_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		if (condition->state == state && condition->weight != CONDITION_HINT)
			screen_print(screen, "%s%s", n++ > 0 ? "; " : "",
				     condition_statement(condition->id));
	}
}

/* Options that give evidence beside the hives, as condition_wanted() names them. */
enum { OPTION_MAPI32, OPTION_MODULES, OPTION_SYSTEM, OPTION_SOFTWARE, OPTION_EVENTS };
static const char *const options[] = {
	[OPTION_MAPI32] = "--mapi32", [OPTION_MODULES] = "--modules",
	[OPTION_SYSTEM] = "--system", [OPTION_SOFTWARE] = "--software",
	[OPTION_EVENTS] = "--events",
};

/* True for what was given already, so that there is no use in asking for it. */
static bool is_given(const struct companions *companions, size_t option)
{
	if (!companions)
		return false;
	switch (option) {
	case OPTION_MAPI32:
		return companions->mapi32 != NULL;
	case OPTION_MODULES:
		return false; /* there are several listings */
	case OPTION_SYSTEM:
		return companions->system != NULL;
	case OPTION_SOFTWARE:
		return companions->software != NULL;
	case OPTION_EVENTS:
		return companions->n_events > 0;
	default:
		return false;
	}
}

/*
 * Adds the options that a text names and that were not given; all of them if
 * each was, and did not tell.  Return: true if it names any.
 */
static bool note_options(const char *text, const struct companions *companions,
			 bool noted[ARRAY_LEN(options)])
{
	bool any = false, any_new = false;

	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (strstr(text, options[i])) {
			any = true;
			any_new |= !is_given(companions, i);
		}
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (strstr(text, options[i]) && !(any_new && is_given(companions, i)))
			noted[i] = true;
	return any;
}

/* What would decide the conditions that are unknown: each option once, and the rest. */
static void put_missing(struct summary *summary, const struct diagnosis *diagnosis,
			const char *what)
{
	const struct companions *companions = summary->options->companions;
	struct screen *screen = summary->screen;
	bool noted[ARRAY_LEN(options)] = { false };
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		const char *wanted = condition_wanted(condition->id);
		if (condition->state != CONDITION_UNKNOWN ||
		    condition->weight == CONDITION_HINT ||
		    note_options(wanted, companions, noted))
			continue;
		screen_print(screen, "%s%s", n++ > 0 ? "; " : "", wanted);
	}
	for (size_t i = 0, shown = 0; i < ARRAY_LEN(options); i++)
		if (noted[i]) {
			if (shown++ > 0)
				screen_print(screen, ", %s", options[i]);
			else
				screen_print(screen, "%s%s%s", n > 0 ? "; " : "", what,
					     options[i]);
		}
}

/* Another cause that is no worse than possible, so that nobody takes one for the only. */
static bool is_other(const struct diagnosis *other, const struct diagnosis *best)
{
	return other->comparison == best->comparison && other != best &&
	       other->grade <= GRADE_POSSIBLE;
}

bool causelines_is_due(const struct summary *summary, const struct comparison *comparison)
{
	const struct diagnoses *diagnoses = summary->options->diagnoses;

	for (size_t i = 0; diagnoses && i < diagnoses->n; i++)
		if (diagnoses->items[i].comparison == comparison)
			return true;
	return false;
}

/* False if there is nothing to explain; *best is NULL if it cannot be explained. */
static bool find_best(const struct summary *summary, const struct comparison *comparison,
		      const struct diagnosis **best)
{
	bool due = causelines_is_due(summary, comparison);

	*best = due ? diagnoses_best(summary->options->diagnoses, comparison) : NULL;
	return due;
}

static enum screen_style style_of(enum grade grade)
{
	return grade == GRADE_SUPPORTED ? SCREEN_STRONG : SCREEN_CHANGED;
}

/* ---- in brief ---- */

/* Names of things to be stopped that are told. */
#define BRIEF_NAMES 6

static bool was_given(const struct diagnosis *diagnosis, size_t step)
{
	for (size_t i = 0; i < step; i++)
		if (strcmp(diagnosis->advice[i].code, diagnosis->advice[step].code) == 0)
			return true;
	return false;
}

/* The names of all steps that have the code of the first. */
static void put_step_names(struct screen *screen, const struct diagnosis *diagnosis,
			   size_t first)
{
	size_t n = 0;

	for (size_t i = first; i < diagnosis->n_advice; i++) {
		const struct advice *advice = &diagnosis->advice[i];
		if (strcmp(advice->code, diagnosis->advice[first].code) != 0 ||
		    !advice->name || n++ >= BRIEF_NAMES)
			continue;
		screen_print(screen, n > 1 ? ", " : " ");
		screen_utf8(screen, advice->name);
	}
	if (n > BRIEF_NAMES)
		screen_print(screen, " and %zu more", n - BRIEF_NAMES);
}

static void put_steps(struct summary *summary, const struct diagnosis *diagnosis)
{
	const struct restores *restores = summary->options->restores;
	struct screen *screen = summary->screen;
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_advice; i++) {
		const struct advice *advice = &diagnosis->advice[i];
		bool names = false;
		const char *brief = advice_brief(diagnosis, advice->code, &names);
		/* What was restored is told in a line of its own. */
		bool done = restores && restores->n > 0 &&
			    strcmp(advice->code, "check_profiles") == 0;
		if (brief && (!*brief || done || was_given(diagnosis, i)))
			continue;
		if (n++ == 0)
			screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "do");
		else
			screen_print(screen, ". ");
		screen_utf8(screen, brief ? brief : advice->text);
		if (names)
			put_step_names(screen, diagnosis, i);
	}
}

static void put_brief_others(struct screen *screen, const struct diagnoses *diagnoses,
			     const struct diagnosis *best)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnoses->n; i++) {
		const struct diagnosis *other = &diagnoses->items[i];
		if (!is_other(other, best))
			continue;
		if (n++ == 0)
			screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "or");
		screen_print(screen, "%s%s [%s]", n > 1 ? ", " : "",
			     cause_word(other->cause), grade_word(other->grade));
	}
}

/* Without a cause there is no advice, but what is lost may still be brought back. */
static void put_undetermined(struct summary *summary, const struct comparison *comparison)
{
	const struct restores *restores = summary->options->restores;
	struct screen *screen = summary->screen;
	bool lost = false;

	screen_print(screen, "not determined: see the report");
	for (size_t i = 0; comparison && i < comparison->n_findings; i++)
		lost |= finding_is_loss(&comparison->findings[i]) ||
			comparison->findings[i].kind == FINDING_DAMAGED;
	if (!lost || (restores && restores->n > 0))
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "do");
	screen_print(screen, "Bring back with --restore what it was before");
}

void causelines_brief(struct summary *summary, const struct comparison *comparison)
{
	struct screen *screen = summary->screen;
	const struct diagnosis *best;

	if (!find_best(summary, comparison, &best))
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "cause");
	if (!best) {
		put_undetermined(summary, comparison);
		return;
	}
	const char *sentence = cause_sentence(best->cause);
	size_t met = count_conditions(best, CONDITION_MET);
	size_t not_met = count_conditions(best, CONDITION_NOT_MET);
	size_t unknown = count_conditions(best, CONDITION_UNKNOWN);
	screen_style(screen, style_of(best->grade));
	screen_print(screen, "%s  [%s]", cause_word(best->cause),
		     grade_word(best->grade));
	screen_style(screen, SCREEN_PLAIN);
	/* Its name, without how it works. */
	screen_print(screen, "  %.*s; %zu of %zu conditions met",
		     (int)strcspn(sentence, ":"), sentence, met, met + not_met + unknown);
	if (not_met > 0) {
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "not so");
		put_conditions(screen, best, CONDITION_NOT_MET);
	}
	if (unknown > 0) {
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "missing");
		put_missing(summary, best, "");
	}
	put_brief_others(screen, summary->options->diagnoses, best);
	put_steps(summary, best);
}

/* ---- spelled out ---- */

void causelines_write(struct summary *summary, const struct comparison *comparison)
{
	struct screen *screen = summary->screen;
	const struct diagnoses *diagnoses = summary->options->diagnoses;
	const struct diagnosis *best;

	if (!find_best(summary, comparison, &best))
		return;
	screen_gap(screen);
	screen_line(screen, 0, 16, SCREEN_PLAIN, "cause");
	if (!best) {
		screen_print(screen, "not determined: see the report");
		return;
	}
	screen_style(screen, style_of(best->grade));
	screen_print(screen, "%s  [%s]", cause_word(best->cause),
		     grade_word(best->grade));
	wording_line(screen, "that is");
	screen_print(screen, "%s", cause_sentence(best->cause));
	if (count_conditions(best, CONDITION_MET) > 0) {
		wording_line(screen, "for");
		put_conditions(screen, best, CONDITION_MET);
	}
	if (count_conditions(best, CONDITION_NOT_MET) > 0) {
		wording_line(screen, "not so");
		put_conditions(screen, best, CONDITION_NOT_MET);
	}
	if (count_conditions(best, CONDITION_UNKNOWN) > 0) {
		wording_line(screen, "missing");
		put_missing(summary, best, "evidence of the machine: ");
	}
	for (size_t i = 0; i < best->n_advice; i++) {
		wording_line(screen, i == 0 ? "do" : "");
		screen_utf8(screen, best->advice[i].text);
	}
	for (size_t i = 0; i < diagnoses->n; i++) {
		const struct diagnosis *other = &diagnoses->items[i];
		if (!is_other(other, best))
			continue;
		wording_line(screen, "or");
		screen_print(screen, "[%s] %s", grade_word(other->grade),
			     cause_word(other->cause));
	}
}

void causelines_restored(struct screen *screen, const struct restored *restored)
{
	if (!restored)
		return;
	wording_line(screen, "restore");
	if (!restored->path) {
		screen_print(screen, "%s", restored_reason_sentence(restored->reason));
		return;
	}
	screen_path(screen, restored->path);
	if (restored->incomplete)
		screen_print(screen, " (INCOMPLETE)");
}
