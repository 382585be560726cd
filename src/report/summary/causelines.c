/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Causes in the summary: the best one, what speaks for it and against it, what
 * would decide it, and what to do.
 */
#include "report/summary/causelines.h"

#include "report/summary/wording.h"

#include <string.h>

/* ---- pieces of both forms ---- */

/* What is met, or what is not. */
static void put_conditions(struct screen *screen, const struct diagnosis *diagnosis,
			   enum condition_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		if (condition->state == state && condition_counts(condition))
			screen_print(screen, "%s%s", n++ > 0 ? "; " : "",
				     condition->kind->statement);
	}
}

/*
 * What is missing; `what` comes before the options, and "first" behind the one that would
 * tell most: a line of its own would push others off the screen.
 */
static void put_missing(struct screen *screen, const struct missing *missing,
			const char *what, const char *first_option)
{
	bool before_options = true;

	for (size_t i = 0; i < missing->n; i++) {
		const struct missing_item *item = &missing->items[i];
		bool first = item->option && before_options;
		const char *separator = i == 0			 ? ""
					: item->option && !first ? ", "
								 : "; ";
		screen_print(screen, "%s%s%s", separator, first ? what : "",
			     item->option ? item->option : item->text);
		if (item->given)
			screen_print(screen, " (another)");
		if (item->option && first_option && missing->n > 1 &&
		    strcmp(item->option, first_option) == 0)
			screen_print(screen, " first");
		before_options = !item->option;
	}
}

/* Another cause that is no worse than possible, so that nobody takes one for the only. */
static bool is_other(const struct diagnosis *other, const struct diagnosis *best)
{
	return other->comparison == best->comparison && other->rank == DIAGNOSIS_OTHER;
}

bool causelines_is_due(const struct summary *summary, const struct comparison *comparison)
{
	const struct diagnoses *diagnoses = summary->options->diagnoses;

	for (size_t i = 0; diagnoses && i < diagnoses->n; i++)
		if (diagnoses->items[i].comparison == comparison)
			return true;
	return diagnoses && diagnoses_are_unresolved(diagnoses, comparison);
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

static void put_steps(struct summary *summary, const struct diagnosis *diagnosis)
{
	const struct restores *restores = summary->options->restores;
	struct screen *screen = summary->screen;
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->advice.n; i++) {
		const struct advice *advice = &diagnosis->advice.items[i];
		/* What was restored is told in a line of its own. */
		bool done = advice->brings_back && restores && restores->n > 0;
		if (!advice->brief || done)
			continue;
		if (n++ == 0)
			screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "do");
		else
			screen_print(screen, ". ");
		screen_utf8(screen, advice->brief);
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

/* The one piece of evidence that would tell most. */
static void put_decisive(struct screen *screen, const struct missing_item *item)
{
	if (!item->text)
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "decides");
	screen_print(screen, "%s", item->text); /* it names its option */
}

/* Causes that are named where none is an answer. */
#define LIKELIEST 3

/* Why nothing is said of causes; false if something is. */
static bool put_unresolved(struct summary *summary, const struct comparison *comparison)
{
	const struct diagnoses *diagnoses = summary->options->diagnoses;

	if (!diagnoses_are_unresolved(diagnoses, comparison))
		return false;
	screen_print(summary->screen,
		     "not weighed: all changes are unresolved, for what could not be "
		     "read may hold what seems to be gone");
	return true;
}

static void put_likeliest(struct summary *summary, const struct comparison *comparison)
{
	const struct diagnosis *likeliest[LIKELIEST];
	size_t n = diagnoses_likeliest(summary->options->diagnoses, comparison, likeliest,
				       LIKELIEST);

	screen_print(summary->screen, "not determined");
	for (size_t i = 0; i < n; i++)
		screen_print(
			summary->screen, "%s%s [%s]", i == 0 ? "; the likeliest: " : ", ",
			cause_word(likeliest[i]->cause), grade_word(likeliest[i]->grade));
	if (n > 0)
		put_decisive(summary->screen, &likeliest[0]->decisive);
}

/* Without a cause there is no advice, but what is lost may still be brought back. */
static void put_undetermined(struct summary *summary, const struct comparison *comparison)
{
	const struct restores *restores = summary->options->restores;
	struct screen *screen = summary->screen;
	bool lost = false;

	if (put_unresolved(summary, comparison))
		return;
	put_likeliest(summary, comparison);
	for (size_t i = 0; comparison && i < comparison->n_findings; i++)
		lost |= finding_is_loss(&comparison->findings[i]) ||
			comparison->findings[i].kind == FINDING_DAMAGED;
	if (!lost || (restores && restores->n > 0))
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "do");
	screen_print(screen, "Bring back with --restore what it was before");
}

static void put_contradiction(struct screen *screen, const struct diagnosis *diagnosis)
{
	if (!diagnosis->contradiction)
		return;
	screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "but");
	screen_print(screen, "%s: no cause is supported, none ruled out",
		     diagnosis->contradiction);
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
	screen_style(screen, style_of(best->grade));
	screen_print(screen, "%s  [%s]", cause_word(best->cause),
		     grade_word(best->grade));
	screen_style(screen, SCREEN_PLAIN);
	screen_print(screen, "  %s; %zu of %zu conditions met", cause_name(best->cause),
		     best->n_met, best->n_met + best->n_not_met + best->n_unknown);
	if (best->n_not_met > 0) {
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "not so");
		put_conditions(screen, best, CONDITION_NOT_MET);
	}
	/* What no option gives is spelled out by --full. */
	if (best->decisive.option) {
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "missing");
		put_missing(screen, &best->missing, "", best->decisive.option);
	}
	put_contradiction(screen, best);
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
		if (!put_unresolved(summary, comparison))
			put_likeliest(summary, comparison);
		return;
	}
	screen_style(screen, style_of(best->grade));
	screen_print(screen, "%s  [%s]", cause_word(best->cause),
		     grade_word(best->grade));
	wording_line(screen, "that is");
	screen_print(screen, "%s", cause_sentence(best->cause));
	if (best->n_met > 0) {
		wording_line(screen, "for");
		put_conditions(screen, best, CONDITION_MET);
	}
	if (best->n_not_met > 0) {
		wording_line(screen, "not so");
		put_conditions(screen, best, CONDITION_NOT_MET);
	}
	if (best->n_unknown > 0) {
		wording_line(screen, "missing");
		put_missing(screen, &best->missing, "evidence of the machine: ", NULL);
	}
	if (best->decisive.text) {
		wording_line(screen, "decides");
		screen_print(screen, "%s", best->decisive.text);
	}
	if (best->contradiction) {
		wording_line(screen, "but");
		screen_print(screen, "%s: no cause is supported, none ruled out",
			     best->contradiction);
	}
	for (size_t i = 0; i < best->advice.n; i++) {
		wording_line(screen, i == 0 ? "do" : "");
		screen_utf8(screen, best->advice.items[i].text);
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
		const char *remedy = restored_reason_remedy(restored->reason);
		screen_print(screen, "%s%s%s", restored_reason_why(restored->reason),
			     remedy ? "; " : "", remedy ? remedy : "");
		return;
	}
	screen_path(screen, restored->path);
	if (restored->incomplete)
		screen_print(screen, " (INCOMPLETE)");
}
