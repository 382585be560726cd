/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files a run put out and which it read, each with its SHA-256, for its manifest.
 * The sum of an output is that of the bytes that were written, as they were written; that
 * of an input is the one that the report has.  Runs that go side by side may share one.
 */
#ifndef REPORT_FILELIST_H
#define REPORT_FILELIST_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/filemark.h"
#include "base/status.h"
#include "base/sum/digest.h"

enum filelist_kind {
	FILELIST_OUTPUT, /* a file that stands in its place */
	FILELIST_STREAM, /* what went to standard output, a pipe or a device */
	FILELIST_INPUT,	 /* a file that can be read again by its path */
	FILELIST_PART,	 /* an input that cannot: it lies in an archive, or has gone */
};

struct filelist_item {
	enum filelist_kind kind;
	/*
	 * Of an output the full path, through no link; of an input as it was given, and of
	 * a stream, where NULL is standard output.
	 */
	char *path;
	struct digest sha256;
	struct filemark mark; /* of an output */
};

struct filelist;

/* Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status filelist_new(struct filelist **out);
/* NULL is allowed. */
void filelist_free(struct filelist *list);
void filelist_freep(struct filelist **list);

/*
 * Adds a file, whose path is copied.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status filelist_add(struct filelist *list, enum filelist_kind kind,
				    const char *path, const struct digest *sha256,
				    struct filemark mark);
/* Takes an output away that was removed again. */
void filelist_drop(struct filelist *list, struct filemark mark);

/*
 * All of them by kind, then by the bytes of their paths, each once; nobody may add any
 * more.
 * Return: borrowed.
 */
const struct filelist_item *filelist_sorted(struct filelist *list, size_t *n);

#endif
