/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One go of the engine over all that is to do. */
#ifndef SWEEP_SWEEPROUND_H
#define SWEEP_SWEEPROUND_H

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/chunk.h"
#include "sweep/run/engine.h"
#include "sweep/sweeptodo.h"

struct sweepround {
	const char *folder;	  /* of the sweep */
	struct chunk_way *way;	  /* for all chunks; into is the folder */
	struct engine_work *work; /* but for its chunks, which are set here */
	size_t at_once;		  /* jobs that are likely to run at the same time */
	bool single;		  /* each unit is a job of its own */
	const char *name;	  /* of this round, in names of files */
};

/*
 * Divides what is to do into chunks, runs the engine over them, and takes in what was
 * brought back.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweepround_run(const struct sweepround *round,
				      const struct sweeptodo *todo,
				      const struct voice *voice, struct failure *failure);

#endif
