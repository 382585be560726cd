/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: its findings as lines, by an index that has this one subject. */
#include "cli/findings.h"

#include "report/index/index.h"
#include "report/output.h"

enum status findings_write(const struct run *run, struct failure *failure)
{
	const struct index_given given = {
		.how = INDEX_COMPARED,
		.report = run->options->output,
		.page = run->options->html,
		.series = run->series,
		.diagnoses = &run->diagnoses,
		.restores = &run->restores,
		.verdict = &run->verdict,
	};
	AUTO(index_freep) struct index *index = NULL;
	struct output *output = NULL;

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(index_new(NULL, &index));
	RETURN_IF_FAILED(index_add_subject(index, &given));
	RETURN_IF_FAILED(output_open("-", NULL, 0, &output, failure));
	failure_set(failure, "out of memory");
	enum status status = run->options->format == OPTIONS_CSV
				     ? index_write_csv(index, output)
				     : index_write_jsonl(index, output);
	if (status != STATUS_OK) {
		output_abort(output);
		return status;
	}
	return output_commit(output, failure);
}
