/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/pagecommand.h"

#include "report/page/html.h"
#include "reportcli/reportread.h"

#include <stdio.h>
#include <stdlib.h>

#define EXIT_TROUBLE 2

/* "report.xml: no well-formed XML ...": what the rooms below say has no path. */
static void name_file(const char *path, struct failure *failure)
{
	struct failure why = *failure;
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    why.sentence);
}

static enum status write_page(struct reportread *report, struct output *output,
			      struct failure *failure)
{
	const struct check *check = &report->check;
	char notice[700];
	enum status status;

	(void)snprintf(
		notice, sizeof(notice),
		"This report is not valid against the schema of this wmsdiff (%s). "
		"What the page shows may be incomplete or wrong.",
		check->n_faults > 0 ? check->faults[0] : "");
	failure_set(failure, "out of memory");
	status = html_write(report->html, check->n_faults > 0 ? notice : NULL, output,
			    failure);
	if (status == STATUS_MALFORMED)
		name_file(report->file->path, failure);
	return status;
}

static enum status make(struct reportread *report, const char *path, struct kept *kept,
			struct failure *failure)
{
	struct output *output = NULL;

	RETURN_IF_FAILED(kept_add(kept, report->file->mark, KEPT_EVIDENCE));
	enum status status = output_open(path, kept, &output, failure);
	if (status == STATUS_OK)
		status = write_page(report, output, failure);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}

int pagecommand_run(const struct reportarguments *arguments)
{
	static struct reportread report;
	struct failure failure = { "out of memory" };
	AUTO(kept_freep) struct kept *kept = NULL;
	int exit_status = EXIT_TROUBLE;

	if (reportread_open(arguments->operand, true, &report)) {
		enum status status = kept_new(&kept);
		if (status == STATUS_OK)
			status = make(&report, arguments->html, kept, &failure);
		if (status == STATUS_OK)
			exit_status = EXIT_SUCCESS;
		else
			reportread_complain(&failure);
	}
	reportread_clear(&report);
	return exit_status;
}
