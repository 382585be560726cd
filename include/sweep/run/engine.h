/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs that hand units to processors and machines: GNU parallel and Slurm.  What
 * they do well (queues, hosts, transport, throttling) is left to them; they are given
 * chunks, and what became of the units is told by their outcomes.
 */
#ifndef SWEEP_RUN_ENGINE_H
#define SWEEP_RUN_ENGINE_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/plan/voice.h"
#include "sweep/run/enginework.h"

/*
 * Runs the engine until all jobs have ended, or the sweep is to stop; what it says, and a
 * log of its jobs, stand in files that begin with `notes`; its warnings are told by the
 * voice.
 * Return: STATUS_OK whatever became of the jobs; STATUS_NOMEM; STATUS_IO with *failure set:
 * the engine did not run.
 */
MUST_CHECK enum status engine_run(const struct engine_work *work,
				  const struct voice *voice, struct failure *failure);

/* Jobs that the engine takes in one go. */
size_t engine_most(enum engine_kind kind);

/* "GNU parallel", "Slurm"; static. */
const char *engine_name(enum engine_kind kind);

#endif
