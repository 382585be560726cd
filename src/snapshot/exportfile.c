/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/exportfile.h"

#include <inttypes.h>
#include <stdlib.h>

static enum status read_bytes(struct exportfile *file, const char *path,
			      const struct evidence_opener *opener,
			      struct stage_watch *watch, struct failure *failure)
{
	struct stage stage;

	stage_begin(&stage, watch, STAGE_READ, path, STAGE_NO_HIVE);
	enum status status =
		evidence_read_through(opener, path, &stage, &file->evidence, failure);
	stage_end(&stage, status == STATUS_OK ? file->evidence->bytes.len : 0);
	return status;
}

/* What is wrong inside the file gets its path before it. */
static enum status read_text(struct exportfile *file, struct stage_watch *watch,
			     struct failure *failure)
{
	const char *path = file->evidence->path;
	char shown[4200];
	struct stage stage;

	failure_set(failure, "out of memory");
	stage_begin(&stage, watch, STAGE_KEYS, path, STAGE_NO_HIVE);
	enum status status =
		regtext_read(file->evidence->bytes, file->diags, &file->text, failure);
	if (status == STATUS_OK)
		stage_note(&stage, "%zu users", file->text->n_roots);
	stage_end(&stage, file->evidence->bytes.len);
	if (status == STATUS_UNSUPPORTED) {
		struct failure inner = *failure;
		failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
			    inner.sentence);
	}
	return status;
}

enum status exportfile_read(const char *path, const struct evidence_opener *opener,
			    struct stage_watch *watch, struct exportfile **out,
			    struct failure *failure)
{
	AUTO(exportfile_freep) struct exportfile *file = calloc(1, sizeof(*file));

	failure_set(failure, "out of memory");
	if (!file)
		return STATUS_NOMEM;
	file->diags = diag_list_new();
	if (!file->diags)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(read_bytes(file, path, opener, watch, failure));
	RETURN_IF_FAILED(read_text(file, watch, failure));
	diag_list_share(file->diags);
	*out = STEAL(file);
	return STATUS_OK;
}

void exportfile_free(struct exportfile *file)
{
	if (!file)
		return;
	regtext_free(file->text);
	evidence_free(file->evidence);
	diag_list_free(file->diags);
	free(file);
}

void exportfile_freep(struct exportfile **file)
{
	exportfile_free(*file);
}
