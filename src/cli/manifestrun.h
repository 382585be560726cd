/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The manifest of a run, where one was asked for. */
#ifndef CLI_MANIFESTRUN_H
#define CLI_MANIFESTRUN_H

#include "base/failure.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "cli/run.h"
#include "report/filelist.h"

/*
 * Where it goes: with --output-dir in that folder.
 * Return: malloc'ed; NULL: out of memory.
 */
char *manifestrun_path(const struct options *options) MUST_CHECK;

/*
 * Writes it, once all else of the run is done.  list has what the run read and put out.
 * Return: STATUS_OK, and *sha256 is that of the manifest; else *failure says why.
 */
MUST_CHECK enum status manifestrun_write(const struct run *run, struct filelist *list,
					 struct digest *sha256, struct failure *failure);

#endif
