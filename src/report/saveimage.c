/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing replayed hives: the one output that looks like evidence, so kept away from it. */
#include "report/saveimage.h"

#include "base/path.h"
#include "report/output.h"

#include <stdio.h>
#include <string.h>

/* Paths that this room builds. */
#define PATH_SIZE 4400

static enum status write_one(const struct snapshot *snapshot, size_t number,
			     const char *folder, struct kept *kept,
			     struct failure *failure)
{
	const char *name = path_name(snapshot->evidence->path);
	char path[PATH_SIZE];
	struct output *output = NULL;

	if (snprintf(path, sizeof(path), "%s/s%zu-%s", folder, number, name) >=
	    (int)sizeof(path)) {
		failure_set(failure, "the path of a saved image is too long");
		return STATUS_IO;
	}
	RETURN_IF_FAILED(output_create(path, &(struct output_manner){ 0 }, kept, &output,
				       failure));
	(void)output_write(output, snapshot->replayed.bytes);
	return output_commit(output, failure);
}

enum status saveimage_write(const struct series *series, const char *folder,
			    const char *const *evidence, size_t n_evidence,
			    struct kept *kept, struct failure *failure)
{
	RETURN_IF_FAILED(output_folder(folder, false, evidence, n_evidence, failure));
	for (size_t i = 0; i < series->n_snapshots; i++)
		if (snapshot_is_replayed(series->snapshots[i]))
			RETURN_IF_FAILED(write_one(series->snapshots[i], i + 1, folder,
						   kept, failure));
	return STATUS_OK;
}
