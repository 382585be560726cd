/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/manifestrun.h"

#include "cli/collectnames.h"
#include "report/manifest.h"

#include <stdlib.h>
#include <string.h>

char *manifestrun_path(const struct options *options)
{
	return options->output_dir
		       ? collectnames_join(options->output_dir, options->manifest)
		       : strdup(options->manifest);
}

enum status manifestrun_write(const struct run *run, struct filelist *list,
			      struct digest *sha256, struct failure *failure)
{
	const struct options *options = run->options;
	const struct manifest_about about = {
		.case_id = options->case_id,
		.examiner = options->examiner,
		.note = options->note,
		.custodies = options->custodies,
		.n_custodies = options->n_custodies,
		.started_ft = run->started_ft,
	};
	char *path = manifestrun_path(options);

	failure_set(failure, "out of memory");
	if (!path)
		return STATUS_NOMEM;
	enum status status =
		manifest_write(path, list, &about, run->kept, sha256, failure);
	free(path);
	return status;
}
