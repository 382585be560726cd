/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One job of an engine: the units of a chunk, one after the other. */
#ifndef SWEEP_WORKER_H
#define SWEEP_WORKER_H

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/plan/voice.h"

/*
 * Runs each unit of the chunk's file that has no outcome yet, and puts its reports and its
 * outcome in their places.  A unit that crashes, hangs or grows too large is an outcome,
 * and the others are done.  It stops where the sweep that it belongs to has ended.
 * Return: STATUS_OK if all units have an outcome now; else as the first that has none, with
 * *failure set.
 */
MUST_CHECK enum status worker_run(const char *chunk_path, struct failure *failure);

#endif
