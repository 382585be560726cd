/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing replayed hives: the one output that looks like evidence, so kept away from it. */
#include "report/saveimage.h"

#include "report/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Paths that this room builds. */
#define PATH_SIZE 4400

static bool is_in(const char *path, const struct stat *st)
{
	char folder[PATH_SIZE];
	const char *slash = strrchr(path, '/');
	struct stat own;

	(void)snprintf(folder, sizeof(folder), "%.*s",
		       slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	return stat(folder, &own) == 0 && own.st_dev == st->st_dev &&
	       own.st_ino == st->st_ino;
}

/* True if the file, or what a link by its name leads to, lies in the folder of st. */
static bool lies_in(const char *path, const struct stat *st)
{
	char *real = realpath(path, NULL);
	bool found = is_in(path, st) || (real && is_in(real, st));

	free(real);
	return found;
}

static enum status check_folder(const struct series *series, const char *folder,
				struct failure *failure)
{
	char shown[4200];
	struct stat st;

	failure_path(folder, shown, sizeof(shown));
	if (stat(folder, &st) != 0) {
		failure_set(failure, "%s: %s", shown, strerror(errno));
		return STATUS_IO;
	}
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		bool beside = lies_in(snapshot->evidence->path, &st);
		for (size_t k = 0; k < snapshot->n_logs; k++)
			beside |= lies_in(snapshot->logs[k]->path, &st);
		if (beside) {
			failure_set(failure,
				    "%s: holds evidence; nothing is written beside it",
				    shown);
			return STATUS_IO;
		}
	}
	return STATUS_OK;
}

static enum status write_one(const struct snapshot *snapshot, size_t number,
			     const char *folder, struct failure *failure)
{
	const char *slash = strrchr(snapshot->evidence->path, '/');
	const char *name = slash ? slash + 1 : snapshot->evidence->path;
	char path[PATH_SIZE];
	struct output *output = NULL;

	if (snprintf(path, sizeof(path), "%s/s%zu-%s", folder, number, name) >=
	    (int)sizeof(path)) {
		failure_set(failure, "the path of a saved image is too long");
		return STATUS_IO;
	}
	RETURN_IF_FAILED(output_create(path, &output, failure));
	(void)output_write(output, snapshot->replayed.bytes);
	return output_commit(output, failure);
}

enum status saveimage_write(const struct series *series, const char *folder,
			    struct failure *failure)
{
	RETURN_IF_FAILED(check_folder(series, folder, failure));
	for (size_t i = 0; i < series->n_snapshots; i++)
		if (snapshot_is_replayed(series->snapshots[i]))
			RETURN_IF_FAILED(
				write_one(series->snapshots[i], i + 1, folder, failure));
	return STATUS_OK;
}
