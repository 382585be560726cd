/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/reread.h"

#include "cli/terminal.h"
#include "regf/evidence.h"
#include "report/check.h"
#include "report/html.h"
#include "report/output.h"

#include <stdio.h>

static void print_faults(const char *path, const struct check *check)
{
	char shown[4200];

	failure_path(path, shown, sizeof(shown));
	for (size_t i = 0; i < check->n_faults && i < CHECK_MAX_TOLD; i++)
		terminal_complain("%s: %s", shown, check->faults[i]);
	if (check->n_faults > CHECK_MAX_TOLD)
		terminal_complain("%s: %zu faults more", shown,
				  check->n_faults - CHECK_MAX_TOLD);
}

/* "report.xml: no well-formed XML ...": what the rooms below say has no path. */
static void name_file(const char *path, struct failure *failure)
{
	struct failure why = *failure;
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    why.sentence);
}

static enum status render(const struct evidence *report, const struct check *check,
			  const char *path, struct failure *failure)
{
	char notice[700];
	struct output *output = NULL;
	struct html *html = NULL;
	enum status status = output_open(path, (const char *const[]){ report->path }, 1,
					 &output, failure);

	if (status != STATUS_OK)
		return status;
	(void)snprintf(
		notice, sizeof(notice),
		"This report is not valid against the schema of this wmsdiff (%s). "
		"What the page shows may be incomplete or wrong.",
		check->n_faults > 0 ? check->faults[0] : "");
	status = html_start(&html);
	if (status == STATUS_OK) {
		html_take(html, report->bytes);
		status = html_write(html, check->n_faults > 0 ? notice : NULL, output,
				    failure);
	}
	html_free(html);
	if (status == STATUS_MALFORMED)
		name_file(report->path, failure);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}

enum status reread_run(const struct options *options, bool *valid,
		       struct failure *failure)
{
	static struct check check;
	struct evidence *report = NULL;
	enum status status;

	RETURN_IF_FAILED(evidence_read(options->snapshots[0], &report, failure));
	failure_set(failure, "out of memory");
	status = check_report(report->bytes, &check);
	*valid = check.n_faults == 0;
	if (status == STATUS_OK && options->validate) {
		print_faults(report->path, &check);
		if (*valid && !options->quiet)
			puts("wmsdiff: the report is valid");
	}
	if (status == STATUS_OK && options->render)
		status = render(report, &check, options->html, failure);
	evidence_free(report);
	return status;
}
