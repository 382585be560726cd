/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run needs of its rights, told by its options; all others it gives up. */
#ifndef CLI_RIGHTS_CONFINE_H
#define CLI_RIGHTS_CONFINE_H

#include <locale.h>
#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "cli/commandline/options.h"
#include "collection/spool.h"
#include "sandbox/converters.h"
#include "sandbox/sandbox.h"

struct confine {
	struct sandbox *sandbox; /* NULL: nothing was given up */
	/* Where what comes out of archives goes; NULL: that is made when it is needed. */
	struct spool *spool;
	struct converters *converters; /* kept loaded; NULL: none */
	locale_t locale; /* likewise, for what the terminal can show; 0: none */
};

/*
 * Opens and loads what no longer could be later, then gives up all rights but those that
 * the options ask for: reading operands, the folders in which they lie, what was given
 * beside them; writing where outputs go.  To be called before a byte of evidence is read.
 * With --no-sandbox nothing is given up.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status confine_run(const struct options *options, struct confine *out,
				   struct failure *failure);
/*
 * Whether the name of a file, in the folder where it stands, is one that a run with these
 * options could replace or write to.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status confine_can_write(const struct options *options, const char *path,
					 bool *out);
void confine_clear(struct confine *confine);

#endif
