/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An output file that is there whole or not at all: it is written without a name, or
 * under another one in the same folder, flushed to disk, then given its name.  Standard
 * output and devices are written to directly.  Evidence is never replaced, whether the
 * run has read it or its bytes show that it is some.
 */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "report/kept.h"

struct output;

/*
 * Opens path for writing; "-" is standard output.  kept is borrowed until the output is
 * committed: what it holds is never replaced, and the output is added to it then, and to
 * its list, if it has one.  NULL: nothing is kept but what is evidence by its bytes.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status output_open(const char *path, struct kept *kept,
				   struct output **out, struct failure *failure);

/* How a file is made by output_create(). */
struct output_manner {
	/* Whether an open file that is there may be replaced; NULL: none may. */
	bool (*is_own)(int fd, const void *context);
	const void *context; /* lent to that until the output is committed */
	bool secret;	     /* nobody but the user may read it, from its first moment */
};

/*
 * Makes a new file; one that is there already is refused, whatever it is, unless is_own()
 * knows it.
 * Return: as output_open().
 */
MUST_CHECK enum status output_create(const char *path, const struct output_manner *manner,
				     struct kept *kept, struct output **out,
				     struct failure *failure);

/*
 * For a library that writes a file by its path: *temporary, to be freed, is an empty file
 * in the folder of path, which it may fill and has closed before output_commit().  Nothing
 * is added by output_write().
 * Return: as output_open().
 */
MUST_CHECK enum status output_open_named(const char *path, struct kept *kept,
					 char **temporary, struct output **out,
					 struct failure *failure);

/*
 * Checks a folder for several outputs: it must be there, or can be made if
 * `make` says so, and hold none of the evidence, whatever link leads there.
 * Return: STATUS_OK; STATUS_IO with *failure set.
 */
MUST_CHECK enum status output_folder(const char *folder, bool make,
				     const char *const *evidence, size_t n_evidence,
				     struct failure *failure);

/*
 * Before anything is added: nobody but the user may read the file.
 * Return: STATUS_OK; STATUS_IO with *failure set.
 */
MUST_CHECK enum status output_make_private(struct output *output,
					   struct failure *failure);

/* Sees all bytes that are added from now on, in their order. */
typedef void output_watcher(void *context, struct span bytes);
void output_watch(struct output *output, output_watcher *watcher, void *context);

/* Adds bytes.  Return: false when that failed, now or earlier. */
bool output_write(struct output *output, struct span bytes);

/* Bytes added so far. */
uint64_t output_written(const struct output *output);

/*
 * Puts the file in its place and takes the output.
 * Return: STATUS_OK; STATUS_IO, or STATUS_NOMEM if memory was lacking anywhere before
 * (base/status.h), with *failure set and nothing left behind.
 */
MUST_CHECK enum status output_commit(struct output *output, struct failure *failure);

/*
 * Removes a file that was put in its place, and takes it from the list of kept; where it
 * no longer stands, nothing is done.
 */
void output_remove(const char *path, struct kept *kept);

/* Gives up: removes what was written and takes the output; NULL is allowed. */
void output_abort(struct output *output);

#endif
