/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Warnings and errors about the evidence, at the foot of the summary. */
#include "report/summary/warnings.h"

#include "report/summary/pathname.h"

#include <inttypes.h>
#include <stdio.h>

/* What is left on a line for the sentence behind a file. */
#define SENTENCE_COLUMNS 30

/* What was observed of a snapshot, or (NULL) of what is called so. */
static void put_warnings(struct summary *summary, size_t most,
			 const struct diag_list *diags, const struct snapshot *snapshot,
			 const char *about)
{
	struct screen *screen = summary->screen;
	size_t shown = 0, left = 0;

	for (size_t i = 0; i < diag_count(diags); i++) {
		const struct diag *diag = diag_item(diags, i);
		enum diag_severity severity = diag_severity(diag->code);
		uint64_t offset = diag->offset;
		if (severity == DIAG_INFO)
			continue;
		if (shown++ >= most) {
			left++;
			continue;
		}
		screen_line(screen, 0, SUMMARY_HANG,
			    severity == DIAG_ERROR ? SCREEN_BAD : SCREEN_CHANGED,
			    diag_severity_word(severity));
		if (snapshot)
			about = snapshot_diag_file(snapshot, diag, &offset)->path;
		pathname_put(summary, about, SENTENCE_COLUMNS);
		if (offset != DIAG_NOWHERE)
			screen_print(screen, ": 0x%" PRIx64, offset);
		screen_print(screen, ": ");
		screen_utf8(screen, diag->sentence);
	}
	if (left > 0) {
		screen_line(screen, 0, SUMMARY_HANG, SCREEN_PLAIN, "");
		screen_print(screen, "... and %zu more in the report", left);
	}
}

void warnings_write(struct summary *summary, size_t most)
{
	const struct series *series = summary->series;
	const struct companions *companions = summary->options->companions;
	struct companion all[COMPANIONS_MAX];
	size_t n = companions ? companions_list(companions, all) : 0;

	for (size_t i = 0; i < series->n_snapshots; i++)
		/* What is odd about a file that its logs complete is in the report. */
		if (!series->snapshots[i]->borrowed)
			put_warnings(summary, most, series->snapshots[i]->diags,
				     series->snapshots[i], NULL);
	for (size_t i = 0; i < series->n_comparisons; i++) {
		char about[64];
		(void)snprintf(about, sizeof(about), "snapshots %zu and %zu", i + 1,
			       i + 2);
		put_warnings(summary, most, series->comparisons[i]->diags, NULL, about);
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].diags)
			put_warnings(summary, most, all[i].diags, all[i].snapshot,
				     all[i].evidence->path);
}
