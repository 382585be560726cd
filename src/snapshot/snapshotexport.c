/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An export can hold the branches of several users; one snapshot is of one subject.  So it
 * is the root that its source names; else the one that holds lists of profiles; where none
 * does, the only root there is.
 */
#include "snapshot/snapshotexport.h"

#include "snapshot/exportroots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Roots that a sentence names. */
#define NAMED_MAX 4

/* What was found in the file stands in a sentence as a path does: on one line. */
static const char *shown(const char *path, char *out, size_t size)
{
	return failure_path(*path ? path : "(no root)", out, size);
}

static enum status refuse_several(struct regtext_root *const *roots, size_t n,
				  struct failure *failure)
{
	char names[2048] = "", name[400];
	size_t len = 0;

	for (size_t i = 0; i < n && i < NAMED_MAX; i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s",
					i > 0 ? ", " : "",
					shown(roots[i]->path, name, sizeof(name)));
	failure_set(
		failure,
		"0x0: a .reg export of %zu users' keys (%s%s); give each in a file of "
		"its own, or --user NAME, or --output-dir DIR",
		n, names, n > NAMED_MAX ? ", ..." : "");
	return STATUS_UNSUPPORTED;
}

static enum status choose_named(struct snapshot *snapshot, const char *path,
				struct failure *failure)
{
	const struct regtext *export = snapshot->export;
	char name[400];

	for (size_t i = 0; i < export->n_roots && !snapshot->export_root; i++)
		if (strcmp(export->roots[i].path, path) == 0)
			snapshot->export_root = &export->roots[i];
	failure_set(failure, "0x0: the .reg export no longer holds %s",
		    shown(path, name, sizeof(name)));
	return snapshot->export_root ? STATUS_OK : STATUS_IO;
}

static enum status choose(struct snapshot *snapshot, struct failure *failure)
{
	const struct regtext *export = snapshot->export;
	struct regtext_root **roots;
	char name[400];
	size_t n = 0;

	if (export->n_roots == 0) {
		failure_set(failure,
			    "0x0: a .reg export without a user's keys; it begins with %s",
			    export->other ? shown(export->other, name, sizeof(name))
					  : "no key at all");
		return STATUS_UNSUPPORTED;
	}
	roots = calloc(export->n_roots, sizeof(*roots));
	enum status status = roots ? exportroots_choose(export, roots, &n) : STATUS_NOMEM;
	if (status == STATUS_OK && n > 1)
		status = refuse_several(roots, n, failure);
	if (status == STATUS_OK)
		snapshot->export_root = roots[0];
	free(roots);
	return status;
}

static void tell_part(const struct snapshot *snapshot)
{
	const struct regtext_root *root = snapshot->export_root;

	if (!root->whole)
		diag_at(snapshot->diags, DIAG_EXPORT_PART, DIAG_NOWHERE,
			"the file exports %zu branch%s of %s, not all of it; whether "
			"something stands elsewhere is not known",
			root->n_branches, root->n_branches == 1 ? "" : "es",
			*root->path ? root->path : "the hive");
}

enum status snapshotexport_read(struct snapshot *snapshot, const char *root,
				struct failure *failure)
{
	if (!snapshot->export_lent)
		RETURN_IF_FAILED(regtext_read(snapshot->evidence->bytes, snapshot->diags,
					      &snapshot->export, failure));
	RETURN_IF_FAILED(root ? choose_named(snapshot, root, failure)
			      : choose(snapshot, failure));
	failure_set(failure, "out of memory");
	snapshot->keys = &snapshot->export_root->keys;
	snapshot->readers = SNAPSHOT_TEXT;
	tell_part(snapshot);
	/* One without bytes: no cell, no time, no number. */
	snapshot->image = calloc(1, sizeof(*snapshot->image));
	if (!snapshot->image)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(stores_find(snapshot->keys, snapshot->diags, &snapshot->stores));
	return subject_of_export(snapshot->export_root, &snapshot->subject);
}

enum status snapshotexport_lend(struct snapshot *snapshot, const struct exportfile *file)
{
	RETURN_IF_FAILED(evidence_lend(file->evidence, &snapshot->evidence));
	snapshot->export = file->text;
	snapshot->export_lent = true;
	diag_list_append(snapshot->diags, file->diags);
	return STATUS_OK;
}
