/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The members of an archive, judged and kept as far as they are needed. */
#ifndef COLLECTION_FOUNDARCHIVE_H
#define COLLECTION_FOUNDARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "collection/archivefile.h"
#include "collection/filekind.h"
#include "collection/foundlist.h"

struct foundarchive {
	int fd; /* to be read at any offset */
	uint64_t size;
	const char *path;   /* of the archive */
	enum filekind kind; /* FILEKIND_ARCHIVE or FILEKIND_COMPRESSED */
	uint64_t mtime_ft;  /* of the archive */
	/* It lies in a folder: what is wrong with it is DIAG_LEFT_OUT. */
	bool inside;
	struct archivefile_limits limits;
};

/*
 * Reads all members: those that are evidence are listed and their bytes kept in the
 * spool, the others counted.  What is wrong goes to the diagnostics.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO for want of room; STATUS_LIMIT.
 */
MUST_CHECK enum status foundarchive_read(const struct foundlist *list,
					 const struct foundarchive *archive);

#endif
