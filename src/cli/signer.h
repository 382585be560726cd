/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The user's own program that signs the manifest.  It is started by a process that was
 * there before a byte of evidence was read: the process forks first, the child does all the
 * work and gives up its rights, and the parent does nothing but wait for it, as the
 * process that the shell knows.  All that the child can tell the parent is its exit status
 * and, through a pipe, the SHA-256 of the manifest that it wrote: 32 bytes, no more and no
 * less.  What is run, and on which file, was decided by the command line before.
 */
#ifndef CLI_SIGNER_H
#define CLI_SIGNER_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "cli/commandline/options.h"

struct signer;

/*
 * Parts the command into words as a shell does, but without a shell: quotation marks and
 * backslashes hold words together, nothing is put in place of anything.  The program is
 * found now, and must lie where no output goes.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_UNSUPPORTED with *failure set.
 */
MUST_CHECK enum status signer_new(const struct options *options, struct signer **out,
				  struct failure *failure);
void signer_free(struct signer *signer);
void signer_freep(struct signer **signer);

/*
 * Forks; to be called while there is one thread, and before evidence is read.
 * Return: STATUS_OK in the child; STATUS_ABSENT in the parent, when all is done:
 * *exit_status is then that of the process; STATUS_IO with *failure set: it could not.
 */
MUST_CHECK enum status signer_part(struct signer *signer, int *exit_status,
				   struct failure *failure);

/* In the child: that the manifest stands in its place.  Return: false if nobody hears it. */
bool signer_tell(struct signer *signer, const struct digest *sha256);

#endif
