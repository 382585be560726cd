/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exports that hold the keys of several users: each is read once for those who are worked
 * on at the same time or one after the other.
 */
#ifndef COLLECTION_SUBJECTS_EXPORTSHARE_H
#define COLLECTION_SUBJECTS_EXPORTSHARE_H

#include <stddef.h>

#include "base/failure.h"
#include "base/stage.h"
#include "base/status.h"
#include "regf/evidence.h"
#include "snapshot/exportfile.h"

struct exportshare;

/* Opener and watch (NULL: nobody) are borrowed.  NULL when out of memory. */
struct exportshare *exportshare_new(const struct evidence_opener *opener,
				    struct stage_watch *watch) MUST_CHECK;
/* Nothing may be lent any more; NULL is allowed. */
void exportshare_free(struct exportshare *share);

/*
 * Lends the n files to a subject: out[i] is that of paths[i].  What no subject has any more
 * is kept until then, in case that this one wants it; so memory holds no more than the
 * files of those who are worked on.  Several threads may call it.
 * Return: STATUS_OK; else as exportfile_read() and nothing is lent.
 */
MUST_CHECK enum status exportshare_take(struct exportshare *share,
					const char *const *paths, size_t n,
					const struct exportfile **out,
					struct failure *failure);
/* Gives them back. */
void exportshare_return(struct exportshare *share, const struct exportfile *const *files,
			size_t n);

#endif
