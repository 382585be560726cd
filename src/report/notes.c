/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Warnings and errors about the evidence, at the foot of the page for a person. */
#include "report/line.h"

#include <inttypes.h>
#include <stdio.h>

/* Told for each list of diagnostics; the report has them all. */
#define MAX_NOTES 6

/* The file that a diagnostic is about; *offset becomes the place in it. */
static const char *place(const struct diag *diag, const struct snapshot *snapshot,
			 const char *about, uint64_t *offset)
{
	uint32_t place = (uint32_t)diag->offset;
	size_t log;

	*offset = diag->offset;
	if (!snapshot || diag->offset > UINT32_MAX)
		return snapshot ? snapshot->evidence->path : about;
	const struct evidence *file = snapshot_locate(snapshot, &place, &log);
	*offset = place;
	return file->path;
}

/* What was observed of a snapshot, or (NULL) of what is called so. */
static void put_notes(FILE *out, const struct diag_list *diags,
		      const struct snapshot *snapshot, const char *about)
{
	size_t told = 0, left = 0;

	for (size_t i = 0; i < diag_count(diags); i++) {
		const struct diag *diag = diag_item(diags, i);
		uint64_t offset;
		if (diag_severity(diag->code) == DIAG_INFO)
			continue;
		if (told++ >= MAX_NOTES) {
			left++;
			continue;
		}
		fprintf(out, "%-8s  ", diag_severity_word(diag_severity(diag->code)));
		line_path(out, place(diag, snapshot, about, &offset));
		if (offset != DIAG_NOWHERE)
			fprintf(out, ": 0x%" PRIx64, offset);
		fprintf(out, ": %s\n", diag->sentence);
	}
	if (left > 0)
		fprintf(out, "          ... and %zu more in the report\n", left);
}

void notes_write(FILE *out, const struct series *series,
		 const struct companions *companions)
{
	struct companion all[COMPANIONS_MAX];
	size_t n = companions ? companions_list(companions, all) : 0;

	for (size_t i = 0; i < series->n_snapshots; i++)
		/* What is odd about a file that its logs complete is in the report. */
		if (!series->snapshots[i]->borrowed)
			put_notes(out, series->snapshots[i]->diags, series->snapshots[i],
				  NULL);
	for (size_t i = 0; i < series->n_comparisons; i++) {
		char about[64];
		(void)snprintf(about, sizeof(about), "snapshots %zu and %zu", i + 1,
			       i + 2);
		put_notes(out, series->comparisons[i]->diags, NULL, about);
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].diags)
			put_notes(out, all[i].diags, all[i].snapshot,
				  all[i].evidence->path);
}
