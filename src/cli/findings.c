/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: its findings as lines, by an index that has this one subject. */
#include "cli/findings.h"

#include "report/output.h"

static enum index_how how_of(const struct pairing_subject *subject)
{
	switch (subject->gap) {
	case PAIRING_WHOLE:
		return INDEX_COMPARED;
	case PAIRING_HIVE_GONE:
		return INDEX_HIVE_GONE;
	case PAIRING_CANNOT_TELL:
		return INDEX_NOT_LATER;
	case PAIRING_ONLY_LATER:
		return INDEX_NOT_EARLIER;
	}
	return INDEX_COMPARED;
}

void findings_fill(const struct run *run, struct index_given *given)
{
	const struct report_collection *collection =
		run->given ? run->given->collection : NULL;

	*given = (struct index_given){
		.how = collection ? how_of(collection->subject) : INDEX_COMPARED,
		.why = collection ? collection->subject->why : NULL,
		.report = run->options->output,
		.page = run->options->html,
		.series = run->series,
		.diagnoses = &run->diagnoses,
		.restores = &run->restores,
		.verdict = &run->verdict,
	};
}

enum status findings_write(const struct run *run, struct failure *failure)
{
	struct index_given given;
	AUTO(index_freep) struct index *index = NULL;
	struct output *output = NULL;

	findings_fill(run, &given);
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(index_new(NULL, &index));
	index_redact(index, run->redact);
	RETURN_IF_FAILED(index_add_subject(index, &given));
	RETURN_IF_FAILED(output_open("-", run->kept, &output, failure));
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
