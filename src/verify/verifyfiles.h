/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inputs of a report, and their bytes as they are now. */
#ifndef VERIFY_VERIFYFILES_H
#define VERIFY_VERIFYFILES_H

#include <stdbool.h>

#include "base/memfile.h"
#include "verify/verifyevidence.h"
#include "verify/verifytally.h"

#define VERIFYFILES_NONE SIZE_MAX

/* Enough for a file's number, its name and a place; longer names are cut. */
#define VERIFYFILES_WHERE_SIZE 512

struct verifyfile {
	uint64_t number; /* "i3" is 3 */
	char *path;	 /* as the report has it, any bytes */
	uint64_t size;	 /* as the report says */
	struct digest sha256;
	bool is_there;	      /* something was read that can be looked at */
	struct digest actual; /* of what was read first */
	struct memfile memory;
	bool loaded;
	uint64_t used; /* when it was last looked at */
	/* Of a hive: minor version as the report has it; before 1.2 cells are others. */
	uint32_t minor;
	bool replayed; /* some snapshot is this hive with its logs */
};

struct verifyfiles {
	const struct verify_evidence *evidence;
	struct verifytally *tally;
	struct verifyfile *items; /* as the report lists them */
	size_t n, cap;
	uint64_t kept, clock; /* bytes in memory */
};

void verifyfiles_clear(struct verifyfiles *files);

/* A new one with that id at the end.  Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT. */
MUST_CHECK enum status verifyfiles_add(struct verifyfiles *files, uint64_t number);

/* The index of the one with this number; VERIFYFILES_NONE. */
size_t verifyfiles_find(const struct verifyfiles *files, uint64_t number);

/*
 * Looks for the file and counts whether size and hash are as told.
 * Return: STATUS_OK, whatever came of it; STATUS_NOMEM.
 */
MUST_CHECK enum status verifyfiles_settle(struct verifyfiles *files, size_t index);

/*
 * Its bytes, until another's are asked for.
 * Return: STATUS_OK; STATUS_ABSENT: they are not to be had; STATUS_NOMEM; STATUS_IO: they
 * are others than before, *failure says so.
 */
MUST_CHECK enum status verifyfiles_bytes(struct verifyfiles *files, size_t index,
					 struct span *out, struct failure *failure);

/* "i3 NTUSER.DAT, offset 4132": a place for a sentence. */
const char *verifyfiles_where(const struct verifyfiles *files, size_t index,
			      uint64_t offset, char out[VERIFYFILES_WHERE_SIZE]);
/* The same of the whole file. */
const char *verifyfiles_which(const struct verifyfiles *files, size_t index,
			      char out[VERIFYFILES_WHERE_SIZE]);

#endif
