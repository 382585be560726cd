/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file in memory: written once, sealed, then read both as bytes and by a
 * path that can be opened, for libraries that take nothing else.  So evidence
 * stands in memory once, and after sealing not even this process can change
 * it.  memfd_create where the system has it, else an unlinked temporary file.
 */
#ifndef BASE_MEMFILE_H
#define BASE_MEMFILE_H

#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

#define MEMFILE_PATH_SIZE 64

struct memfile {
	int fd;
	struct span bytes; /* what was written; mapped from memfile_seal() on */
};

/* Makes an empty file.  Return: STATUS_OK; STATUS_IO. */
MUST_CHECK enum status memfile_init(struct memfile *file);

/* Adds bytes at the end, before the file is sealed.  Return: STATUS_OK; STATUS_IO. */
MUST_CHECK enum status memfile_append(struct memfile *file, struct span bytes);

/* Ends the writing for good; file->bytes can be read then.  Return: STATUS_OK; STATUS_IO. */
MUST_CHECK enum status memfile_seal(struct memfile *file);

/*
 * A private copy of a sealed file that can be written to: size bytes, at least
 * as many as the file has, zeros behind them.  Only pages that are written
 * cost memory.  Gives it to the caller; memfile_free_copy() takes it.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status memfile_copy(const struct memfile *file, size_t size,
				    uint8_t **out);
void memfile_free_copy(uint8_t *copy, size_t size);

/* Unmaps and closes; a zeroed struct with fd -1 is allowed. */
void memfile_clear(struct memfile *file);

/* A path that opens the same file while it is not cleared: "/proc/self/fd/N". */
void memfile_path(const struct memfile *file, char path[MEMFILE_PATH_SIZE]);

#endif
