/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports of earlier runs: checking one, and making its page. */
#ifndef CLI_REREAD_H
#define CLI_REREAD_H

#include <stdbool.h>

#include "base/failure.h"
#include "cli/commandline/options.h"
#include "sandbox/sandbox.h"

/*
 * Does what --validate and --render ask; tells of faults on standard error.
 * *valid is false if the report has any; its page is made all the same, and
 * says so.  sandbox: of this process, which ends reading when the report is read; NULL is
 * allowed.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status reread_run(const struct options *options, struct sandbox *sandbox,
				  bool *valid, struct failure *failure);

#endif
