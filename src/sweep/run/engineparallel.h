/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GNU parallel: processors of this machine, and hosts over ssh. */
#ifndef SWEEP_RUN_ENGINEPARALLEL_H
#define SWEEP_RUN_ENGINEPARALLEL_H

#include "base/failure.h"
#include "base/status.h"
#include "sweep/plan/voice.h"
#include "sweep/run/arguments.h"
#include "sweep/run/enginework.h"

/*
 * Puts its command together, and writes the list of chunks that it reads.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status engineparallel_arguments(const struct engine_work *work,
						struct arguments *out,
						struct failure *failure);

/* Puts the command together that asks all hosts.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status engineparallel_probe(const struct engine_work *work,
					    struct arguments *out);

/*
 * Writes the list of hosts without those that did not answer the probe, which are told.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set, also if none is left.
 */
MUST_CHECK enum status engineparallel_hosts(const struct engine_work *work,
					    const struct voice *voice,
					    struct failure *failure);

#endif
