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

/* Those of the inputs that were compared, or of what was given beside them. */
static void put_inputs(struct summary *summary, size_t most, bool beside)
{
	const struct inputs *inputs = summary->options->inputs;

	for (size_t i = 0; inputs && i < inputs->n; i++) {
		const struct input *input = &inputs->items[i];
		if (input->diags && input->beside == beside)
			put_warnings(summary, most, input->diags, input->snapshot,
				     input->evidence->path);
	}
}

void warnings_write(struct summary *summary, size_t most)
{
	const struct series *series = summary->series;

	/* What is odd about a file that its logs complete is in the report. */
	put_inputs(summary, most, false);
	for (size_t i = 0; i < series->n_comparisons; i++) {
		char about[64];
		(void)snprintf(about, sizeof(about), "snapshots %zu and %zu", i + 1,
			       i + 2);
		put_warnings(summary, most, series->comparisons[i]->diags, NULL, about);
	}
	put_inputs(summary, most, true);
}
