/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/redactlist.h"

#include "report/output.h"

enum status redactlist_write(const struct options *options, const struct redact *redact,
			     struct kept *kept, struct failure *failure)
{
	/* An earlier list is what stand-ins in an older ticket are told by. */
	static const struct output_manner manner = { .secret = true };
	struct output *output = NULL;

	if (!options->redact_list || !redact)
		return STATUS_OK;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(
		output_create(options->redact_list, &manner, kept, &output, failure));
	enum status status = redact_write_list(redact, output);
	if (status == STATUS_OK)
		return output_commit(output, failure);
	output_abort(output);
	return status;
}
