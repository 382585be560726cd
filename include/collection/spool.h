/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What came out of archives: one unnamed temporary file for all of it, in the folder that
 * TMPDIR names, else /tmp; in memory if that takes none.  Nothing of it has a name, so
 * nothing is left behind, and names in archives lead nowhere.
 */
#ifndef COLLECTION_SPOOL_H
#define COLLECTION_SPOOL_H

#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"

struct spool;

/* Gives an empty one.  Return: STATUS_OK; STATUS_NOMEM; STATUS_IO. */
MUST_CHECK enum status spool_new(struct spool **out, struct failure *failure);
/* Frees it and gives the room back; NULL is allowed. */
void spool_free(struct spool *spool);

/* Bytes in it: where the next ones will begin. */
uint64_t spool_size(const struct spool *spool);

/* Adds bytes at the end.  Return: STATUS_OK; STATUS_IO. */
MUST_CHECK enum status spool_append(struct spool *spool, struct span bytes,
				    struct failure *failure);

/* Forgets what begins at this offset.  Return: STATUS_OK; STATUS_IO. */
MUST_CHECK enum status spool_cut(struct spool *spool, uint64_t size,
				 struct failure *failure);

/* A descriptor to be read at any offset; borrowed. */
int spool_fd(const struct spool *spool);

/*
 * A file of its own, without a name, that holds the len bytes at off and nothing else; the
 * descriptor stands at its beginning and is given to the caller.  Several threads may.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status spool_open(const struct spool *spool, uint64_t off, uint64_t len,
				  int *fd, struct failure *failure);

#endif
