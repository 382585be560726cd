/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of stand-ins, in the file that is asked for and nowhere else. */
#ifndef CLI_REDACTLIST_H
#define CLI_REDACTLIST_H

#include "base/failure.h"
#include "base/status.h"
#include "cli/commandline/options.h"
#include "report/kept.h"
#include "report/redact/redact.h"

/*
 * Writes it, if it was asked for, so that nobody but the user may read it.  kept: what it
 * may not replace.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status redactlist_write(const struct options *options,
					const struct redact *redact, struct kept *kept,
					struct failure *failure);

#endif
