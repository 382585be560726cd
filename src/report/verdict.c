/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Causes on the page for a person: the best one, what speaks for it and
 * against it, what would decide it, and what to do.
 */
#include "report/line.h"

#include <stdlib.h>
#include <string.h>

/* One paragraph: what is met, or what is not. */
static void put_conditions(FILE *out, const struct diagnosis *diagnosis,
			   enum condition_state state, const char *label)
{
	char *text = NULL;
	size_t size = 0, n = 0;
	FILE *line = open_memstream(&text, &size);

	for (size_t i = 0; line && i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		if (condition->state == state && condition->weight != CONDITION_HINT)
			fprintf(line, "%s%s", n++ > 0 ? "; " : "",
				condition_statement(condition->id));
	}
	if (line && fclose(line) == 0 && n > 0)
		line_wrapped(out, label, text);
	free(text);
}

/* Options that give evidence beside the hives, as condition_wanted() names them. */
static const char *const options[] = { "--mapi32", "--modules", "--system", "--software",
				       "--events" };

/* Adds the options that a text names; true if it names any. */
static bool note_options(const char *text, bool noted[ARRAY_LEN(options)])
{
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (strstr(text, options[i])) {
			noted[i] = true;
			any = true;
		}
	return any;
}

/* What would decide the conditions that are unknown: each option once, and the rest. */
static void put_missing(FILE *out, const struct diagnosis *diagnosis)
{
	bool noted[ARRAY_LEN(options)] = { false };
	char *text = NULL;
	size_t size = 0, n = 0;
	FILE *line = open_memstream(&text, &size);

	for (size_t i = 0; line && i < diagnosis->n_conditions; i++) {
		const struct condition *condition = &diagnosis->conditions[i];
		const char *wanted = condition_wanted(condition->id);
		if (condition->state != CONDITION_UNKNOWN ||
		    condition->weight == CONDITION_HINT || note_options(wanted, noted))
			continue;
		fprintf(line, "%s%s", n++ > 0 ? "; " : "", wanted);
	}
	for (size_t i = 0, told = 0; line && i < ARRAY_LEN(options); i++)
		if (noted[i])
			fprintf(line, "%s%s",
				told++ > 0 ? ", "
				: n++ > 0  ? "; evidence of the machine: "
					   : "evidence of the machine: ",
				options[i]);
	if (line && fclose(line) == 0 && n > 0)
		line_wrapped(out, "missing", text);
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
	put_conditions(out, best, CONDITION_NOT_MET, "not so");
	put_missing(out, best);
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
