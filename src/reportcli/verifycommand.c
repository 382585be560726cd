/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report is parsed by the bounded reader of streams, and handed on to the room that
 * holds it against the evidence; what is no valid report is not looked at.
 */
#include "reportcli/verifycommand.h"

#include "report/reportparser.h"
#include "reportcli/evidencefinder.h"
#include "reportcli/reportread.h"
#include "verify/verify.h"

#include <stdio.h>
#include <stdlib.h>

#define EXIT_WRONG 1
#define EXIT_TROUBLE 2

/* No tag has more: include/report/tagguard.h. */
#define MAX_ATTRIBUTES 128

/* ---- from the parser ---- */

static enum status begin(void *verify, const char *space, const char *name,
			 const struct reportparser_attributes *given,
			 struct failure *failure)
{
	struct verify_attribute attributes[MAX_ATTRIBUTES];
	size_t n = given->n < MAX_ATTRIBUTES ? given->n : MAX_ATTRIBUTES;

	(void)space;
	for (size_t i = 0; i < n; i++)
		attributes[i] = (struct verify_attribute){ reportparser_name(given, i),
							   reportparser_value(given, i) };
	return verify_begin(verify, name, attributes, n, failure);
}

static enum status end(void *verify, struct failure *failure)
{
	return verify_end(verify, failure);
}

static enum status text(void *verify, struct span utf8, struct failure *failure)
{
	return verify_text(verify, utf8, failure);
}

static enum status parse(struct verify *verify, struct span bytes,
			 struct failure *failure)
{
	struct reportparser_reader reader = { verify, begin, end, text };
	struct reportparser *parser = NULL;

	RETURN_IF_FAILED(reportparser_new(&reader, &parser));
	(void)reportparser_take(parser, bytes);
	enum status status = reportparser_finish(parser, failure);
	reportparser_free(parser);
	return status;
}

/* ---- the whole ---- */

static int exit_status_of(enum verify_answer answer)
{
	switch (answer) {
	case VERIFY_HOLDS:
		return EXIT_SUCCESS;
	case VERIFY_WRONG:
		return EXIT_WRONG;
	case VERIFY_INCOMPLETE:
		return EXIT_TROUBLE;
	}
	return EXIT_TROUBLE;
}

static int verify_report(const struct reportread *report,
			 const struct verify_evidence *evidence)
{
	struct failure failure = { "out of memory" };
	struct verify *verify = NULL;
	int exit_status = EXIT_TROUBLE;
	enum status status = verify_new(evidence, stdout, &verify);

	if (status == STATUS_OK)
		status = parse(verify, report->file->bytes, &failure);
	if (status == STATUS_OK)
		exit_status = exit_status_of(verify_finish(verify));
	else
		reportread_complain(&failure);
	verify_free(verify);
	return exit_status;
}

int verifycommand_run(const struct reportarguments *arguments)
{
	static struct reportread report;
	struct failure failure = { "out of memory" };
	struct evidencefinder *finder = NULL;
	int exit_status = EXIT_TROUBLE;

	if (reportread_open(arguments->operand, false, &report) &&
	    reportread_is_valid(&report)) {
		enum status status = evidencefinder_new(
			arguments->evidence, arguments->n_evidence, &finder, &failure);
		if (status == STATUS_OK)
			exit_status = verify_report(
				&report,
				&(struct verify_evidence){ finder, evidencefinder_open });
		else
			reportread_complain(&failure);
	}
	evidencefinder_free(finder);
	reportread_clear(&report);
	return exit_status;
}
