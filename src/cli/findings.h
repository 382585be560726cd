/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The findings of a run as lines on standard output. */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "base/failure.h"
#include "base/status.h"
#include "cli/run.h"
#include "report/index/index.h"

/* What the index is told of a run that was read and judged; all is lent. */
void findings_fill(const struct run *run, struct index_given *given);

/*
 * Writes a line for each finding, in the format that was asked for, once the verdict is
 * decided and all files are written.
 * Return: STATUS_OK; else *failure says why.
 */
MUST_CHECK enum status findings_write(const struct run *run, struct failure *failure);

#endif
