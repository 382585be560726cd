/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sweep has to do: units without an outcome of their inputs as they are now. */
#ifndef SWEEP_SWEEPTODO_H
#define SWEEP_SWEEPTODO_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "sweep/chunk.h"
#include "sweep/plan/plan.h"

struct sweeptodo {
	struct chunk_unit *items; /* their units are lent by the plan */
	uint64_t *bytes;	  /* of the inputs of each */
	size_t n;
	size_t again; /* of them, those that had an outcome of these inputs and failed */
	size_t changed; /* those that had one of other inputs, or by another version */
};

/*
 * Looks at the inputs of each unit, and forgets what the folder has of those that are to be
 * done: an outcome that stands there is true.
 * Return: STATUS_OK and *out filled, to be cleared by sweeptodo_clear(); STATUS_NOMEM;
 * STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweeptodo_find(const struct plan *plan, const char *folder,
				      const char *version, struct sweeptodo *out,
				      struct failure *failure);

/* Takes those away that have an outcome now.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status sweeptodo_settle(struct sweeptodo *todo, const char *folder);

void sweeptodo_clear(struct sweeptodo *todo);

/*
 * Moves what the folder has of units that the plan does not name to its folder `dropped`,
 * so that no machine counts twice.  *n is how many they are.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status sweeptodo_drop(const struct plan *plan, const char *folder,
				      size_t *n, struct failure *failure);

#endif
