/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a sweep is. */
#include "sweepcli/statusline.h"

#include <stdlib.h>

/* Units that failed, named: with the numbers they fit a screen. */
#define MOST_NAMED 12

static void put_time(double seconds, char *out, size_t size)
{
	if (seconds < 100)
		(void)snprintf(out, size, "%.0f s", seconds);
	else if (seconds < 100 * 60)
		(void)snprintf(out, size, "%.0f min", seconds / 60);
	else
		(void)snprintf(out, size, "%.0f h", seconds / 3600);
}

void statusline_text(const struct tally *tally, size_t before, double seconds,
		     char out[STATUSLINE_SIZE])
{
	size_t left = tally->n - tally->settled;
	size_t since = tally->settled > before ? tally->settled - before : 0;
	char pace[80] = "", rest[32];

	if (since > 0 && seconds > 0) {
		put_time((double)left * seconds / (double)since, rest, sizeof(rest));
		(void)snprintf(pace, sizeof(pace), ", %.0f a minute%s%s%s",
			       60 * (double)since / seconds, left ? ", " : "",
			       left ? rest : "", left ? " to go" : "");
	}
	(void)snprintf(out, STATUSLINE_SIZE, "%zu of %zu done, %zu failed%s",
		       tally->settled, tally->n, tally_failed(tally), pace);
}

/* The path of a unit's outcome is the folder's own business; it is read again here. */
static void put_unit(FILE *out, const char *folder, const char *name)
{
	struct outcome outcome;
	char *path = NULL;

	if (asprintf(&path, "%s/outcomes/%s.tsv", folder, name) < 0)
		return;
	if (outcome_read(path, &outcome) == STATUS_OK)
		fprintf(out, "  %s: %s: %s\n", name, outcome_people(outcome.kind),
			outcome.reason);
	free(path);
}

void statusline_print(FILE *out, const char *folder, const struct plan *plan,
		      const struct tally *tally)
{
	size_t named = 0;

	fprintf(out, "units       %zu\n", tally->n);
	for (unsigned i = 0; i < OUTCOME_N; i++)
		if (tally->counts[i] > 0 || i == OUTCOME_COMPARED)
			fprintf(out, "%-12s%zu%s\n", outcome_people((enum outcome_kind)i),
				tally->counts[i],
				i == OUTCOME_COMPARED && tally->lost > 0 ? "," : "");
	if (tally->lost > 0)
		fprintf(out, "%-12s%zu\n", "  lost", tally->lost);
	fprintf(out, "%-12s%zu\n", "left", tally->n - tally->settled);
	for (size_t i = 0; i < plan->n && i < tally->n; i++) {
		if (tally->kinds[i] == TALLY_LEFT ||
		    outcome_is_final((enum outcome_kind)tally->kinds[i]))
			continue;
		if (named++ < MOST_NAMED)
			put_unit(out, folder, plan->items[i].name);
	}
	if (named > MOST_NAMED)
		fprintf(out, "  and %zu more; see outcomes/\n", named - MOST_NAMED);
}
