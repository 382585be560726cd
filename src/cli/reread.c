/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/reread.h"

#include "cli/commandline/terminal.h"
#include "cli/progress.h"
#include "regf/evidence.h"
#include "report/output.h"
#include "report/page/html.h"
#include "report/schema/check.h"

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

/* doc: what was read of the report; taken. */
static enum status render(const struct evidence *report, const struct check *check,
			  struct pagedoc *doc, const char *path,
			  struct stage_watch *watch, struct failure *failure)
{
	struct stage stage;
	char notice[700];
	struct output *output = NULL;
	struct html *html = NULL;
	AUTO(kept_freep) struct kept *kept = NULL;
	enum status status;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(html_of(doc, &html));
	status = kept_new(&kept);
	if (status == STATUS_OK)
		status = kept_add(kept, report->mark, KEPT_EVIDENCE);
	if (status == STATUS_OK)
		status = output_open(path, kept, &output, failure);
	if (status != STATUS_OK) {
		html_free(html);
		return status;
	}
	(void)snprintf(
		notice, sizeof(notice),
		"This report is not valid against the schema of this wmsdiff (%s). "
		"What the page shows may be incomplete or wrong.",
		check->n_faults > 0 ? check->faults[0] : "");
	stage_begin(&stage, watch, STAGE_PAGE, path, STAGE_NO_HIVE);
	status = html_write(html, check->n_faults > 0 ? notice : NULL, output, failure);
	html_free(html);
	stage_end(&stage, output_written(output));
	if (status == STATUS_MALFORMED)
		name_file(report->path, failure);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}

/* Reads and checks the report. */
static enum status read_report(const char *path, struct stage_watch *watch,
			       struct evidence **report, struct check *check,
			       struct pagedoc **doc, struct failure *failure)
{
	struct stage stage;

	stage_begin(&stage, watch, STAGE_READ, path, 0);
	RETURN_IF_FAILED(evidence_read_through(NULL, path, &stage, report, failure));
	stage_end(&stage, (*report)->bytes.len);
	failure_set(failure, "out of memory");
	stage_begin(&stage, watch, STAGE_CHECK, path, STAGE_NO_HIVE);
	enum status status = check_report((*report)->bytes, &stage, check, doc);
	stage_end(&stage, (*report)->bytes.len);
	return status;
}

enum status reread_run(const struct options *options, struct sandbox *sandbox,
		       bool *valid, struct failure *failure)
{
	static struct check check;
	AUTO(evidence_freep) struct evidence *report = NULL;
	struct progress *progress = progress_for(options);
	struct stage_watch *watch = progress_watch(progress);
	struct pagedoc *doc = NULL;
	enum status status = read_report(options->snapshots[0], watch, &report, &check,
					 options->render ? &doc : NULL, failure);

	sandbox_end_reading(sandbox);
	*valid = check.n_faults == 0;
	if (status == STATUS_OK && options->render)
		status = render(report, &check, doc, options->html, watch, failure);
	progress_stop(progress);
	if (status == STATUS_OK && options->validate) {
		print_faults(report->path, &check);
		if (*valid && !options->quiet)
			puts("wmsdiff: the report is valid");
	}
	return status;
}
