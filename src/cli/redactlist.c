/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/redactlist.h"

#include "report/output.h"

enum status redactlist_write(const struct options *options, const struct redact *redact,
			     struct kept *kept, struct failure *failure)
{
	struct output *output = NULL;

	if (!options->redact_list || !redact)
		return STATUS_OK;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(output_open(options->redact_list, kept, &output, failure));
	enum status status = output_make_private(output, failure);
	if (status == STATUS_OK)
		status = redact_write_list(redact, output);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}
