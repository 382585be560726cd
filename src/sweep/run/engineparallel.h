/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GNU parallel: processors of this machine, and hosts over ssh. */
#ifndef SWEEP_RUN_ENGINEPARALLEL_H
#define SWEEP_RUN_ENGINEPARALLEL_H

#include "base/failure.h"
#include "base/status.h"
#include "sweep/run/arguments.h"
#include "sweep/run/enginework.h"

/*
 * Puts its command together, and writes the list of chunks that it reads.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status engineparallel_arguments(const struct engine_work *work,
						struct arguments *out,
						struct failure *failure);

#endif
