/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Causes on the page for a person: the best one, what speaks for it and
 * against it, what would decide it, and what to do.
 */
#include "report/line.h"

#include <stdlib.h>

/* One paragraph: what is met, not met, or would decide what is unknown. */
static void put_conditions(FILE *out, const struct diagnosis *diagnosis,
			   enum condition_state state, const char *label)
{
	char *text = NULL;
	size_t size = 0, n = 0;
	FILE *line = open_memstream(&text, &size);

	for (size_t i = 0; line && i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		if (condition->state != state || condition->weight == CONDITION_HINT)
			continue;
		fprintf(line, "%s%s", n++ > 0 ? "; " : "",
			state == CONDITION_UNKNOWN ? condition_wanted(condition->id)
						   : condition_statement(condition->id));
	}
	if (line && fclose(line) == 0 && n > 0)
		line_wrapped(out, label, text);
	free(text);
}

/* The others that are no worse than possible, so that nobody takes one for the only. */
static void put_others(FILE *out, const struct diagnoses *diagnoses,
		       const struct diagnosis *best)
{
	for (size_t i = 0; i < diagnoses->n; i++) {
		const struct diagnosis *other = &diagnoses->items[i];
		if (other->comparison != best->comparison || other == best ||
		    other->grade > GRADE_POSSIBLE)
			continue;
		fprintf(out, LINE_LABEL "[%s] %s\n", "or", grade_word(other->grade),
			cause_word(other->cause));
	}
}

void verdict_write(FILE *out, const struct diagnoses *diagnoses,
		   const struct comparison *comparison)
{
	const struct diagnosis *best = diagnoses_best(diagnoses, comparison);
	bool weighed = false;

	for (size_t i = 0; i < diagnoses->n; i++)
		weighed |= diagnoses->items[i].comparison == comparison;
	if (!weighed)
		return;
	if (!best) {
		fputs("\ncause           not determined: see the report\n", out);
		return;
	}
	fprintf(out, "\n%-16s%s  [%s]\n", "cause", cause_word(best->cause),
		grade_word(best->grade));
	line_wrapped(out, "that is", cause_sentence(best->cause));
	put_conditions(out, best, CONDITION_MET, "for");
	put_conditions(out, best, CONDITION_NOT_MET, "against");
	put_conditions(out, best, CONDITION_UNKNOWN, "missing");
	for (size_t i = 0; i < best->n_advice; i++)
		line_wrapped(out, i == 0 ? "do" : "", best->advice[i].text);
	put_others(out, diagnoses, best);
}

void verdict_restored(FILE *out, const struct restored *restored)
{
	if (!restored)
		return;
	if (!restored->path) {
		line_wrapped(out, "restore", restore_reason_sentence(restored->reason));
		return;
	}
	fprintf(out, LINE_LABEL, "restore");
	line_path(out, restored->path);
	fprintf(out, "%s\n", restored->incomplete ? " (INCOMPLETE)" : "");
}
