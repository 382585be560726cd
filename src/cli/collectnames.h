/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the outputs of many subjects go: a folder, and in it one for each subject. */
#ifndef CLI_COLLECTNAMES_H
#define CLI_COLLECTNAMES_H

#include "base/failure.h"
#include "base/status.h"
#include "cli/commandline/options.h"
#include "collection/found.h"

#define COLLECTNAMES_MAX (4 + OPTIONS_MAX_TIMELINES)

struct collectnames {
	struct options options; /* as given, with names below the subject's folder */
	char *owned[COLLECTNAMES_MAX];
	size_t n;
};

/* "DIR/name"; malloc'ed, NULL when out of memory. */
char *collectnames_join(const char *folder, const char *name) MUST_CHECK;

/*
 * A folder that is read is evidence: neither it nor anything in it is written to.  A path
 * that does not exist yet is judged by where it would be made.
 * Return: STATUS_OK; STATUS_IO with *failure set.
 */
MUST_CHECK enum status collectnames_check_apart(const char *path,
						const struct finds *finds,
						struct failure *failure);
/* The same for all files and folders that the options name for outputs. */
MUST_CHECK enum status collectnames_check_outputs(const struct options *options,
						  const struct finds *finds,
						  struct failure *failure);

/*
 * Makes the folder of all outputs.  It may neither be nor lie in one of the operands.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status collectnames_make_folder(const struct options *options,
						const struct finds *finds,
						const char *const *evidence,
						size_t n_evidence,
						struct failure *failure);

/*
 * The options for one subject: all that is written goes to a folder of that name, which
 * is made.  To be cleared by collectnames_clear(), whatever is returned.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status collectnames_of(const struct options *options,
				       const char *file_name, const struct finds *finds,
				       const char *const *evidence, size_t n_evidence,
				       struct collectnames *out, struct failure *failure);
void collectnames_clear(struct collectnames *names);

#endif
