/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/reportread.h"

#include "report/page/html.h"

#include <stdio.h>

/* Enough for a path shown in a sentence; longer ones are cut there. */
#define SHOWN_PATH_SIZE 4200

void reportread_complain(const struct failure *failure)
{
	fprintf(stderr, "wmsdiff-report: %s\n", failure->sentence);
}

void reportread_clear(struct reportread *report)
{
	evidence_free(report->file);
	html_free(report->html);
	*report = (struct reportread){ 0 };
}

bool reportread_open(const char *path, bool with_page, struct reportread *out)
{
	struct failure failure = { "out of memory" };
	struct pagedoc *doc = NULL;
	enum status status;

	*out = (struct reportread){ 0 };
	status = evidence_read(path, &out->file, &failure);
	if (status == STATUS_OK) {
		failure_set(&failure, "out of memory");
		status = check_report(out->file->bytes, NULL, &out->check,
				      with_page ? &doc : NULL);
	}
	if (status == STATUS_OK && with_page)
		status = html_of(doc, &out->html);
	if (status == STATUS_UNSUPPORTED && with_page && out->file)
		failure_set(&failure, "this wmsdiff was built without HTML");
	if (status != STATUS_OK)
		reportread_complain(&failure);
	return status == STATUS_OK;
}

bool reportread_is_valid(const struct reportread *report)
{
	const struct check *check = &report->check;
	char shown[SHOWN_PATH_SIZE];

	failure_path(report->file->path, shown, sizeof(shown));
	for (size_t i = 0; i < check->n_faults && i < CHECK_MAX_TOLD; i++)
		fprintf(stderr, "wmsdiff-report: %s: %s\n", shown, check->faults[i]);
	if (check->n_faults > CHECK_MAX_TOLD)
		fprintf(stderr, "wmsdiff-report: %s: %zu faults more\n", shown,
			check->n_faults - CHECK_MAX_TOLD);
	return check->n_faults == 0;
}
