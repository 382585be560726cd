/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All files of what was given: operands that are files, folders or archives are looked
 * through, each file is judged by its bytes, and what a comparison can use is listed.
 * What else there was is counted by its kind.
 */
#ifndef COLLECTION_FOUND_H
#define COLLECTION_FOUND_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "collection/finds.h"
#include "collection/spool.h"
#include "regf/evidence.h"

/*
 * Looks through all operands.  One that is not there or not to be read, a folder that
 * holds no hive and no .reg file, a disk image and the like each become a diagnostic
 * (DIAG_OPERAND_UNUSABLE), and the others are done.  Links in folders are not followed,
 * devices are not opened.  spool: where what comes out of archives goes, lent for as long
 * as the finds are there; NULL: one is made when it is needed.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO if there is no room for what
 * comes out of archives; STATUS_LIMIT past FOUND_MAX or FOUND_MAX_PATHS.
 */
MUST_CHECK enum status finds_read(const char *const *operands, size_t n,
				  struct spool *spool, struct finds **out,
				  struct failure *failure);
void finds_free(struct finds *finds);
void finds_freep(struct finds **finds);

/*
 * The same without a copy of what came out of an archive: the file is *part of what the
 * descriptor holds.
 */
MUST_CHECK enum status found_open_part(const struct found *found, int *fd,
				       struct evidence_part *part,
				       struct failure *failure);

/* The version of the library that archives are read by, or NULL: they cannot be. */
const char *finds_archive_library(void);

/*
 * A descriptor of the file's bytes and nothing else, at their beginning, to be closed by
 * the caller.  Of what comes out of an archive its time is none of the file's, which
 * mtime_ft has.  Several threads may.
 * Return: STATUS_OK; STATUS_IO, also if the file is no longer the one that was found;
 * STATUS_ABSENT if it could not be read then already (unread).
 */
MUST_CHECK enum status found_open(const struct found *found, int *fd,
				  struct failure *failure);

#endif
